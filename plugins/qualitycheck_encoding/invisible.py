"""ENC003 and ENC006: characters that a reader cannot see.

Each of them has a job somewhere: joiners in Persian, Indic scripts and emoji, direction marks next to Arabic and
Hebrew, selectors after symbols. What is found here stands where it has none. Control characters and soft hyphens are
others' business.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from qualitycheck_encoding.scan import INVISIBLE, Rare

_NON_JOINER, _JOINER, _BYTE_ORDER_MARK = 0x200C, 0x200D, 0xFEFF
_FIRST = 0xAE  # below are control characters and the soft hyphen
_OVERRIDES = frozenset((0x202D, 0x202E))
_DIRECTION = frozenset((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_SELECTORS = range(0xFE00, 0xFE10)
_TAGS = range(0xE0020, 0xE0080)
_BLACK_FLAG = "\U0001f3f4"  # tags after it spell the flag of a region

# Scripts whose letters change with their neighbours, or that are written without spaces: joiners and zero-width
# spaces are part of their spelling.
_SHAPED = (
    (0x0590, 0x109F),
    (0x1100, 0x11FF),
    (0x1700, 0x1CFF),
    (0x3130, 0x318F),
    (0xA800, 0xAB2F),
    (0xABC0, 0xD7FF),
    (0xFB1D, 0xFDFF),
    (0xFE70, 0xFEFE),
    (0x10A00, 0x11FFF),
    (0x1E900, 0x1E95F),
)
_NEAR = 80  # how far from right-to-left text a direction mark may stand
_RIGHT_TO_LEFT = regex.compile(r"(?![\u200F\u061C])[\p{Bidi_Class=R}\p{Bidi_Class=AL}]")
_LIGATED = frozenset("fijltbhk")  # German parts what a ligature would join: “Auf|lage”
_LONGEST_MESSAGE = 60


@dataclass(frozen=True, slots=True)
class Invisible:
    """A run of characters that cannot be seen, and that nothing should stand in place of."""

    start: int
    end: int
    message: str
    override: bool


def find(text: str, rare: Rare) -> Iterator[Invisible]:
    """The runs of invisible characters in ``text`` that have no business where they stand."""
    for first, last in rare.runs(INVISIBLE):
        for start, end in _seen_by_nobody(text, first, last):
            while start < end and _legitimate(text, start, end):
                start += 1
            while start < end and _legitimate(text, end - 1, end):
                end -= 1
            if start < end:
                codes = [ord(character) for character in text[start:end]]
                overrides = not _OVERRIDES.isdisjoint(codes)
                yield Invisible(start, end, _message(text[start:end], codes), overrides)


def _seen_by_nobody(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """The stretches of a run that are neither control characters nor soft hyphens."""
    start = first
    for at in range(first, last + 1):
        if at == last or ord(text[at]) < _FIRST:
            if start < at:
                yield start, at
            start = at + 1


def _legitimate(text: str, at: int, end: int) -> bool:
    """Whether the invisible character at ``at`` does its job there; ``end`` is where its run ends."""
    code = ord(text[at])
    before, after = text[at - 1] if at else "", text[at + 1] if at + 1 < len(text) else ""
    if code == _BYTE_ORDER_MARK:
        return at == 0
    if code == _NON_JOINER and before == "f" and after in _LIGATED:
        return True
    if code in _SELECTORS or code >= 0xE0100:
        return bool(before) and not before.isspace() and _selectable(before)
    if code in _TAGS:
        return _BLACK_FLAG in text[max(0, at - 8) : at]
    if code in _DIRECTION:
        return _RIGHT_TO_LEFT.search(text, max(0, at - _NEAR), at + _NEAR) is not None
    if code == _JOINER and _emoji(before) and _emoji(text[end : end + 1]):
        return True
    if 0x2061 <= code <= 0x2064:
        return _mathematical(before) or _mathematical(after)
    return _shaped(before) or _shaped(after)


def _selectable(character: str) -> bool:
    """Whether a selector can choose among the shapes of a character: a symbol, a digit, an ideograph."""
    code = ord(character)
    return not character.isalpha() or code >= 0x2E80 or 0x1000 <= code < 0x1900 or 0x2100 <= code < 0x2200


def _emoji(character: str) -> bool:
    if not character:
        return False
    code = ord(character)
    return code >= 0x1F000 or code in (0xFE0F, 0x20E3) or 0x2100 <= code < 0x2C00


def _shaped(character: str) -> bool:
    return bool(character) and any(low <= ord(character) <= high for low, high in _SHAPED)


def _mathematical(character: str) -> bool:
    return bool(character) and (
        unicodedata.category(character) == "Sm" or character in "()" or 0x1D400 <= ord(character) < 0x1D800
    )


def _message(run: str, codes: list[int]) -> str:
    hidden = "".join(chr(code - 0xE0000) for code in codes if code in _TAGS)
    if hidden:
        more = "…" if len(hidden) > _LONGEST_MESSAGE else ""
        return f"tag characters hide the text “{hidden[:_LONGEST_MESSAGE]}{more}”"
    if not _OVERRIDES.isdisjoint(codes):
        override = next(character for character in run if ord(character) in _OVERRIDES)
        return f"{_name(override)} shows the text after it in another order than it is stored"
    many = f" and {len(run) - 1} more" if len(run) > 1 else ""
    return f"{_name(run[0])}{many}: a reader cannot see it"


def _name(character: str) -> str:
    return f"U+{ord(character):04X} {unicodedata.name(character, 'unnamed')}"
