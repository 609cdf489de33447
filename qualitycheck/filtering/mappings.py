"""Documents that a program holds, as records: a text, or a mapping with the fields that the settings name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qualitycheck.filtering.options import FilterSettings
from qualitycheck.filtering.records import Fault, Record

_ABSENT = object()
_KINDS = {"NoneType": "null", "bool": "true or false", "int": "a number", "float": "a number", "list": "a list"}


def record_of(document: Any, place: int, options: FilterSettings) -> Record:
    """The record for a document, the ``place``-th from 0; a fault where it holds no text.

    A :class:`Fault` in the place of the text stands for one that could not be read.
    """
    record = Record(place, place + 1)
    if isinstance(document, str):
        record.text = document
        return record
    if not isinstance(document, Mapping):
        record.fault = Fault("not-an-object", f"{type(document).__name__} is neither text nor a mapping")
        return record
    name, source = _find(document, options.id_field), _find(document, options.source_field)
    record.id = str(name) if name is not _ABSENT and name is not None else None
    record.source = str(source) if source is not _ABSENT and source is not None else None
    text = _find(document, options.text_field)
    if isinstance(text, str):
        record.text = text
    elif isinstance(text, Fault):
        record.fault = text
    elif text is _ABSENT:
        record.fault = Fault("no-text", f"there is no field “{options.text_field}”")
    else:
        kind = _KINDS.get(type(text).__name__, type(text).__name__)
        record.fault = Fault("text-is-no-text", f"the field “{options.text_field}” is {kind}, and not text")
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
