"""From evidence to a score and a verdict.

A check's badness b in [0, 1] is the probability that a careful editor would refuse the document for that reason.
Checks count as independent reasons: score = 100 · Π(1 − w·b). The points a check costs share out what is missing from
100 in proportion to ln(1 − w·b), so that they add up to it exactly.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

MAX_WEIGHT = 0.99
VERDICTS = ("accept", "review", "reject")


@dataclass(frozen=True, slots=True)
class Charge:
    """What one check holds against a document: badness and weight in [0, 1], and the group it shares, if any."""

    badness: float
    weight: float
    group: str | None = None

    @property
    def loss(self) -> float:
        """−ln(1 − w·b): how much the check takes from the logarithm of the score."""
        return -math.log1p(-min(self.weight, MAX_WEIGHT) * self.badness)


@dataclass(frozen=True, slots=True)
class Score:
    """``value`` in [0, 100], and the points that each check cost, which add up to 100 − value."""

    value: float
    points: dict[str, float]


def score(charges: Mapping[str, Charge]) -> Score:
    """Combine the charges of all checks, by name; of those that share a group only the worst counts."""
    losses = {name: charge.loss for name, charge in charges.items()}
    worst: dict[str, str] = {}
    for name in sorted(charges):
        group = charges[name].group
        if group is not None and (group not in worst or losses[name] > losses[worst[group]]):
            worst[group] = name
    for name, charge in charges.items():
        if charge.group is not None and worst[charge.group] != name:
            losses[name] = 0.0
    total = math.fsum(losses.values())
    missing = -100.0 * math.expm1(-total)
    points = {name: missing * loss / total if total else 0.0 for name, loss in losses.items()}
    return Score(max(0.0, 100.0 - missing), points)


def verdict(value: float, reject_below: float, review_below: float) -> str:
    """``reject``, ``review`` or ``accept`` for a score."""
    if value < reject_below:
        return "reject"
    return "review" if value < review_below else "accept"
