"""Where judged documents go: a folder that can be resumed, or a pipe that cannot."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

from qualitycheck.filtering.batches import Batch
from qualitycheck.filtering.journal import Done
from qualitycheck.filtering.options import FilterSettings
from qualitycheck.filtering.parts import Parts
from qualitycheck.filtering.records import ACCEPTED, ANNOTATED
from qualitycheck.filtering.splits import Split, Unreadable
from qualitycheck.filtering.stream import OrderedStream
from qualitycheck.filtering.tally import Tally


class Target(Protocol):
    """Takes what a run brings, split by split; splits overlap, and the batches of one are in order."""

    def cut(self, splits: Iterator[Split | Unreadable]) -> Iterator[Split | Unreadable]:
        """The splits as they are handed out, for a target that must know their order."""
        ...

    def may_start(self) -> bool:
        """Whether another split may be handed out yet."""
        ...

    def write(self, split: Split, batch: Batch) -> None:
        """Take a batch."""
        ...

    def finish(self, split: Split) -> None:
        """All batches of the split were taken."""
        ...

    def drop(self, split: Split) -> None:
        """The split cannot be finished."""
        ...

    def close(self) -> None:
        """The run is over, well or not."""
        ...


class Recorder(Protocol):
    """Who is told of finished splits: a journal."""

    def record(self, done: Done) -> None:
        """A split is done, and its files are under their names."""
        ...


class FolderTarget:
    """Writes splits to a folder, each complete or not at all, and writes down which are done."""

    def __init__(self, folder: Path, journal: Recorder, configuration: str, options: FilterSettings) -> None:
        self.folder, self.journal, self.configuration = folder, journal, configuration
        self._options = options
        self._open: dict[str, tuple[Parts, Tally]] = {}

    def cut(self, splits: Iterator[Split | Unreadable]) -> Iterator[Split | Unreadable]:
        """The splits as they are."""
        return splits

    def may_start(self) -> bool:
        """Any time: what waits, waits on disk."""
        return True

    def _parts(self, split: Split) -> tuple[Parts, Tally]:
        if split.key not in self._open:
            self._open[split.key] = Parts(self.folder, split, self._options), Tally()
        return self._open[split.key]

    def write(self, split: Split, batch: Batch) -> None:
        """Add to the split's parts."""
        parts, tally = self._parts(split)
        parts.write(batch)
        tally.merge(batch.tally, self._options.sample)

    def finish(self, split: Split) -> None:
        """Put the split's files under their names, and then into the journal."""
        parts, tally = self._parts(split)
        files = parts.commit()
        del self._open[split.key]
        self.journal.record(
            Done(split.key, self.configuration, split.name, files, split.line_ends, tally, split.resolution)
        )

    def drop(self, split: Split) -> None:
        """Throw the split's parts away."""
        if split.key in self._open:
            self._open.pop(split.key)[0].discard()

    def close(self) -> None:
        """Throw away what was not finished."""
        for parts, _ in self._open.values():
            with contextlib.suppress(OSError):
                parts.discard()
        self._open.clear()


class StreamTarget:
    """Writes accepted documents, or with ``annotate`` all, to a pipe in the order of the inputs."""

    def __init__(self, stream: BinaryIO, options: FilterSettings, workers: int) -> None:
        self._options = options
        self._ordered = OrderedStream(stream, {ANNOTATED if options.annotate else ACCEPTED})
        self._most = 2 * workers + 1

    def cut(self, splits: Iterator[Split | Unreadable]) -> Iterator[Split | Unreadable]:
        """The splits, whose order is that of the output."""
        for split in splits:
            if isinstance(split, Split):
                self._ordered.begin(split)
                self._header(split)
            yield split

    def _header(self, split: Split) -> None:
        if split.header and self._options.output_format == "same":
            from qualitycheck.filtering.formats.table import output_header

            self._ordered.header(output_header(split.header, split.input.format, self._options))

    def may_start(self) -> bool:
        """Not while many splits wait for one that takes long."""
        return self._ordered.behind <= self._most

    def write(self, split: Split, batch: Batch) -> None:
        """Write the batch, or keep it until it is its turn."""
        self._ordered.write(split, batch)

    def finish(self, split: Split) -> None:
        """Let the next split have its turn."""
        self._ordered.finish(split)

    drop = finish

    def close(self) -> None:
        """Nothing is left to do."""
