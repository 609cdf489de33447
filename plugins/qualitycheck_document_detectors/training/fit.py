"""Fits a detector, and scores with it; nothing is scored by a detector that was fitted to it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from qualitycheck_document_detectors.measures import Floats
from qualitycheck_document_detectors.training.features import Rows
from qualitycheck_document_detectors.training.loops import regress

#: As many as the corpus has sources: each is held out by itself.
FOLDS = 14
_COST = 15.0  # of a row of mean weight that is told wrongly, beside the squares of the weights
_PASSES, _NEAR = 100, 0.03  # over all rows, at most; what counts as a row's variable that no longer moves
_MEASURES = 0.1  # how much a standard deviation of a measure counts beside the grams, which are far smaller
_MOST = 3.0


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts to learn from: ``positive`` and ``weight`` by row, and the fold in which a text is held out."""

    rows: Rows
    positive: np.ndarray
    weight: np.ndarray
    fold: np.ndarray


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights of grams and measures, and what is added."""

    grams: Floats
    measures: Floats
    bias: float

    def scores(self, rows: Rows, scale: Scale) -> Floats:
        """The score of each row."""
        return np.asarray(rows.grams @ self.grams + scale.of(rows.measures) @ self.measures + self.bias)


@dataclass(frozen=True, slots=True)
class Scale:
    """Measures in standard deviations from the mean of what people write; ``used`` are the columns that count."""

    mean: Floats
    spread: Floats
    used: tuple[int, ...]

    def of(self, measures: Floats) -> Floats:
        """The measures so scaled."""
        scaled = np.clip((measures - self.mean) / self.spread, -_MOST, _MOST)
        scaled[:, [column for column in range(scaled.shape[1]) if column not in self.used]] = 0.0
        return scaled


def fit(texts: Texts, chosen: np.ndarray, scale: Scale) -> Fitted:
    """Fit a detector to the chosen texts."""
    rows = texts.rows[chosen]
    matrix = sp.hstack([rows.grams, sp.csr_matrix(_MEASURES * scale.of(rows.measures))]).tocsr()
    cost = texts.weight[chosen]
    cost = _COST * cost / cost.mean()
    signs = np.where(texts.positive[chosen], 1.0, -1.0)
    choose = np.random.default_rng(1)
    order = np.stack([choose.permutation(len(chosen)) for _ in range(_PASSES)])
    weights, bias = regress(matrix.indptr, matrix.indices, matrix.data, signs, cost, matrix.shape[1], order, _NEAR)
    count = rows.grams.shape[1]
    return Fitted(weights[:count], _MEASURES * weights[count:], float(bias))


def held_out(texts: Texts, scale: Scale) -> Floats:
    """The score of each text by a detector that was not fitted to its fold."""
    scores = np.zeros(len(texts.fold))
    for fold in range(FOLDS):
        own = texts.fold == fold
        fitted = fit(texts, np.flatnonzero(~own & (texts.weight > 0)), scale)
        scores[own] = fitted.scores(texts.rows[own], scale)
    return scores


def folds(names: Sequence[str]) -> np.ndarray:
    """The fold of each name, the same in every run."""
    return np.array([hashlib.sha256(name.encode()).digest()[0] % FOLDS for name in names])
