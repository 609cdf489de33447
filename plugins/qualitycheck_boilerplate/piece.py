"""A piece of boilerplate, as the parts of this check hand it to each other."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """What was found at a place: the name of its rule, its span, the number of its line, how sure it is.

    A piece in ``company`` is boilerplate only where lines beside it are, or, if it ``repeats``, where its ``words`` are
    those of several lines.
    """

    rule: str
    start: int
    end: int
    line: int
    confidence: float
    company: bool = False
    repeats: bool = False
    words: str = ""
