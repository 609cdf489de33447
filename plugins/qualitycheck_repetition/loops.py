"""Text that runs in circles: the same words several times in a row."""

from __future__ import annotations

import numpy as np

from qualitycheck.batch import Groups
from qualitycheck.tokens import Offsets
from qualitycheck_repetition.ngrams import Passages

#: The length of the sequences that loops are made of, in words.
N = 4


def loops(groups: Groups, least_words: int, least_copies: int) -> tuple[Passages, Offsets]:
    """The passages that are one sequence of words several times over, and the length of that sequence in words.

    ``groups`` are the places of all sequences of ``N`` words. Within a loop each stands at the same distance from the
    one before, and that distance is the length of what is repeated.
    """
    place, distance = groups.place[1:][~groups.new[1:]], np.diff(groups.place)[~groups.new[1:]]
    order = np.argsort(place)
    place, distance = place[order], distance[order]
    breaks = np.flatnonzero((np.diff(place) != 1) | (np.diff(distance) != 0))
    start, end = np.append(0, breaks + 1), np.append(breaks, len(place) - 1)
    if not len(place):
        return Passages(place, place), distance
    period = distance[start]
    first, last = place[start] - period, place[end] + N
    found = (last - first >= least_words) & (last - first >= least_copies * period)
    return Passages(first[found], last[found]), period[found]
