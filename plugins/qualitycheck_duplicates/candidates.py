"""Pairs of documents worth a closer look, found without comparing all with all.

What is looked for is put under keys, the keys are sorted, and documents under one key become pairs: n log n for n
documents. A key that many documents share would make many pairs and tell little, so it pairs all of them with a few.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt

from qualitycheck_duplicates.sketch import Head, Signature

Numbers = npt.NDArray[np.int64]
Keys = npt.NDArray[np.uint64]
Pairs = tuple[Numbers, Numbers]  # the earlier and the later document of each pair

_BANDS, _ROWS = 25, 5  # of 128 values: of pairs with four shingles in five in common, one in 20,000 is missed
_ALL_PAIRS = 6  # as many documents under a key are all paired with each other
_FIRST = 2  # of more, each is paired with the first so many
_MOST_SHARED = 1000  # a key of more is no sign of kinship
_LEAST_SHARED = 2  # keys


def similar_pairs(signatures: Sequence[Signature]) -> Pairs:
    """Pairs that have a band of their signatures in common: each document with the first that has it and the last."""
    matrix = np.stack(signatures)
    found = [np.empty(0, np.int64)]
    for band in range(_BANDS):
        key = _mixed(matrix[:, band * _ROWS : (band + 1) * _ROWS])
        order = np.argsort(key, kind="stable")
        begins = np.append(True, np.diff(key[order]) != 0)
        first = order[np.maximum.accumulate(np.where(begins, np.arange(len(key)), 0))]
        again = np.flatnonzero(~begins)
        found += [_coded(first[again], order[again], len(key)), _coded(order[again - 1], order[again], len(key))]
    return _decoded(np.unique(np.concatenate(found)), len(matrix))


def kindred_pairs(heads: Sequence[Head]) -> Pairs:
    """Pairs whose heads have anchors in common that few others have, or two anchors in a row."""
    features = [_features(head) for head in heads]
    keys = np.concatenate(features)
    owners = np.repeat(np.arange(len(heads)), [len(each) for each in features])
    order = np.argsort(keys, kind="stable")
    keys, owners = keys[order], owners[order]
    first = np.flatnonzero(np.append(True, keys[1:] != keys[:-1]))
    sizes = np.diff(np.append(first, len(keys)))
    found = [np.empty(0, np.int64)]
    for size in range(2, _ALL_PAIRS + 1):
        members = owners[first[sizes == size][:, None] + np.arange(size)]
        for left, right in combinations(range(size), 2):
            found.append(_coded(members[:, left], members[:, right], len(heads)))
    large = (sizes > _ALL_PAIRS) & (sizes <= _MOST_SHARED)
    for rank in range(_FIRST):
        begin, count = first[large] + rank, sizes[large] - rank - 1
        place = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        found.append(_coded(np.repeat(owners[begin], count), owners[np.repeat(begin + 1, count) + place], len(heads)))
    pairs, shared = np.unique(np.concatenate(found), return_counts=True)
    return _decoded(pairs[shared >= _LEAST_SHARED], len(heads))


def anchors_of(head: Head) -> Head:
    """The anchors of a head, in order."""
    anchors: Head = head[(head & 1) == 1]
    return anchors


def _features(head: Head) -> Keys:
    anchors = anchors_of(head).astype(np.uint64)
    following = (anchors[:-1] << np.uint64(32) | anchors[1:]) * np.uint64(0x9E3779B97F4A7C15)
    return np.unique(np.concatenate([anchors, following | np.uint64(1 << 63)]))


def _mixed(columns: npt.NDArray[np.uint32]) -> Keys:
    key = np.zeros(len(columns), np.uint64)
    for column in columns.T:
        key = (key ^ column) * np.uint64(0x9E3779B97F4A7C15)
        key ^= key >> np.uint64(29)
    return key


def _coded(left: Numbers, right: Numbers, count: int) -> Numbers:
    return left * count + right


def _decoded(pairs: Numbers, count: int) -> Pairs:
    return pairs // count, pairs % count
