"""White space before punctuation, as French has it and as programs leave it that joined tokens with blanks.

One blank before a full stop is a slip, or the place of a link that was cut out. Only a habit counts: several marks of a
kind, and a good part of all of them.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import regex

from qualitycheck import Document
from qualitycheck.phrases import KeySet, TokenRow
from qualitycheck.tokens import token_keys

# A habit: at least so many marks of a kind and this share of them, or of any kind two and most of them.
_LEAST, _SHARE = 3, 0.3
_SHORT_LEAST, _SHORT_SHARE = 2, 0.6
_MOST_MARKS = 5  # exclamation and question marks in a row
_FRENCH_SHARE = 0.8  # of the marks before which French has white space, where there are some of two kinds

_SPACES = "\u0020\u00a0\u202f\u2009"
_SPACE = rf"[{_SPACES}]{{1,2}}+"
_WORD = r"(?<=[\p{L}\p{M})”’»])"
_CLOSED = r"(?=[\s\"”’'»)\]]|\Z)"


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of mark: how it looks with white space before it, and where it looks as it should.

    ``alone`` kinds make a habit; the others show one that shows elsewhere too, for they have uses in notations. The
    ``french`` ones have white space before them in French.
    """

    marks: str
    alone: bool
    french: bool
    spaced: regex.Pattern[str]
    tight: regex.Pattern[str]


def _kind(marks: str, ending: str, *, alone: bool) -> _Kind:
    tight = rf"{_WORD}[{regex.escape(marks)}]{_CLOSED}"
    return _Kind(marks, alone, marks not in ",.", regex.compile(f"{_WORD}{_SPACE}{ending}"), regex.compile(tight))


# What is not meant: an ellipsis, a decimal, the ending of a file name, a ratio, a face, an operator (“the ? operator”).
_KINDS = (
    _kind(",", rf",{_CLOSED}", alone=True),
    _kind(".", rf"\.{_CLOSED}(?!\s*+\.)", alone=True),
    _kind("!?", rf"(?!\?\?(?!\?))[!?]{{1,{_MOST_MARKS}}}+{_CLOSED}(?!\s++[\p{{Ll}}\p{{S}}\p{{P}}\p{{N}}])", alone=True),
    _kind(";", rf";{_CLOSED}(?!\s*+[)(;])", alone=False),
    _kind(":", rf":(?=[{_SPACES}]\p{{L}}{{2}})", alone=False),
)


@dataclass(frozen=True, slots=True)
class Spaced:
    """White space and the mark after it."""

    start: int
    end: int
    mark: str


def marks_apart(row: TokenRow) -> Iterator[list[int]]:
    """The marks in each text of a row, as indices of tokens, that stand apart from what is before them: few."""
    marks = _marks().places(row.keys)
    return row.split(marks[(marks > 0) & (row.start[marks] > row.end[marks - 1])])


def spaced_marks(document: Document, apart: Sequence[int]) -> Iterator[Spaced]:
    """The marks with white space before them, kind by kind, where the text has the habit.

    ``apart`` are the marks that stand apart.
    """
    if len(apart) < _SHORT_LEAST:
        return
    places = document.tokens.start[apart].tolist()
    counts: dict[_Kind, _Count] = {}
    for kind in _KINDS:
        spans = _found(document, kind, places)
        if spans:
            counts[kind] = _Count(spans, len(spans) + sum(1 for _ in kind.tight.finditer(document.prose)))
    for kind in _habits(counts):
        yield from (Spaced(start, end, document.prose[start:end].lstrip()) for start, end in counts[kind].spans)


@functools.cache
def _marks() -> KeySet:
    """The tokens that a mark of any kind can open."""
    once = [mark for kind in _KINDS for mark in kind.marks]
    several = [mark * count for mark in "!?" for count in range(2, _MOST_MARKS + 1)]
    return KeySet(token_keys(once + several))


@dataclass(frozen=True, slots=True)
class _Count:
    """Where marks of a kind have white space before them, and how many there are with those that have none."""

    spans: list[tuple[int, int]]
    total: int

    def is_habit(self, least: int, share: float) -> bool:
        return len(self.spans) >= least and len(self.spans) >= share * self.total


def _habits(counts: Mapping[_Kind, _Count]) -> list[_Kind]:
    """The kinds of marks that have white space before them by habit."""
    alone = {kind: count for kind, count in counts.items() if kind.alone}
    french = {kind: count for kind, count in counts.items() if kind.french}
    if _together(alone).is_habit(_SHORT_LEAST, _SHORT_SHARE):
        return list(counts)
    if len(french) > 1 and _together(french).is_habit(_LEAST, _FRENCH_SHARE):
        return list(french)
    own = [kind for kind, count in alone.items() if count.is_habit(_LEAST, _SHARE)]
    return own + [kind for kind in counts if not kind.alone] if own else []


def _together(counts: Mapping[_Kind, _Count]) -> _Count:
    spans = [span for count in counts.values() for span in count.spans]
    return _Count(spans, sum(count.total for count in counts.values()))


def _found(document: Document, kind: _Kind, places: Sequence[int]) -> list[tuple[int, int]]:
    """Where marks of a kind have white space before them; who quotes another's habit need not have it."""
    text = document.prose
    found = []
    for place in places:
        if text[place] in kind.marks:
            match = kind.spaced.match(text, max(0, place - 2)) or kind.spaced.match(text, max(0, place - 1))
            if match is not None and not (_is_markup(document, *match.span()) or document.in_quotation(*match.span())):
                found.append(match.span())
    return found


def _is_markup(document: Document, start: int, end: int) -> bool:
    """Whether what looks like white space stands for markup in the file."""
    return document.text[start:end] != document.prose[start:end]
