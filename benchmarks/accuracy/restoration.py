"""Measures restoring: ``python benchmarks/accuracy/restoration.py ../shared``.

Held-out news are spun in full and turned back. Prints the share of replaced spans that come back exactly, and of words
that were left alone the share that restoring changes.
"""

from __future__ import annotations

import argparse
import json
import lzma
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from itertools import islice
from pathlib import Path

import regex
from spinner import Spinner, Substitution

from qualitycheck_odd_synonyms import Restoration, restore

SOURCES = ("news_bbc_2004_2005", "news_fnc1_2014_2015", "mixed_gum")
LEXICON = Path("plugins/qualitycheck_odd_synonyms/lexicon/news-spinner.tsv")
_LEAST_WORDS = 150
_WORD = regex.compile(r"[\p{L}\p{N}]+(?:['’][\p{L}]+)*")


@dataclass(frozen=True, slots=True)
class Score:
    """Replaced spans, those that come back exactly, words left alone, and those of them that restoring changes."""

    replaced: int = 0
    exact: int = 0
    untouched: int = 0
    changed: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(*(first + second for first, second in zip(astuple(self), astuple(other), strict=True)))


def score(restoration: Restoration, substitutions: Sequence[Substitution]) -> Score:
    """How well a text whose substitutions are known was restored."""
    text, edits = restoration.document.text, restoration.edits()
    starts = [start for start, _, _ in edits]

    def touching(start: int, end: int) -> list[tuple[int, int, str]]:
        near = edits[max(bisect_right(starts, start) - 1, 0) : bisect_right(starts, end)]
        return [edit for edit in near if edit[0] < end and start < edit[1]]

    exact = 0
    for each in substitutions:
        parts, place = [], each.start
        for start, end, new in touching(each.start, each.end):
            parts += text[place:start], new
            place = max(place, end)
        exact += _plain("".join((*parts, text[place : each.end]))) == _plain(each.original)
    put = [each.start for each in substitutions]
    untouched = changed = 0
    for match in _WORD.finditer(text):
        index = bisect_right(put, match.start()) - 1
        if index >= 0 and substitutions[index].end > match.start():
            continue
        untouched += 1
        words = [_plain(word[0]).lower() for edit in touching(*match.span()) for word in _WORD.finditer(edit[2])]
        changed += bool(touching(*match.span())) and _plain(match[0]).lower() not in words
    return Score(len(substitutions), exact, untouched, changed)


def _plain(text: str) -> str:
    return text.replace("’", "'")


def main() -> None:
    """Print one line for each source."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--documents", type=int, default=200)
    options = parser.parse_args()
    rows = [line.split("\t")[:2] for line in LEXICON.read_text(encoding="utf-8").splitlines()[1:]]
    spinner = Spinner([(original, observed) for original, observed in rows])
    print("| source | documents | replaced | exactly back | left alone | changed |\n|---|---|---|---|---|---|")
    for name in SOURCES:
        with lzma.open(options.shared / "corpus" / f"{name}.jsonl.xz", "rt", encoding="utf-8") as file:
            texts = [json.loads(line)["text"] for line in islice(file, options.documents)]
        total, count = Score(), 0
        for number, text in enumerate(texts):
            if len(text.split()) >= _LEAST_WORDS:
                spun, substitutions = spinner.spin(text, 1.0, number)
                total += score(restore(spun), substitutions)
                count += 1
        print(
            f"| {name} | {count} | {total.replaced:,} | {total.exact / total.replaced:.1%} | {total.untouched:,} "
            f"| {total.changed / total.untouched:.2%} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
