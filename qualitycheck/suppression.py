"""What is found and does not count: it is left out of the report, and costs no points."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from qualitycheck.baseline import Baseline, Entry
from qualitycheck.document import Document
from qualitycheck.finding import Finding

_MOST_NOTES = 10


class Suppression:
    """What a run suppresses."""

    def __init__(self, baseline: Baseline | None) -> None:
        self.baseline = baseline

    def of(self, document: Document) -> DocumentSuppression:
        """What it suppresses in one document."""
        return DocumentSuppression(self, document)

    def notes(self) -> list[str]:
        """What in it did nothing, one line each, for the documents that were checked up to now."""
        stale = self.baseline.stale() if self.baseline is not None else []
        notes = [f"stale in the baseline: {name} {_why(entry)}" for name, entry in stale[:_MOST_NOTES]]
        if len(stale) > _MOST_NOTES:
            notes.append(f"stale in the baseline: {len(stale) - _MOST_NOTES} more; --write-baseline takes them out")
        return notes


class DocumentSuppression:
    """What is suppressed in one document; ``counts`` says how many findings each means took."""

    def __init__(self, run: Suppression, document: Document) -> None:
        self._run = run
        self._document = document
        self.counts: Counter[str] = Counter()

    def kept(self, findings: list[Finding], rules: Collection[str]) -> list[Finding]:
        """The findings of a check that count; ``rules`` are the codes of the rules that it looked for."""
        kept = findings
        if self._run.baseline is not None:
            kept = self._run.baseline.new(self._document, findings, rules)
            self._count("baseline", len(findings) - len(kept))
        return kept

    def _count(self, means: str, number: int) -> None:
        if number:
            self.counts[means] += number


def _why(entry: Entry | None) -> str:
    if entry is None:
        return "is gone"
    return f"no longer has {entry.rule}" if entry.text is None else f"no longer has {entry.rule} “{entry.text}”"
