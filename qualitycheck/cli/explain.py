"""``qualitycheck explain``: why a document has its score, or why there is a finding in some place."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO

import click

from qualitycheck.cli.messages import complain
from qualitycheck.cli.options import (
    color_option,
    columns,
    failures,
    flatten,
    names,
    output_option,
    reading_options,
    settings_from,
    settings_options,
    wants_color,
)

if TYPE_CHECKING:
    from qualitycheck.explaining import Account

_PLACE = re.compile(r"(.+?):(\d{1,18})(?::(\d{1,18}))?", re.DOTALL)


class Place(NamedTuple):
    """A file, or - for standard input, and where in it; line and column count from 1."""

    path: str
    line: int | None = None
    column: int | None = None


@click.command()
@click.argument("place", metavar="FILE[:LINE[:COLUMN]]", type=click.UNPROCESSED)
@click.option(
    "--output-format", type=click.Choice(["text", "json"]), default="text", help="text (the default), or json."
)
@output_option
@click.option("--select", multiple=True, type=names, metavar="RULES", help="Only these codes, names or prefixes.")
@click.option("--ignore", multiple=True, type=names, metavar="RULES", help="Not these codes, names or prefixes.")
@click.option("-v", "--verbose", is_flag=True, help="Tell of checks that cost nothing, too.")
@reading_options
@color_option
@settings_options
def explain(
    place: str,
    output_format: str,
    output: Path | None,
    select: Sequence[list[str]],
    ignore: Sequence[list[str]],
    verbose: bool,
    color: str,
    **options: Any,
) -> int:
    """Tell which evidence weighed how much: for the findings in a place, or for the score of a whole file.

    FILE may be - for standard input; a place in that needs -- before it, as in: explain -- -:3:14. LINE and COLUMN are
    those that check prints. The exit status is 0, or 2 where the file cannot be read, has no such place, or a check
    failed.
    """
    from qualitycheck.cli.output import open_output
    from qualitycheck.errors import InputError
    from qualitycheck.explaining import Explainer
    from qualitycheck.inputs import read_named
    from qualitycheck.runner import Runner

    runner = Runner(settings_from(**options, select=flatten(select) or None, ignore=flatten(ignore) or None))
    failed = failures(runner.plugins)
    for failure in failed:
        complain(failure)
    path, line, column = parse_place(place)
    document = read_named(path, runner.plugins)
    try:
        account = Explainer(runner, document).account(line, column)
    except ValueError as error:
        raise InputError(f"{document.path}: {error}") from None
    with open_output(output) as stream:
        lines = _json(account, stream) if output_format == "json" else _text(account, stream, verbose, color)
        stream.writelines(f"{line}\n" for line in lines)
    failed += [*account.report.errors, *account.failures]
    for failure in [*account.report.errors, *account.failures]:
        complain(failure)
    return 2 if failed else 0


def parse_place(given: str) -> Place:
    """A path with its line and column. A file that is called so as a whole goes first: names may hold colons."""
    match = None if _exists(given) else _PLACE.fullmatch(given)
    if match is None:
        return Place(given)
    path, line, column = match.groups()
    if column is not None and _exists(f"{path}:{line}"):
        return Place(f"{path}:{line}", int(column))
    return Place(path, int(line), None if column is None else int(column))


def _exists(path: str) -> bool:
    with contextlib.suppress(OSError, ValueError):
        return Path(path).exists()
    return False


def _json(account: Account, stream: TextIO) -> Iterator[str]:
    from qualitycheck.reporters.json import encode

    yield encode(account.to_dict(), stream.encoding, indent=2)


def _text(account: Account, stream: TextIO, verbose: bool, color: str) -> Iterator[str]:
    from qualitycheck.reporters import Options
    from qualitycheck.reporters.explained import account_lines
    from qualitycheck.reporters.terminal import Terminal

    options = Options(columns(), wants_color(stream, color), verbose=verbose, plugins=account.plugins)
    return account_lines(Terminal(stream, options), account, verbose=verbose)
