"""Sequences of n words that a text has more than once, for n from two upwards.

A sequence that is there twice has two parts, one word shorter, that are there twice. So each length looks only at what
the one before left, and in clean text little is left after three words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from qualitycheck.batch import Batch, Groups, group
from qualitycheck.tokens import Keys, Offsets

#: The key of a sequence is the polynomial of its words' keys at this number.
_BASE = np.uint64(0xD1342543DE82EF95)
_BITS = 22  # of a place: no batch has four million words
_LAST = (1 << _BITS) - 1


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words and numbers of a batch: keys, places in code points, and how many code points came before each.

    ``same`` are they grouped; ``bounds`` is the index of each part’s first word, with the number of all words at its
    end, and ``part`` the part that each word is in.
    """

    key: Keys
    same: Groups
    start: Offsets
    end: Offsets
    before: Offsets
    bounds: Offsets
    part: Offsets


@dataclass(frozen=True, slots=True, eq=False)
class Passages:
    """Runs of words as parallel arrays: the index of the first word and of the one after the last."""

    first: Offsets
    last: Offsets


def words(batch: Batch) -> Words:
    """The words of a batch."""
    index = batch.words
    start, end = batch.tokens.start[index], batch.tokens.end[index]
    before = np.append(0, np.cumsum(end - start))
    bounds = np.searchsorted(index, batch.bounds)
    part = np.repeat(np.arange(len(batch)), np.diff(bounds))
    return Words(batch.word_keys, batch.same_words, start, end, before, bounds, part)


def repeated(words: Words, most: int) -> Iterator[tuple[int, Groups]]:
    """For each n from 2 to ``most``, the places at which a sequence of n words may start that is there twice."""
    key = words.key.copy()
    ends = np.zeros(len(key) + 1, bool)
    ends[words.bounds[1:] - 1] = True
    groups = words.same
    for n in range(2, most + 1):
        several = ~groups.new
        several[:-1] |= several[1:]
        place = groups.place[several]
        twice = np.zeros(len(key) + 1, bool)
        twice[place] = True
        # No sequence starts at the last word of a part, so none goes on beyond it.
        place = place[twice[place + 1] & ~ends[place]]
        key[place] = key[place] * _BASE + words.key[place + n - 1]
        groups = group(key[place], place)
        yield n, groups


def commonest(words: Words, n: int, groups: Groups) -> tuple[Offsets, Offsets]:
    """For each part, the code points in all copies of the n words that have most of them, and a place of these words.

    Zero and −1 where no sequence is there twice.
    """
    parts = len(words.bounds) - 1
    first = np.flatnonzero(groups.new)
    copies = np.diff(first, append=len(groups.new))
    several = np.flatnonzero(copies > 1)
    start = groups.place[first[several]]
    size = copies[several] * (words.before[start + n] - words.before[start])
    # One number of both, so that of several for a part the largest stays, and of those the first.
    best = np.zeros(parts, np.int64)
    np.maximum.at(best, words.part[start], size << _BITS | (_LAST - start))
    return best >> _BITS, np.where(best > 0, _LAST - (best & _LAST), -1)


def passages(n: int, groups: Groups) -> Passages:
    """The words that stand in a sequence of n that was there before, in runs that do not overlap."""
    later = np.sort(groups.place[~groups.new])
    if not len(later):
        return Passages(later, later)
    gap = np.flatnonzero(np.diff(later) >= n)
    first, last = later[np.append(0, gap + 1)], later[np.append(gap, len(later) - 1)] + n
    return Passages(first, last)


def sizes(words: Words, found: Passages) -> Offsets:
    """The code points that the passages have in each part."""
    size = words.before[found.last] - words.before[found.first]
    return np.bincount(words.part[found.first], size, len(words.bounds) - 1).astype(np.int64)
