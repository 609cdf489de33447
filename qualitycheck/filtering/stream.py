"""Output to a pipe: documents in the order of their inputs, whichever worker is done first.

The split whose turn it is goes straight through; those after it wait in temporary files.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection
from typing import BinaryIO

from qualitycheck.filtering.batches import Batch
from qualitycheck.filtering.splits import Split

_IN_MEMORY = 4_000_000
_PART = 1 << 20


class OrderedStream:
    """Writes what goes to ``folders`` to a stream, split by split in the order in which they were begun."""

    def __init__(self, stream: BinaryIO, folders: Collection[str]) -> None:
        self._stream, self._folders = stream, folders
        self._order: list[str] = []
        self._waiting: dict[str, tempfile.SpooledTemporaryFile[bytes]] = {}
        self._finished: set[str] = set()
        self._header: bytes | None = None

    @property
    def behind(self) -> int:
        """How many splits wait for one before them."""
        return len(self._order)

    def begin(self, split: Split) -> None:
        """A split was cut; its turn comes after all before it."""
        self._order.append(split.key)

    def header(self, data: bytes) -> None:
        """Write a header row, once."""
        if self._header is None:
            self._header = data
            self._stream.write(data)

    def write(self, split: Split, batch: Batch) -> None:
        """Write, or keep, what a batch brought."""
        for folder, data in batch.folders.items():
            if folder in self._folders:
                if self._order[0] == split.key:
                    self._stream.write(data)
                else:
                    if split.key not in self._waiting:
                        self._waiting[split.key] = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115
                    self._waiting[split.key].write(data)
        self._stream.flush()

    def finish(self, split: Split) -> None:
        """A split is done; those that waited for it alone are written."""
        self._finished.add(split.key)
        while self._order:
            key = self._order[0]
            kept = self._waiting.pop(key, None)
            if kept is not None:
                kept.seek(0)
                while data := kept.read(_PART):
                    self._stream.write(data)
                kept.close()
            if key not in self._finished:
                break
            self._finished.discard(key)
            self._order.pop(0)
        self._stream.flush()
