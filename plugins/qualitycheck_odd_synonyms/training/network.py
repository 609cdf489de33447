"""Fits the network: word vectors, a layer over the context, a vector and a prior for each phrase; then the originals.

Stochastic gradient descent in small batches: matrix products by numpy, the scattered updates of vectors by compiled
loops. Vectors and priors step by AdaGrad, one rate a row, the layers by Adam. The same examples and seed give the same
weights on the same machine with as many threads.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from qualitycheck_odd_synonyms.dense import FIRST_WORD, FORMS, NEAR, UNKNOWN, input_size, through
from qualitycheck_odd_synonyms.training.dense_loops import gather_wide, learn_phrases, learn_priors, learn_words
from qualitycheck_odd_synonyms.training.examples import Examples
from qualitycheck_odd_synonyms.training.tables import Tables, ragged

_VECTOR = 48  # numbers of a word
_UNITS = 96  # of the layer, and numbers of a phrase
_BATCH = 4096
_PASSES = 4  # over the texts, each time altered otherwise
_STEP, _LAYER_STEP, _PRIOR_STEP = 0.08, 0.002, 0.15
_LEAST_STEP = 0.05  # of the first, at the end; in between it falls evenly
_DROPPED = 0.05  # of the words around a candidate are hidden, so that no single one is relied on
_DECAY = 1e-4  # of the phrases' vectors
LEAST_SEEN = 2  # natural examples that a phrase must have to be worth a vector
_RESTORED = 3_000_000  # examples that the originals are learnt from, at most
_HELD = 40  # one example in so many is kept back

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Network:
    """Weights as ``dense.DenseScorer`` uses them, in single precision."""

    words: np.ndarray
    detect_layer: np.ndarray
    phrases: np.ndarray
    priors: np.ndarray
    restore_layer: np.ndarray
    restore_out: np.ndarray
    original_priors: np.ndarray
    loss: float


class _Layer:
    """A dense layer with its biases as last row, and Adam's moments."""

    def __init__(self, rows: int, columns: int, rng: np.random.Generator, size: float) -> None:
        self.weights = np.zeros((rows + 1, columns), np.float32)
        self.weights[:-1] = rng.standard_normal((rows, columns)) * size
        self._moments = np.zeros((2, rows + 1, columns), np.float32)
        self._steps = 0

    def learn(self, gradient: np.ndarray, step: float) -> None:
        """One step; ``gradient`` has the shape of the weights."""
        self._steps += 1
        first, second = self._moments
        first += 0.1 * (gradient - first)
        second += 0.001 * (gradient * gradient - second)
        mean, square = first / (1 - 0.9**self._steps), second / (1 - 0.999**self._steps)
        self.weights -= step * mean / (np.sqrt(square) + 1e-6)


