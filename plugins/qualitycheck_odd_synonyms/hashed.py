"""Weighing contexts by a table of hashed features (see ``features``): one weight for each candidate and view of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from qualitycheck_odd_synonyms.features import Indices, Keys, indices, pad, views
from qualitycheck_odd_synonyms.phrases import Candidates

Floats = npt.NDArray[np.float64]

_BLOCK = 1 << 16  # candidates scored at a time, so that memory stays bounded


class HashedScorer:
    """The weights of a model folder; ``array`` reads one of its arrays. The families share them."""

    def __init__(self, array: Callable[[str], Any], manifest: Mapping[str, Any]) -> None:
        self._bonus = np.array(array("phrase_bonus"), np.float64)
        self._cluster_check = array("cluster_check")
        self._cluster_ids = array("cluster_ids")
        self._genres = np.array(array("genres"))
        self._detect = array("detect")
        self._restore = array("restore")
        self._scales = float(manifest["detect_scale"]), float(manifest["restore_scale"])
        self._cluster_shift = np.uint64(64 - (len(self._cluster_check).bit_length() - 1))

    def fits(self, phrases: int, originals: int, families: int) -> bool:
        """Whether the arrays fit each other, and a model with so many phrases, originals and families."""
        tables = (self._detect, self._restore, self._cluster_ids)
        powers = all(len(table) & (len(table) - 1) == 0 for table in tables)
        return powers and len(self._bonus) == phrases and len(self._cluster_check) == len(self._cluster_ids)

    def scores(self, keys: Keys, candidates: Candidates, phrase_keys: Keys, family: int) -> Floats:
        """The log ratio of each candidate, up to a constant."""
        blocks = [
            self._sum(self._detect, view, phrase_keys[start : start + _BLOCK])
            for start, view in self._views(keys, candidates)
        ]
        scores = np.concatenate(blocks) if blocks else np.empty(0)
        return np.asarray(scores * self._scales[0] + self._bonus[candidates.phrase])

    def original_scores(
        self, keys: Keys, candidates: Candidates, column: Indices, owner: Indices, owner_keys: Keys
    ) -> Floats:
        """How well each original fits where its candidate stands, as logarithms up to a constant for each candidate.

        ``column`` are the candidates' indices, in order.
        """
        scores = []
        for start, view in self._views(keys, candidates):
            own = slice(*column.searchsorted([start, start + view.shape[1]]))
            scores.append(self._sum(self._restore, view[:, column[own] - start], owner_keys[own]))
        return np.asarray(np.concatenate(scores) * self._scales[1]) if scores else np.empty(0)

    def _views(self, keys: Keys, candidates: Candidates) -> Iterator[tuple[int, Keys]]:
        """The contexts of all candidates, block by block, each with the number of its first candidate."""
        if not len(candidates):
            return
        slot = (keys >> self._cluster_shift).astype(np.int64)
        known = self._cluster_check[slot] == keys.astype(np.uint32)
        numbers = self._cluster_ids[slot] * known
        genre = nearest_genre(self._genres, numbers)
        padded, clusters = pad(keys), pad(numbers.astype(np.uint64))
        for start in range(0, len(candidates), _BLOCK):
            block = slice(start, start + _BLOCK)
            first, last, form = candidates.first[block], candidates.last[block], candidates.form[block]
            yield start, views(padded, clusters, first, last, form, genre)

    def _sum(self, table: Any, view: Keys, phrases: Keys) -> Floats:
        return np.asarray(
            table[indices(view, phrases, len(table).bit_length() - 1)].sum(axis=0, dtype=np.int32), np.float64
        )


def nearest_genre(genres: npt.NDArray[np.float32], numbers: npt.NDArray[Any]) -> int:
    """The genre whose mixture of word clusters is nearest to that of a text.

    What is rare in one genre is common in another: “readability” in a style guide and in the news. Mixtures are
    compared by the square roots of their shares (the Bhattacharyya coefficient).
    """
    counts = np.bincount(numbers, minlength=genres.shape[1])[: genres.shape[1]].astype(np.float32)
    return int(np.argmax(genres @ np.sqrt(counts)))
