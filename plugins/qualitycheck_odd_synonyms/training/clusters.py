"""Word clusters: words that keep the same company, so that a context seen with one tells about the others.

Co-occurrence counts of the commonest words with their neighbours at one and two places, positive pointwise mutual
information, a randomised singular value decomposition, and k-means on the unit sphere.
"""

from __future__ import annotations

from collections.abc import Sequence

import numba
import numpy as np

_BLOCK = 1 << 22  # tokens taken at a time, so that memory stays bounded
_ROWS = 1 << 11  # words of the matrix of counts taken at a time
_LEAST_COUNT = 3  # what is seen less often keeps no company that could be known


@numba.njit
def _count(ids: np.ndarray, first: int, last: int, contexts: int, out: np.ndarray) -> None:
    """Count the neighbours at −2, −1, +1 and +2 of the words from ``first`` to before ``last``, the two sides apart."""
    half = out.shape[1] // 2
    for place in range(first, last):
        word = ids[place]
        if word < 0:
            continue
        for offset in (-2, -1, 1, 2):
            neighbour = ids[place + offset]
            if 0 <= neighbour < contexts:
                out[word, neighbour + (half if offset > 0 else 0)] += 1.0 if abs(offset) == 1 else 0.5


def genres(histograms: np.ndarray, count: int = 24, rounds: int = 12, seed: int = 1) -> np.ndarray:
    """Kinds of documents, from the square roots of their shares of word clusters: unit vectors, one a row."""
    random = np.random.default_rng(seed)
    vectors = histograms / (np.linalg.norm(histograms, axis=1, keepdims=True) + 1e-9)
    return _centres(vectors, vectors[random.choice(len(vectors), min(count, len(vectors)), replace=False)], rounds)


def _centres(vectors: np.ndarray, centres: np.ndarray, rounds: int) -> np.ndarray:
    """K-means on the unit sphere."""
    centres = centres.astype(np.float32)
    for _ in range(rounds):
        nearest = np.argmax(vectors @ centres.T, axis=1)
        for each in range(len(centres)):
            members = vectors[nearest == each]
            if len(members):
                centre = members.sum(0)
                centres[each] = centre / (np.linalg.norm(centre) + 1e-9)
    return centres


def vocabulary(samples: Sequence[np.ndarray], size: int) -> np.ndarray:
    """The ``size`` commonest keys of the sampled token arrays, commonest first, without the rarest."""
    keys, counts = np.empty(0, np.uint64), np.empty(0, np.int64)
    for sample in samples:
        for start in range(0, len(sample), _BLOCK):
            found, number = np.unique(sample[start : start + _BLOCK], return_counts=True)
            keys, place = np.unique(np.concatenate([keys, found]), return_inverse=True)
            counts = np.bincount(place, np.concatenate([counts, number])).astype(np.int64)
    order = np.argsort(-counts, kind="stable")[:size]
    return keys[order[counts[order] >= _LEAST_COUNT]]


def word_ids(keys: np.ndarray, words: np.ndarray) -> np.ndarray:
    """The rank of each key in ``words``, −1 where it is not in it."""
    order = np.argsort(words)
    ordered = words[order]
    place = np.minimum(np.searchsorted(ordered, keys), len(ordered) - 1)
    return np.where(ordered[place] == keys, order[place], -1).astype(np.int32)


def _information(counts: np.ndarray) -> np.ndarray:
    """Positive pointwise mutual information, in place of the counts."""
    total, rows, columns = counts.sum(), counts.sum(1, keepdims=True), counts.sum(0, keepdims=True)
    for start in range(0, len(counts), _ROWS):
        block = slice(start, start + _ROWS)
        expected = rows[block] @ columns / total
        with np.errstate(divide="ignore", invalid="ignore"):
            counts[block] = np.nan_to_num(np.maximum(np.log(counts[block] / expected), 0.0), posinf=0.0)
    return counts


def cluster(
    arrays: Sequence[np.ndarray],
    words: np.ndarray,
    contexts: int = 1000,
    dimensions: int = 64,
    clusters: int = 500,
    rounds: int = 12,
    seed: int = 1,
) -> np.ndarray:
    """A cluster number, from 1, for each of ``words``, from the token arrays given."""
    clusters, dimensions = min(clusters, len(words)), min(dimensions, len(words))
    counts = np.zeros((len(words), 2 * contexts), np.float32)
    for keys in arrays:
        for start in range(0, len(keys), _BLOCK):
            begin, end = max(start, 2), min(start + _BLOCK, len(keys) - 2)
            _count(word_ids(keys[begin - 2 : end + 2], words), 2, end - begin + 2, contexts, counts)
    information = _information(counts)
    random = np.random.default_rng(seed)
    basis = information @ (
        information.T @ (information @ random.standard_normal((2 * contexts, dimensions + 16), np.float32))
    )
    basis, _ = np.linalg.qr(basis)
    _, values, rows = np.linalg.svd(basis.T @ information, full_matrices=False)
    vectors = (information @ rows[:dimensions].T) / np.sqrt(values[:dimensions])
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    centres = _centres(vectors, vectors[random.choice(min(len(vectors), 8000), clusters, replace=False)], rounds)
    return np.asarray(np.argmax(vectors @ centres.T, axis=1) + 1, np.uint16)
