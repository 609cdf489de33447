"""Reports: what came out for one document, and for all. ``schema/report-1.schema.json`` describes their JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from qualitycheck.finding import Signal, Suggestion
from qualitycheck.rule import Fix, Severity

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class ReportedFinding:
    """A finding as it is reported: with its rule's name and severity, and its place as line and column.

    ``line`` and ``column`` count from 1, columns in code points. All places and ``text`` are None for a finding about
    the whole document. ``in_quote`` tells whether it lies in quoted speech. ``fix`` says whether a machine may put the
    first suggestion in its place: what the rule says, and ``none`` where there is no suggestion or no place.
    """

    code: str
    name: str
    severity: Severity
    confidence: float
    start: int | None
    end: int | None
    line: int | None
    column: int | None
    text: str | None
    message: str
    suggestions: tuple[Suggestion, ...]
    in_quote: bool
    fix: Fix = Fix.NONE

    def to_dict(self) -> dict[str, Any]:
        """As plain values for JSON."""
        return {
            "code": self.code,
            "name": self.name,
            "severity": self.severity.value,
            "confidence": round(self.confidence, 4),
            "start": self.start,
            "end": self.end,
            "line": self.line,
            "column": self.column,
            "text": self.text,
            "message": self.message,
            "suggestions": [{"text": s.text, "confidence": round(s.confidence, 4)} for s in self.suggestions],
            "in_quote": self.in_quote,
            "fix": self.fix.value,
        }


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one check said: ``status`` is ``ok``, ``skipped`` or ``crashed``, with ``reason`` for the last two.

    ``points`` are what it took from the score; ``badness`` in [0, 1].
    """

    status: str
    points: float = 0.0
    badness: float = 0.0
    reason: str | None = None
    signals: tuple[Signal, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """As plain values for JSON."""
        plain: dict[str, Any] = {"points": self.points, "badness": self.badness, "status": self.status}
        if self.reason is not None:
            plain["reason"] = self.reason
        plain["signals"] = {signal.name: signal.value for signal in self.signals}
        return plain


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """What came out for one document. ``score`` in [0, 100]; ``verdict`` is accept, review or reject.

    ``errors`` name checks that crashed; ``notes`` say what a reader of the report should know. ``suppressed`` counts
    the findings that were left out and cost nothing, by what suppressed them.
    """

    path: str | None
    id: str | None
    words: int
    language: str | None
    score: float
    verdict: str
    checks: dict[str, CheckResult]
    findings: tuple[ReportedFinding, ...]
    errors: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    suppressed: Mapping[str, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """How to call the document: its path, its id, or both."""
        return ":".join(part for part in (self.path, self.id) if part) or "text"

    def is_about(self, text: str) -> bool:
        """Whether every finding is where it says in ``text``, so that this can be the text that was checked."""
        return all(each.start is None or text[each.start : each.end] == each.text for each in self.findings)

    def to_dict(self) -> dict[str, Any]:
        """As plain values for JSON."""
        return {
            "path": self.path,
            "id": self.id,
            "words": self.words,
            "language": self.language,
            "score": self.score,
            "verdict": self.verdict,
            "checks": {name: result.to_dict() for name, result in self.checks.items()},
            "findings": [finding.to_dict() for finding in self.findings],
            "errors": list(self.errors),
            "notes": list(self.notes),
            "suppressed": dict(self.suppressed),
        }


@dataclass(slots=True)
class CorpusReport:
    """What came out for all documents of a run.

    ``errors`` are inputs that could not be read and plugins that did not load; ``versions`` those of the plugins and
    of what they load; ``settings`` is the hash of the settings.
    """

    documents: list[DocumentReport] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    settings: str = ""
    versions: dict[str, str] = field(default_factory=dict)

    @property
    def has_errors(self) -> bool:
        """Whether an input was unreadable, a plugin did not load or a check crashed."""
        return bool(self.errors) or any(document.errors for document in self.documents)

    def summary(self) -> dict[str, int]:
        """Counts of documents, verdicts and errors."""
        verdicts = Counter(document.verdict for document in self.documents)
        errors = len(self.errors) + sum(len(document.errors) for document in self.documents)
        counts = {verdict: verdicts[verdict] for verdict in ("accept", "review", "reject")}
        return {"documents": len(self.documents), **counts, "errors": errors}

    def to_dict(self) -> dict[str, Any]:
        """As plain values for JSON: the whole report."""
        from qualitycheck import __version__

        return {
            "schema": SCHEMA,
            "tool": f"qualitycheck {__version__}",
            "settings": self.settings,
            "versions": self.versions,
            "documents": [document.to_dict() for document in self.documents],
            "errors": self.errors,
            "notes": self.notes,
            "summary": self.summary(),
        }
