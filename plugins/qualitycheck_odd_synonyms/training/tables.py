"""From lexicons to the arrays that the compiled loops and the model use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from qualitycheck.tokens import tokenize
from qualitycheck_odd_synonyms.features import phrase_key
from qualitycheck_odd_synonyms.lexicon import LONGEST, Pair
from qualitycheck_odd_synonyms.training import loops

#: Slots and values of a hash table, and the lengths of phrases by first token.
Lookup = tuple[np.ndarray, np.ndarray, np.ndarray]


@dataclass(frozen=True, slots=True)
class Phrases:
    """A list of phrases with their token keys, phrase keys and lengths, in the order of first appearance."""

    texts: list[str]
    tokens: list[np.ndarray]
    keys: np.ndarray
    lengths: np.ndarray

    @classmethod
    def of(cls, texts: Sequence[str]) -> Phrases:
        """The phrases of ``texts``, each once."""
        unique = list(dict.fromkeys(texts))
        tokens = [tokenize(text).key for text in unique]
        keys = np.array([phrase_key(each) for each in tokens], np.uint64)
        return cls(unique, tokens, keys, np.array([len(each) for each in tokens], np.uint8))

    def table(self) -> Lookup:
        """The phrases as the loops look them up: hash table and the lengths that may follow a first token."""
        size = 1 << int(np.ceil(np.log2(max(len(self.keys), 8) * 4)))
        slots, values = loops.make_table(self.keys, size)
        first = np.array([each[0] for each in self.tokens], np.uint64)
        return slots, values, loops.make_starters(first, self.lengths)


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything the loops need to know of the families.

    ``owners[i]`` are the originals that observed phrase i may stand for, ``owner_families[i]`` a bit set of the
    families that replace each, and ``families[i]`` the numbers of the families that use the phrase.
    """

    observed: Phrases
    originals: Phrases
    owners: list[list[int]]
    owner_families: list[list[int]]
    families: list[set[int]]
    channels: tuple[Any, ...]


def build(lexicons: Sequence[Sequence[Pair]]) -> Tables:
    """The tables of several families, one lexicon each; pairs that the tokens cannot tell apart are left out."""
    kept = [[pair for pair in lexicon if _usable(pair)] for lexicon in lexicons]
    observed = Phrases.of([pair.observed.lower() for lexicon in kept for pair in lexicon])
    originals = Phrases.of([pair.original.lower() for lexicon in kept for pair in lexicon])
    number = {text: index for index, text in enumerate(observed.texts)}
    rank = {text: index for index, text in enumerate(originals.texts)}
    owners: list[dict[int, int]] = [{} for _ in observed.texts]
    families: list[set[int]] = [set() for _ in observed.texts]
    channels = []
    for family, lexicon in enumerate(kept):
        alternatives: dict[str, list[str]] = defaultdict(list)
        for pair in lexicon:
            original, other = pair.original.lower(), pair.observed.lower()
            alternatives[original].append(other)
            known = owners[number[other]]
            known[rank[original]] = known.get(rank[original], 0) | 1 << family
            families[number[other]].add(family)
        channels.append(_channel(alternatives, rank))
    return Tables(
        observed,
        originals,
        [list(each) for each in owners],
        [list(each.values()) for each in owners],
        families,
        tuple(channels),
    )


def _usable(pair: Pair) -> bool:
    original, observed = tokenize(pair.original.lower()), tokenize(pair.observed.lower())
    lengths_fit = 0 < len(original) <= LONGEST and 0 < len(observed) <= LONGEST
    return lengths_fit and phrase_key(original.key) != phrase_key(observed.key)


def _channel(alternatives: dict[str, list[str]], rank: dict[str, int]) -> tuple[Any, ...]:
    phrases = Phrases.of(list(alternatives))
    lists = [alternatives[text] for text in phrases.texts]
    tokens = [tokenize(text).key for each in lists for text in each]
    return (
        phrases.table(),
        np.array([rank[text] for text in phrases.texts], np.int32),
        np.cumsum([0, *(len(each) for each in lists)]).astype(np.int64),
        np.cumsum([0, *(len(each) for each in tokens)]).astype(np.int64),
        np.concatenate([np.empty(0, np.uint64), *tokens]),
    )


def ragged(lists: Sequence[Sequence[int]]) -> tuple[np.ndarray, np.ndarray]:
    """Lists of different lengths as starts and one array of values."""
    starts = np.cumsum([0, *(len(each) for each in lists)]).astype(np.int32)
    return starts, np.array([value for each in lists for value in each], np.int32)
