"""Whether a text is technical: about code, templates or notation, where braces and placeholders belong.

Counted are shapes that running prose does not have (calls, operators, names_with_underscores, markup) and the words of
people who write about such things. Of human prose in thirteen genres half has none in 1,000 words (public health: .7)
and nine documents of ten have at most 5; specifications and programming guides have a median of 18.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import islice

import regex

#: How many code points are looked at, around the place in question.
SAMPLE = 10_000
_LEAST = 3
_RATE = 6.0 / 1000  # signs a word

_SIGNS = tuple(
    regex.compile(sign)
    for sign in (
        r"\b\p{L}\w*+\(\)", r"\b[a-z][a-z0-9]*+_\w++", r"\b[a-z]{2,20}+[A-Z][a-z]++\b", r"\w\.\w++\(",
        r"[\w\])]\[\w*+\]", r"\b0x[0-9a-f]", "::", "->", "=>", "==", "!=", "&&", r"\+=", ":=", r"</?[a-z]", "/>",
        r";[ \t]*+\n", r"\#!", r"\$\p{L}", r"\$\$", r"\\[a-zA-Z]{2}", r"\w\([\"'&]", r"\w = [\"'\w]",
        r"(?<=\s)--?[a-z][\w-]++", r"\{[^{}\n:;=\\<>\"]{0,80}+[:;=\\<>\"]",
        r"\b(?:JSON|YAML|XML|HTML|CSS|API|SQL|LaTeX|regexp?|regular expressions?|syntax|parser|compiler|stdin|stdout"
        r"|namespace|boolean|plugin|config|refactor\w*+|metadata|filename|placeholders?|templates?|identifiers?|tokens?"
        r"|variables?|strings?|parameters?|delimiters?|escap(?:e|ed|ing) (?:sequences?|characters?)|macro|bytecode"
        r"|runtime|curly brac\w++|spintax|merge (?:field|tag)s?)\b",
    )
)  # fmt: skip
_ANY_SIGN = regex.compile("|".join(sign.pattern for sign in _SIGNS))
_ABOUT = regex.compile(
    r"(?i)\b(?:placeholders?|templates?|templating|variables?|syntax|curly|braces?|brackets?|spintax|mail[ -]?merge"
    r"|merge (?:field|tag)s?|format strings?|tokens?|wildcards?|macros?|delimiters?|(?:dummy|filler) text|notation"
    r"|phonemes?)\b"
)


def is_technical(text: str, place: int) -> bool:
    """Whether the text around ``place`` is code, or about code."""
    sample = text[max(0, place - SAMPLE // 2) : place + SAMPLE // 2]
    least = max(_LEAST, math.ceil(_RATE * (sample.count(" ") + sample.count("\n") + 1)))
    # Where signs overlap the first counts. To look for one after the other takes a quarter of the time, and settles it
    # where even all together are too few.
    if sum(_count(sign.finditer(sample, overlapped=True)) for sign in _SIGNS) < least:
        return False
    return _count(islice(_ANY_SIGN.finditer(sample), least)) == least


def _count(matches: Iterable[object]) -> int:
    return sum(1 for _ in matches)


def blanked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """``text`` with ``spans``, which are sorted and apart, blanked: damage tells nothing about the text round it."""
    parts: list[str] = []
    last = 0
    for start, end in spans:
        parts += [text[last:start], " " * (end - start)]
        last = end
    return "".join([*parts, text[last:]])


def is_about_notation(text: str, start: int, end: int) -> bool:
    """Whether the words around a span talk about placeholders, templates or brackets."""
    return _ABOUT.search(text, max(0, start - 300), min(len(text), end + 300)) is not None
