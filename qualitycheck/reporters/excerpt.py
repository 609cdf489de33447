"""Shows a piece of a document on one line of a terminal, with the width it really takes up.

Wide characters take two columns, combining and joining ones none, and what is harmful is shown as its escape; so a
caret under a span has to be placed in columns and not in characters.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from rich.cells import cell_len

from qualitycheck.document import Document
from qualitycheck.screen import Screen, escape

#: The most characters shown on either side of a span, and of a span itself when it is long.
CONTEXT = 60
SPAN = 160

_LEAST_CONTEXT = 12


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One line around a span: what stands before it, the span, what stands after it, ready to be shown.

    ``offset`` and ``width`` say, in columns of the terminal, where the span begins and how much room it takes.
    """

    before: str
    span: str
    after: str

    @property
    def right_to_left(self) -> bool:
        """Whether some of it is written from right to left. Terminals disagree on where that ends up in a line, so
        columns say nothing about it, and the span has to be marked in the line itself.
        """
        line = self.before + self.span + self.after
        return not line.isascii() and any(unicodedata.bidirectional(each) in ("R", "AL", "AN") for each in line)

    @property
    def offset(self) -> int:
        """Columns before the span."""
        return cell_len(self.before)

    @property
    def width(self) -> int:
        """Columns that the span takes up, at least one."""
        return max(1, cell_len(self.before + self.span) - self.offset)


def excerpt(document: Document, start: int, end: int, screen: Screen, width: int) -> Excerpt:
    """The span from ``start`` to ``end`` with up to sixty characters of its line on either side.

    ``width`` is the room in columns; a narrow terminal shows less on either side, but never less than a dozen.
    """
    dots = screen.words("…")
    room = max(width - 2 * cell_len(dots), 4 * _LEAST_CONTEXT)
    span = _span(document.text[start:end], screen, room - 2 * _LEAST_CONTEXT, dots)
    # One line can be the whole of a huge file, so no more of it is looked at than can be shown.
    first, _ = document.line_span(document.position(start)[0])
    _, last = document.line_span(document.position(end - 1)[0])
    low, high = max(first, start - CONTEXT), min(max(last, end), end + CONTEXT)
    before, after = (
        screen.exact(part.replace("\t", " ")) for part in (document.text[low:start], document.text[end:high])
    )
    # Each side may use half of the room, and what the other side leaves of its half.
    spare = room - cell_len(span)
    left, right = cell_len(before), cell_len(after)
    shown_before = end_of(before, max(spare // 2, spare - right))
    shown_after = start_of(after, max(spare // 2, spare - left))
    if low > first or shown_before != before:
        shown_before = dots + _from_word(shown_before)
    if high < last or shown_after != after:
        shown_after = _to_word(shown_after) + dots
    return Excerpt(shown_before.lstrip(), span, shown_after.rstrip())


def _span(text: str, screen: Screen, room: int, dots: str) -> str:
    """A span as it is shown: without its middle where it is long, as escapes where nobody would see it."""
    if len(text) <= SPAN:
        shown = screen.exact(text)
        if cell_len(shown) == 0 or (shown.isspace() and shown.strip(" ")):
            shown = escape(text)
        if cell_len(shown) <= room:
            return shown
    half = (room - cell_len(dots)) // 2
    return start_of(screen.exact(text[: SPAN // 2]), half) + dots + end_of(screen.exact(text[-SPAN // 2 :]), half)


def start_of(text: str, room: int) -> str:
    """The longest start of ``text`` that fits into ``room`` columns."""
    while cell_len(text) > room:
        text = text[:-1]
    return text


def end_of(text: str, room: int) -> str:
    """The longest end of ``text`` that fits into ``room`` columns."""
    while cell_len(text) > room:
        text = text[1:]
    return text


def _from_word(text: str) -> str:
    """``text`` from its first whole word, where one begins soon; never from a mark whose letter is cut off."""
    text = text[text.find(" ", 0, _LEAST_CONTEXT) + 1 :]
    while text and unicodedata.category(text[0])[0] == "M":
        text = text[1:]
    return text


def _to_word(text: str) -> str:
    """``text`` to the end of its last whole word, where one ends late enough."""
    space = text.rfind(" ", max(0, len(text) - _LEAST_CONTEXT))
    return text[:space] if space >= 0 else text
