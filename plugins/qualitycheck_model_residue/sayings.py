"""What an assistant says of itself and to its user: “As an AI language model, I …”, “Certainly! Here is …”."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from itertools import islice

from qualitycheck import Document
from qualitycheck.phrases import PhraseMatcher, TokenRow
from qualitycheck_model_residue.forms import FORMS, Form
from qualitycheck_model_residue.residue import Residue

_NEAR = 400  # code points of a line that are looked at on either side of what gives a form away
_START = 200  # code points: how far from its beginning a text begins
_END = 900  # and how far from its end it ends
_ENOUGH = 2_000  # places that are looked at in one text


def anchors(row: TokenRow) -> list[list[tuple[int, int]]]:
    """The place of each anchor in each text of a row, and its number; none in most."""
    matcher, _ = _matcher()
    return [[(start, number) for start, _, number in islice(found, _ENOUGH)] for found in matcher.find_all(row)]


def sayings(document: Document, anchored: Sequence[tuple[int, int]]) -> Iterator[Residue]:
    """What an assistant says in a text around its anchors, in no order; one place can be found twice."""
    _, forms = _matcher()
    text = document.prose
    for place, phrase in anchored:
        low = max(text.rfind("\n", max(0, place - _NEAR), place) + 1, place - _NEAR, 0)
        high = text.find("\n", place, place + _NEAR)
        high = min(len(text), place + _NEAR) if high < 0 else high
        for form in forms[phrase]:
            for match in form.pattern.finditer(text, low, high):
                if match.start() <= place <= match.end() and _stands(text, match.start(), form.place):
                    how = {"weak": form.weak, "about": form.about, "alone": form.alone}
                    yield Residue(*match.span(), form.what, form.confidence, **how)


def _stands(text: str, start: int, place: str) -> bool:
    """Whether what starts here stands where it must."""
    if place == "start":
        return not text[max(0, start - 6) : start].rsplit("\n", 1)[-1].strip(" \t*_#>-")
    at_top = start <= _START and "." not in text[:start]
    at_end = start >= len(text) - _END
    return {"anywhere": True, "top": at_top, "end": at_end, "edges": at_top or at_end}[place]


@functools.cache
def _matcher() -> tuple[PhraseMatcher, list[list[Form]]]:
    """The anchors of all forms, and the forms of each."""
    forms: dict[str, list[Form]] = {}
    for form in FORMS:
        for anchor in form.anchors:
            forms.setdefault(anchor, []).append(form)
    return PhraseMatcher(forms), list(forms.values())
