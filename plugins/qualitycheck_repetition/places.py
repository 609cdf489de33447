"""Where the repeats of one part of a batch are, in code points of its document; asked for only over a limit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from qualitycheck.batch import Batch, Groups
from qualitycheck.tokens import Offsets
from qualitycheck_repetition.lines import Blocks
from qualitycheck_repetition.ngrams import Passages, Words


class Repeat(NamedTuple):
    """A repeated stretch of a document, from ``start`` to ``end``, and the rule it belongs to.

    ``first`` is where it stood first; ``words`` is how many it has, of a loop how many one turn has; ``copies`` is how
    often a phrase stands in the part, or a loop turns.
    """

    code: str
    start: int
    end: int
    first: int
    words: int
    copies: int


def of_blocks(code: str, batch: Batch, part: int, blocks: Blocks) -> Iterator[Repeat]:
    """The lines or paragraphs that were there before."""
    number = np.arange(*blocks.bounds[part : part + 2])
    number = number[blocks.original[number] >= 0]
    original = blocks.original[number]
    start, end = batch.tokens.start + batch.shift[part], batch.tokens.end + batch.shift[part]
    columns = start[blocks.first[number]], end[blocks.last[number] - 1], start[blocks.first[original]]
    for first, last, before in zip(*(column.tolist() for column in columns), strict=True):
        yield Repeat(code, first, last, before, 0, 0)


def of_phrase(batch: Batch, part: int, words: Words, n: int, groups: Groups, place: int) -> Iterator[Repeat]:
    """All copies but the first of the ``n`` words that stand at the word ``place``, none within another."""
    head = int(np.flatnonzero(groups.place == place)[0])
    tail = head + 1 + int(np.argmax(np.append(groups.new[head + 1 :], True)))
    copies = groups.place[head:tail].tolist()
    shift, done = int(batch.shift[part]), copies[0] + n
    for copy in copies[1:]:
        if copy >= done:
            done = copy + n
            start, end = int(words.start[copy]), int(words.end[done - 1])
            yield Repeat("REP003", start + shift, end + shift, int(words.start[place]) + shift, n, len(copies))


def of_passages(batch: Batch, part: int, words: Words, groups: Groups, found: Passages) -> Iterator[Repeat]:
    """The passages that were there before."""
    shift = int(batch.shift[part])
    opening = np.flatnonzero(groups.new)
    for first, last in _within(words, part, found):
        place = int(np.flatnonzero(groups.place == first)[0])
        original = int(groups.place[opening[np.searchsorted(opening, place, side="right") - 1]])
        start, end = int(words.start[first]), int(words.end[last - 1])
        yield Repeat("REP004", start + shift, end + shift, int(words.start[original]) + shift, last - first, 0)


def of_loops(batch: Batch, part: int, words: Words, found: Passages, period: Offsets) -> Iterator[Repeat]:
    """The passages that run in circles."""
    shift = int(batch.shift[part])
    turns = dict(zip(found.first.tolist(), period.tolist(), strict=True))
    for first, last in _within(words, part, found):
        turn = turns[first]
        start, end = int(words.start[first]) + shift, int(words.end[last - 1]) + shift
        yield Repeat("REP005", start, end, start, turn, (last - first) // turn)


def _within(words: Words, part: int, found: Passages) -> Iterator[tuple[int, int]]:
    """First and last word of the passages that are in the part."""
    begin, end = np.searchsorted(found.first, words.bounds[part : part + 2]).tolist()
    yield from zip(found.first[begin:end].tolist(), found.last[begin:end].tolist(), strict=True)
