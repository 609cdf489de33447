"""The filter for programs: any iterable of texts or mappings in, reports out, in this process."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from qualitycheck.filtering.batches import MOST_CHARACTERS, MOST_DOCUMENTS
from qualitycheck.filtering.judging import Judge
from qualitycheck.filtering.mappings import record_of
from qualitycheck.filtering.records import QUARANTINE, Judged, Record
from qualitycheck.report import DocumentReport
from qualitycheck.settings import Settings


class Filter:
    """Judges documents as ``qualitycheck filter`` does, without files and processes.

    ``settings`` are the defaults where None; ``plugins`` are further plugin objects. There is no timeout here: a check
    that never returns can only be ended with its process, as ``qualitycheck filter --timeout`` does.

    Raises PluginError where a plugin does not load, SettingsError where the settings name what does not exist.
    """

    def __init__(self, settings: Settings | None = None, plugins: Sequence[object] = ()) -> None:
        self.settings = settings or Settings()
        self._judge = Judge(self.settings, plugins)
        self._lock = threading.Lock()

    def run(self, documents: Iterable[str | Mapping[str, Any]]) -> Iterator[DocumentReport]:
        """A report for each document, in order and lazily, a batch at a time.

        A document is a text, or a mapping with the fields that the settings name. One that cannot be judged (no text,
        too long, a check that crashed) has the verdict ``reject``, the score 0 and the reason in ``errors``: the report
        is never missing.
        """
        batch: list[Record] = []
        size = 0
        for index, document in enumerate(documents):
            batch.append(record_of(document, index, self.settings.filter))
            size += len(batch[-1].text)
            if len(batch) >= MOST_DOCUMENTS or size >= MOST_CHARACTERS:
                yield from self._reports(batch)
                batch, size = [], 0
        yield from self._reports(batch)

    def check(self, document: str | Mapping[str, Any]) -> DocumentReport:
        """The report for one document; may be called from many threads at once."""
        return self._reports([record_of(document, 0, self.settings.filter)])[0]

    def _reports(self, records: list[Record]) -> list[DocumentReport]:
        with self._lock:
            judged = self._judge.judge(records)
        return [_report(each) for each in judged]


def _report(judged: Judged) -> DocumentReport:
    reason = judged.reason
    if judged.report is None:
        message = reason.message if reason is not None else ""
        failed = judged.folder == QUARANTINE
        return DocumentReport(
            path=None,
            id=judged.record.id,
            words=0,
            language=None,
            score=0.0,
            verdict="reject",
            checks={},
            findings=(),
            errors=(message,) if failed else (),
            notes=() if failed else (message,),
        )
    report = judged.report
    if judged.folder == QUARANTINE:
        return dataclasses.replace(report, verdict="reject", score=0.0)
    verdict = judged.quality["verdict"]
    if verdict == report.verdict:
        return report
    notes = (*report.notes, reason.message) if reason is not None else report.notes
    return dataclasses.replace(report, verdict=verdict, notes=notes)
