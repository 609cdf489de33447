"""Quoted passages: what lies between quotation marks, as far as that can be told.

Direct speech runs over paragraphs with an opening mark at each and a closing mark at the last, so an open passage ends
at its paragraph's end. Straight and single marks are ambiguous (feet, apostrophes): they count only where the white
space around them shows which way they point.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import regex

_CLOSING = {"“": "”", "„": "“”", "«": "»", "»": "«", "‘": "’", '"': '"'}
_MARK = regex.compile(r"""[“”„«»]|(?<![\p{L}\p{N}])‘(?=\S)|’(?![\p{L}\p{N}])|"|\n\s*\n|\r\n?\s*\r\n?""")


def quotation_spans(text: str) -> npt.NDArray[np.int64]:
    """Start and end of each quoted passage of ``text``, marks included, nested ones merged into the outer."""
    spans: list[tuple[int, int]] = []
    opened: int | None = None
    closing = ""
    for match in _MARK.finditer(text):
        mark = match.group()
        if mark.isspace():
            if opened is not None and closing != "’":
                spans.append((opened, match.start()))
            opened = None
        elif opened is not None and mark in closing:
            spans.append((opened, match.end()))
            opened = None
        elif opened is None and mark in _CLOSING and _opens(text, match.start(), mark):
            opened, closing = match.start(), _CLOSING[mark]
    if opened is not None and closing != "’":
        spans.append((opened, len(text)))
    return np.array(spans, np.int64).reshape(-1, 2)


def _opens(text: str, place: int, mark: str) -> bool:
    before = text[place - 1] if place else " "
    after = text[place + 1] if place + 1 < len(text) else " "
    if mark == '"':
        return not after.isspace() and not before.isalnum()
    if mark == "»":  # opens in German, closes in French
        return after.isalnum() and not before.isalnum()
    return True
