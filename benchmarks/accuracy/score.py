"""What the score means: the share of damaged documents by score and by verdict, on as many damaged as clean ones.

Run alone as ``python benchmarks/accuracy/score.py ../shared``; ``benchmarks/accuracy`` prints the same tables.
"""

from __future__ import annotations

import argparse
from collections import Counter
from itertools import cycle
from pathlib import Path

from damage import STRENGTHS, damages
from sources import HELD_OUT, documents
from tables import Table, share

from qualitycheck import Document, Runner

_BANDS = (0, 10, 20, 30, 40, 50, 60, 70, 75, 80, 90, 95, 99)
_LEAST, _MOST = 400, 6000  # code points: shorter texts hold little to judge, longer ones are cut at a line
_VERDICTS = ("accept", "review", "reject")


def score_reliability(shared: Path, limit: int) -> list[Table]:
    """By score, by verdict, and by kind of damage; ``limit`` documents of each source, clean and damaged."""
    clean, damaged = _texts(shared, limit)
    runner = Runner()
    bands, wrong = Counter[int](), Counter[int]()
    verdicts, right = Counter[str](), Counter[str]()
    kinds: dict[str, Counter[str]] = {}
    for label, texts in (("clean", clean), ("damaged", damaged)):
        for document, report in runner.run(texts):
            kind = str(document.metadata["kind"])
            band = max(each for each in _BANDS if each <= report.score)
            bands[band] += 1
            wrong[band] += label == "damaged"
            verdicts[report.verdict] += 1
            right[report.verdict] += (label == "clean") == (report.verdict == "accept")
            kinds.setdefault(kind, Counter())[report.verdict] += 1
    by_score = Table("score", ("score", "documents", "damaged"))
    for band, end in zip(_BANDS, (*_BANDS[1:], 100), strict=True):
        by_score.add(f"{band} to {end}", bands[band], share(wrong[band], bands[band]))
    by_verdict = Table("verdict", ("verdict", "documents", "right"))
    for verdict in _VERDICTS:
        by_verdict.add(verdict, verdicts[verdict], share(right[verdict], verdicts[verdict]))
    by_kind = Table("verdict-by-damage", ("text", "documents", *_VERDICTS))
    for kind, counts in kinds.items():
        by_kind.add(kind, counts.total(), *(counts[verdict] for verdict in _VERDICTS))
    return [by_score, by_verdict, by_kind]


def _texts(shared: Path, limit: int) -> tuple[list[Document], list[Document]]:
    """Clean texts, and other texts of the same sources, each damaged in one of the ways, evenly."""
    ways = cycle([(name, damage, strength) for name, damage in damages().items() for strength in STRENGTHS])
    clean, damaged = [], []
    for name in HELD_OUT:
        texts = [_cut(each.text) for each in documents(shared / "corpus", name, 3 * limit) if len(each) >= _LEAST]
        texts = texts[: 2 * limit]
        for number, text in enumerate(texts):
            if number % 2 == 0:
                clean.append(Document(text, metadata={"kind": f"clean: {name}"}))
            else:
                kind, damage, strength = next(ways)
                changed = damage(text, strength, number)
                damaged.append(Document(changed, metadata={"kind": f"{kind}, {strength:.0%}"}))
    return clean, damaged[: len(clean)]


def _cut(text: str) -> str:
    if len(text) <= _MOST:
        return text
    end = text.rfind("\n", _LEAST, _MOST)
    return text[: end if end > 0 else _MOST]


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="score", description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--documents", type=int, default=150)
    options = parser.parse_args()
    for table in score_reliability(options.shared, options.documents):
        print(f"{table.name}\n\n{table.markdown()}")


if __name__ == "__main__":
    main()
