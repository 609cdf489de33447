"""White space before punctuation, as French has it and as programs leave it that joined tokens with blanks.

One blank before a full stop is a slip, or the place of a link that was cut out. Only a habit counts: several marks of a
kind, and a good part of all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from qualitycheck import Document

# A habit: at least so many marks of a kind and this share of them, or in a short text two and most of them.
_LEAST, _SHARE = 3, 0.3
_SHORT_LEAST, _SHORT_SHARE = 2, 0.6

_SPACES = "\u0020\u00a0\u202f\u2009"
_SPACE = rf"[{_SPACES}]{{1,2}}+"
_WORD = r"(?<=[\p{L}\p{M})”’»])"
_CLOSED = r"(?=[\s\"”’'»)\]]|\Z)"


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of mark: how it looks with white space before it, and where it looks as it should.

    ``alone`` kinds make a habit; the others show one that shows elsewhere too, for they have uses in notations.
    """

    marks: str
    alone: bool
    spaced: regex.Pattern[str]
    tight: regex.Pattern[str]


def _kind(marks: str, ending: str, *, alone: bool) -> _Kind:
    tight = rf"{_WORD}[{regex.escape(marks)}]{_CLOSED}"
    return _Kind(marks, alone, regex.compile(f"{_WORD}{_SPACE}{ending}"), regex.compile(tight))


# What is not meant: an ellipsis, a decimal, the ending of a file name, a ratio, a face, an operator (“the ? operator”).
_KINDS = (
    _kind(",", rf",{_CLOSED}", alone=True),
    _kind(".", rf"\.{_CLOSED}(?!\s*+\.)", alone=True),
    _kind("!?", rf"(?!\?\?(?!\?))[!?]{{1,5}}+{_CLOSED}(?!\s++[\p{{Ll}}\p{{S}}\p{{P}}\p{{N}}])", alone=True),
    _kind(";", rf";{_CLOSED}(?!\s*+[)(;])", alone=False),
    _kind(":", rf":(?=[{_SPACES}]\p{{L}}{{2}})", alone=False),
)


def _occurs(text: str, kind: _Kind, spaces: list[str]) -> bool:
    """Whether white space stands before one of the marks anywhere: it does not in most texts."""
    for space in spaces:
        for mark in kind.marks:
            if space + mark in text:
                return True
    return False


@dataclass(frozen=True, slots=True)
class Spaced:
    """White space and the mark after it."""

    start: int
    end: int
    mark: str


def spaced_marks(document: Document) -> Iterator[Spaced]:
    """The marks with white space before them, kind by kind, where the text has the habit."""
    text = document.prose
    spaces = [space for space in _SPACES if space in text]
    habit = False
    for kind in _KINDS:
        if not (kind.alone or habit) or not _occurs(text, kind, spaces):
            continue
        # Who quotes another's habit need not have it.
        spaced = [span for match in kind.spaced.finditer(text) if not document.in_quotation(*(span := match.span()))]
        if len(spaced) < _SHORT_LEAST and kind.alone:
            continue
        share = len(spaced) / max(1, len(spaced) + sum(1 for _ in kind.tight.finditer(text)))
        if share >= (_SHARE if len(spaced) >= _LEAST else _SHORT_SHARE):
            habit = True
            yield from (Spaced(start, end, text[start:end].lstrip()) for start, end in spaced)
