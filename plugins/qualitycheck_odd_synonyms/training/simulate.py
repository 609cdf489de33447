"""Clean text passed through a channel: what models are measured on."""

from __future__ import annotations

from typing import Any

import numpy as np

from qualitycheck.tokens import Tokens
from qualitycheck_odd_synonyms.lexicon import LONGEST
from qualitycheck_odd_synonyms.training import loops

_STICKY = True  # a phrase is replaced wherever it stands, or nowhere


def spun(tokens: Tokens, channel: tuple[Any, ...], rate: float, seed: int) -> tuple[Tokens, np.ndarray]:
    """A document of which a share of the listed phrases is replaced, and what stood there as the loops say it."""
    size = len(tokens) * LONGEST
    keys, forms = np.empty(size, np.uint64), np.empty(size, np.uint8)
    originals = np.empty(size, np.int32)
    packed = (tokens.kind << 4 | tokens.shape).astype(np.uint8)
    written = loops.spin(tokens.key, packed, rate, _STICKY, np.uint64(seed), channel, keys, forms, originals)
    nowhere = np.zeros(written, np.int64)
    forms = forms[:written]
    return Tokens(nowhere, nowhere, keys[:written], forms >> np.uint8(4), forms & np.uint8(15)), originals[:written]
