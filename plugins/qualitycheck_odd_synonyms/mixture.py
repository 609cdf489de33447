"""Was this document passed through a channel, and how much of it?

A document is a mixture: a share π of its candidates was put there by a channel, the rest is natural. With R the
likelihood ratio of each candidate, log L(π) = Σ w · log(1 + π(R − 1)) is concave; its maximum gives π, and log L there
the evidence against π = 0. In a clean document π is 0 and so is the evidence: precision comes from the whole document.

The weights w answer for repetition. An author who likes “regarding” uses it forty times, which is one oddity and not
forty; so the k-th odd occurrence of a phrase counts 1/k, or less. Occurrences that speak for the document all count in
full.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

#: Log ratios are cut here, so that no single candidate can convict a document.
LIMIT = 6.0
#: How surely a channel that uses a phrase uses it at each place where it can.
CONSISTENCY = 0.8
_STEPS = 40
_PRECISION = 1e-4


def likelihood_ratios(log_ratios: Floats) -> Floats:
    """The ratios from their logarithms, cut at LIMIT on both sides."""
    return np.asarray(np.exp(np.clip(log_ratios, -LIMIT, LIMIT)))


def repetition_weights(phrases: npt.NDArray[np.int64], ratios: Floats, power: float = 1.0) -> Floats:
    """One over k to a power, for the k-th occurrence of each phrase that has a ratio above 1; 1 for all others."""
    weights = np.ones(len(phrases))
    odd = np.flatnonzero(ratios > 1.0)
    order = odd[np.argsort(phrases[odd], kind="stable")]
    place = np.arange(len(order))
    opens = np.ones(len(order), bool)
    opens[1:] = phrases[order[1:]] != phrases[order[:-1]]
    begin = np.maximum.accumulate(np.where(opens, place, 0))
    weights[order] = 1.0 / (place - begin + 1) ** power
    return weights


def estimate_rate(ratios: Floats, weights: Floats) -> float:
    """The share π in [0, 1) that makes the ratios likeliest: Newton's steps, kept between bounds by bisection."""
    excess = ratios - 1.0
    if not len(excess) or float(weights @ excess) <= 0.0:
        return 0.0
    low, high = 0.0, 1.0 - 1e-6
    rate = 0.1
    for _ in range(_STEPS):
        terms = excess / (1.0 + rate * excess)
        slope = float(weights @ terms)
        low, high = (rate, high) if slope > 0 else (low, rate)
        moved = rate + slope / max(float(weights @ (terms * terms)), 1e-12)
        if not low < moved < high:
            moved = (low + high) / 2.0
        if abs(moved - rate) < _PRECISION:
            return moved
        rate = moved
    return rate


def evidence(ratios: Floats, weights: Floats, rate: float) -> float:
    """The evidence log L(π) − log L(0), in nats."""
    return float(weights @ np.log1p(rate * (ratios - 1.0))) if rate > 0.0 else 0.0


def posteriors(ratios: Floats, phrases: npt.NDArray[np.int64], rate: float) -> Floats:
    """For each candidate, the probability that the channel put it there, given the share π.

    A channel decides once a document whether it writes “name” for “call”, and then does so nearly everywhere: the
    occurrences of a phrase stand or fall together. Either the phrase is in use, and each occurrence was put there
    with probability CONSISTENCY, or it is not, and all are natural.
    """
    factors = CONSISTENCY * ratios + (1.0 - CONSISTENCY)
    _, kind = np.unique(phrases, return_inverse=True)
    logs = np.bincount(kind, np.log(factors)) + np.log(rate / (1.0 - rate)) if rate > 0.0 else np.full(len(kind), -99.0)
    in_use = 1.0 / (1.0 + np.exp(-np.clip(logs, -50.0, 50.0)))
    return np.asarray(in_use[kind] * CONSISTENCY * ratios / factors)
