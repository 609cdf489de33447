"""Text spun with our own lexicon by a spinner that shares no code with training: documents, spans, calibration.

It simulates: the table is our own, and a real one holds pairs that ours lacks.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from sources import documents, pairs
from spinner import Spinner, Substitution
from tables import Table, share

from qualitycheck import DocumentReport, ReportedFinding, Runner, Settings

_SOURCES = ("news_bbc_2004_2005", "news_fnc1_2014_2015")
_RATES = ((1.0, 150), (0.5, 150), (0.1, 500))


def spun_news(shared: Path, limit: int) -> list[Table]:
    """What is found of held-out news by rate, and how often findings of each confidence are right."""
    found = Table("spun-news", ("rate", "words", "documents", "found", "recall", "precision", "original named"))
    reliability = Table("reliability", ("confidence", "findings", "right"))
    runner = Runner(Settings(select=("SYN",), max_findings=100_000))
    spinner = Spinner(pairs("news-spinner"))
    originals = [each for name in _SOURCES for each in documents(shared / "corpus", name, limit)]
    right, total = Counter[int](), Counter[int]()
    for rate, least in _RATES:
        counts = Counter[str]()
        for number, document in enumerate(originals):
            if document.words < least:
                continue
            text, substitutions = spinner.spin(document.text, rate, number)
            report = runner.check(text)
            counts["documents"] += 1
            counts["found"] += any(finding.code == "SYN010" for finding in report.findings)
            counts["substitutions"] += len(substitutions)
            for finding, near in _matched(report, substitutions):
                step = min(int(finding.confidence * 20), 19)
                total[step] += 1
                right[step] += bool(near)
                counts["findings"] += 1
                counts["hits"] += bool(near)
                counts["named"] += any(restores(text, finding, each) for each in near)
        found.add(
            f"{rate:.0%}", f"{least}+", counts["documents"], share(counts["found"], counts["documents"]),
            f"{counts['hits'] / max(counts['substitutions'], 1):.3f}",
            f"{counts['hits'] / max(counts['findings'], 1):.3f}",
            f"{counts['named'] / max(counts['hits'], 1):.3f}",
        )  # fmt: skip
    for step in sorted(total):
        reliability.add(f"{step / 20:.2f}–{step / 20 + 0.05:.2f}", total[step], share(right[step], total[step]))
    return [found, reliability]


def _matched(
    report: DocumentReport, substitutions: list[Substitution]
) -> list[tuple[ReportedFinding, list[Substitution]]]:
    """Each finding with a place, and the substitutions that it hits."""
    placed = [finding for finding in report.findings if finding.start is not None]
    return [(finding, [each for each in substitutions if hits(finding, each)]) for finding in placed]


def hits(finding: ReportedFinding, substitution: Substitution) -> bool:
    """Whether a finding and a substitution overlap, and it is at most twice as long and five more."""
    start, end = finding.start or 0, finding.end or 0
    touching = start < substitution.end and substitution.start < end
    return touching and end - start <= 2 * (substitution.end - substitution.start) + 5


def restores(text: str, finding: ReportedFinding, substitution: Substitution) -> bool:
    """Whether one of the first three suggestions, put in place of the finding, gives what stood there before."""
    start, end = finding.start or 0, finding.end or 0
    before, after = text[substitution.start : max(start, substitution.start)], text[end : max(end, substitution.end)]
    wanted = substitution.original.lower().replace("’", "'")
    return any(
        f"{before}{suggestion.text}{after}".lower().replace("’", "'") == wanted
        for suggestion in finding.suggestions[:3]
    )
