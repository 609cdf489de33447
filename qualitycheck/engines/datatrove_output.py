"""What datatrove wrote, read back with the qualities in it. It needs no datatrove."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from qualitycheck.errors import InputError
from qualitycheck.filtering.compression import DAMAGE, decompressed
from qualitycheck.filtering.formats.parquet import arrow
from qualitycheck.filtering.inputs import Input, find_inputs
from qualitycheck.filtering.options import FilterSettings
from qualitycheck.plugins import FOREIGN_ERRORS, one_line

_ROWS = 64  # read at a time


def read(paths: Iterable[str], options: FilterSettings | None = None) -> Iterator[dict[str, Any]]:
    """The documents in files, folders, globs or URLs, in order, one at a time: of accepted ones and of exclusions.

    Each is a mapping with ``text``, ``id`` and ``metadata``, and with ``quality`` as the filter block left it, or None
    where it left nothing. They can be judged again: ``Filter().run(read(["exclusions"]))``. JSON lines and Parquet are
    read, plain or compressed, with metadata as an object or as columns.

    Raises InputError for what is not there, and for a line or file that cannot be read, with its place.
    """
    options = options or FilterSettings()
    for given in find_inputs(paths, (), None):
        try:
            for row in _parquet(given) if given.format == "parquet" else _json(given, options):
                yield _document(row, options.quality_field)
        except (*DAMAGE, msgspec.DecodeError) as error:
            raise InputError(f"{given.path}: cannot be read: {one_line(error)}") from None


def _json(given: Input, options: FilterSettings) -> Iterator[dict[str, Any]]:
    with decompressed(given.open(), given.compression, options.max_ratio) as stream:
        number = 0
        while line := stream.readline(options.max_line + 1):
            number += 1
            try:
                row = msgspec.json.decode(line, type=dict[str, Any])
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                raise InputError(f"{given.path}:{number}: is no document: {error}") from None
            yield row


def _parquet(given: Input) -> Iterator[dict[str, Any]]:
    arrow()
    import pyarrow.parquet

    with given.open() as stream:
        try:
            for batch in pyarrow.parquet.ParquetFile(stream).iter_batches(_ROWS):
                yield from batch.to_pylist()
        except FOREIGN_ERRORS as error:
            raise InputError(f"{given.path}: cannot be read: {one_line(error)}") from None


def _document(row: dict[str, Any], field: str) -> dict[str, Any]:
    """The row with our metadata taken out of the rest and made a quality again."""
    own = row.pop("metadata", None)
    metadata: dict[str, Any] = own if isinstance(own, dict) else {}
    text, name = row.pop("text", None), row.pop("id", None)
    row.pop("media", None)
    metadata |= row
    quality = metadata.pop(field, None)
    for part in ("folder", "score"):
        metadata.pop(f"{field}_{part}", None)
    return {"text": text, "id": name, "metadata": metadata, "quality": _decoded(quality)}


def _decoded(quality: Any) -> Any:
    if not isinstance(quality, str):
        return quality
    made = msgspec.json.decode(quality)
    for name in ("signals", "findings"):
        if isinstance(made.get(name), str):
            made[name] = msgspec.json.decode(made[name])
    return made
