"""Counts that can be merged: what one batch, one split or a whole run came to.

Merging is exact and knows no order (points are counted in millionths, examples are chosen by a fixed rank), so the
summary is the same for any number of workers and after any number of resumes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

import msgspec

from qualitycheck.filtering.records import QUARANTINE, Judged
from qualitycheck.report import ReportedFinding
from qualitycheck.settings import Settings

BINS = 20
MILLIONTHS = 1_000_000
_EXAMPLES = 10
_MOST_SOURCES = 1000
_OTHERS = "(others)"
_CONTEXT = 60


class Example(msgspec.Struct, order=True, frozen=True):
    """A document to look at; ``rank`` orders examples, the foremost first."""

    rank: float
    file: str
    line: int
    offset: int
    score: float
    verdict: str
    id: str | None = None
    rules: tuple[str, ...] = ()


class Sample(msgspec.Struct, order=True, frozen=True):
    """A finding to look at, drawn by the hash of its place."""

    rank: str
    file: str
    line: int
    id: str | None
    text: str
    message: str


class Tally(msgspec.Struct):
    """Counts of documents by folder, verdict, reason, source and rule, points by check, and examples.

    ``points`` are in millionths; ``rules`` counts documents and findings; ``histogram`` has twenty bins of five points.
    ``unsampled`` are documents passed over by ``--sample-rate``.
    """

    documents: int = 0
    bytes: int = 0
    words: int = 0
    unsampled: int = 0
    crashes: int = 0
    folders: dict[str, int] = {}
    verdicts: dict[str, int] = {}
    reasons: dict[str, int] = {}
    points: dict[str, int] = {}
    charged: dict[str, int] = {}
    histogram: list[int] = msgspec.field(default_factory=lambda: [0] * BINS)
    rules: dict[str, tuple[int, int]] = {}
    names: dict[str, str] = {}
    sources: dict[str, dict[str, int]] = {}
    worst: list[Example] = []
    borderline: list[Example] = []
    samples: dict[str, list[Sample]] = {}

    def merge(self, other: Tally, sample: int) -> None:
        """Add what another tally counted, keeping ``sample`` samples a rule."""
        for name in ("documents", "bytes", "words", "unsampled", "crashes"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in ("folders", "verdicts", "reasons", "points", "charged"):
            _add(getattr(self, name), getattr(other, name))
        self.histogram = [a + b for a, b in zip(self.histogram, other.histogram, strict=True)]
        for code, (documents, findings) in other.rules.items():
            before = self.rules.get(code, (0, 0))
            self.rules[code] = before[0] + documents, before[1] + findings
        self.names.update(other.names)
        for source, counts in other.sources.items():
            if source not in self.sources and len(self.sources) >= _MOST_SOURCES:
                source = _OTHERS
            _add(self.sources.setdefault(source, {}), counts)
        self.worst = sorted([*self.worst, *other.worst])[:_EXAMPLES]
        self.borderline = sorted([*self.borderline, *other.borderline])[:_EXAMPLES]
        for code, samples in other.samples.items():
            self.samples[code] = sorted([*self.samples.get(code, []), *samples])[:sample]


def tally(judged: Iterable[Judged], settings: Settings, file: str) -> Tally:
    """The counts for one batch of the documents of ``file``."""
    counts = Tally()
    for each in judged:
        record = each.record
        counts.documents += 1
        counts.bytes += record.length
        _add(counts.folders, {each.folder: 1})
        if record.source is not None:
            _add(counts.sources.setdefault(record.source, {}), {each.folder: 1})
        if each.reason is not None:
            _add(counts.reasons, {each.reason.reason: 1})
        if each.quality and each.folder != QUARANTINE:
            _add(counts.verdicts, {each.quality["verdict"]: 1})
            counts.histogram[min(int(each.quality["score"] * BINS / 100), BINS - 1)] += 1
        if each.report is not None:
            _count_report(counts, each, settings, record.path or file)
    counts.worst = sorted(counts.worst)[:_EXAMPLES]
    counts.borderline = sorted(counts.borderline)[:_EXAMPLES]
    return counts


def _count_report(counts: Tally, judged: Judged, settings: Settings, file: str) -> None:
    report = judged.report
    assert report is not None
    counts.words += report.words
    counts.crashes += len(report.errors)
    for name, result in report.checks.items():
        if result.points:
            _add(counts.points, {name: round(result.points * MILLIONTHS)})
            _add(counts.charged, {name: 1})
    by_code: dict[str, list[ReportedFinding]] = {}
    for finding in report.findings:
        by_code.setdefault(finding.code, []).append(finding)
    for code, findings in by_code.items():
        before = counts.rules.get(code, (0, 0))
        counts.rules[code] = before[0] + 1, before[1] + len(findings)
        counts.names[code] = findings[0].name
        if settings.filter.sample:
            sample = _sample(judged, findings[0], file)
            counts.samples[code] = sorted([*counts.samples.get(code, []), sample])[: settings.filter.sample]
    if judged.folder == QUARANTINE:
        return
    rules = tuple(sorted(by_code, key=lambda code: (-len(by_code[code]), code))[:5])
    if report.score < settings.review_below:
        counts.worst.append(_example(judged, report.score, file, rules))
    distance = min(abs(report.score - settings.reject_below), abs(report.score - settings.review_below))
    if distance <= 10.0:
        counts.borderline.append(_example(judged, distance, file, rules))


def _example(judged: Judged, rank: float, file: str, rules: Sequence[str]) -> Example:
    record, report = judged.record, judged.report
    assert report is not None
    verdict = judged.quality["verdict"]
    return Example(rank, file, record.line, record.offset, report.score, verdict, record.id, tuple(rules))


def _sample(judged: Judged, finding: ReportedFinding, file: str) -> Sample:
    record = judged.record
    rank = hashlib.blake2b(f"{file}:{record.offset}".encode(errors="replace"), digest_size=8).hexdigest()
    text = ""
    if finding.start is not None and finding.end is not None:
        text = record.text[max(0, finding.start - _CONTEXT) : min(finding.end, finding.start + 200) + _CONTEXT]
    return Sample(rank, file, record.line, record.id, text, finding.message)


def _add(counts: dict[str, int], more: dict[str, int]) -> None:
    for name, number in more.items():
        counts[name] = counts.get(name, 0) + number
