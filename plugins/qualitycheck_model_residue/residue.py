"""One kind of thing that comes between a model's text and its reader, and where one was found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Residue:
    """Start and end in the text, what it is, and the probability that a model or its page left it.

    ``weak`` things people write too: they count beside others that are not weak. ``about`` things are what an article
    on language models quotes: they do not count there. ``alone`` things make no part of a sentence, so that they can
    be deleted.
    """

    start: int
    end: int
    what: str
    confidence: float
    weak: bool = False
    about: bool = True
    alone: bool = False
