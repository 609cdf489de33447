"""What a check yields: findings in the text, and signals about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A text that could stand in place of a finding; ``confidence`` in [0, 1] that it stood there before."""

    text: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One piece of damage.

    ``start`` and ``end`` are code point offsets in the document's text, half open; both are None where the finding
    is about the whole document. ``confidence`` in [0, 1] is the probability that the finding is right.
    ``message`` may be empty: the rule's own message is used then.
    """

    code: str
    start: int | None = None
    end: int | None = None
    message: str = ""
    suggestions: tuple[Suggestion, ...] = ()
    confidence: float = 1.0


class Signal(NamedTuple):
    """A named measurement of the document, shown as evidence: ``unit`` says what a number counts.

    Some checks yield twenty for every document, and a tuple is made in half the time of a frozen dataclass.
    """

    name: str
    value: float | str
    unit: str = ""
