"""Weighing contexts by vectors of words: a small network that knows something of rare phrases, too.

The words around a candidate, as vectors, go through one layer of rectified units; the product with the candidate's own
vector, and its prior, is the log of how much likelier a channel put it there. Words that behave alike have vectors
alike, so that what was learnt of one tells of others: a thesaurus has a hundred thousand phrases, most of which no
corpus shows in many contexts. A phrase that no text of the training holds has no vector, only its prior.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from qualitycheck_odd_synonyms.features import Indices, Keys
from qualitycheck_odd_synonyms.phrases import Candidates

Floats = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]

#: Words on either side that count each in its place.
NEAR = 5
#: Those that are further away, up to this distance, count together.
WIDE = 15
#: Forms of a candidate: its capitals, and whether it opens a sentence.
FORMS = 8
#: Rows of the word vectors that belong to no word: beyond the ends of the text, and unknown.
OUTSIDE, UNKNOWN = 0, 1
FIRST_WORD = 2

_BLOCK = 1 << 13  # candidates scored at a time, so that memory stays bounded


class DenseScorer:
    """The network of a model folder; ``array`` reads one of its arrays. Families share all but the priors."""

    def __init__(self, array: Callable[[str], Any], manifest: Mapping[str, Any]) -> None:
        self._vocabulary: Keys = array("vocabulary")
        self._words = array("word_vectors")
        self._layer = np.array(array("detect_layer"), np.float32)
        self._phrase_rows = array("phrase_rows")
        self._phrases = array("phrase_vectors")
        self._phrase_scale = float(manifest["phrase_scale"])
        self._priors = array("phrase_priors")
        self._restore_layer = np.array(array("restore_layer"), np.float32)
        self._restore_out = np.array(array("restore_out"), np.float32)
        self._original_rows = array("original_rows")
        self._original_priors = array("original_priors")
        self._seen: tuple[Keys, tuple[Singles, Singles, Indices]] | None = None

    def fits(self, phrases: int, originals: int, families: int) -> bool:
        """Whether the arrays fit each other, and a model with so many phrases, originals and families."""
        words, size = self._words.shape
        inputs = input_size(size) + 1
        return (
            words == len(self._vocabulary) + FIRST_WORD
            and len(self._layer) == len(self._restore_layer) == inputs
            and self._layer.shape[1] == self._phrases.shape[1]
            and self._restore_layer.shape[1] == len(self._restore_out)
            and self._restore_out.shape[1] == size
            and len(self._phrase_rows) == phrases
            and int(self._phrase_rows.max(initial=0)) < len(self._phrases)
            and self._priors.shape == (families, phrases)
            and len(self._original_rows) == len(self._original_priors) == originals
            and int(self._original_rows.max(initial=0)) < words
        )

    def scores(self, keys: Keys, candidates: Candidates, phrase_keys: Keys, family: int) -> Floats:
        """The log ratio of each candidate, up to a constant."""
        blocks = [np.empty(0, np.float32)]
        for block, inputs in self._inputs(keys, candidates):
            vectors = self._phrases[self._phrase_rows[candidates.phrase[block]]]
            blocks.append(np.einsum("ij,ij->i", through(inputs, self._layer), vectors.astype(np.float32)))
        priors = np.asarray(self._priors[family, candidates.phrase], np.float64)
        return np.asarray(np.concatenate(blocks) * self._phrase_scale + priors)

    def original_scores(
        self, keys: Keys, candidates: Candidates, column: Indices, owner: Indices, owner_keys: Keys
    ) -> Floats:
        """How well each original fits where its candidate stands, as logarithms up to a constant for each candidate.

        ``column`` are the candidates' indices, in order.
        """
        scores = [np.empty(0, np.float32)]
        for block, inputs in self._inputs(keys, candidates):
            wanted = through(inputs, self._restore_layer) @ self._restore_out
            own = slice(*column.searchsorted([block.start, block.start + len(inputs)]))
            vectors = self._words[self._original_rows[owner[own]]].astype(np.float32)
            scores.append(np.einsum("ij,ij->i", wanted[column[own] - block.start], vectors))
        return np.asarray(np.concatenate(scores) + np.asarray(self._original_priors[owner], np.float64))

    def _inputs(self, keys: Keys, candidates: Candidates) -> Iterator[tuple[slice, Singles]]:
        """What the network sees of the candidates, block by block."""
        if not len(candidates):
            return
        vectors, sums, counts = self._context(keys)
        size = vectors.shape[1]
        near = np.arange(1, NEAR + 1)
        for start in range(0, len(candidates), _BLOCK):
            block = slice(start, start + _BLOCK)
            first, last = candidates.first[block] + WIDE, candidates.last[block] + WIDE
            inputs = np.zeros((len(first), input_size(size)), np.float32)
            places = np.concatenate([first[:, None] - near, last[:, None] + near], axis=1)
            inputs[:, : 2 * NEAR * size] = vectors[places].reshape(len(first), -1)
            inputs[np.arange(len(first)), 2 * NEAR * size + candidates.form[block].astype(np.int64)] = 1.0
            left, right = (first - WIDE, first - NEAR), (last + NEAR + 1, last + WIDE + 1)
            total = sums[left[1]] - sums[left[0]] + sums[right[1]] - sums[right[0]]
            count = counts[left[1]] - counts[left[0]] + counts[right[1]] - counts[right[0]]
            inputs[:, -size:] = total / np.sqrt(np.maximum(count, 1.0))[:, None]
            yield block, inputs

    def _context(self, keys: Keys) -> tuple[Singles, Singles, Indices]:
        """The vectors of the tokens with margins, and the sums and numbers of the known ones before each."""
        seen = self._seen
        if seen is not None and seen[0] is keys:
            return seen[1]  # the families of a model look at one text after the other
        rows = np.full(len(keys) + 2 * WIDE, OUTSIDE, np.int64)
        rows[WIDE : WIDE + len(keys)] = self._rows(keys)
        vectors = self._words[rows].astype(np.float32)
        known = rows >= FIRST_WORD
        sums = np.zeros((len(rows) + 1, vectors.shape[1]), np.float32)
        np.cumsum(vectors * known[:, None], axis=0, out=sums[1:])
        context = vectors, sums, np.concatenate([[0], np.cumsum(known)])
        self._seen = keys, context
        return context

    def _rows(self, keys: Keys) -> Indices:
        """The rows of the tokens' vectors."""
        place = np.minimum(self._vocabulary.searchsorted(keys), len(self._vocabulary) - 1)
        return np.where(self._vocabulary[place] == keys, place + FIRST_WORD, UNKNOWN)


def input_size(size: int) -> int:
    """How many numbers the network sees of a candidate, where word vectors have ``size``."""
    return (2 * NEAR + 1) * size + FORMS


def through(inputs: Singles, layer: Singles) -> Singles:
    """Inputs through a layer of rectified units, whose last row are their biases."""
    return np.asarray(np.maximum(inputs @ layer[:-1] + layer[-1], 0.0))
