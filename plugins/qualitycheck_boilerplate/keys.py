"""Keys of pairs of tokens, and the tokens of many short texts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from qualitycheck.phrases import PHRASE_BASE, phrase_keys
from qualitycheck.tokens import Keys, Offsets, Tokens, tokenize


def pair_keys(keys: Keys, first: Offsets | Sequence[int] | None = None) -> Keys:
    """The keys of the pairs of neighbouring tokens that start at the tokens ``first``, or of all pairs."""
    if first is None:
        return keys[:-1] * np.uint64(PHRASE_BASE) + keys[1:]
    return phrase_keys(keys, np.asarray(first, np.int64), 2)


def pair_key(first: int, second: int) -> int:
    """The key of one pair."""
    return (first * PHRASE_BASE + second) % (1 << 64)


def tokenize_parts(parts: Sequence[str]) -> tuple[str, Tokens, list[int]]:
    """The tokens of many short texts from one pass, since a pass each takes a hundred times as long.

    The joined text, its tokens, and where in them each part starts, with the end as one more.
    """
    text = "\n".join(parts)
    tokens = tokenize(text)
    ends = np.cumsum([len(part) + 1 for part in parts])
    return text, tokens, [0, *tokens.start.searchsorted(ends).tolist()]
