"""ENC010: sentences that a line end or an empty line breaks, as texts taken from PDF files have them.

Text that is wrapped at some width throughout is good text in a format of its own, and poems break where they like. So
a single line end counts only in a document whose lines are paragraphs, and a break only between a word that no clause
ends with and one in lower case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qualitycheck import Document

# The line end comes first: a search for one character is fast.
_EMPTY_LINE = re.compile(r"\n[ \t\r]{0,80}\n[ \t]{0,80}(?=([^\W\d_]{1,30}))")
_LINE_END = re.compile(r"\n[ \t]{0,80}(?=([^\W\d_]{1,30}))")
_LAST = re.compile(r"(?<=[^\W\d_][ \t])([a-z]{1,8})[ \t\r]{0,80}\Z")
_OPEN = frozenset(
    re.findall(
        r"\w+",
        """the a an of and or to from with into than by at in on for as his her their its our my your is are was were be
        been has have had will would can could may might must should that which who whose if because although""",
    )
)
# So goes on what a formula, an example or a list interrupts; “http” opens an address.
_AFTER_FORMULA = frozenset(["and", "http", "https", "if", "is", "or", "then", "thus", "where", "which", "whose", "www"])
_PARAGRAPH = 200  # average length of a line in code points where lines are paragraphs
_LEAST_BEFORE = 60  # code points of the line above; a shorter one may be a heading, a verse or an item
_LEAST_AFTER = 20


@dataclass(frozen=True, slots=True)
class Break:
    """The words on both sides of a break, with the break between them, and how they read without it."""

    start: int
    end: int
    joined: str


def find(text: str, document: Document) -> Iterator[Break]:
    """The breaks in the sentences of ``text``, where it is English."""
    lines = text.count("\n")
    if not lines:
        return
    for match in (_LINE_END if len(text) > _PARAGRAPH * lines else _EMPTY_LINE).finditer(text):
        if not match[1].islower() or match[1] in _AFTER_FORMULA:
            continue
        place = match.start()
        above = text.rfind("\n", 0, place) + 1
        last = _LAST.search(text, max(above, place - 90), place)
        if last is None or last[1] not in _OPEN or last.end(1) - above < _LEAST_BEFORE:
            continue
        below = text.find("\n", match.end())
        if (below if below >= 0 else len(text)) - match.end() >= _LEAST_AFTER and document.language == "en":
            yield Break(last.start(1), match.end(1), f"{last[1]} {match[1]}")
