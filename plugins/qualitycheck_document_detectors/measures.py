"""What is measured of a text as a whole, beside its grams.

Text by people holds pairs of words, and three places of a skeleton, that two other kinds of text do not hold; a model
writes fewer of them than people do, a translator more of the one and fewer of the other. Models write longer words,
more of those that all know and few use, sentences of more even length, more commas, and repeat themselves less.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from qualitycheck.batch import Batch, count, total
from qualitycheck.tokens import PUNCTUATION, WORD, Keys, Offsets, token_key
from qualitycheck_document_detectors.grams import PAIRS, SKELETONS, Flags, Grams, Streams, among

Floats = npt.NDArray[np.float64]

#: The columns of what :func:`measure` gives, in their order.
NAMES = (
    "new pairs", "new skeletons", "word length", "sentence length", "sentence variation", "commas", "known words",
    "common words", "unusual words", "variety",
)  # fmt: skip
#: Kinds of gram of which it is known whether people write them, in the order of their tables.
KEPT = (PAIRS, SKELETONS)
#: Each of their tables has two to this power bits.
SEEN_BITS = 22

_COMMA = np.uint64(token_key(","))
_STOPS = np.array([token_key(mark) for mark in ".?!"], np.uint64)
_SENTENCE = 3  # tokens at least; what is shorter is an initial, an abbreviation or a cry
_GROWTH = 0.8  # the number of different words grows with about this power of the length


class Seen:
    """Which grams people write: one bit each, by the first bits of the gram's key, in bytes of eight."""

    def __init__(self, tables: npt.NDArray[np.uint8]) -> None:
        self._tables = tables

    def lacks(self, grams: Grams, kind: int) -> Flags:
        """Which grams of this kind are new."""
        bit = slots(grams.key)
        table = self._tables[KEPT.index(kind)]
        return np.asarray(table[bit >> 3] >> (bit & 7).astype(np.uint8) & np.uint8(1) == 0)


def slots(keys: Keys) -> Offsets:
    """The numbers of the bits of these grams."""
    return (keys >> np.uint64(64 - SEEN_BITS)).astype(np.int64)


def measure(batch: Batch, seen: Streams, found: dict[int, Grams], new: dict[int, Flags], distinct: Offsets) -> Floats:
    """One row for each part of the batch, one column for each of ``NAMES``.

    ``found`` are the grams by kind, ``new`` those of them that people do not write, and ``distinct`` the number of
    different words of each part.
    """
    tokens = batch.tokens
    is_word = tokens.kind == WORD
    words = np.maximum(count(tokens.kind != PUNCTUATION, batch.bounds), 1)
    letters = total((tokens.end - tokens.start) * is_word, batch.bounds)
    pairs, skeletons = found[PAIRS], found[SKELETONS]
    both = seen.known[pairs.place] & seen.known[pairs.place + 1]
    columns = [
        count(new[PAIRS] & both, pairs.bounds) / np.maximum(count(both, pairs.bounds), 1),
        count(new[SKELETONS], skeletons.bounds) / np.maximum(np.diff(skeletons.bounds), 1),
        letters / np.maximum(count(is_word, batch.bounds), 1),
        *_sentences(seen, words),
        count(seen.word == _COMMA, seen.bounds) / words,
        count(seen.known, seen.bounds) / words,
        count(seen.common, seen.bounds) / words,
        count(seen.unusual, seen.bounds) / words,
        distinct / words**_GROWTH,
    ]
    return np.stack(columns, axis=1)


def _sentences(seen: Streams, words: Offsets) -> tuple[Floats, Floats]:
    """The logarithm of the words to a sentence, and how much the lengths of sentences vary."""
    count = len(words)
    end = np.flatnonzero(among(seen.word, _STOPS))
    of = seen.bounds.searchsorted(end, side="right") - 1
    length = end - np.maximum(np.concatenate([[-1], end[:-1]]), seen.bounds[of] - 1)
    sentences = np.maximum(np.bincount(of, minlength=count), 1)
    whole = length >= _SENTENCE
    of, length = of[whole], length[whole]
    number = np.maximum(np.bincount(of, minlength=count), 1)
    mean = np.bincount(of, length, count) / number
    square = np.bincount(of, length * length, count) / number
    variation = np.sqrt(np.maximum(square - mean * mean, 0.0)) / np.maximum(mean, 1.0)
    return np.log(words / sentences), variation
