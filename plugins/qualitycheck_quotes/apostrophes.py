"""Apostrophes that are no apostrophes: ``Trump‘s``, ``don`t``, ``it´s``.

An opening quotation mark within a word is mostly a letter of another alphabet (Hawai‘i, Sa‘ud, Qur‘an), so only
places where English can have nothing but an apostrophe count: before the endings of contractions and possessives, and
after the s of a plural.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from qualitycheck.tokens import FILLER

#: What stands for an apostrophe.
MARKS = "‘‛`´′"
_MARK = re.compile(f"[{MARKS}]")
_BASE = regex.compile(r"[\p{L}\p{M}\p{N}]++\Z")
_ENDING = regex.compile(rf"{FILLER}*+((?i:s|t|re|ve|ll|d|m))(?![\p{{L}}\p{{M}}\p{{N}}‘’‛`´′ʻ'])")
_NEXT_WORD = regex.compile(rf"{FILLER}*+ \p{{L}}")
_SINGLE_OPENING = regex.compile(r"(?<![\p{L}\p{N}])[‘‚'`´‛]")
_OTHER_ALPHABET = regex.compile(r"\p{L}[‘ʻ](?!(?i:s|t|re|ve|ll|d|m)\b)\p{L}")
_OUTER_BACKTICK = regex.compile(r"(?<!\p{L})`|`(?!\p{L})")
_NEAR = 300  # code points of a line that are looked at
_LONGEST = 40  # code points of a word that are looked at

_NEGATED = regex.compile(
    r"(?i)(?:do|wo|ca|is|are|was|were|has|have|had|does|did|could|would|should|must|need|might|ai|sha|dare|ought)n"
)
_SUBJECT = regex.compile(
    r"(?i)i|you|he|she|it|we|they|who|that|this|there|here|what|where|how|when|why|(?:c|w|sh)ould|might|must"
)


@dataclass(frozen=True, slots=True)
class Apostrophe:
    """A mark that should be ``’``: its place, the word it stands in, and the probability that it is wrong."""

    place: int
    word: str
    confidence: float


def wrong_apostrophes(text: str) -> Iterator[Apostrophe]:
    """The marks of ``text`` that stand for an apostrophe, in order of place."""
    has_other_alphabet = functools.cache(lambda: _OTHER_ALPHABET.search(text) is not None)
    for match in _MARK.finditer(text):
        place, mark = match.start(), match.group()
        found = _BASE.search(text[max(0, place - _LONGEST) : place].replace(FILLER, ""))
        if found is None:
            continue
        base = found.group()
        ending = _ENDING.match(text, place + 1)
        if ending is not None:
            # A vowel stands before most ‘ayns and ʻokinas: where a text has such words, its names in -‘s are some too.
            foreign = mark == "‘" and base[-1].casefold() in "aeiouāīū" and has_other_alphabet()
            right = foreign or not _fits(base, ending.group(1).casefold(), mark)
        else:
            right = not (base.endswith("s") and len(base) > 3 and mark not in "′`" and _is_plural(text, place))
        if not right and not (mark == "`" and _is_code(text, place)):
            confidence = 0.98 if ending is not None and mark != "′" else 0.9
            yield Apostrophe(place, base + mark + (ending.group(1) if ending is not None else ""), confidence)


def _fits(base: str, ending: str, mark: str) -> bool:
    """Whether ``base`` takes ``ending`` after an apostrophe."""
    if ending == "t":
        return _NEGATED.fullmatch(base) is not None
    if ending == "s":
        # A prime after a number or a single letter measures or derives.
        return mark != "′" or (len(base) > 2 and base.isalpha())
    return _SUBJECT.fullmatch(base) is not None


def _is_code(text: str, place: int) -> bool:
    """Whether the line has a backtick near by that does not stand within a word: then they enclose code."""
    return _OUTER_BACKTICK.search(_line(text, place, _NEAR)) is not None


def _is_plural(text: str, place: int) -> bool:
    """Whether a word follows, and no quotation in single marks is open that the mark could close."""
    return _NEXT_WORD.match(text, place + 1) is not None and _SINGLE_OPENING.search(_line(text, place, 0)) is None


def _line(text: str, place: int, after: int) -> str:
    """The line of ``place``, no more than a little before it and ``after`` code points after it."""
    start = max(text.rfind("\n", 0, place) + 1, place - _NEAR)
    return text[start : place + after].split("\n", 1)[0]
