"""Finds the later of two documents with the same words, or with most of their passages in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from qualitycheck_duplicates.candidates import similar_pairs
from qualitycheck_duplicates.sketch import Sketch

_AT_ONCE = 1 << 16  # pairs


@dataclass(frozen=True, slots=True)
class Copy:
    """A document, by number, and the earlier one that it is like; ``similarity`` is 1 where all words are the same."""

    document: int
    original: int
    similarity: float
    exact: bool


def copies(sketches: Sequence[Sketch], near: float) -> dict[int, Copy]:
    """Copies by number: exact ones, then those of at least the similarity ``near``. An original is no copy itself."""
    found: dict[int, Copy] = {}
    first: dict[bytes, int] = {}
    for number, sketch in enumerate(sketches):
        original = first.setdefault(sketch.digest, number)
        if original != number:
            found[number] = Copy(number, original, 1.0, exact=True)
    distinct = np.fromiter(first.values(), np.int64)
    if len(distinct) < 2:
        return found
    signatures = [sketches[number].signature for number in distinct.tolist()]
    for left, right, similarity in _alike(signatures, near):
        original, number = int(distinct[left]), int(distinct[right])
        # In the order of the later document, and of the earlier for each: what is a copy is known when it is asked for.
        if number not in found and original not in found:
            found[number] = Copy(number, original, similarity, exact=False)
    for number, copy in found.items():
        if copy.exact and copy.original in found:
            near_copy = found[copy.original]
            found[number] = Copy(number, near_copy.original, near_copy.similarity, exact=False)
    return found


def _alike(signatures: Sequence[np.ndarray], near: float) -> list[tuple[int, int, float]]:
    """Pairs that are similar enough, by the later document and then by the earlier."""
    matrix = np.stack(signatures)
    left, right = similar_pairs(signatures)
    found = []
    for start in range(0, len(left), _AT_ONCE):
        one, other = left[start : start + _AT_ONCE], right[start : start + _AT_ONCE]
        similarity = np.count_nonzero(matrix[one] == matrix[other], axis=1) / matrix.shape[1]
        enough = similarity >= near
        found += list(zip(one[enough].tolist(), other[enough].tolist(), similarity[enough].tolist(), strict=True))
    return sorted(found, key=lambda pair: (pair[1], pair[0]))
