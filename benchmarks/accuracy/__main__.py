"""Measures the checks on text that was not used for training: ``python benchmarks/accuracy ../shared``.

Prints tables in Markdown: false alarms by source, what is found of text spun with the whole lexicon and how often
findings of each confidence are right, what is found of other machines' text, what the score means, and the score
against the hand-marked reference documents. ``--documents N`` bounds the documents of each source (default 2,000);
``--write`` puts the tables into ``benchmarks/README.md`` and the rules' pages that quote them.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from clean import false_alarms
from detectors import detectors
from listed import listed_pairs
from machines import machines
from references import references
from score import score_reliability
from spun import spun_news
from tables import Table, write_into

_MOST_SCORED = 100  # documents of a source, and as many damaged ones
_MOST_SPUN = 500  # documents of a source; three rates each, and each word of them looked at closely
_MOST_LISTED = 200


def measure(shared: Path, limit: int) -> Iterator[Table]:
    """All tables, one by one as they are done."""
    yield from detectors()
    yield references(shared)
    yield machines(shared, min(limit, _MOST_SPUN))
    yield from spun_news(shared, min(limit, _MOST_SPUN))
    yield listed_pairs(shared, min(limit, _MOST_LISTED))
    yield false_alarms(shared, limit)
    yield from score_reliability(shared, min(limit, _MOST_SCORED))


def main() -> None:
    """Print all tables, and write them where they are quoted."""
    parser = argparse.ArgumentParser(prog="accuracy", description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    tables = []
    for table in measure(options.shared, options.documents):
        print(f"\n{table.name}\n\n{table.markdown()}", flush=True)
        tables.append(table)
    if options.write:
        for page in [Path("benchmarks/README.md"), *sorted(Path("plugins").glob("*/rules/*.md"))]:
            if write_into(page, tables):
                print(f"renewed {page}")


if __name__ == "__main__":
    main()
