"""Sentences that a translation left in another language.

Foreign words have many good reasons to stand in a text: a quotation, a name, a title, a source, a line of verse, a
phrase with its meaning in brackets after it. So only whole sentences of running prose count, and only where most of the
text is in its own language.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import regex

from qualitycheck import Document
from qualitycheck.tokens import LOWER, WORD

# Above this share of foreign words a text is of two languages, and no translation with gaps.
_MOST = 0.2
# A title is in capitals, and a sentence is not.
_LEAST_LOWER = 0.6

_BEFORE = regex.compile(r"(?:\A|[.!?…]\s++|(?<!:[^\S\n]*)\n\s*+)\Z")
_AFTER = regex.compile(r"[.!?…。！？؟]{0,3}+(?:\Z|\s)")
_GLOSS = regex.compile(r"\s{0,3}+[(\[“\"‘«„—–=]")
_APART = regex.compile(r"[\"“”„«»‘(\[\]){}@#/_=+|]|\bet al\b|\d{3}")
# A posting, or a list of sources.
_SOURCE = regex.compile(r"[@#]\w|https?:|www\.|\b(?:t\.co|pic\.twitter)\b|\b[12]\d{3}[a-z]?[).]")
_NEAR = 100  # code points that are looked at on either side
_VERSE = 60  # code points of a line that may be one of verse


@dataclass(frozen=True, slots=True)
class Untranslated:
    """Where the sentences stand, and the code of their language."""

    start: int
    end: int
    language: str


def untranslated_segments(document: Document) -> Iterator[Untranslated]:
    """The foreign sentences of a text, in order of place."""
    passages = document.foreign_passages
    if not passages or sum(each.words for each in passages) > _MOST * document.words:
        return
    for passage in passages:
        if _is_sentence(document, passage.start, passage.end):
            yield Untranslated(passage.start, passage.end, passage.language)


def _is_sentence(document: Document, start: int, end: int) -> bool:
    text = document.prose
    shown = text[start:end]
    if _APART.search(shown) or document.in_quotation(start, end) or not _is_prose(document, start, end):
        return False
    before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    if _SOURCE.search(before) or _SOURCE.search(after):
        return False
    closed = _AFTER.match(after) if shown[-1] not in ".!?…" else regex.match(r"\s|\Z", after)
    return bool(_BEFORE.search(before) and closed and not _GLOSS.match(after) and not _is_verse(document, start, end))


def _is_prose(document: Document, start: int, end: int) -> bool:
    """Whether most words are in small letters, as those of a title, a list of names or a heading are not."""
    tokens = document.tokens
    part = tokens.part(*np.searchsorted(tokens.start, [start, end]).tolist())
    words = part.kind == WORD
    return int(np.count_nonzero(words & (part.shape == LOWER))) >= _LEAST_LOWER * int(np.count_nonzero(words))


def _is_verse(document: Document, start: int, end: int) -> bool:
    """Whether it is a short line beside another: of a song, a menu, a list."""
    first, last = document.position(start)[0], document.position(end)[0]
    for line in range(first, last + 1):
        low, high = document.line_span(line)
        if high - low < _VERSE and (first != last or _is_short(document, line - 1) or _is_short(document, line + 1)):
            return True
    return False


def _is_short(document: Document, line: int) -> bool:
    if not 1 <= line <= len(document.line_starts):
        return False
    low, high = document.line_span(line)
    return 0 < len(document.prose[low:high].strip()) < _VERSE
