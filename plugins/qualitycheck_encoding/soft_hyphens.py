"""ENC008: soft hyphens, which allow a word to be parted at the end of a line and show nowhere else.

In a web page they are a hint to the browser. In plain text they are left over from one, or from the lines of a printed
page, and part the word for every program that reads it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

_SOFT_HYPHEN = "\u00ad"
_HINTS = regex.compile(r"[\p{L}\p{M}]{1,60}+(?:\u00ad{1,8}+[\p{L}\p{M}]{1,60}+){1,20}+")
_GAP = regex.compile(r"(?:[ \t]{0,4}+\r?\n[ \t]{0,40}+|[ \t]{1,2}+)(?=\p{Ll})")


@dataclass(frozen=True, slots=True)
class SoftHyphen:
    """A word with soft hyphens in it, or soft hyphens beside no word; ``whole`` is what should stand there."""

    start: int
    end: int
    whole: str
    message: str


def find(text: str, *, plain: bool) -> Iterator[SoftHyphen]:
    """The soft hyphens of ``text``; hints inside words only where it is ``plain`` and not a page with markup."""
    at = text.find(_SOFT_HYPHEN)
    while at >= 0:
        word = _word(text, at)
        if word is not None:
            if plain:
                whole = word[0].replace(_SOFT_HYPHEN, "")
                yield SoftHyphen(*word.span(), whole, "soft hyphens part this word for a program that reads it")
            end = word.end()
        else:
            end = at + 1
            while text[end : end + 1] == _SOFT_HYPHEN:
                end += 1
            gap = _GAP.match(text, end) if text[at - 1 : at].isalpha() else None
            end = gap.end() if gap else end
            yield SoftHyphen(at, end, "", "a soft hyphen is left over from the end of a line")
        at = text.find(_SOFT_HYPHEN, end)


def _word(text: str, at: int) -> regex.Match[str] | None:
    """The word around a soft hyphen that stands between two letters."""
    start = at
    while start and at - start < 60 and text[start - 1].isalpha():
        start -= 1
    match = _HINTS.match(text, start)
    return match if match is not None and match.end() > at else None
