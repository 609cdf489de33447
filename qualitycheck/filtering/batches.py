"""One split, batch by batch: read, judged, encoded and counted. What a worker does, and what runs without workers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from qualitycheck.filtering import ledger, second_pass
from qualitycheck.filtering.compression import compress, suffix_of
from qualitycheck.filtering.formats import Format, encode_folders, make_format, output_suffix, quarantine_line
from qualitycheck.filtering.inputs import Input
from qualitycheck.filtering.judging import Judge
from qualitycheck.filtering.records import QUARANTINE, Fault, Judged, Record
from qualitycheck.filtering.splits import Split
from qualitycheck.filtering.tally import Tally, tally
from qualitycheck.screen import harmless
from qualitycheck.settings import Settings

#: A batch is full with so many documents, characters of text, or bytes of records: memory grows with the last two.
MOST_DOCUMENTS = 64
MOST_CHARACTERS = 400_000
MOST_BYTES = 4_000_000
_MOST_COMPLAINTS = 20


@dataclass(slots=True)
class Task:
    """A split to be worked on, or the rest of it.

    ``done`` is how many records an earlier worker has finished, ``singly`` up to which the next are judged one by one
    (one of them held up or killed a worker), ``condemned`` are those that did so alone, and the reason.
    """

    split: Split
    done: int = 0
    singly: int = 0
    condemned: Mapping[int, Fault] = field(default_factory=dict)


@dataclass(slots=True)
class Batch:
    """What came out for some records: bytes for each folder, the ledger and the sketches, counts, lines to show."""

    records: int
    folders: dict[str, bytes]
    ledger: bytes
    sketches: bytes
    tally: Tally
    complaints: list[str]


class Batches:
    """Takes splits through a judge; one object serves many splits of any format."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.judge = Judge(settings)
        self._formats: dict[str, Format] = {}

    def _format(self, name: str) -> Format:
        if name not in self._formats:
            self._formats[name] = make_format(name, self.settings.filter, self.judge.runner.plugins)
        return self._formats[name]

    def run(self, task: Task, announce: Callable[[int], None] = lambda records: None) -> Iterator[Batch]:
        """The batches of a split; ``announce`` hears how many records are about to be judged.

        Raises OSError where the split cannot be read at all.
        """
        split = task.split
        form = self._format(split.input.format)
        waiting: list[Record] = []
        characters = size = index = 0
        for record in form.records(split):
            index += 1
            if index <= task.done:
                continue
            if index - 1 in task.condemned:
                record.fault = task.condemned[index - 1]
            waiting.append(record)
            characters += len(record.text)
            size += record.length
            full = len(waiting) >= MOST_DOCUMENTS or characters >= MOST_CHARACTERS or size >= MOST_BYTES
            if full or index <= task.singly:
                announce(len(waiting))
                yield self._batch(split, waiting, index - len(waiting))
                waiting, characters, size = [], 0, 0
        if waiting:
            announce(len(waiting))
            yield self._batch(split, waiting, index - len(waiting))

    def _batch(self, split: Split, records: list[Record], first: int) -> Batch:
        path = split.input.path
        rate = self.settings.filter.sample_rate
        drawn = [place for place, record in enumerate(records, first) if rate >= 1 or _drawn(path, record, rate)]
        outcomes = {index: split.outcomes[place] for index, place in enumerate(drawn) if place in split.outcomes}
        judged = self.judge.judge([records[place - first] for place in drawn], outcomes)
        folders = encode_folders(self._format(split.input.format), judged, path, self.settings.filter.output_format)
        packed = suffix_of(output_suffix(split.input.format, split.input.compression, self.settings.filter))
        for folder in folders.keys() - {QUARANTINE}:
            folders[folder] = compress(folders[folder], packed)
        batch = _made(judged, len(records), folders, split.input, self.settings)
        batch.sketches = second_pass.lines(zip(drawn, judged, strict=True), path)
        batch.tally.unsampled = len(records) - len(drawn)
        return batch


def lost_rest(split: Split, fault: Fault, settings: Settings) -> Batch:
    """The batch for what nobody could read: the rest of a split, as one fault."""
    judged = Judged(Record(split.start, split.line, fault=fault), QUARANTINE, {}, fault)
    return _made([judged], 1, {QUARANTINE: quarantine_line(judged, split.input.path)}, split.input, settings)


def _made(judged: list[Judged], records: int, folders: dict[str, bytes], given: Input, settings: Settings) -> Batch:
    path = given.path
    complaints = [_complaint(each, given) for each in judged if each.folder == QUARANTINE][:_MOST_COMPLAINTS]
    counts = tally(judged, settings, path)
    return Batch(records, folders, ledger.lines(judged, settings, path), b"", counts, complaints)


def _drawn(path: str, record: Record, rate: float) -> bool:
    """Whether a document is in the sample: by the hash of its place, so that it is so in every run."""
    name = f"{record.path or path}:{record.offset}".encode(errors="replace")
    return int.from_bytes(hashlib.blake2b(name, digest_size=8).digest()) < rate * 2**64


def _complaint(judged: Judged, given: Input) -> str:
    record, fault = judged.record, judged.reason
    assert fault is not None
    place = harmless(record.path or given.path)
    if given.format == "parquet":
        place = f"{place}: row {record.line:,}"
    elif record.path is None:
        place = f"{place}:{record.line} (byte {record.offset:,})"
    return f"{place}: {fault.message}; it is in quarantine"
