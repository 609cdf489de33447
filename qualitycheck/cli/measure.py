"""``qualitycheck measure``: how often rules object to text that is known to be good."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualitycheck.cli.messages import complain
from qualitycheck.cli.options import failures, flatten, names, settings_from, settings_options

if TYPE_CHECKING:
    from qualitycheck.document import Document
    from qualitycheck.errors import InputError
    from qualitycheck.runner import Runner


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, type=click.UNPROCESSED, required=True)
@click.option("--select", multiple=True, type=names, metavar="RULES", help="Only these codes, names or prefixes.")
@click.option("--ignore", multiple=True, type=names, metavar="RULES", help="Not these codes, names or prefixes.")
@click.option("--examples", default=5, show_default=True, type=click.IntRange(0), help="How many to show of each rule.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Stop after this many documents.")
@click.option("--text-field", default="text", show_default=True, help="The field of a row that holds its text.")
@click.option("--id-field", default="id", show_default=True, help="The field of a row that names it.")
@click.option(
    "--output-format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Text for people, or JSON for programs.",
)
@click.option("--max-rate", type=click.FloatRange(0), metavar="RATE", help="Exit with 1 above, per 1,000 documents.")
@settings_options
def measure(
    paths: Sequence[str],
    select: Sequence[list[str]],
    ignore: Sequence[list[str]],
    examples: int,
    limit: int | None,
    text_field: str,
    id_field: str,
    output_format: str,
    max_rate: float | None,
    **options: Any,
) -> int:
    """Measure false alarms: what rules find in good text, per 1,000 documents and per million words.

    PATH is a file, a folder, a glob, or a JSONL file with one document a line. Intervals are of 95 %. The exit status
    is 2 where something could not be read, loaded or run; else 1 where a rule finds more than --max-rate allows.
    """
    from qualitycheck.errors import InputError
    from qualitycheck.rows import Fields
    from qualitycheck.runner import Runner
    from qualitycheck.testing.measurement import lines
    from qualitycheck.testing.measurement import measure as measure_rules

    runner = Runner(settings_from(**options, select=flatten(select) or None, ignore=flatten(ignore) or None))
    errors = failures(runner.plugins)

    def readable() -> Iterator[Document]:
        for item in _documents(paths, Fields(text_field, id_field), runner):
            if isinstance(item, InputError):
                errors.append(str(item))
            else:
                yield item

    result = measure_rules(runner, islice(readable(), limit), examples=examples)
    for note in runner.notes():
        complain(note, kind="")
    errors += result.errors
    if not result.documents:
        errors.append("no document was measured")
    for error in errors:
        complain(error)
    if output_format == "json":
        import msgspec

        click.echo(msgspec.json.format(msgspec.json.encode(_plain(result)), indent=2))
    else:
        from qualitycheck.screen import Screen

        screen = Screen(sys.stdout.encoding)
        for line in lines(result):
            click.echo(screen.words(line))
    if errors:
        return 2
    return int(max_rate is not None and any(result.per_thousand(code).value > max_rate for code in result.rules))


def _documents(paths: Sequence[str], fields: Any, runner: Runner) -> Iterator[Document | InputError]:
    from qualitycheck.errors import InputError
    from qualitycheck.inputs import read_inputs
    from qualitycheck.rows import SUFFIXES, find_rows, read_row

    limit = runner.settings.max_size
    for given in paths:
        if not given.endswith(SUFFIXES):
            yield from read_inputs([given], runner.plugins)
            continue
        try:
            for row in find_rows(Path(given), fields, limit):
                try:
                    yield read_row(Path(given), row, fields, limit)
                except InputError as error:
                    yield error
        except InputError as error:
            yield error


def _plain(result: Any) -> dict[str, Any]:
    return {
        "documents": result.documents,
        "words": result.words,
        "skipped": result.skipped,
        "rules": [
            {
                "code": code,
                "name": rule.name,
                "findings": rule.findings,
                "documents": rule.documents,
                "seen": rule.seen,
                "words": rule.words,
                "per_1000_documents": result.per_thousand(code),
                "per_million_words": result.per_million_words(code),
                "examples": rule.examples,
            }
            for code, rule in result.rules.items()
        ],
    }
