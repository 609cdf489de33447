"""Several documents as one, on arrays: what is computed once for all of them costs a short document next to nothing.

A call of numpy takes a microsecond however little it does, and a document of 2 kB has no more than a hundred of them
to spend. A check that measures therefore implements ``inspect_batch`` and takes its documents joined.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from qualitycheck.document import Document
from qualitycheck.passages import without_passages
from qualitycheck.tokens import NUMBER, PUNCTUATION, Codes, Keys, Offsets, Tokens, code_points

#: Code points joined at a time, so that memory stays bounded; a longer document is taken in parts.
MOST = 1 << 20

# A key and the place it is found at share 64 bits, so that one plain sort groups the equal ones in order of place. With
# 42 bits left of each key, about one batch in two hundred has two keys of different words that meet by chance.
_PLACE_BITS = 22
_PLACE = np.uint64((1 << _PLACE_BITS) - 1)
_DIGITS = 16  # code points of a number that tell it from others
_POWERS = np.array([pow(0xD1342543DE82EF95, place, 1 << 64) for place in range(_DIGITS)], np.uint64)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a document's prose, from ``start`` to before ``end``; ``document`` is its place in the list."""

    document: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """The lines that are not blank, as parallel arrays.

    ``first`` and ``last`` are the indices of a line's first token and of the one after its last; ``breaks`` counts the
    line ends since the line before, so that two and more mean a blank line between; the first line of a part has 0.
    """

    first: Offsets
    last: Offsets
    breaks: Offsets

    def __len__(self) -> int:
        return len(self.first)


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """Places with equal keys side by side, in order of place; ``new`` marks the first of each group."""

    place: Offsets
    new: npt.NDArray[np.bool_]


