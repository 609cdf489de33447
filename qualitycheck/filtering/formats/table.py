"""CSV and TSV with a header row. Rows pass through as they stand; the quality is one more column, as JSON.

A quoted field may hold newlines, so rows are told apart here, from the front of the file, and parsed by the csv module.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import Any

from qualitycheck.filtering.formats import clean, encode_json
from qualitycheck.filtering.lines import BOM, too_long
from qualitycheck.filtering.options import FilterSettings
from qualitycheck.filtering.records import Fault, Judged, Record, not_utf8
from qualitycheck.filtering.splits import Split
from qualitycheck.plugins import Plugins

DELIMITERS = {"csv": b",", "tsv": b"\t"}
_PART = 1 << 20


class Table:
    """Reads and writes rows."""

    def __init__(self, name: str, options: FilterSettings) -> None:
        self._options = options
        self._delimiter = DELIMITERS[name]
        self._columns: list[str] = []
        csv.field_size_limit(max(csv.field_size_limit(), options.max_line))

    def records(self, split: Split) -> Iterator[Record]:
        """The rows of a split, parsed."""
        columns = self._columns = _parse(split.header, self._delimiter)
        places = {name: place for place, name in enumerate(columns)}
        for record in split.records or ():
            if record.fault is None:
                self._read(record, columns, places)
            yield record

    def _read(self, record: Record, columns: list[str], places: dict[str, int]) -> None:
        options = self._options
        try:
            row = _parse(record.raw, self._delimiter)
        except UnicodeDecodeError as error:
            record.fault = not_utf8(error, record.offset)
            return
        except csv.Error as error:
            record.fault = Fault("broken-row", f"not a row: {error}")
            return
        if len(row) != len(columns):
            record.fault = Fault("broken-row", f"{len(row)} fields, where the header has {len(columns)}")
        elif options.text_field not in places:
            message = f"there is no column “{options.text_field}”; name the column of the text with --text-field"
            record.fault = Fault("no-text", message)
        elif options.quality_field in places:
            message = f"there is a column “{options.quality_field}” already; name another with --quality-field"
            record.fault = Fault("field-taken", message)
        else:
            record.text = row[places[options.text_field]]
            record.id = row[places[options.id_field]] if options.id_field in places else None
            record.source = row[places[options.source_field]] if options.source_field in places else None

    def encode(self, judged: Sequence[Judged]) -> bytes:
        """Each row with its quality as the last column."""
        return b"".join(
            b"%b%b%b\n" % (each.record.raw, self._delimiter, _quoted(encode_json(clean(each.quality))))
            for each in judged
        )

    def encode_json(self, judged: Sequence[Judged]) -> bytes:
        """Each row as an object."""
        name = self._options.quality_field
        rows = ((_parse(each.record.raw, self._delimiter), each.quality) for each in judged)
        return b"".join(
            encode_json(clean({**dict(zip(self._columns, row, strict=True)), name: quality})) + b"\n"
            for row, quality in rows
        )


def output_header(row: bytes, name: str, options: FilterSettings) -> bytes:
    """The header row of an output file, where the input's is ``row``."""
    return b"%b%b%b\n" % (row, DELIMITERS[name], _quoted(options.quality_field.encode()))


def read_table(stream: Any, name: str, options: FilterSettings) -> tuple[bytes, Iterator[Record]]:
    """The header row, and a record for each row after it."""
    rows = _rows(stream, DELIMITERS[name], options.max_line)
    first = next(rows, None)
    header = first.raw.removeprefix(BOM) if first is not None and first.fault is None else b""
    return header, rows


def _rows(stream: Any, delimiter: bytes, limit: int) -> Iterator[Record]:
    """The rows of a stream, blank lines left out; ``raw`` is the row without its line end."""
    opening = re.compile(rb"(?:\A|(?<=" + re.escape(delimiter) + rb'))"')
    offset, line = 0, 1
    while True:
        parts: list[bytes] = []
        length = lines = 0
        is_open = False
        while data := stream.readline(limit + 1 if length <= limit else _PART):
            length += len(data)
            ended = data.endswith(b"\n")
            lines += ended
            is_open = _stays_open(data, opening, is_open)
            if length <= limit:
                parts.append(data)
            else:
                parts.clear()
            if ended and not is_open:
                break
        if not length:
            return
        if length > limit:
            yield Record(offset, line, length, fault=too_long(length, limit))
        elif is_open:
            message = "a quoted field is not closed, so everything from here to the end of the file would be in it"
            yield Record(offset, line, length, raw=b"".join(parts), fault=Fault("broken-row", message))
        elif row := b"".join(parts).rstrip(b"\r\n"):
            yield Record(offset, line, length, raw=row)
        offset += length
        line += lines


def _stays_open(data: bytes, opening: re.Pattern[bytes], is_open: bool) -> bool:
    """Whether a quoted field is open at the end of a line, given whether one was open at its start."""
    place = 0
    while True:
        if not is_open:
            match = opening.search(data, place)
            if match is None:
                return False
            place = match.end()
        while True:
            place = data.find(b'"', place)
            if place < 0:
                return True
            if data[place + 1 : place + 2] != b'"':
                break
            place += 2
        place += 1
        is_open = False


def _parse(row: bytes, delimiter: bytes) -> list[str]:
    return next(csv.reader(io.StringIO(row.decode(), newline=""), delimiter=delimiter.decode()), [])


def _quoted(value: bytes) -> bytes:
    return b'"' + value.replace(b'"', b'""') + b'"'


def make(name: str, options: FilterSettings, plugins: Plugins) -> Table:
    """The format."""
    return Table(name, options)
