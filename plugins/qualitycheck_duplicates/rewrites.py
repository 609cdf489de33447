"""Finds the pairs of texts of which one was made of the other word by word, and weighs how sure that is."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qualitycheck_duplicates.candidates import kindred_pairs
from qualitycheck_duplicates.kinship import Kinship, Kinships
from qualitycheck_duplicates.sketch import Head

_LEAST_SHARED = 0.4  # of the anchors; what has less is not looked at closely
_LEAST_REPLACED = 0.1  # of the words; with less it is another version of the text
_LEAST_LOCKSTEP = 0.35

# A logistic regression, fitted to half of 3,000 spun documents (at full and half rate) among 50,000 others, and to
# half of the 52,000 pairs of those that share anchors. ``benchmarks/duplicates.py`` measures it on other documents.
_AGREEMENT, _CONTRAST, _ALTERNATION, _REPLACED, _EVIDENCE, _LOCKSTEP, _BIAS = 2.0, 9.6, 6.5, 23.0, 0.8, 3.6, -17.8
_LEAST = 1.0  # on its scale


@dataclass(frozen=True, slots=True)
class Rewrite:
    """Two texts, by number, the earlier first, of which one was made of the other; ``confidence`` in [0, 1]."""

    first: int
    second: int
    kinship: Kinship
    confidence: float


def rewrites(heads: Sequence[Head], kinships: Kinships) -> Iterator[Rewrite]:
    """The pairs of texts of which one was made of the other. Of many made of one, not every two are a pair."""
    for first, second in zip(*(each.tolist() for each in kindred_pairs(heads)), strict=True):
        if kinships.shared(first, second) >= _LEAST_SHARED:
            kinship = kinships.of(first, second)
            likeness = _likeness(kinship)
            if likeness >= _LEAST:
                yield Rewrite(first, second, kinship, 1.0 / (1.0 + math.exp(-likeness)))


def _likeness(kinship: Kinship) -> float:
    """The logarithm of the odds that the one text was made of the other; −inf where a condition is not met."""
    if kinship.replaced < _LEAST_REPLACED or kinship.lockstep < _LEAST_LOCKSTEP:
        return -math.inf
    return (
        _BIAS
        + _AGREEMENT * kinship.agreement
        + _CONTRAST * (kinship.anchors - kinship.others)
        + _ALTERNATION * kinship.alternation
        + _REPLACED * kinship.replaced
        + _EVIDENCE * math.log1p(kinship.evidence)
        + _LOCKSTEP * kinship.lockstep
    )
