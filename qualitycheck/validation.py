"""What a check yields, held against the interface: a plugin that returns nonsense is named, and reports stay sound."""

from __future__ import annotations

import dataclasses
import operator
from collections.abc import Iterable
from math import isfinite
from numbers import Integral

from qualitycheck.document import Document
from qualitycheck.errors import PluginError
from qualitycheck.finding import Finding, Signal, Suggestion
from qualitycheck.tokens import FILLER, OBJECT


def valid_finding(codes: frozenset[str], document: Document, finding: Finding) -> Finding:
    """The finding with plain numbers and clean text; ``codes`` are those of its check's rules.

    Raises PluginError where it is not what the interface asks for.
    """
    if not isinstance(finding, Finding):
        raise PluginError(f"yielded {finding!r}, which is neither a Finding nor a Signal")
    code = finding.code
    if code not in codes:
        raise PluginError(f"yielded a finding of {code}, which is none of its rules")
    if not isinstance(finding.message, str):
        raise PluginError(f"yielded a finding of {code} with {finding.message!r} as its message")
    if not 0.0 <= finding.confidence <= 1.0:
        raise PluginError(f"yielded a finding of {code} with confidence {finding.confidence}")
    start, end = _span(document, finding)
    return dataclasses.replace(
        finding,
        start=start,
        end=end,
        message=_readable(finding.message),
        suggestions=tuple(_suggestion(code, each) for each in finding.suggestions),
    )


def valid_signals(items: Iterable[object]) -> tuple[Signal, ...]:
    """The signals among what a check yields, each with a plain value.

    Raises PluginError where one is neither text nor a finite number.
    """
    # Some checks yield twenty for every document: what is mostly right is seen here.
    return tuple(
        [
            item
            if type(item.value) is float and isfinite(item.value) and type(item.name) is type(item.unit) is str
            else _valid_signal(item)
            for item in items
            if isinstance(item, Signal)
        ]
    )


def _is_named(signal: Signal) -> bool:
    return isinstance(signal.name, str) and isinstance(signal.unit, str)


def _valid_signal(signal: Signal) -> Signal:
    if not _is_named(signal):
        raise PluginError(f"yielded {signal!r}, whose name or unit is no text")
    if isinstance(signal.value, str):
        return signal
    value = float(signal.value)
    if not isfinite(value):
        raise PluginError(f"yielded signal “{signal.name}” with value {value}")
    return signal._replace(value=int(value) if isinstance(signal.value, Integral) else value)


def _span(document: Document, finding: Finding) -> tuple[int | None, int | None]:
    if finding.start is None and finding.end is None:
        return None, None
    if finding.start is None or finding.end is None:
        raise PluginError(f"yielded a finding of {finding.code} with only one of start and end")
    # Offsets taken from the token arrays are numpy's integers, which no JSON writer knows.
    start, end = operator.index(finding.start), operator.index(finding.end)
    if not 0 <= start < end <= len(document):
        raise PluginError(f"yielded a finding of {finding.code} at {start}:{end}, outside the text")
    return start, document.whole_entity(end)


def _suggestion(code: str, suggestion: Suggestion) -> Suggestion:
    sound = isinstance(suggestion, Suggestion) and isinstance(suggestion.text, str)
    if not sound or not 0.0 <= suggestion.confidence <= 1.0:
        raise PluginError(f"yielded a finding of {code} with {suggestion!r} as a suggestion")
    return Suggestion(_readable(suggestion.text), float(suggestion.confidence))


def _readable(text: str) -> str:
    """Text without what stands in masked prose for markup: a check may quote the prose."""
    return text.replace(FILLER, "").replace(OBJECT, "")
