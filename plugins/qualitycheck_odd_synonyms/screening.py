"""A first look at many texts at once: which of them are plainly clean, by their words alone.

How much oftener than people a channel writes a phrase, wherever it stands, is one number for each phrase and family.
The mixture's evidence from these numbers alone takes a look into a table for each candidate, a hundredth of what its
contexts cost, and most clean documents have none at all.
"""

from __future__ import annotations

import functools

import numpy as np
import numpy.typing as npt

from qualitycheck_odd_synonyms.features import Indices

Floats = npt.NDArray[np.float32]

#: The least evidence of a model whose words alone tell nothing: no text is dismissed.
ALWAYS = -1e9

#: The rates of replacement that are tried.
_RATES = np.array([0.02, 0.06, 0.2, 0.6], np.float32)

#: What a sum may be off by, in nats, and more.
_ROUNDING = 0.01


class Screen:
    """The first look of one model.

    ``log_ratios[f, i]`` is the log of how much oftener family f writes phrase i than people do, −∞ where it never
    does; ``least`` the evidence in nats below which a text is dismissed.
    """

    def __init__(self, log_ratios: Floats, least: float) -> None:
        excess = np.exp(log_ratios) - np.float32(1.0)
        terms = np.log1p(_RATES[:, None, None] * excess)
        # A phrase that a family never writes says nothing about it.
        terms[:, np.isneginf(log_ratios)] = 0.0
        self._terms = terms.reshape(-1, log_ratios.shape[1])
        self._least = least

    def __len__(self) -> int:
        """How many phrases it knows."""
        return int(self._terms.shape[1])

    def plausible(self, phrases: Indices, bounds: Indices) -> npt.NDArray[np.bool_]:
        """Which texts deserve a close look; the phrases of text i are those from ``bounds[i]`` to ``bounds[i + 1]``."""
        evidence = np.zeros(len(bounds) - 1, np.float32)
        # Where a text has no phrase, reduceat would give it the first of the next.
        filled = np.flatnonzero(np.diff(bounds))
        if len(filled):
            start = bounds[:-1][filled]
            evidence[filled] = functools.reduce(
                np.maximum, (np.add.reduceat(terms.take(phrases), start) for terms in self._terms)
            )
        found = evidence >= self._least
        # How a sum is rounded depends on how it is taken, and a verdict must not: what is near is summed row by row.
        for text in filled[np.abs(evidence[filled] - self._least) < _ROUNDING].tolist():
            rows = np.ascontiguousarray(self._terms[:, phrases[bounds[text] : bounds[text + 1]]].T)
            found[text] = np.add.reduceat(rows, [0], axis=0).max() >= self._least
        return found

    def evidence(self, phrases: Indices) -> float:
        """The evidence in one text, in nats; at the likeliest rate of the likeliest family."""
        return float(np.ascontiguousarray(self._terms[:, phrases].T).sum(axis=0).max(initial=0.0))
