"""Word clusters: words that keep the same company, so that a context seen with one tells about the others.

Co-occurrence counts of the commonest words with their neighbours at one and two places, positive pointwise mutual
information, a randomised singular value decomposition, and k-means on the unit sphere.
"""

from __future__ import annotations

from collections.abc import Sequence

import numba
import numpy as np


@numba.njit
def _count(ids: np.ndarray, contexts: int, out: np.ndarray) -> None:
    """Count each word's neighbours at −2, −1, +1 and +2, the two sides apart."""
    half = out.shape[1] // 2
    for place in range(2, len(ids) - 2):
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
    """The ``size`` commonest keys of the sampled token arrays, commonest first."""
    keys, counts = np.unique(np.concatenate(samples), return_counts=True)
    order = np.argsort(-counts, kind="stable")[:size]
    return keys[order]


def word_ids(keys: np.ndarray, words: np.ndarray) -> np.ndarray:
    """The rank of each key in ``words``, −1 where it is not in it."""
    order = np.argsort(words)
    ordered = words[order]
    place = np.minimum(np.searchsorted(ordered, keys), len(ordered) - 1)
    return np.where(ordered[place] == keys, order[place], -1).astype(np.int32)


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
        _count(word_ids(keys, words), contexts, counts)
    total = counts.sum()
    expected = counts.sum(1, keepdims=True) @ counts.sum(0, keepdims=True) / total
    with np.errstate(divide="ignore", invalid="ignore"):
        information = np.nan_to_num(np.maximum(np.log(counts / expected), 0.0), posinf=0.0).astype(np.float32)
    del counts, expected
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
