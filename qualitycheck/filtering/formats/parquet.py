"""Parquet, through pyarrow (the extra ``parquet``). Columns pass through unchanged; the quality is a struct column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from qualitycheck.errors import InputError
from qualitycheck.filtering.formats import clean, encode_json
from qualitycheck.filtering.inputs import Input
from qualitycheck.filtering.options import FilterSettings
from qualitycheck.filtering.records import Fault, Judged, Record
from qualitycheck.filtering.splits import Split
from qualitycheck.plugins import FOREIGN_ERRORS, Plugins, one_line

_ROWS = 64  # read at a time


class Parquet:
    """Reads rows, and writes them as Arrow streams, which the sink turns into Parquet."""

    def __init__(self, options: FilterSettings) -> None:
        self._options = options
        pa = arrow()
        fields = [("score", pa.float64()), ("verdict", pa.string()), ("points", pa.map_(pa.string(), pa.float64()))]
        fields.append(("reason", pa.string()))
        fields += [(name, pa.string()) for name in ("signals", "findings") if getattr(options, name)]
        self._type = pa.struct(fields)

    def records(self, split: Split) -> Iterator[Record]:
        """The rows of a row group. Where a page is damaged, the rest of the row group is one fault."""
        import pyarrow.parquet

        row = split.start
        with split.input.open() as stream:
            try:
                # A buffer of its own keeps pyarrow from reading whole column chunks, which can be as long as the file.
                with pyarrow.parquet.ParquetFile(stream, buffer_size=1 << 20, pre_buffer=False) as file:
                    for batch in file.iter_batches(_ROWS, row_groups=[split.row_group]):
                        for place in range(batch.num_rows):
                            if row >= split.end:
                                return
                            yield self._record(batch, place, row)
                            row += 1
            except (*FOREIGN_ERRORS, MemoryError) as error:
                rows = f"rows {row + 1:,} to {split.end:,}" if split.end > row else "the file"
                message = f"{rows} cannot be read (row group {split.row_group}): {one_line(error)}"
                yield Record(row, row + 1, fault=Fault("unreadable", message))

    def _record(self, batch: Any, place: int, row: int) -> Record:
        record = Record(row, row + 1, raw=(batch, place))
        options = self._options
        if options.quality_field in batch.schema.names:
            message = f"there is a column “{options.quality_field}” already; name another with --quality-field"
            record.fault = Fault("field-taken", message)
            return record
        text = _value(batch, place, options.text_field)
        record.id, record.source = (
            str(value) if (value := _value(batch, place, name)) is not None and value is not _MISSING else None
            for name in (options.id_field, options.source_field)
        )
        if text is _MISSING:
            message = f"there is no column “{options.text_field}”; name the column of the text with --text-field"
            record.fault = Fault("no-text", message)
        elif not isinstance(text, str):
            kind = "null" if text is None else type(text).__name__
            record.fault = Fault("text-is-no-text", f"the column “{options.text_field}” is {kind}, and not text")
        else:
            record.text = text
            record.length = len(text)
        return record

    def encode(self, judged: Sequence[Judged]) -> bytes:
        """The rows with their quality, as an Arrow stream."""
        pa = arrow()
        batches = []
        start = 0
        while start < len(judged):
            batch = judged[start].record.raw[0]
            end = start
            while end < len(judged) and judged[end].record.raw[0] is batch:
                end += 1
            group = judged[start:end]
            quality = pa.array([self._quality(each.quality) for each in group], self._type)
            rows = batch.take(pa.array([each.record.raw[1] for each in group]))
            names = [*rows.schema, pa.field(self._options.quality_field, self._type)]
            schema = pa.schema(names, metadata=batch.schema.metadata)
            batches.append(pa.RecordBatch.from_arrays([*rows.columns, quality], schema=schema))
            start = end
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, batches[0].schema) as writer:
            for each in batches:
                writer.write_batch(each)
        return bytes(sink.getvalue())

    def encode_json(self, judged: Sequence[Judged]) -> bytes:
        """Each row as an object; what JSON has no form for is written as text."""
        name = self._options.quality_field
        encode = msgspec.json.Encoder(enc_hook=str).encode
        rows = (({**_row(*each.record.raw), name: each.quality}) for each in judged)
        return b"".join(encode(clean(row)) + b"\n" for row in rows)

    def _quality(self, quality: dict[str, Any]) -> dict[str, Any]:
        plain = {**quality, "points": list(quality["points"].items())}
        for name in ("signals", "findings"):
            if name in plain:
                plain[name] = encode_json(clean(plain[name])).decode()
        return plain


_MISSING = object()


def _row(batch: Any, place: int) -> dict[str, Any]:
    row: dict[str, Any] = batch.slice(place, 1).to_pylist()[0]
    return row


def _value(batch: Any, place: int, path: str) -> Any:
    """The value of a column, or of a field in a struct column; _MISSING where there is none."""
    if not path:
        return _MISSING
    names = batch.schema.names
    if path in names:
        return batch.column(names.index(path))[place].as_py()
    top, *rest = path.split(".")
    if not rest or top not in names:
        return _MISSING
    value = batch.column(names.index(top))[place].as_py()
    for part in rest:
        if not isinstance(value, dict) or part not in value:
            return _MISSING
        value = value[part]
    return value


def row_groups(given: Input) -> list[tuple[int, int, int]]:
    """First row, last row and bytes of each row group. Raises OSError where the file is no good Parquet."""
    arrow()
    import pyarrow.parquet

    with given.open() as stream:
        try:
            facts = pyarrow.parquet.ParquetFile(stream).metadata
            groups, start = [], 0
            for place in range(facts.num_row_groups):
                group = facts.row_group(place)
                groups.append((start, start + group.num_rows, group.total_byte_size))
                start += group.num_rows
        except (*FOREIGN_ERRORS, MemoryError) as error:
            raise OSError(0, f"not a Parquet file that can be read: {one_line(error)}") from None
    return groups


def arrow() -> Any:
    """The module pyarrow; raises InputError, which names the extra, where it is not installed."""
    try:
        import pyarrow
    except ImportError:
        message = "Parquet needs pyarrow, which is not installed; pip install 'qualitycheck[parquet]'"
        raise InputError(message) from None
    return pyarrow


def make(name: str, options: FilterSettings, plugins: Plugins) -> Parquet:
    """The format."""
    return Parquet(options)
