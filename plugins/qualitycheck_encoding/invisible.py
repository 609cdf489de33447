"""ENC003 and ENC006: characters that a reader cannot see.

Each of them has a job somewhere: joiners in Persian, Indic scripts and emoji, direction marks next to Arabic and
Hebrew, hyphenation hints inside long words, selectors after symbols. What is found here stands where it has none.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from qualitycheck_encoding.scan import INVISIBLE, Rare

_SOFT_HYPHEN, _JOINER, _BYTE_ORDER_MARK, _END_OF_FILE = 0xAD, 0x200D, 0xFEFF, 0x1A
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
_ESCAPE_SEQUENCE = regex.compile(r"\x1b\[[0-9;]{0,20}[A-Za-z]")
_LONGEST_MESSAGE = 60

# What control characters were before a program cut them short: U+2019 keeps its lower byte, 19.
_CUT_SHORT = {chr(code): chr(0x2000 + code) for code in (0x13, 0x14, 0x18, 0x19, 0x1C, 0x1D)} | {"\x0b": "\n"}


@dataclass(frozen=True, slots=True)
class Invisible:
    """A run of characters that cannot be seen; ``visible`` is what should stand in its place, often nothing."""

    start: int
    end: int
    visible: str
    message: str
    override: bool


def find(text: str, rare: Rare) -> Iterator[Invisible]:
    """The runs of invisible characters in ``text`` that have no business where they stand."""
    for start, end in rare.runs(INVISIBLE):
        while start < end and _legitimate(text, start, end):
            start += 1
        while start < end and _legitimate(text, end - 1, end):
            end -= 1
        if start == end:
            continue
        escape = _ESCAPE_SEQUENCE.match(text, end - 1)
        if escape:
            end = escape.end()
        run = text[start:end]
        codes = [ord(character) for character in run]
        yield Invisible(start, end, _visible(run), _message(run, codes), not _OVERRIDES.isdisjoint(codes))


def _legitimate(text: str, at: int, end: int) -> bool:
    """Whether the invisible character at ``at`` does its job there; ``end`` is where its run ends."""
    code = ord(text[at])
    before, after = text[at - 1] if at else "", text[at + 1] if at + 1 < len(text) else ""
    if code == _BYTE_ORDER_MARK:
        return at == 0
    if code == _END_OF_FILE:
        return at + 1 == len(text)
    if code == _SOFT_HYPHEN:
        return before.isalpha() and after.isalpha()
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
    return code >= 0xA0 and (_shaped(before) or _shaped(after))


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


def _visible(run: str) -> str:
    """What should stand there: the printed character that a control character once was, or nothing."""
    kept = []
    for character in run:
        if "\x80" <= character <= "\x9f":
            character = character.encode("latin-1").decode("cp1252", "replace")
            kept.append(character if character != "\ufffd" else "")
        else:
            kept.append(_CUT_SHORT.get(character, ""))
    return "".join(kept)


def _message(run: str, codes: list[int]) -> str:
    hidden = "".join(chr(code - 0xE0000) for code in codes if code in _TAGS)
    if hidden:
        more = "…" if len(hidden) > _LONGEST_MESSAGE else ""
        return f"tag characters hide the text “{hidden[:_LONGEST_MESSAGE]}{more}”"
    if not _OVERRIDES.isdisjoint(codes):
        override = next(character for character in run if ord(character) in _OVERRIDES)
        return f"{_name(override)} shows the text after it in another order than it is stored"
    if _visible(run).strip():
        return f"{_name(run[0])} stands in place of a printed character"
    many = f" and {len(run) - 1} more" if len(run) > 1 and run[0] != "\x1b" else ""
    return f"{_name(run[0])}{many}: a reader cannot see it"


def _name(character: str) -> str:
    return f"U+{ord(character):04X} {unicodedata.name(character, 'control character')}"
