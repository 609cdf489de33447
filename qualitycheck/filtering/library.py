"""The filter for programs: any iterable of texts or mappings in, reports out, in this process."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from qualitycheck.filtering.batches import MOST_CHARACTERS, MOST_DOCUMENTS
from qualitycheck.filtering.judging import Judge
from qualitycheck.filtering.records import QUARANTINE, Fault, Judged, Record
from qualitycheck.report import DocumentReport
from qualitycheck.settings import Settings

_ABSENT = object()


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
            batch.append(self._record(document, index))
            size += len(batch[-1].text)
            if len(batch) >= MOST_DOCUMENTS or size >= MOST_CHARACTERS:
                yield from self._reports(batch)
                batch, size = [], 0
        yield from self._reports(batch)

    def check(self, document: str | Mapping[str, Any]) -> DocumentReport:
        """The report for one document; may be called from many threads at once."""
        return self._reports([self._record(document, 0)])[0]

    def _reports(self, records: list[Record]) -> list[DocumentReport]:
        with self._lock:
            judged = self._judge.judge(records)
        return [_report(each) for each in judged]

    def _record(self, document: str | Mapping[str, Any], index: int) -> Record:
        record = Record(index, index + 1)
        if isinstance(document, str):
            record.text = document
            return record
        if not isinstance(document, Mapping):
            record.fault = Fault("not-an-object", f"{type(document).__name__} is neither text nor a mapping")
            return record
        options = self.settings.filter
        text = _find(document, options.text_field)
        name, source = _find(document, options.id_field), _find(document, options.source_field)
        record.id = str(name) if name is not _ABSENT and name is not None else None
        record.source = str(source) if source is not _ABSENT and source is not None else None
        if isinstance(text, str):
            record.text = text
        elif text is _ABSENT:
            record.fault = Fault("no-text", f"there is no field “{options.text_field}”")
        else:
            record.fault = Fault("text-is-no-text", f"the field “{options.text_field}” is {type(text).__name__}")
        return record


def _find(document: Mapping[str, Any], path: str) -> Any:
    if path in document:
        return document[path]
    value: Any = document
    for part in path.split("."):
        if not isinstance(value, Mapping) or part not in value:
            return _ABSENT
        value = value[part]
    return value


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
