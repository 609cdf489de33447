"""What the model looks at: a candidate and the words around it, hashed into one table of weights.

Each feature joins the candidate with one view of its context (a word at a distance, a pair of words, a word cluster,
the genre of the document), so a weight says how much more often this candidate stands in that context when a machine
put it there. Training computes the same indices in compiled loops (``training/loops.py``); a test holds the two
together.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from qualitycheck.phrases import PHRASE_BASE
from qualitycheck.tokens import salts

Keys = npt.NDArray[np.uint64]
Indices = npt.NDArray[np.int64]

#: How far the context reaches on either side, in tokens.
REACH = 6
#: Features of one candidate.
COUNT = 25
_MIX = 0x9FB21C651E98DF25

SALTS = salts(32)
MIX = np.uint64(_MIX)


def pad(values: Keys) -> Keys:
    """Values with zeros on both sides, so that every candidate has a full context."""
    padded = np.zeros(len(values) + 2 * REACH, values.dtype)
    padded[REACH : REACH + len(values)] = values
    return padded


def views(keys: Keys, clusters: Keys, first: Indices, last: Indices, form: Keys, genre: int) -> Keys:
    """The context of each candidate, hashed: an array of COUNT rows.

    ``keys`` and ``clusters`` are those of all tokens, padded; ``first`` and ``last`` the index of each candidate's
    first and last token before padding; ``form`` a small number for its capitals and place in the sentence; ``genre``
    that of the document.
    """
    salt = SALTS
    left = [keys[first + (REACH - distance)] for distance in range(1, REACH + 1)]
    right = [keys[last + (REACH + distance)] for distance in range(1, REACH + 1)]
    l1, l2 = clusters[first + (REACH - 1)], clusters[first + (REACH - 2)]
    r1, r2 = clusters[last + (REACH + 1)], clusters[last + (REACH + 2)]
    out = np.empty((COUNT, len(first)), np.uint64)
    out[0] = salt[0]
    for distance in range(3):
        np.multiply(left[distance], salt[1 + distance], out=out[1 + distance])
        np.multiply(right[distance], salt[4 + distance], out=out[4 + distance])
    out[7] = left[1] * salt[7] + left[0] * salt[8]
    out[8] = right[0] * salt[9] + right[1] * salt[10]
    out[9] = left[0] * salt[11] + right[0] * salt[12]
    for distance in range(3, REACH):
        np.multiply(left[distance], salt[13], out=out[7 + distance])
        np.multiply(right[distance], salt[13], out=out[10 + distance])
    out[16] = (form + np.uint64(1)) * salt[14]
    out[17] = l1 * salt[15]
    out[18] = r1 * salt[16]
    out[19] = l1 * salt[17] + r1 * salt[18]
    out[20] = l2 * salt[19] + l1 * salt[20]
    out[21] = r1 * salt[21] + r2 * salt[22]
    out[22] = left[0] * salt[23] + r1 * salt[24]
    out[23] = l1 * salt[25] + right[0] * salt[26]
    out[24] = np.full(len(first), genre + 1, np.uint64) * salt[27]
    return out


def indices(view: Keys, phrase: Keys, bits: int) -> Indices:
    """Where the weights of candidates stand in a table of ``2**bits``: their views joined with their phrase keys."""
    return (((view ^ phrase) * MIX) >> np.uint64(64 - bits)).astype(np.int64)


def phrase_key(keys: Keys) -> int:
    """The key of a phrase from those of its tokens; that of one token is the token's own."""
    value = 0
    for key in keys.tolist():
        value = (value * PHRASE_BASE + key) % (1 << 64)
    return value
