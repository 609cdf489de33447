"""Which documents two runs judge differently, from their ledgers, in bounded memory.

Documents are the same when they stand at the same place of the same input. The ledgers of both runs are in the order of
the inputs, so they are read side by side, however differently the inputs were cut.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from qualitycheck.errors import InputError
from qualitycheck.filtering import ledger
from qualitycheck.filtering.ledger import Entry


@dataclass(slots=True)
class Difference:
    """What two runs agree on and what not. ``kinds`` counts pairs of folders, ``examples`` holds some of each."""

    same: int = 0
    score_only: int = 0
    only_first: int = 0
    only_second: int = 0
    kinds: Counter[tuple[str, str]] = field(default_factory=Counter)
    examples: dict[tuple[str, str], list[tuple[Entry, Entry]]] = field(default_factory=dict)

    @property
    def any(self) -> bool:
        """Whether a document is judged differently, or is in one run alone."""
        return bool(self.kinds or self.only_first or self.only_second)


def compare(first: Path, second: Path, most: int) -> Difference:
    """The difference of two runs' folders, with at most ``most`` examples of a kind.

    Raises InputError where a folder holds no run, or the two share no input.
    """
    ours, theirs = _by_input(first), _by_input(second)
    if not ours.keys() & theirs.keys() and ours and theirs:
        raise InputError(f"{first} and {second} have no input in common: documents are told by input and place")
    found = Difference()
    for name in sorted(ours.keys() | theirs.keys()):
        _compare_input(_entries(ours.get(name, [])), _entries(theirs.get(name, [])), found, most)
    return found


def _by_input(folder: Path) -> dict[str, list[Path]]:
    """The files of a ledger by the input they belong to: the name without the number of the split."""
    groups = groupby(ledger.files(folder), lambda path: path.stem.rpartition("-")[0])
    return {name: list(paths) for name, paths in groups}


def _entries(paths: list[Path]) -> Iterator[Entry]:
    for path in paths:
        yield from ledger.read_file(path)


def _compare_input(ours: Iterator[Entry], theirs: Iterator[Entry], found: Difference, most: int) -> None:
    one, two = next(ours, None), next(theirs, None)
    while one is not None or two is not None:
        if two is None or (one is not None and _place(one) < _place(two)):
            found.only_first += 1
            one = next(ours, None)
        elif one is None or _place(two) < _place(one):
            found.only_second += 1
            two = next(theirs, None)
        else:
            _compare_document(one, two, found, most)
            one, two = next(ours, None), next(theirs, None)


def _place(entry: Entry) -> tuple[int, str]:
    return entry.offset, entry.file


def _compare_document(one: Entry, two: Entry, found: Difference, most: int) -> None:
    kind = _kind(one), _kind(two)
    if kind[0] == kind[1]:
        found.same += 1
        found.score_only += one.score != two.score
        return
    found.kinds[kind] += 1
    examples = found.examples.setdefault(kind, [])
    if len(examples) < most:
        examples.append((one, two))


def _kind(entry: Entry) -> str:
    return entry.verdict or entry.folder
