"""What the network learns from: candidates in text that went through a channel, each with the words around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from qualitycheck_odd_synonyms.dense import NEAR, WIDE
from qualitycheck_odd_synonyms.training.corpus import Source
from qualitycheck_odd_synonyms.training.dense_loops import gather
from qualitycheck_odd_synonyms.training.loops import make_table
from qualitycheck_odd_synonyms.training.tables import Tables

VOCABULARY = 50_000
_PER_TOKEN = 0.55  # candidates, at most


@dataclass(frozen=True, slots=True)
class Examples:
    """Candidates, one a row: what they are and what stands around them (rows of word vectors).

    ``put`` tells whether a channel of ``family`` put it there in place of ``original``; ``rate`` is the share of the
    words that were replaced in its piece of text.
    """

    phrase: np.ndarray
    family: np.ndarray
    form: np.ndarray
    put: np.ndarray
    original: np.ndarray
    rate: np.ndarray
    near: np.ndarray
    wide: np.ndarray

    def __len__(self) -> int:
        return len(self.phrase)


def vocabulary(sources: Sequence[Source], size: int = VOCABULARY) -> np.ndarray:
    """The keys of the commonest words, sorted; each source counts alike."""
    found = [np.unique(source.keys, return_counts=True) for source in sources]
    keys, number = np.unique(np.concatenate([each for each, _ in found]), return_inverse=True)
    share = np.bincount(number, np.concatenate([count / count.sum() for _, count in found]))
    return np.sort(keys[np.argsort(-share, kind="stable")[:size]])


def examples(
    sources: Sequence[Source], tables: Tables, mix: Sequence[float], words: np.ndarray, seed: int, turn: int = 0
) -> Examples:
    """Spin the sources, each piece by one of the families or none, and gather the candidates.

    ``mix`` is the share of pieces that each family spins; ``words`` the vocabulary. Every ``turn`` spins the pieces
    otherwise and takes them in the same order, so that what is kept back from one is from the others, too.
    """
    keys = np.concatenate([source.keys for source in sources])
    forms = np.concatenate([source.forms for source in sources])
    starts = np.cumsum([0, *(length for source in sources for length in source.lengths.tolist())]).astype(np.int64)
    order = np.random.default_rng(seed).permutation(len(starts) - 1)
    families = np.array([sum(1 << family for family in each) for each in tables.families], np.int64)
    size = int(len(keys) * _PER_TOKEN)
    columns = Examples(
        np.empty(size, np.int32), np.empty(size, np.uint8), np.empty(size, np.uint8), np.empty(size, np.uint8),
        np.empty(size, np.int32), np.empty(size, np.float32), np.empty((size, 2 * NEAR), np.uint16),
        np.empty((size, 2 * (WIDE - NEAR)), np.uint16),
    )  # fmt: skip
    table = make_table(words, 1 << int(np.ceil(np.log2(len(words) * 4))))
    candidates = (*tables.observed.table(), families)
    into = tuple(getattr(columns, name) for name in Examples.__slots__)
    count = gather(keys, forms, starts, order, seed + turn, tables.channels, np.array(mix), candidates, table, into)
    return Examples(*(column[:count] for column in into))
