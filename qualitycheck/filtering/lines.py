"""Lines of any stream, with their places, in bounded memory.

A line longer than the limit is read past and not kept; it becomes a fault that says where it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from qualitycheck.filtering.records import Fault, Record

_PART = 1 << 20
BOM = b"\xef\xbb\xbf"


def read_lines(stream: BinaryIO, offset: int, line: int, end: int | None, limit: int) -> Iterator[Record]:
    """A record for each line that starts before ``end``, blank ones left out; ``raw`` is the line without its end.

    ``stream`` stands at the start of a line, which is at ``offset`` and has the number ``line``.
    """
    while end is None or offset < end:
        data = stream.readline(limit + 1)
        if not data:
            return
        length = len(data)
        if length > limit and not data.endswith(b"\n"):
            del data
            while part := stream.readline(_PART):
                length += len(part)
                if part.endswith(b"\n"):
                    break
            yield Record(offset, line, length, fault=too_long(length, limit))
        else:
            content = data.rstrip(b" \t\r\n")
            if offset == 0:
                content = content.removeprefix(BOM)
            if content:
                yield Record(offset, line, length, raw=content)
        offset += length
        line += 1


def too_long(length: int, limit: int) -> Fault:
    """The fault of a line beyond the limit."""
    return Fault("line-too-long", f"a line of {length:,} bytes, above the limit of {limit:,}; raise it with --max-line")


def first_line_from(stream: BinaryIO, start: int, end: int) -> tuple[int, int] | None:
    """Where the first line that starts in ``start:end`` starts, and how many line ends lie before it in the range.

    ``stream`` can seek, and stands at that line afterwards; None where no line starts there.
    """
    if start == 0:
        stream.seek(0)
        return 0, 0
    stream.seek(start - 1)
    position, before = start - 1, 0
    while position < end:
        part = stream.readline(min(_PART, end - position))
        if not part:
            return None
        position += len(part)
        if part.endswith(b"\n"):
            # The line end just before the range is counted with the range before.
            before = int(position > start)
            return (position, before) if position < end else None
    return None


def count_line_ends(path: str, start: int, end: int) -> int:
    """How many line ends a range of a file has."""
    count = 0
    with open(path, "rb") as stream:  # noqa: PTH123 (a hot loop over plain reads)
        stream.seek(start)
        while start < end and (part := stream.read(min(_PART, end - start))):
            count += part.count(b"\n")
            start += len(part)
    return count
