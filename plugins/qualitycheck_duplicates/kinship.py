"""Whether one text was made of another by replacing its words: what their heads have in common, and in which order.

A spinner replaces words one by one. So numbers, names and rare words stay, in the same order and at the same distances,
and between them other words differ. Two reports on the same event have the same names in another order; two notices
of one form have the same common words around other names and numbers; a new version of a text has long passages
unchanged and others new.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import LCSseq

from qualitycheck_duplicates.candidates import anchors_of
from qualitycheck_duplicates.sketch import HEAD, Head

Places = npt.NDArray[np.int64]
Weights = npt.NDArray[np.float64]

_MOST_REPLACED = 4  # words in a row that were replaced by as many at most
_SLACK, _STRETCH = 2, 0.4  # of a distance between two anchors: words, and a share of it
_LEAST_HEAD = 0.7  # of a head that was cut off: as much at least must have a counterpart
_UNSEEN = 2000  # documents that are taken to be there besides, so that two documents alone have rare words, too


@dataclass(frozen=True, slots=True)
class Kinship:
    """How two heads go together.

    ``agreement`` is the share, by weight, of the anchors of the text that has fewer which the other has in the same
    order; ``evidence`` their weight in nats. ``anchors`` and ``others`` are the shares of anchors and of other words
    in common, ``replaced`` the share of words replaced by a few others between two in common, ``alternation`` how many
    of the passages in common a replacement follows. ``lockstep`` is the share of the text between anchors that
    are about as far apart in both.
    """

    agreement: float = 0.0
    evidence: float = 0.0
    anchors: float = 0.0
    others: float = 0.0
    replaced: float = 0.0
    alternation: float = 0.0
    lockstep: float = 0.0


class Kinships:
    """Compares heads; how much an anchor tells follows from how many of all heads have it."""

    def __init__(self, heads: Sequence[Head]) -> None:
        self._heads = heads
        self._distinct = [np.unique(anchors_of(head)) for head in heads]
        self._known, counts = np.unique(np.concatenate(self._distinct), return_counts=True)
        self._weights = np.log((len(heads) + _UNSEEN) / (counts + 1.0))

    def shared(self, first: int, second: int) -> float:
        """The share of the distinct anchors of the one that has fewer which the other has, too; quick."""
        one, other = self._distinct[first], self._distinct[second]
        if len(one) > len(other):
            one, other = other, one
        if not len(one):
            return 0.0
        return float(np.count_nonzero(other[other.searchsorted(one).clip(max=len(other) - 1)] == one) / len(one))

    def of(self, first: int, second: int) -> Kinship:
        """How two heads go together."""
        one, other = self._heads[first], self._heads[second]
        matches = LCSseq.opcodes((one >> 1).tolist(), (other >> 1).tolist())
        blocks = [(each.src_start, each.dest_start, each.src_end) for each in matches if each.tag == "equal"]
        if not blocks:
            return Kinship()
        begin, begins, end = np.array(blocks).T
        ends = begins + end - begin
        left = np.concatenate([np.arange(*span) for span in zip(begin, end, strict=True)])
        right = np.concatenate([np.arange(*span) for span in zip(begins, ends, strict=True)])
        return self._measured(one, other, left, right)

    def _measured(self, one: Head, other: Head, left: Places, right: Places) -> Kinship:
        """The same, given the places of the words in common."""
        marked, marks = (one & 1).astype(bool), (other & 1).astype(bool)
        anchor = marked[left] & marks[right]
        if HEAD in (len(one), len(other)) and anchor.any():
            # Cut off at the same number of words they do not end at the same place: one says it in more words.
            last = [max(int(places[anchor][-1]) + 1, int(_LEAST_HEAD * HEAD)) for places in (left, right)]
            within = (left < last[0]) & (right < last[1])
            left, right, anchor = left[within], right[within], anchor[within]
            one, other, marked, marks = one[: last[0]], other[: last[1]], marked[: last[0]], marks[: last[1]]
        counts = min(int(marked.sum()), int(marks.sum()))
        rest = min(len(one), len(other)) - counts
        evidence = float(self._weight(one[left[anchor]]).sum())
        whole = min(self._weight(one[marked]).sum(), self._weight(other[marks]).sum())
        gaps, other_gaps = np.diff(left) - 1, np.diff(right) - 1
        apart = (gaps > 0) | (other_gaps > 0)
        small = (gaps > 0) & (gaps <= _MOST_REPLACED) & (other_gaps > 0) & (other_gaps <= _MOST_REPLACED)
        return Kinship(
            agreement=evidence / max(float(whole), 1e-9),
            evidence=evidence,
            anchors=int(anchor.sum()) / max(counts, 1),
            others=min(1.0, int((~anchor).sum()) / max(rest, 1)),
            replaced=int(gaps[small].sum()) / min(len(one), len(other)),
            alternation=np.count_nonzero(small) / (1 + np.count_nonzero(apart)),
            lockstep=_lockstep(left[anchor], right[anchor]) / min(len(one), len(other)),
        )

    def _weight(self, anchors: Head) -> Weights:
        return self._weights[self._known.searchsorted(anchors)]


def _lockstep(left: Places, right: Places) -> int:
    """How many words of either text lie between two anchors in common that are about as far apart in both."""
    steps, others = np.diff(left), np.diff(right)
    near = np.minimum(steps, others)
    return int(near[np.abs(steps - others) <= _SLACK + _STRETCH * near].sum())
