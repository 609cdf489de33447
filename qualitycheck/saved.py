"""Reads reports that were saved before: what ``json`` and ``jsonl`` wrote, and documents that a filter annotated.

A saved report may come from anybody. Everything in it is validated, so that what it becomes is as sound as a report of
this run; what it cannot hold is lost (the units of signals).
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, TextIO

import msgspec

from qualitycheck.errors import InputError
from qualitycheck.finding import Signal, Suggestion
from qualitycheck.report import CheckResult, DocumentReport, ReportedFinding
from qualitycheck.rule import Severity
from qualitycheck.screen import harmless

_Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
_Points = Annotated[float, msgspec.Meta(ge=0, le=100)]
_Count = Annotated[int, msgspec.Meta(ge=0)]
_Place = Annotated[int, msgspec.Meta(ge=1)]


class _Suggestion(msgspec.Struct):
    text: str
    confidence: _Share = 1.0


class _Finding(msgspec.Struct):
    code: Annotated[str, msgspec.Meta(pattern="^[A-Z]{3}[0-9]{3}$")]
    name: Annotated[str, msgspec.Meta(pattern="^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
    severity: Severity
    message: str
    confidence: _Share = 1.0
    start: _Count | None = None
    end: _Count | None = None
    line: _Place | None = None
    column: _Place | None = None
    text: str | None = None
    suggestions: list[_Suggestion] = []
    in_quote: bool = False


class _Check(msgspec.Struct):
    status: Literal["ok", "skipped", "crashed"] = "ok"
    points: _Points = 0.0
    badness: _Share = 0.0
    reason: str | None = None
    signals: dict[str, float | str] = {}


class _Document(msgspec.Struct):
    score: _Points
    verdict: Literal["accept", "review", "reject"]
    path: str | None = None
    id: str | None = None
    words: _Count = 0
    language: Annotated[str, msgspec.Meta(pattern="^[a-z]{2,3}$")] | None = None
    checks: dict[str, _Check] = {}
    points: dict[str, _Points] = {}
    signals: dict[str, float | str] = {}
    reason: str | None = None
    findings: list[_Finding] = []
    errors: list[str] = []
    notes: list[str] = []
    text: str | None = None


@dataclass(frozen=True, slots=True)
class SavedReport:
    """A report, and the text it is about where that was saved with it."""

    report: DocumentReport
    text: str | None


def read_saved(given: str, text_field: str = "text") -> Iterator[SavedReport]:
    """The reports in a file, or on standard input for ``-``: one object of ``json``, or the lines of ``jsonl``.

    A line may also be a document with its report in the field ``quality``, as a filter writes them; its text is then in
    ``text_field``. Raises InputError, naming file and line, for what is neither.
    """
    name = harmless(given)
    try:
        with _opened(given) as stream:
            for number, line in enumerate(stream, 1):
                if not line.strip():
                    continue
                value = _parse(line)
                if value is None and number == 1:
                    # Not one object a line, so it may be one object on many.
                    value = _parse(line + stream.read())
                if not isinstance(value, dict):
                    raise InputError(f"{name}, line {number}: no report, and no JSON object at all")
                yield from _reports(value, f"{name}, line {number}", given, number, text_field)
    except OSError as error:
        raise InputError(f"{name}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise InputError(f"{name}: not UTF-8, so it is no saved report") from None


def _opened(given: str) -> contextlib.AbstractContextManager[TextIO]:
    if given != "-":
        return Path(given).open(encoding="utf-8", newline="\n")
    return contextlib.nullcontext(io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", newline="\n"))


def _parse(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _reports(value: dict[str, Any], where: str, path: str, number: int, text_field: str) -> Iterator[SavedReport]:
    documents = value.get("documents")
    if isinstance(documents, list):
        for place, each in enumerate(documents, 1):
            yield _report(each, f"{where}, document {place}")
    elif isinstance(value.get("quality"), dict):
        # The filter's documents are named by their own id where they have one, and by their line where not.
        named = {"path": path, "id": str(value.get("id") or number)}
        yield _report({**named, **value["quality"], "text": value.get(text_field)}, where)
    else:
        yield _report(value, where)


def _report(value: Any, where: str) -> SavedReport:
    try:
        read = msgspec.convert(value, _Document)
    except msgspec.ValidationError as error:
        raise InputError(f"{where}: no report of qualitycheck: {_said(error)}") from None
    checks = {name: _check(each) for name, each in read.checks.items()} or _filtered(read)
    report = DocumentReport(
        path=read.path,
        id=read.id,
        words=read.words or (len(read.text.split()) if read.text else 0),
        language=read.language,
        score=read.score,
        verdict=read.verdict,
        checks=checks,
        findings=tuple(_finding(each, where) for each in read.findings),
        errors=tuple(read.errors),
        notes=(*read.notes, *([f"decided by: {read.reason}"] if read.reason else [])),
    )
    return SavedReport(report, read.text)


def _said(error: msgspec.ValidationError) -> str:
    text = str(error)
    return text[:1].lower() + text[1:]


def _check(read: _Check) -> CheckResult:
    signals = tuple(Signal(name, value) for name, value in read.signals.items())
    return CheckResult(read.status, read.points, read.badness, read.reason, signals)


def _filtered(read: _Document) -> dict[str, CheckResult]:
    """The checks as a filter tells of them: points by check, signals by check and name."""
    signals: dict[str, list[Signal]] = {name: [] for name in read.points}
    for name, value in read.signals.items():
        check, _, signal = name.partition(".")
        signals.setdefault(check, []).append(Signal(signal, value))
    return {name: CheckResult("ok", read.points.get(name, 0.0), signals=tuple(each)) for name, each in signals.items()}


def _finding(read: _Finding, where: str) -> ReportedFinding:
    places = (read.start, read.end, read.line, read.column, read.text)
    if any(each is None for each in places):
        if not all(each is None for each in places):
            raise InputError(f"{where}: no report of qualitycheck: a finding of {read.code} has half a place")
    elif len(read.text or "") != (read.end or 0) - (read.start or 0) or not read.text:
        raise InputError(f"{where}: no report of qualitycheck: a finding of {read.code} is not as long as its text")
    suggestions = tuple(Suggestion(each.text, each.confidence) for each in read.suggestions)
    return ReportedFinding(
        read.code,
        read.name,
        read.severity,
        read.confidence,
        *places,
        read.message,
        suggestions,
        read.in_quote,
    )
