"""Which styles of double quotation marks a text uses, and where it leaves its own."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from qualitycheck_quotes.pairs import CLOSES, OPENS, Mark

#: A single mark may be inches, a name or a misprint; two are a quotation.
_LEAST = 2
#: How long, in code points, a passage in guillemets may be.
_REACH = 3_000

_GUILLEMET = regex.compile(r"(?<![<>])[«»](?![<>])")
_NAMES = {"straight": 'straight (")', "curly": "curly (“ ”)", "guillemets": "guillemets (« »)"}


@dataclass(frozen=True, slots=True)
class Mixture:
    """Where the rarer style first shows, and a line that counts both."""

    place: int
    message: str


def mixture(text: str, marks: Sequence[Mark]) -> Mixture | None:
    """The mixture of styles in a text with these marks and guillemets; None where there is one style, or none."""
    places: dict[str, list[int]] = {name: [] for name in _NAMES}
    for style, place in _quotation_marks(text, marks):
        places[style].append(place)
    used = sorted((name for name in _NAMES if len(places[name]) >= _LEAST), key=lambda name: len(places[name]))
    if len(used) < 2:
        return None
    rare, common = used[0], used[-1]
    count = len(places[rare])
    message = (
        f"the first of {count} {_NAMES[rare]} quotation marks in a text with {len(places[common])} {_NAMES[common]}"
    )
    return Mixture(places[rare][0], message)


def _quotation_marks(text: str, marks: Sequence[Mark]) -> Iterator[tuple[str, int]]:
    """Style and place of each mark, in order of place."""
    guillemets = [("guillemets", match.start()) for match in _GUILLEMET.finditer(text)]
    others = (
        ("straight" if mark.sign == '"' else "curly", mark.place)
        for mark in marks
        if mark.way in {OPENS, CLOSES} and not mark.doubtful
    )
    opened = -_REACH
    for style, place in heapq.merge(guillemets, others, key=lambda each: each[1]):
        if style == "guillemets":
            opened = -_REACH if place - opened < _REACH else place
            yield style, place
        elif place - opened >= _REACH:
            # Marks of another style within guillemets are a quotation in a quotation, and no mixture.
            yield style, place
