"""Quoted passages: what lies between quotation marks, as far as that can be told.

Direct speech runs over paragraphs with an opening mark at each and a closing mark at the last, so an open passage ends
at its paragraph's end. Straight and single marks are ambiguous (feet, apostrophes): they count only where the white
space around them shows which way they point.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import regex

from qualitycheck.characters import places_of

_CLOSING = {"“": "”", "„": "“”", "«": "»", "»": "«", "‘": "’", '"': '"'}
_SINGLE = regex.compile(r"(?<![\p{L}\p{N}])‘(?=\S)|’(?![\p{L}\p{N}])")
_PARAGRAPH_END = regex.compile(r"\n\s*\n|\r\n?\s*\r\n?")


def quotation_spans(text: str) -> npt.NDArray[np.int64]:
    """Start and end of each quoted passage of ``text``, marks included, nested ones merged into the outer."""
    spans: list[tuple[int, int]] = []
    outer = _Passage()
    # Within single marks: what counts if the opening one was an apostrophe (‘Twas) and is never closed.
    inner = _Passage()
    within: list[tuple[int, int]] = []
    seen = 0
    for place in places_of('“”„«»‘’"', text):
        mark = text[place]
        if mark in "‘’" and not _SINGLE.match(text, place):
            continue
        # Where no passage is open, the end of a paragraph ends nothing.
        if outer.opened is not None and (end := _PARAGRAPH_END.search(text, seen, place)):
            _end_paragraph(spans, outer, inner, within, end.start())
        seen = place + 1
        if outer.opened is not None and mark in outer.closing:
            spans.append((outer.opened, place + 1))
            outer, inner, within = _Passage(), _Passage(), []
        elif outer.opened is None and mark in _CLOSING and _opens(text, place, mark):
            outer = _Passage(place, _CLOSING[mark])
        elif inner.opened is not None and mark in inner.closing:
            within.append((inner.opened, place + 1))
            inner = _Passage()
        elif outer.closing == "’" and inner.opened is None and mark in _CLOSING and _opens(text, place, mark):
            inner = _Passage(place, _CLOSING[mark])
    last = _PARAGRAPH_END.search(text, seen) if outer.opened is not None else None
    _end_paragraph(spans, outer, inner, within, last.start() if last else len(text))
    return np.array(spans, np.int64).reshape(-1, 2)


def united(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, those that overlap or touch as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


@dataclass(slots=True)
class _Passage:
    """A passage that is open: where its mark stands, and the marks that close it."""

    opened: int | None = None
    closing: str = ""


def _end_paragraph(
    spans: list[tuple[int, int]], outer: _Passage, inner: _Passage, within: list[tuple[int, int]], end: int
) -> None:
    """An open passage ends with its paragraph, but for one in single marks: that was an apostrophe."""
    if outer.opened is not None and outer.closing != "’":
        spans.append((outer.opened, end))
    elif outer.opened is not None:
        spans.extend(within)
        if inner.opened is not None and inner.closing != "’":
            spans.append((inner.opened, end))
    outer.opened = inner.opened = None
    outer.closing = inner.closing = ""
    within.clear()


def _opens(text: str, place: int, mark: str) -> bool:
    before = text[place - 1] if place else " "
    after = text[place + 1] if place + 1 < len(text) else " "
    if mark == '"':
        return not after.isspace() and not before.isalnum()
    if mark == "»":  # opens in German, closes in French
        return after.isalnum() and not before.isalnum()
    return True
