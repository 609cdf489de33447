"""The rows of a JSONL file: one document a line, read when it is wanted, so that a long file needs little memory."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from qualitycheck.document import Document
from qualitycheck.errors import InputError, nearest
from qualitycheck.screen import harmless

SUFFIXES = (".jsonl", ".ndjson")

_LONGEST_ID = 80
_MARK = b"\xef\xbb\xbf"  # the byte order mark that some programs put before UTF-8


@dataclass(frozen=True, slots=True)
class Fields:
    """Which fields of a row hold its text and its id; a dot leads into an object (``meta.source``)."""

    text: str = "text"
    id: str = "id"


@dataclass(frozen=True, slots=True)
class Row:
    """Where a row stands: its ``line``, counted from 1, and the ``offset`` of its first byte.

    ``id`` is what the row calls itself; None where that is nothing, or nothing fit to be shown.
    """

    line: int
    offset: int
    id: str | None


def find_rows(path: Path, fields: Fields, max_size: int) -> Iterator[Row]:
    """Every line that is not blank. What is wrong with one is said when it is read.

    ``max_size`` is the size in bytes above which a line is not looked into. Raises InputError where the file cannot be
    read.
    """
    try:
        with path.open("rb") as stream:
            for line, offset, data in _lines(stream, max_size):
                if data is None or data.strip():
                    yield Row(line, offset, _id(data, fields))
    except OSError as error:
        raise InputError(f"{harmless(str(path))}: cannot be read: {error.strerror}") from None


def read_row(path: Path, row: Row, fields: Fields, max_size: int) -> Document:
    """The document in one row, under its id or else its line.

    Raises InputError, naming file and line, where the row is larger than ``max_size``, no JSON object, or without text.
    """
    place = f"{harmless(str(path))}:{row.line}"
    try:
        with path.open("rb") as stream:
            stream.seek(row.offset)
            _, _, data = next(_lines(stream, max_size), (0, 0, b""))
    except OSError as error:
        raise InputError(f"{place}: cannot be read: {error.strerror}") from None
    if data is None:
        raise InputError(f"{place}: a row of more than {max_size:,} bytes; raise the setting max-size")
    try:
        value = _decode(data)
    except ValueError as error:
        raise InputError(f"{place}: not valid JSON: {error}") from None
    if not isinstance(value, dict):
        raise InputError(f"{place}: no JSON object, so it has no field “{fields.text}”")
    text = _field(value, fields.text)
    if text is None:
        near = nearest(fields.text, [name for name in value if isinstance(value[name], str)])
        raise InputError(f"{place}: no field “{fields.text}”{harmless(near)}")
    if not isinstance(text, str):
        raise InputError(f"{place}: field “{fields.text}” holds no text")
    return Document(text, path=str(path), id=row.id or str(row.line), metadata=value)


def _lines(stream: BinaryIO, limit: int) -> Iterator[tuple[int, int, bytes | None]]:
    """Each line with its number and the offset of its first byte; None in place of one longer than the limit."""
    for line in itertools.count(1):
        offset = stream.tell()
        data = part = stream.readline(limit + 1)
        if not data:
            return
        while part and not part.endswith(b"\n"):
            part = stream.readline(limit + 1)
        yield line, offset, data if len(data.rstrip(b"\r\n")) <= limit else None


def _decode(data: bytes) -> Any:
    """The JSON value in a line. Raises ValueError."""
    try:
        return msgspec.json.decode(data.removeprefix(_MARK))
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _field(value: dict[str, Any], name: str) -> Any:
    """The value of a field; dots in a name that is no field lead through objects. None where there is none."""
    found: Any = value
    for part in [name] if name in value else name.split("."):
        found = found.get(part) if isinstance(found, dict) else None
    return found


def _id(data: bytes | None, fields: Fields) -> str | None:
    if data is None:
        return None
    try:
        value = _decode(data)
    except ValueError:
        return None
    found = _field(value, fields.id) if isinstance(value, dict) else None
    name = str(found) if isinstance(found, str | int) and not isinstance(found, bool) else ""
    return name if name.isprintable() and 0 < len(name) <= _LONGEST_ID else None
