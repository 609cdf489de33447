"""Finding the phrases of a list in a text, on arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from qualitycheck.tokens import PUNCTUATION, Tokens
from qualitycheck_odd_synonyms.features import PHRASE_BASE, Indices, Keys
from qualitycheck_odd_synonyms.lexicon import LONGEST

_PREFILTER_BITS = 20
_SENTENCE_START = np.uint64(4)


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """The occurrences of listed phrases in a text: index of the first and last token, and which phrase it is.

    ``form`` is a small number for its capitals and for whether it opens a sentence.
    """

    first: Indices
    last: Indices
    phrase: Indices
    form: Keys

    def __len__(self) -> int:
        return len(self.first)

    def only(self, chosen: npt.NDArray[Any]) -> Candidates:
        """Some of the candidates, by mask or index."""
        return Candidates(self.first[chosen], self.last[chosen], self.phrase[chosen], self.form[chosen])


def after_punctuation(tokens: Tokens) -> npt.NDArray[np.bool_]:
    """Which tokens open the text or follow a mark, so that a capital tells nothing of them."""
    opens = np.ones(len(tokens), bool)
    opens[1:] = tokens.kind[:-1] == PUNCTUATION
    return opens


class PhraseFinder:
    """Looks phrases up by their keys, of which ``keys[i]`` belongs to phrase i.

    ``first`` are the keys of their first tokens and ``lengths`` their lengths in tokens. The top bits of a token's
    key tell at the price of one look-up how long a phrase that starts there can be: most tokens end there.
    """

    def __init__(self, keys: Keys, first: Keys, lengths: npt.NDArray[np.uint8]) -> None:
        order = np.argsort(keys, kind="stable")
        # One more than any key that a phrase has, so that every look-up ends at an entry.
        self._keys = np.append(np.asarray(keys)[order], np.uint64(2**64 - 1))
        self._order = np.append(order, -1)
        self._reach = np.zeros(1 << _PREFILTER_BITS, np.uint8)
        np.maximum.at(self._reach, self._bits(np.asarray(first)), np.asarray(lengths))

    @staticmethod
    def _bits(keys: Keys) -> Indices:
        return (keys >> np.uint64(64 - _PREFILTER_BITS)).astype(np.int64)

    def _look_up(self, keys: Keys) -> Indices:
        """The number of the phrase with each key, −1 where there is none."""
        found = self._keys.searchsorted(keys)
        return np.where(self._keys[found] == keys, self._order[found], -1)

    def find(self, tokens: Tokens) -> Candidates:
        """All occurrences, longest first at each place and none within another."""
        keys = tokens.key
        reach = self._reach[self._bits(keys)]
        phrase = np.full(len(keys), -1, np.int64)
        length = np.ones(len(keys), np.int64)
        for count in range(LONGEST, 0, -1):
            place = np.flatnonzero(reach >= count)
            place = place[place + count <= len(keys)]
            if count < LONGEST:
                place = place[phrase[place] < 0]
            value = keys[place]
            for offset in range(1, count):
                value = value * np.uint64(PHRASE_BASE) + keys[place + offset]
            found = self._look_up(value)
            hit = found >= 0
            phrase[place[hit]] = found[hit]
            length[place[hit]] = count
        covered = np.zeros(len(keys) + LONGEST, bool)
        several = np.flatnonzero((length > 1) & (phrase >= 0))
        for start, count in zip(several.tolist(), length[several].tolist(), strict=True):
            if not covered[start]:
                covered[start + 1 : start + count] = True
        first = np.flatnonzero((phrase >= 0) & ~covered[: len(keys)])
        opens = np.asarray(after_punctuation(tokens)[first], np.uint64)
        form = np.asarray(tokens.shape[first] & 3, np.uint64) + opens * _SENTENCE_START
        return Candidates(first, first + length[first] - 1, phrase[first], form)
