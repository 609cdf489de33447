"""Names and terms that are right whatever a rule says: the setting ``allow``."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from typing import NamedTuple

from qualitycheck.document import Document
from qualitycheck.errors import SettingsError
from qualitycheck.finding import Finding
from qualitycheck.phrases import PhraseMatcher
from qualitycheck.tokens import FILLER

_POSSESSIVE = "’s"


class Place(NamedTuple):
    """Where an allowed term stands; ``last`` is where a possessive ending after it ends."""

    start: int
    end: int
    last: int
    term: str


class Allowed:
    """Finds allowed terms in documents.

    White space and the kind of apostrophe do not matter, numbers are alike, and a possessive ending may follow. A term
    in lower case stands for itself in any capitals; one with capitals for itself as it is, and in capitals throughout.
    Raises SettingsError for a term without a word or sign.
    """

    def __init__(self, terms: Sequence[str]) -> None:
        self.terms = tuple(dict.fromkeys(terms))
        try:
            self._matcher = PhraseMatcher([*self.terms, *(term + _POSSESSIVE for term in self.terms)])
        except ValueError as error:
            raise SettingsError(f"allow: {error}") from None

    def places(self, document: Document) -> list[Place]:
        """Where allowed terms stand in a document, in order of place and apart from each other."""
        if not self.terms:
            return []
        found = []
        for start, last, number in self._matcher.find(document.tokens):
            term = self.terms[number % len(self.terms)]
            end = last
            for _ in _POSSESSIVE if number >= len(self.terms) else "":
                end -= 1
                while document.prose[end] == FILLER:
                    end -= 1
            shown = document.excerpt(start, end)
            if term.islower() or shown.isupper() or _letters(shown) == _letters(term):
                found.append(Place(start, end, last, term))
        return found


def place_of(finding: Finding, places: Sequence[Place]) -> Place | None:
    """The term that a finding is about: it lies within the term, and not in its possessive ending alone."""
    if finding.start is None or finding.end is None:
        return None
    index = bisect.bisect_right(places, finding.start, key=lambda place: place.start) - 1
    place = places[index] if index >= 0 else None
    return place if place is not None and finding.start < place.end and finding.end <= place.last else None


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text))