def fit(
    draw: Callable[[int], Examples],
    tables: Tables,
    words: int,
    original_rows: np.ndarray,
    seed: int,
    progress: Progress,
) -> Network:
    """Learn from the examples that ``draw`` makes for each pass: the same texts, altered otherwise.

    ``words`` is the size of the vocabulary, ``original_rows`` the row of the word vector that stands for each original.
    """
    rng = np.random.default_rng(seed)
    vectors = (rng.standard_normal((words + FIRST_WORD, _VECTOR)) * 0.3).astype(np.float32)
    size = input_size(_VECTOR)
    layer = _Layer(size, _UNITS, rng, 0.7 / np.sqrt(size / 10))
    count = len(tables.observed.texts)
    phrases = (rng.standard_normal((count, _UNITS)) * 0.05).astype(np.float32)
    priors = np.zeros((count, len(tables.channels)), np.float32)
    squares = np.full(len(vectors), 1e-3, np.float32), np.full(count, 1e-3, np.float32), np.full_like(priors, 1e-2)
    for turn in range(_PASSES):
        examples = draw(turn)
        order = np.arange(len(examples) // _HELD, len(examples))
        order = order[: max(len(order) - len(order) % _BATCH, min(len(order), _BATCH))]
        batches = np.array_split(rng.permutation(order), max(len(order) // _BATCH, 1))
        for number, batch in enumerate(batches):
            left = max(1.0 - (turn + number / len(batches)) / _PASSES, _LEAST_STEP)
            near = examples.near[batch]
            near[rng.random(near.shape) < _DROPPED] = UNKNOWN
            inputs = _inputs(examples, batch, near, vectors)
            hidden = through(inputs, layer.weights)
            phrase, family = examples.phrase[batch], examples.family[batch]
            own = phrases[phrase]
            # The log of the rate takes up what the piece as a whole tells, so that the mixture does not count it again.
            score = np.einsum("ij,ij->i", hidden, own) + priors[phrase, family] + np.log(examples.rate[batch])
            error = (1.0 / (1.0 + np.exp(-score)) - examples.put[batch]).astype(np.float32)
            back = error[:, None] * own * (hidden > 0.0)
            to_inputs = back @ layer.weights[:-1].T
            gradient = np.vstack([inputs.T @ back, back.sum(axis=0)[None]]) / len(batch)
            layer.learn(gradient * _UNITS / 2, _LAYER_STEP * left)
            learn_words(vectors, squares[0], near, to_inputs, _STEP * left)
            learn_phrases(phrases, squares[1], phrase, hidden, error, _STEP * left, _DECAY)
            learn_priors(priors, squares[2], phrase, family, error, _PRIOR_STEP)
            if number % 1000 == 999:
                progress(f"batch {number + 1} of {len(batches)}: loss {_loss(score, examples.put[batch]):.4f}")
        loss = _held_loss(examples, vectors, layer.weights, phrases, priors)
        progress(f"loss on what is kept back after pass {turn + 1}: {loss:.4f}")
    _fold_rare(examples, vectors, layer.weights, phrases, priors)
    restored = _fit_originals(examples, tables, vectors, original_rows, rng, progress)
    return Network(vectors, layer.weights, phrases, priors.T, *restored, loss)


def _held_loss(
    examples: Examples, vectors: np.ndarray, layer: np.ndarray, phrases: np.ndarray, priors: np.ndarray
) -> float:
    """The loss on the examples that are not learnt from."""
    held = np.arange(len(examples) // _HELD)
    scores = [np.empty(0, np.float32)]
    for batch in np.array_split(held, max(len(held) // _BATCH, 1)) if len(held) else []:
        hidden = through(_inputs(examples, batch, examples.near[batch], vectors), layer)
        own = phrases[examples.phrase[batch]]
        scores.append(np.einsum("ij,ij->i", hidden, own) + priors[examples.phrase[batch], examples.family[batch]])
    return _loss(np.concatenate(scores) + np.log(examples.rate[held]), examples.put[held])


def _fold_rare(
    examples: Examples, vectors: np.ndarray, layer: np.ndarray, phrases: np.ndarray, priors: np.ndarray
) -> None:
    """Phrases that clean text hardly holds go without a vector: what theirs says on average becomes their prior."""
    seen = np.bincount(examples.phrase[examples.put == 0], minlength=len(phrases))
    rare = seen < LEAST_SEEN
    chosen = np.flatnonzero(rare[examples.phrase])
    total, count = np.zeros(len(phrases)), np.zeros(len(phrases))
    for batch in np.array_split(chosen, len(chosen) // _BATCH + 1):
        hidden = through(_inputs(examples, batch, examples.near[batch], vectors), layer)
        phrase = examples.phrase[batch]
        total += np.bincount(phrase, np.einsum("ij,ij->i", hidden, phrases[phrase]), len(phrases))
        count += np.bincount(phrase, minlength=len(phrases))
    priors += (total / np.maximum(count, 1.0))[:, None].astype(np.float32)
    phrases[rare] = 0.0


def _inputs(examples: Examples, batch: np.ndarray, near: np.ndarray, vectors: np.ndarray) -> np.ndarray:
    """What the network sees, as ``dense.DenseScorer`` makes it from a text."""
    size = vectors.shape[1]
    inputs = np.zeros((len(batch), input_size(size)), np.float32)
    inputs[:, : 2 * NEAR * size] = vectors[near].reshape(len(batch), -1)
    inputs[np.arange(len(batch)), 2 * NEAR * size + examples.form[batch].astype(np.int64)] = 1.0
    gather_wide(vectors, examples.wide[batch], inputs, 2 * NEAR * size + FORMS)
    return inputs


def _loss(score: np.ndarray, put: np.ndarray) -> float:
    return float(np.mean(np.logaddexp(0.0, score) - put * score)) if len(score) else 0.0


def _fit_originals(
    examples: Examples, tables: Tables, vectors: np.ndarray, rows: np.ndarray, rng: np.random.Generator,
    progress: Progress,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:  # fmt: skip
    """A layer that tells from the context the vector of what stood there, and how common each original is."""
    starts, owners = ragged(tables.owners)
    size = vectors.shape[1]
    layer = _Layer(input_size(size), _UNITS, rng, 0.7 / np.sqrt(input_size(size) / 10))
    out = _Layer(_UNITS, size, rng, 1.0 / np.sqrt(_UNITS))
    priors = np.zeros(len(rows), np.float32)
    squares = np.full(len(rows), 1e-2, np.float32)
    chosen = np.flatnonzero((examples.put == 1) & (np.diff(starts)[examples.phrase] > 1))
    chosen = rng.permutation(chosen)[:_RESTORED]
    batches = np.array_split(chosen, max(len(chosen) // _BATCH, 1)) if len(chosen) else []
    right = total = 0
    for number, batch in enumerate(batches):
        left = max(1.0 - number / len(batches), _LEAST_STEP)
        inputs = _inputs(examples, batch, examples.near[batch], vectors)
        hidden = through(inputs, layer.weights)
        wanted = hidden @ out.weights[:-1]
        begin, count = starts[examples.phrase[batch]], np.diff(starts)[examples.phrase[batch]]
        column = np.repeat(np.arange(len(batch)), count)
        place = np.repeat(begin, count) + np.arange(len(column)) - np.repeat(np.cumsum(count) - count, count)
        owner = owners[place]
        each = vectors[rows[owner]]
        score = np.einsum("ij,ij->i", wanted[column], each) + priors[owner]
        bounds = np.cumsum(count) - count
        score -= np.maximum.reduceat(score, bounds)[column] if len(score) else 0.0
        odds = np.exp(score)
        truth = owner == examples.original[batch][column]
        error = (odds / np.add.reduceat(odds, bounds)[column] - truth).astype(np.float32)
        total += len(batch)
        right += int((truth & (score >= 0.0)).sum())
        to_wanted = np.add.reduceat(error[:, None] * each, bounds, axis=0)
        to_hidden = (to_wanted @ out.weights[:-1].T) * (hidden > 0.0)
        out.learn(np.vstack([hidden.T @ to_wanted, 0 * to_wanted[:1]]) / len(batch) * size, _LAYER_STEP * left)
        layer.learn(
            np.vstack([inputs.T @ to_hidden, to_hidden.sum(axis=0)[None]]) / len(batch) * size, _LAYER_STEP * left
        )
        step = np.bincount(owner, error, len(rows)).astype(np.float32)
        squares += step * step
        priors -= _PRIOR_STEP * step / np.sqrt(squares)
        if number % 200 == 199:
            progress(f"originals, batch {number + 1} of {len(batches)}: {right / total:.3f} right")
            right = total = 0
    return layer.weights, out.weights[:-1], priors
