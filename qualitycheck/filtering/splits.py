"""Inputs cut into splits: pieces of fixed size, the same for any number of workers.

A plain local file of JSON lines is cut into byte ranges, which workers read themselves, and a Parquet file into its row
groups. What can only be read from the front (compressed files, pipes, CSV with its quoted newlines) is read here, and
its records go to the workers in pieces of the same size.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from qualitycheck.corpus import Outcomes
from qualitycheck.filtering.compression import DAMAGE, decompressed
from qualitycheck.filtering.inputs import Input
from qualitycheck.filtering.lines import count_line_ends, read_lines
from qualitycheck.filtering.options import FilterSettings
from qualitycheck.filtering.records import Fault, Record
from qualitycheck.plugins import one_line

#: The most documents in a split, so that a folder of many small files is work for all.
MOST_FILES = 256


@dataclass(slots=True)
class Split:
    """A piece of work. ``name`` is that of its output files, ``key`` what the journal knows it by.

    ``start`` and ``end`` are bytes of a file, or rows of a Parquet file; ``line`` is the number of the line at
    ``start``. ``records`` are there already where only this process could read them, ``files`` are plain files.
    ``line_ends`` is how many the range has; ``header`` the first row of a table. ``outcomes`` are what corpus
    checks say of its records, by their place in the split, and ``resolution`` is a hash of that.
    """

    input: Input
    name: str
    key: str
    size: int = 0
    start: int = 0
    end: int = 0
    line: int = 1
    line_ends: int = 0
    row_group: int = 0
    records: list[Record] | None = None
    files: list[Input] = field(default_factory=list)
    header: bytes = b""
    outcomes: dict[int, Outcomes] = field(default_factory=dict)
    resolution: str = ""


class Unreadable(OSError):  # noqa: N818 (the name says what is the matter)
    """An input, or one split of it, that cannot be read now; the others go on, and another run tries again."""

    def __init__(self, given: Input, error: BaseException | str, split: Split | None = None) -> None:
        self.split = split
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        reason = one_line(reason) if isinstance(reason, BaseException) else reason
        super().__init__(f"{given.path}: cannot be read: {reason}")


class Planner:
    """Cuts inputs into splits, lazily and in order.

    ``done`` maps the keys of finished splits to their line ends: they are passed over unread where that is possible.
    """

    def __init__(self, options: FilterSettings, configuration: str, done: Mapping[str, int]) -> None:
        self._options = options
        self._configuration = configuration
        self._done = done
        self._left = options.limit or None
        #: Keys of all splits that were passed over or given out, in order.
        self.seen: list[str] = []

    def plan(self, inputs: Iterable[Input]) -> Iterator[Split | Unreadable]:
        """Every split that is not done, and an error in place of each input that cannot be opened."""
        plain: list[Input] = []
        for given in inputs:
            if given.format == "text" and not given.is_stdin:
                plain.append(given)
                continue
            try:
                yield from self._new(self._cut(given))
            except OSError as error:
                yield Unreadable(given, error)
        yield from self._new(self._files(plain))

    def _new(self, splits: Iterator[Split]) -> Iterator[Split]:
        for split in splits:
            if self._left is not None and not self._shorten(split):
                return
            self.seen.append(split.key)
            if split.key not in self._done:
                yield split

    def _shorten(self, split: Split) -> bool:
        """Keep to the limit on documents; whether any of the split is within it."""
        assert self._left is not None
        if self._left == 0:
            return False
        if split.records is not None:
            split.records = split.records[: self._left]
            taken = len(split.records)
        elif split.files:
            split.files = split.files[: self._left]
            taken = len(split.files)
        else:
            split.end = min(split.end, split.start + self._left)
            taken = split.end - split.start
        self._left -= taken
        return True

    def _cut(self, given: Input) -> Iterator[Split]:
        if given.format == "text":
            yield self._split(given, 0, files=[given], size=given.size or 0)
        elif given.format == "parquet":
            from qualitycheck.filtering.formats.parquet import row_groups

            for place, (start, end, size) in enumerate(row_groups(given)):
                yield self._split(given, place, row_group=place, start=start, end=end, size=size)
        elif given.format == "jsonl" and given.is_local and not given.compression and self._left is None:
            yield from self._ranges(given)
        else:
            yield from self._pieces(given)

    def _ranges(self, given: Input) -> Iterator[Split]:
        with given.open():  # whoever may not read it is told now
            pass
        total, step, line = given.size or 0, self._options.split_size, 1
        for place, start in enumerate(range(0, total, step)):
            end = min(start + step, total)
            split = self._split(given, place, start=start, end=end, line=line, size=end - start)
            known = self._done.get(split.key)
            split.line_ends = count_line_ends(given.path, start, end) if known is None else known
            line += split.line_ends
            yield split

    def _pieces(self, given: Input) -> Iterator[Split]:
        """Splits that hold their records. Where the input breaks off, the rest of it is one fault."""
        stream = decompressed(given.open(), given.compression, self._options.max_ratio)
        with stream:
            header, records = self._rows(given, _until_damage(stream))
            piece: list[Record] = []
            size = place = 0
            for record in records:
                piece.append(record)
                size += record.length
                if size >= self._options.split_size:
                    yield self._split(given, place, records=piece, header=header, size=size)
                    piece, size, place = [], 0, place + 1
            if piece:
                yield self._split(given, place, records=piece, header=header, size=size)

    def _rows(self, given: Input, stream: Any) -> tuple[bytes, Iterator[Record]]:
        if given.format == "jsonl":
            return b"", stream.with_fault(read_lines(stream, 0, 1, None, self._options.max_line))
        from qualitycheck.filtering.formats.table import read_table

        header, rows = read_table(stream, given.format, self._options)
        return header, stream.with_fault(rows)

    def _files(self, files: list[Input]) -> Iterator[Split]:
        group: list[Input] = []
        size = 0
        for each in files:
            group.append(each)
            size += each.size or 0
            if size >= self._options.split_size or len(group) >= MOST_FILES:
                yield self._split(group[0], 0, files=group, size=size)
                group, size = [], 0
        if group:
            yield self._split(group[0], 0, files=group, size=size)

    def _split(self, given: Input, place: int, **parts: Any) -> Split:
        files = parts.get("files", ())
        identity = [each.identity() for each in files] if files else given.identity()
        facts = [identity, place, self._options.split_size, self._configuration]
        key = hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:24]
        return Split(given, f"{given.label()}-{place:05}", key, **parts)


class _until_damage:  # noqa: N801 (reads like a function, and is one but for what it remembers)
    """A stream that ends where it cannot be read any further, and remembers why."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self.error: BaseException | None = None
        self.position = 0

    def readline(self, limit: int) -> bytes:
        if self.error is not None:
            return b""
        try:
            data: bytes = self._stream.readline(limit)
        except DAMAGE as error:
            self.error = error
            return b""
        self.position += len(data)
        return data

    def with_fault(self, records: Iterator[Record]) -> Iterator[Record]:
        """The records, and at the end a fault where the stream was cut off; half a line is not taken for one."""
        line = 1
        for record in records:
            line = record.line + 1
            yield record
        if self.error is not None:
            reason = str(self.error) or type(self.error).__name__
            message = f"the file breaks off here, and what follows cannot be read: {reason}"
            yield Record(self.position, line, fault=Fault("unreadable", message))