class Batch:
    """Parts of documents joined, each followed by a line end.

    ``codes`` are the code points of the joined prose, ``tokens`` its tokens with offsets into ``codes``, and
    ``bounds`` the index of each part's first token, with the number of all tokens at its end. A part without any token
    is left out. ``document`` is the place of each part's document in the list, and ``shift`` is what brings an offset
    in ``codes`` back to one in the part's document.
    """

    def __init__(self, documents: Sequence[Document], parts: Sequence[Part]) -> None:
        columns: list[Tokens] = []
        texts: list[str] = []
        shifts: list[int] = []
        self.parts: list[Part] = []
        length = 0
        for part in parts:
            document = documents[part.document]
            tokens = _within(document, part)
            if len(tokens):
                columns.append(tokens)
                texts.append(document.prose[part.start : part.end])
                self.parts.append(part)
                shifts.append(part.start - length)
                length += part.end - part.start + 1
        self.document = np.array([part.document for part in self.parts], np.int64)
        self.shift = np.array(shifts, np.int64)
        self.bounds = np.cumsum([0, *(len(each) for each in columns)])
        self.tokens = _joined(columns, shifts)
        self._text = "\n".join([*texts, ""])

    def __len__(self) -> int:
        return len(self.parts)

    @functools.cached_property
    def part(self) -> Offsets:
        """The number of the part that each token is in."""
        return np.repeat(np.arange(len(self)), np.diff(self.bounds))

    @functools.cached_property
    def words(self) -> Offsets:
        """The indices of the tokens that are words or numbers."""
        return np.flatnonzero(self.tokens.kind != PUNCTUATION)

    @functools.cached_property
    def word_keys(self) -> Keys:
        """The keys of the words and numbers, as ``keys`` has them."""
        return self.keys[self.words]

    @functools.cached_property
    def same_words(self) -> Groups:
        """The words and numbers grouped, by their place among ``words``."""
        return group(self.word_keys, np.arange(len(self.words)))

    @functools.cached_property
    def codes(self) -> Codes:
        """The code points of the joined prose."""
        return code_points(self._text)

    @functools.cached_property
    def keys(self) -> Keys:
        """The keys of the tokens, numbers told apart, and no word of one part equal to any of another."""
        seeds = np.arange(1, len(self) + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        keys = self.tokens.key ^ np.repeat(seeds, np.diff(self.bounds))
        number = np.flatnonzero(self.tokens.kind == NUMBER)
        if len(number):
            place = self.tokens.start[number][:, None] + np.arange(_DIGITS)
            digits = self.codes[np.minimum(place, len(self.codes) - 1)].astype(np.uint64)
            digits *= place < self.tokens.end[number][:, None]
            # Groups are made by the high bits, so what tells numbers apart must reach them.
            keys[number] ^= (digits @ _POWERS) * _POWERS[1]
        return keys

    @functools.cached_property
    def lines(self) -> Lines:
        """The lines that are not blank; LF, CRLF and CR end a line."""
        ends = self.codes == ord("\n")
        if "\r" in self._text:
            ends[:-1] |= (self.codes[:-1] == ord("\r")) & ~ends[1:]
        before = np.searchsorted(self.tokens.start, np.flatnonzero(ends))
        first = np.concatenate([[0], before[:-1]])
        full = np.flatnonzero(before > first)
        breaks = np.diff(full, prepend=-1)
        breaks[np.searchsorted(first[full], self.bounds[:-1])] = 0
        return Lines(first[full], before[full], breaks)

    @functools.cached_property
    def line_bounds(self) -> Offsets:
        """The index of each part's first line, with the number of all lines at its end."""
        return np.searchsorted(self.lines.first, self.bounds)


def batches(documents: Sequence[Document], most: int = MOST) -> Iterator[Batch]:
    """The documents joined, some ``most`` code points at a time, in order.

    What fits into one batch is joined once for all checks that ask for it one after the other.
    """
    if sum(map(len, documents)) <= most:
        batch = _one_batch(tuple(documents))
        if len(batch):
            yield batch
        return
    for parts in _packed(documents, most):
        batch = Batch(documents, parts)
        if len(batch):
            yield batch


def prepare_passages(documents: Sequence[Document]) -> None:
    """Tell of many documents together which have no foreign passages: nearly all."""
    waiting = [document for document in documents if "foreign_passages" not in document.__dict__]
    columns = [(document.prose, document.tokens, document.language) for document in waiting]
    for document, without in zip(waiting, without_passages(columns), strict=True):
        if without:
            document.__dict__["foreign_passages"] = ()


def group(keys: Keys, place: Offsets) -> Groups:
    """The places grouped by the key at each; no place is above four million."""
    packed = keys & ~_PLACE
    packed |= place.view(np.uint64)
    packed.sort()
    new = np.ones(len(packed), bool)
    np.greater(packed[1:] ^ packed[:-1], _PLACE, out=new[1:])
    packed &= _PLACE
    return Groups(packed.view(np.int64), new)


def count(marked: npt.NDArray[np.bool_], bounds: Offsets) -> Offsets:
    """How many are marked between one bound and the next."""
    return _sums(marked.view(np.uint8), bounds, np.uint32)


def total(values: npt.NDArray[Any], bounds: Offsets) -> Offsets:
    """The sums of the values, which are whole numbers, between one bound and the next."""
    return _sums(values, bounds, np.int64)


def _sums(values: npt.NDArray[Any], bounds: Offsets, kind: type[np.integer[Any]]) -> Offsets:
    sums = np.zeros(len(bounds) - 1, np.int64)
    filled = np.flatnonzero(np.diff(bounds))
    # Where there is nothing between two bounds, reduceat would give the first value of what comes after.
    if len(filled):
        sums[filled] = np.add.reduceat(values[: bounds[-1]], bounds[filled], dtype=kind)
    return sums


@functools.lru_cache(maxsize=1)
def _one_batch(documents: tuple[Document, ...]) -> Batch:
    return Batch(documents, [Part(number, 0, len(each)) for number, each in enumerate(documents)])


def _within(document: Document, part: Part) -> Tokens:
    """The tokens of a part."""
    tokens = document.tokens
    if part.end - part.start == len(document):
        return tokens
    return tokens.part(*np.searchsorted(tokens.start, (part.start, part.end)).tolist())


def _packed(documents: Sequence[Document], most: int) -> Iterator[list[Part]]:
    """Parts of the documents in order, some ``most`` code points at a time."""
    parts: list[Part] = []
    size = 0
    for index, document in enumerate(documents):
        for part in _parts(index, document, most):
            if parts and size + part.end - part.start > most:
                yield parts
                parts, size = [], 0
            parts.append(part)
            size += part.end - part.start
    yield parts


def _parts(index: int, document: Document, most: int) -> Iterator[Part]:
    """The whole document, or parts of it of about one size, that end with a line where they can, else with a token."""
    length = len(document.prose)
    number = -(-length // most)
    start = 0
    for place in range(1, number):
        target = length * place // number
        end = document.prose.rfind("\n", start, target) + 1
        if end <= start:
            token = int(np.searchsorted(document.tokens.start, target))
            end = int(document.tokens.start[token]) if token < len(document.tokens) else length
        yield Part(index, start, end)
        start = end
    yield Part(index, start, length)


def _joined(columns: Sequence[Tokens], shifts: Sequence[int]) -> Tokens:
    if len(columns) == 1 and shifts[0] == 0:
        return columns[0]
    lengths = [len(each) for each in columns]
    moved = np.repeat(np.array(shifts, np.int64), lengths)

    def column(name: str) -> Any:
        return np.concatenate([getattr(each, name) for each in columns]) if columns else np.empty(0, np.int64)

    return Tokens(column("start") - moved, column("end") - moved, column("key"), column("kind"), column("shape"))
