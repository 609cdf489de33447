"""Whether a text is technical: about code, templates or notation, where braces and placeholders belong.

Counted are shapes that running prose does not have (calls, operators, names_with_underscores, markup) and the words of
people who write about such things. Of human prose in thirteen genres half has none in 1,000 words (public health: .7)
and nine documents of ten have at most 5; specifications and programming guides have a median of 18.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

#: How many code points are looked at, around the place in question.
SAMPLE = 10_000
_LEAST = 3
_RATE = 6.0 / 1000  # signs a word

_SIGN = regex.compile(
    r"""
    \b\p{L}\w*+\(\) | \b[a-z][a-z0-9]*+_\w++ | \b[a-z]{2,20}+[A-Z][a-z]++\b | \w\.\w++\( | [\w\])]\[\w*+\]
    | \b0x[0-9a-f] | :: | -> | => | == | != | && | \+= | := | </?[a-z] | /> | ;[ \t]*+\n | \#! | \$\p{L}
    | \$\$ | \\[a-zA-Z]{2} | \w\(["'&] | \w\ =\ ["'\w] | (?<=\s)--?[a-z][\w-]++ | \{[^{}\n:;=\\<>"]{0,80}+[:;=\\<>"]
    | \b(?:JSON|YAML|XML|HTML|CSS|API|SQL|LaTeX|regexp?|regular\ expressions?|syntax|parser|compiler|stdin|stdout
        |namespace|boolean|plugin|config|refactor\w*+|metadata|filename|placeholders?|templates?|identifiers?|tokens?
        |variables?|strings?|parameters?|delimiters?|escap(?:e|ed|ing)\ (?:sequences?|characters?)|macro|bytecode
        |runtime|curly\ brac\w++|spintax|merge\ (?:field|tag)s?)\b
    """,
    regex.VERBOSE,
)
_ABOUT = regex.compile(
    r"(?i)\b(?:placeholders?|templates?|templating|variables?|syntax|curly|braces?|brackets?|spintax|mail[ -]?merge"
    r"|merge (?:field|tag)s?|format strings?|tokens?|wildcards?|macros?|delimiters?|(?:dummy|filler) text|notation"
    r"|phonemes?)\b"
)


def is_technical(text: str, place: int) -> bool:
    """Whether the text around ``place`` is code, or about code."""
    sample = text[max(0, place - SAMPLE // 2) : place + SAMPLE // 2]
    signs = sum(1 for _ in _SIGN.finditer(sample))
    return signs >= _LEAST and signs >= _RATE * (sample.count(" ") + sample.count("\n") + 1)


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
