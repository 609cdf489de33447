"""Passages too long for an edit script, cut at what stands once in each of them.

A transcript without punctuation is one sentence of a hundred thousand words, and an edit script costs the product of
the lengths. Three words in a row that stand once in either text are an anchor (as in a patience diff); the longest
chain of anchors that keeps the order of both is where the passages are cut.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from qualitycheck.phrases import PHRASE_BASE
from qualitycheck.tokens import Keys, Offsets

Gap = tuple[int, int, int, int]  # from a token to before another, in either text

#: The most pairs of tokens for which an edit script is made.
MOST_CELLS = 1 << 27
_APART = 400  # tokens between two cuts, at least


def anchored(original: Keys, rewritten: Keys, gap: Gap) -> Iterator[Gap]:
    """Two passages as they are, or where they are long cut at their anchors."""
    a, b, c, d = gap
    if (b - a) * (d - c) <= MOST_CELLS:
        yield gap
        return
    first, second = _once(original[a:b]), _once(rewritten[c:d])
    _, left, right = np.intersect1d(first[0], second[0], assume_unique=True, return_indices=True)
    places = np.stack([first[1][left] + a, second[1][right] + c], axis=1)
    cuts = [(a, c)]
    for i, j in _rising(places[np.argsort(places[:, 0])]):
        if min(i - cuts[-1][0], j - cuts[-1][1]) >= _APART:
            cuts.append((i, j))
    for (i, j), (k, m) in pairwise([*cuts, (b, d)]):
        yield i, k, j, m


def _once(keys: Keys) -> tuple[Keys, Offsets]:
    """The keys of three words in a row that stand once, and where."""
    base = np.uint64(PHRASE_BASE)
    threes = (keys[:-2] * base + keys[1:-1]) * base + keys[2:]
    found, place, count = np.unique(threes, return_index=True, return_counts=True)
    return found[count == 1], place[count == 1]


def _rising(places: Offsets) -> list[tuple[int, int]]:
    """The longest chain of places that rises in both texts; they rise in the first already."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    second = places[:, 1].tolist()
    for number, place in enumerate(second):
        rank = bisect_left(ends, place)
        before.append(last[rank - 1] if rank else -1)
        if rank == len(ends):
            ends.append(place)
            last.append(number)
        else:
            ends[rank], last[rank] = place, number
    chain = []
    number = last[-1] if last else -1
    while number >= 0:
        chain.append((int(places[number, 0]), second[number]))
        number = before[number]
    return chain[::-1]
