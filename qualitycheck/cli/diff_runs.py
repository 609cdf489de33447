"""``qualitycheck diff-runs``: what two settings, or two versions, judge differently."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from qualitycheck.filtering.diff import Difference
    from qualitycheck.filtering.ledger import Entry


@click.command(name="diff-runs")
@click.argument("first", metavar="A", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("second", metavar="B", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--examples", type=click.IntRange(0), default=5, metavar="N", help="Show N of each kind; 5 unless told.")
@click.option(
    "--output-format", type=click.Choice(["text", "json"]), default="text", help="text (the default) or json."
)
def diff_runs(first: Path, second: Path, examples: int, output_format: str) -> int:
    """Show which documents the runs in the folders A and B judge differently.

    Both must have read the same inputs. The exit status is 0 where they agree, 1 where they do not.
    """
    from qualitycheck.filtering.diff import compare
    from qualitycheck.screen import Screen

    found = compare(first, second, examples)
    if output_format == "json":
        click.echo(json.dumps(_plain(found), indent=2))
    else:
        screen = Screen(sys.stdout.encoding)
        for line in _lines(found):
            click.echo(screen.exact(line))
    return int(found.any)


def _lines(found: Difference) -> list[str]:
    different = sum(found.kinds.values())
    lines = [f"{found.same:,} documents with the same verdict ({found.score_only:,} of them with another score)"]
    lines.append(f"{different:,} with another")
    for (one, two), number in found.kinds.most_common():
        lines += ["", f"{number:,} from {one} to {two}"]
        for before, after in found.examples[one, two]:
            rules = _rules(before, after)
            lines.append(f"  {before.score:>6.1f} {after.score:>6.1f}  {_name(before)}{'  ' + rules if rules else ''}")
    for number, which in ((found.only_first, "first"), (found.only_second, "second")):
        if number:
            lines += ["", f"{number:,} documents in the {which} run alone"]
    return lines


def _rules(before: Entry, after: Entry) -> str:
    """Which rules found more, and which less."""
    changes = []
    for code in sorted(before.findings.keys() | after.findings.keys()):
        change = after.findings.get(code, 0) - before.findings.get(code, 0)
        if change:
            changes.append(f"{code} {change:+}")
    return ", ".join(changes)


def _name(entry: Entry) -> str:
    return entry.id or f"{entry.file}:{entry.line}"


def _plain(found: Difference) -> dict[str, Any]:
    return {
        "same": found.same,
        "same_verdict_other_score": found.score_only,
        "only_first": found.only_first,
        "only_second": found.only_second,
        "different": [
            {
                "from": one,
                "to": two,
                "documents": number,
                "examples": [
                    {"id": before.id, "file": before.file, "line": before.line, "scores": [before.score, after.score]}
                    for before, after in found.examples[one, two]
                ],
            }
            for (one, two), number in found.kinds.most_common()
        ],
    }
