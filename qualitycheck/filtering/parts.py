"""Output files: written under a temporary name, complete under their own, one a folder and split."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any, BinaryIO

from qualitycheck.filtering import ledger, second_pass
from qualitycheck.filtering.batches import Batch
from qualitycheck.filtering.compression import compress, suffix_of
from qualitycheck.filtering.formats import output_suffix
from qualitycheck.filtering.journal import HOME, sync_folder
from qualitycheck.filtering.options import FilterSettings
from qualitycheck.filtering.records import FOLDERS, QUARANTINE
from qualitycheck.filtering.splits import Split

# What the filter calls its files; nothing else in its folders is ever touched.
_OURS = re.compile(r".+-[0-9a-f]{8}-\d{5,}(\.[a-z]+)(\.[a-z0-9]+)?")
_ALL = (*FOLDERS, ledger.FOLDER, second_pass.FOLDER)
_ROW_GROUP = 16_000_000  # bytes of Arrow data that make a row group


class Parts:
    """The files of one split while it is worked on. Raises OSError where the disk does."""

    def __init__(self, folder: Path, split: Split, options: FilterSettings) -> None:
        self._folder, self._split, self._options = folder, split, options
        self._files: dict[str, _File] = {}

    def write(self, batch: Batch) -> None:
        """Add what a batch brought."""
        for folder, data in batch.folders.items():
            if data:
                self._file(folder).write(data)
        if batch.ledger:
            self._file(ledger.FOLDER).write(batch.ledger)
        if batch.sketches:
            self._file(second_pass.FOLDER).write(batch.sketches)

    def commit(self) -> dict[str, int]:
        """Put the files under their names; files of this split that an earlier try left elsewhere go.

        The sizes of the files, by their paths in the output folder.
        """
        for file in self._files.values():
            file.close()
        names = {folder: f"{folder}/{self._split.name}{self._suffix(folder)}" for folder in _ALL}
        for folder in _ALL:
            target = self._folder / names[folder]
            if folder in self._files:
                target.parent.mkdir(exist_ok=True)
                self._files[folder].path.replace(target)
            elif target.parent.is_dir():
                target.unlink(missing_ok=True)
        for folder in self._files:
            sync_folder(self._folder / folder)
        return {names[folder]: (self._folder / names[folder]).stat().st_size for folder in sorted(self._files)}

    def discard(self) -> None:
        """Drop what was written."""
        for file in self._files.values():
            file.discard()
        self._files.clear()

    def _suffix(self, folder: str) -> str:
        if folder in (QUARANTINE, ledger.FOLDER, second_pass.FOLDER):
            return ".jsonl"
        return output_suffix(self._split.input.format, self._split.input.compression, self._options)

    def _file(self, folder: str) -> _File:
        if folder not in self._files:
            suffix = self._suffix(folder)
            path = self._folder / HOME / "parts" / f"{self._split.name}.{folder}"
            kind = _ParquetFile if suffix == ".parquet" else _File
            file = self._files[folder] = kind(path)
            if self._split.header and not suffix.startswith(".jsonl"):
                from qualitycheck.filtering.formats.table import output_header

                header = output_header(self._split.header, self._split.input.format, self._options)
                file.write(compress(header, suffix_of(suffix)))
        return self._files[folder]


class _File:
    """A file of bytes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stream: BinaryIO = opener(path)

    def write(self, data: bytes) -> None:
        self._stream.write(data)

    def close(self) -> None:
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self._stream.close()

    def discard(self) -> None:
        with contextlib.suppress(OSError):  # a full disk says so again when the rest of the buffer is written
            self._stream.close()
        self.path.unlink(missing_ok=True)


def _open(path: Path) -> BinaryIO:
    return path.open("wb")


#: How parts are opened; tests put a disk that is full in its place.
opener: Callable[[Path], BinaryIO] = _open


class _ParquetFile(_File):
    """A Parquet file, made of Arrow streams; small ones are gathered into row groups of a fair size."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._tables: list[Any] = []
        self._size = 0
        self._writer: Any = None

    def write(self, data: bytes) -> None:
        import pyarrow as pa

        self._tables.append(pa.ipc.open_stream(data).read_all())
        self._size += len(data)
        if self._size >= _ROW_GROUP:
            self._flush()

    def _flush(self) -> None:
        import pyarrow as pa
        import pyarrow.parquet

        if self._tables:
            table = pa.concat_tables(self._tables)
            if self._writer is None:
                self._writer = pyarrow.parquet.ParquetWriter(self._stream, table.schema)
            self._writer.write_table(table)
        self._tables, self._size = [], 0

    def close(self) -> None:
        self._flush()
        if self._writer is not None:
            self._writer.close()
        super().close()


def prepare(folder: Path) -> None:
    """Make the folder for parts, empty."""
    parts = folder / HOME / "parts"
    parts.mkdir(parents=True, exist_ok=True)
    for path in parts.iterdir():
        path.unlink()


def sweep(folder: Path, kept: Collection[str]) -> None:
    """Remove output files of ours that are not among ``kept``: a killed run left them before they counted."""
    for name in _ALL:
        if not (folder / name).is_dir():
            continue
        for path in (folder / name).iterdir():
            if _OURS.fullmatch(path.name) and f"{name}/{path.name}" not in kept:
                path.unlink()
