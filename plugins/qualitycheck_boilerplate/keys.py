"""Sets of token keys, asked for whole arrays at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from qualitycheck.phrases import phrase_keys
from qualitycheck.tokens import Keys, Offsets, Tokens, tokenize

_PREFILTER_BITS = 16


class KeySet:
    """A set of keys. Most keys are dismissed by one look into a small table."""

    def __init__(self, keys: Iterable[int]) -> None:
        self._keys = np.array(sorted({*keys, 2**64 - 1}), np.uint64)
        self._seen = np.zeros(1 << _PREFILTER_BITS, bool)
        self._seen[_bits(self._keys)] = True

    def find(self, keys: Keys) -> Offsets:
        """The places in ``keys`` that hold one of the set."""
        place = np.flatnonzero(self._seen[_bits(keys)])
        found = keys[place]
        held: Offsets = place[self._keys[self._keys.searchsorted(found)] == found]
        return held


def pair_keys(keys: Keys, first: Offsets | Sequence[int]) -> Keys:
    """The keys of the pairs of neighbouring tokens that start at the tokens ``first``."""
    return phrase_keys(keys, np.asarray(first, np.int64), 2)


def tokenize_parts(parts: Sequence[str]) -> tuple[str, Tokens, list[int]]:
    """The tokens of many short texts from one pass, since a pass each takes a hundred times as long.

    The joined text, its tokens, and where in them each part starts, with the end as one more.
    """
    text = "\n".join(parts)
    tokens = tokenize(text)
    ends = np.cumsum([len(part) + 1 for part in parts])
    return text, tokens, [0, *tokens.start.searchsorted(ends).tolist()]


def _bits(keys: Keys) -> npt.NDArray[np.int64]:
    return (keys >> np.uint64(64 - _PREFILTER_BITS)).astype(np.int64)
