"""The second pass of the filter: sketches of all documents on disk, and what corpus checks make of them.

The first pass judges every document alone and keeps its sketch beside the ledger, in the commit of its split. When the
last split is done all sketches are resolved in this process, in the order of the inputs; then the splits of whose
documents something is said are judged anew, with that in their reports. So a document is in one place at any time, and
the same for any number of workers. In memory are the sketches, and no text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from qualitycheck.corpus import Entry, Outcomes, resolve
from qualitycheck.errors import InputError
from qualitycheck.filtering.formats import clean
from qualitycheck.filtering.journal import Done
from qualitycheck.filtering.records import Judged, Record
from qualitycheck.runner import Runner

FOLDER = "sketches"
SUFFIX = ".jsonl"

#: What corpus checks say, by the key of the split and the place of the document in it.
SplitOutcomes = dict[str, dict[int, Outcomes]]


class _Line(msgspec.Struct):
    place: int
    entry: Entry


_decode = msgspec.json.Decoder(_Line).decode


def lines(judged: Iterable[tuple[int, Judged]], file: str) -> bytes:
    """The lines of documents of ``file``, each with its place in the split; nothing of those without an entry."""
    return b"".join(_line(place, each, file) for place, each in judged)


def _line(place: int, judged: Judged, file: str) -> bytes:
    entry = judged.entry
    if entry is None:
        return b""
    entry.name = clean(_name(judged.record, file))
    return msgspec.json.encode(_Line(place, entry)) + b"\n"


def _name(record: Record, file: str) -> str:
    """What a finding about another document calls this one."""
    if record.path is not None:
        return record.path
    return f"{file}:{record.line if record.id is None else record.id}"


def resolved(runner: Runner, folder: Path, splits: Sequence[Done]) -> SplitOutcomes:
    """What corpus checks say of the documents of these splits, in their order.

    Raises InputError where a sketch cannot be read, PluginError where a check crashes.
    """
    entries: list[Entry] = []
    places: list[tuple[str, int]] = []
    for split in splits:
        for line in _read(folder / FOLDER / f"{split.name}{SUFFIX}"):
            entries.append(line.entry)
            places.append((split.key, line.place))
    found: SplitOutcomes = {}
    for number, outcomes in resolve(runner, entries).items():
        key, place = places[number]
        found.setdefault(key, {})[place] = outcomes
    return found


def _read(path: Path) -> Iterator[_Line]:
    if not path.exists():  # a split of which nothing could be judged
        return
    try:
        with path.open("rb") as stream:
            for line in stream:
                yield _decode(line)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from None


def digest(outcomes: dict[int, Outcomes]) -> str:
    """A hash of what is said of the documents of a split; empty where nothing is."""
    if not outcomes:
        return ""
    described = [(place, sorted(each.items())) for place, each in sorted(outcomes.items())]
    return hashlib.sha256(repr(described).encode(errors="backslashreplace")).hexdigest()[:24]
