"""From scores to a least score: at every length, so few of the texts that people wrote may reach it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from qualitycheck_document_detectors.measures import Floats
from qualitycheck_document_detectors.training.scored import Scored

#: Lengths in words at which the least score is found; between them it goes straight along the logarithm.
LENGTHS = (100, 140, 200, 300, 450, 700, 1100, 2000)
#: The least score is never less: the words must speak for a machine more than against it.
FLOOR = 0.0
#: A few alarms say nothing of a rate; a source of no more texts than this allows for may have so many.
FEW = 2
_STEP = 0.02
_NEAR = 0.4  # of the natural logarithm of the length: texts so near to a length speak for it


def least_scores(human: Sequence[Scored], rate: float) -> Floats:
    """The least score at each of ``LENGTHS``, which this share of the texts that people wrote reaches.

    Then it is raised, where it must be and no further, until the whole documents of no source reach it oftener; the
    human texts of the labelled collections count as one source.
    """
    scores = np.concatenate([each.scores for each in human])
    words = np.concatenate([each.words for each in human])
    least = np.array([max(FLOOR, _quantile(scores, words, length, rate)) for length in LENGTHS])
    groups: dict[str, list[Scored]] = {}
    for each in human:
        if each.kind == "document":
            groups.setdefault(each.source, []).append(each)
        elif each.labelled:
            groups.setdefault("labelled", []).append(each)
    for group in groups.values():
        _raise(least, np.concatenate([e.scores for e in group]), np.concatenate([e.words for e in group]), rate)
    return least


def least_at(words: np.ndarray, least: Floats) -> Floats:
    """The least score of texts of so many words."""
    return np.asarray(np.interp(np.log(np.maximum(words, 1)), np.log(LENGTHS), least))


def reached(scores: Floats, words: np.ndarray, least: Floats) -> np.ndarray:
    """Which documents reach the least score."""
    return scores >= least_at(words, least)


def _raise(least: Floats, scores: Floats, words: np.ndarray, rate: float) -> None:
    """Raise the least score near the slightest alarms, until there are not too many."""
    judged = words >= LENGTHS[0]
    scores, words = scores[judged], words[judged]
    allowed = max(FEW, int(rate * len(scores)))
    while (found := np.flatnonzero(reached(scores, words, least))).size > allowed:
        slightest = found[np.argmin(scores[found] - least_at(words[found], least))]
        above = min(int(np.searchsorted(LENGTHS, words[slightest])), len(LENGTHS) - 1)
        least[max(above - 1, 0)] += _STEP
        least[above] += _STEP


def _quantile(scores: Floats, words: np.ndarray, length: int, rate: float) -> float:
    near = np.abs(np.log(np.maximum(words, 1) / length)) < _NEAR
    if length == LENGTHS[-1]:
        near |= words > length
    return float(np.quantile(scores[near], 1.0 - rate)) if near.any() else FLOOR
