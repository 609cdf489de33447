"""Records in, judged records out: the one interface that every way of running shares.

It touches no file and keeps no state between batches, so a worker process, an engine's partition and a loop in
somebody's notebook all call the same function.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from qualitycheck.corpus import Outcomes, enter
from qualitycheck.document import Document
from qualitycheck.errors import PluginError
from qualitycheck.filtering.decisions import Decision, folder_for
from qualitycheck.filtering.records import QUARANTINE, Fault, Judged, Record
from qualitycheck.plugins import FOREIGN_ERRORS, one_line
from qualitycheck.report import DocumentReport
from qualitycheck.runner import Runner
from qualitycheck.settings import Settings

_WARM_UP = "The council met on Tuesday, and the mayor said that the ferry would run again by the end of the month. "


class Judge:
    """Judges batches of records with the settings given.

    Raises PluginError where a plugin does not load (a filter without one of its checks would accept too much),
    SettingsError where the settings name what does not exist.
    """

    def __init__(self, settings: Settings, plugins: Sequence[object] = ()) -> None:
        self.settings = settings
        self.options = settings.filter
        self._decision = Decision(self.options)
        self.runner = Runner(settings, plugins)
        for failed in self.runner.plugins.failed:
            raise PluginError(f"plugin “{failed.name}” from {failed.origin} does not load: {failed.reason}")

    def warm_up(self) -> None:
        """Load models before the first document, so that loading is not taken for a slow document."""
        self.runner.check(_WARM_UP * 10)

    def judge(self, records: Sequence[Record], outcomes: Mapping[int, Outcomes] | None = None) -> list[Judged]:
        """Each record with its folder and quality, in order.

        ``outcomes`` are what corpus checks say of some of them, by their place in ``records``.
        """
        outcomes = outcomes or {}
        judged: dict[int, Judged] = {}
        waiting: list[int] = []
        for index, record in enumerate(records):
            early = self._without_reading(record)
            if early is None:
                waiting.append(index)
            else:
                judged[index] = early
        reports = self._reports([records[index] for index in waiting])
        for index, report in zip(waiting, reports, strict=True):
            record = records[index]
            if isinstance(report, Fault):
                judged[index] = Judged(record, QUARANTINE, {}, report)
            elif self.options.corpus_checks and self.runner.corpus_checks:
                judged[index] = self._decide_among_others(record, report, outcomes.get(index))
            else:
                judged[index] = self._decide(record, report)
        return [judged[index] for index in range(len(records))]

    def _without_reading(self, record: Record) -> Judged | None:
        """What is decided before any tokenising: faults, length, nothing to read."""
        if record.fault is not None:
            return Judged(record, QUARANTINE, {}, record.fault)
        if len(record.text) > self.options.max_document:
            limit = self.options.max_document
            text = f"{len(record.text):,} characters, above the limit of {limit:,}; raise it with --max-document"
            return Judged(record, QUARANTINE, {}, Fault("too-long", text))
        if not record.text or record.text.isspace():
            quality = {"score": 0.0, "verdict": "reject", "points": {}, "reason": "empty"}
            folder = folder_for(self._decision, "reject", self.options)
            return Judged(record, folder, quality, Fault("empty", "the text is empty"))
        return None

    def _reports(self, records: list[Record]) -> list[DocumentReport | Fault]:
        """A report for each record; where the core itself fails on one, its neighbours still get theirs."""
        if not records:
            return []
        try:
            return list(self.runner.check_batch([_document(record) for record in records]))
        except (*FOREIGN_ERRORS, MemoryError) as error:
            if len(records) == 1:
                return [Fault("failed", one_line(error))]
        return [report for record in records for report in self._reports([record])]

    def _decide(self, record: Record, report: DocumentReport) -> Judged:
        verdict, why = self._decision(report.verdict, values(report, record.source))
        quality = self.quality(report, verdict, why)
        if report.errors:
            fault = Fault("check-crashed", "; ".join(report.errors))
            return Judged(record, QUARANTINE, quality, fault, report)
        return Judged(record, folder_for(self._decision, verdict, self.options), quality, why, report)

    def _decide_among_others(self, record: Record, report: DocumentReport, outcomes: Outcomes | None) -> Judged:
        """A document that is to be held against all others, or has been."""
        document = _document(record)
        entry = enter(self.runner, document, report)
        judged = self._decide(record, self.runner.amended(document, report, outcomes) if outcomes else report)
        judged.entry = entry
        return judged

    def quality(self, report: DocumentReport, verdict: str, why: Fault | None = None) -> dict[str, Any]:
        """What is written beside a document: score, verdict, and the points that each check cost."""
        quality: dict[str, Any] = {
            "score": report.score,
            "verdict": verdict,
            "points": {name: result.points for name, result in report.checks.items() if result.points},
        }
        if why is not None:
            quality["reason"] = why.reason
        if self.options.signals:
            quality["signals"] = signals(report)
        if self.options.findings:
            quality["findings"] = [finding.to_dict() for finding in report.findings]
        return quality


def signals(report: DocumentReport) -> dict[str, float | str]:
    """All signals of a document by check and name: ``odd-synonyms.spin_rate``."""
    return {
        f"{name}.{signal.name}": signal.value for name, result in report.checks.items() for signal in result.signals
    }


def values(report: DocumentReport, source: str | None = None) -> dict[str, Any]:
    """What a condition can ask of a document."""
    findings = Counter(finding.code for finding in report.findings)
    findings.update(finding.name for finding in report.findings)
    return {
        "score": report.score,
        "verdict": report.verdict,
        "words": report.words,
        "language": report.language,
        "id": report.id,
        "source": source,
        "signals": signals(report),
        "points": {name: result.points for name, result in report.checks.items()},
        "findings": findings,
    }


def _document(record: Record) -> Document:
    metadata = {"source": record.source} if record.source is not None else None
    return Document(record.text, prose=record.prose, path=record.path, id=record.id, metadata=metadata)
