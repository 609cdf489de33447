"""Compressed inputs read as a stream, and outputs compressed piece by piece.

gz, bz2, xz and zst all allow members to be put one after the other, so what several batches compressed on their own
makes one good file.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import sys
import zlib
from collections.abc import Callable
from typing import Any, BinaryIO, cast

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

#: Suffixes of compressed files.
SUFFIXES = (".gz", ".bz2", ".xz", ".zst")

#: What reading a damaged compressed file raises.
DAMAGE = (EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile, zstd.ZstdError, OSError, ValueError)

_FREE = 64 << 20  # bytes that any file may expand to, whatever its ratio
_WINDOW: Any = {zstd.DecompressionParameter.window_log_max: 27}  # what a stream may ask to keep: 128 MB


class ExpandsTooFar(ValueError):  # noqa: N818 (the name says what is the matter)
    """A file expands more than is allowed."""


def suffix_of(name: str) -> str:
    """The suffix that says how a file is compressed, or nothing."""
    return next((suffix for suffix in SUFFIXES if name.lower().endswith(suffix)), "")


def decompressed(stream: BinaryIO, suffix: str, max_ratio: int) -> BinaryIO:
    """The data in a compressed stream; reading raises one of DAMAGE where they end early or expand too far."""
    if not suffix:
        return stream
    raw = _Counted(stream)
    opened: Any
    match suffix:
        case ".gz":
            opened = gzip.GzipFile(fileobj=raw)
        case ".bz2":
            opened = bz2.BZ2File(raw)
        case ".xz":
            opened = lzma.LZMAFile(cast("BinaryIO", raw))  # noqa: SIM115 (closed with what wraps it)
        case _:
            opened = zstd.ZstdFile(raw, options=_WINDOW)
    return cast("BinaryIO", io.BufferedReader(_Guarded(opened, raw, max_ratio), 1 << 18))


_COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    ".gz": lambda data: gzip.compress(data, 6, mtime=0),
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": zstd.compress,
}


def compress(data: bytes, suffix: str) -> bytes:
    """``data`` as one complete member of a compressed file; as they are where the suffix is empty."""
    return _COMPRESS[suffix](data) if suffix and data else data


class _Counted(io.RawIOBase):
    """A stream that knows how many bytes were read from it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.count = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.count += len(data)
        return data

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()


class _Guarded(io.RawIOBase):
    """A decompressed stream that stops when it has expanded too far."""

    def __init__(self, stream: Any, raw: _Counted, max_ratio: int) -> None:
        self._stream, self._raw, self._max_ratio = stream, raw, max_ratio
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        # One piece at a time: a longer read that fails half way would lose what came before the damage.
        data = self._stream.read1(len(buffer))
        self._count += len(data)
        if self._count > _FREE and self._count > self._raw.count * self._max_ratio:
            raise ExpandsTooFar(f"it expands more than {self._max_ratio} times; raise the limit with --max-ratio")
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._stream.close()
        self._raw.close()
        super().close()
