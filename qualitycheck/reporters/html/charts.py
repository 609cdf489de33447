"""The numbers behind the two charts of the index: how the scores are spread, and which rules speak most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qualitycheck.report import CorpusReport, DocumentReport
from qualitycheck.reporters.html.markup import family_class
from qualitycheck.reporters.summary import RuleCount, rule_counts
from qualitycheck.scoring import verdict

BINS = 20
MOST_RULES = 8
#: Height of the charts' bars, in units of the drawing; a bar that is not zero is never lower than the least.
HEIGHT, _LEAST = 100.0, 2.5


@dataclass(frozen=True, slots=True)
class Bin:
    """One bar: the documents with a score from ``low`` to below ``high`` (the last holds 100 as well)."""

    low: int
    high: int
    documents: int
    height: float
    verdict: str


@dataclass(frozen=True, slots=True)
class RuleBar:
    """One rule: how many findings and documents, and the length of its bar in percent of the longest."""

    count: RuleCount
    style: str
    length: float


def histogram(documents: Sequence[DocumentReport], reject_below: float, review_below: float) -> list[Bin]:
    """The documents by score, each bin with the verdict that the scores in its middle get."""
    width = 100 // BINS
    counts = [0] * BINS
    for document in documents:
        counts[min(int(document.score // width), BINS - 1)] += 1
    most = max(counts, default=0)
    return [
        Bin(
            low=index * width,
            high=(index + 1) * width,
            documents=number,
            height=max(_LEAST, HEIGHT * number / most) if number else 0.0,
            verdict=verdict((index + 0.5) * width, reject_below, review_below),
        )
        for index, number in enumerate(counts)
    ]


def rule_bars(report: CorpusReport) -> list[RuleBar]:
    """The rules that found something, the commonest first, measured against the first."""
    counts = rule_counts(report)
    return [
        RuleBar(count, family_class(count.code), max(_LEAST, 100.0 * count.findings / counts[0].findings))
        for count in counts
    ]
