"""Proper names: runs of capitalised words, small words between them included (“Heart for a New American Safety”)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from qualitycheck.tokens import CAPITALISED, LOWER, UPPER, WORD, Tokens, token_key

_JOINERS = frozenset(token_key(word) for word in ("of", "for", "a", "the", "on", "and", "in", "to", "at", "&"))
_REACH = 8  # tokens looked at on either side
_JOINED = 3  # small words that may stand in a row


def name_around(tokens: Tokens, first: int, last: int, opens: npt.NDArray[np.bool_]) -> tuple[int, int] | None:
    """First and last token of the name that a capitalised span is part of; None where it stands alone.

    ``opens`` marks the tokens that open a sentence, whose capital tells nothing.
    """
    # In a line of capitals every word would be part of a name, and a single letter looks capitalised.
    if tokens.shape[first] != CAPITALISED or (tokens.shape[first : last + 1] == UPPER).any():
        return None
    begin = _extend(tokens, first, -1, opens)
    end = _extend(tokens, last, +1, opens)
    if begin < first and opens[begin]:
        begin += 1
        while begin < first and tokens.shape[begin] == LOWER:
            begin += 1
    return (begin, end) if begin < first or end > last else None


def _extend(tokens: Tokens, place: int, step: int, opens: npt.NDArray[np.bool_]) -> int:
    """The furthest capitalised word that can be reached from ``place`` over words and small joiners."""
    furthest, joined = place, 0
    for distance in range(1, _REACH + 1):
        here = place + step * distance
        crossing = here + 1 if step < 0 else here
        if not 0 <= here < len(tokens) or (crossing < len(tokens) and opens[crossing]):
            break
        if tokens.kind[here] == WORD and tokens.shape[here] != LOWER:
            furthest, joined = here, 0
        elif int(tokens.key[here]) in _JOINERS and joined < _JOINED:
            joined += 1
        else:
            break
    return furthest
