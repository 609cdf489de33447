"""Which marks end a sentence, close a quotation or open an item of a list."""

from __future__ import annotations

import functools

import numpy as np
import numpy.typing as npt
import regex

from qualitycheck.tokens import Codes

_SIZE = 0x3100

#: What Gopher's filters of five projects take for bullets, all together. A dash may be one where a space follows it.
BULLETS = "•‣▶◀◦■□▪▫⁃⁌⁍∙○●◘⦾⦿*-–"
ELLIPSIS = "…"
#: What ends a line as it should though it ends no sentence.
_INTRODUCING = ":;："
_QUOTES = "\"'`´＂＇"


class Marks:
    """A set of characters, asked about for many code points at once."""

    def __init__(self, characters: str) -> None:
        codes = np.array(sorted({ord(character) for character in characters}), np.uint32)
        self._common = np.zeros(_SIZE + 1, bool)  # the last entry stands for all that are rare
        self._common[codes[codes < _SIZE]] = True
        self._rare = codes[codes >= _SIZE]

    def __contains__(self, character: str) -> bool:
        return bool(self.among(np.array([ord(character)], np.uint32))[0])

    def among(self, codes: Codes) -> npt.NDArray[np.bool_]:
        """Which of the code points are in the set."""
        found = self._common[np.minimum(codes, _SIZE)]
        rare = np.flatnonzero(codes >= _SIZE)
        if len(rare):
            found[rare] = np.isin(codes[rare], self._rare)
        return found


@functools.cache
def bullets() -> Marks:
    """What may open an item of a list."""
    return Marks(BULLETS)


@functools.cache
def enders() -> Marks:
    """What ends a sentence in any script (Unicode's Sentence_Terminal)."""
    return Marks(_all(r"\p{Sentence_Terminal}"))


@functools.cache
def line_enders() -> Marks:
    """What ends a line as it should: also an ellipsis, a colon and a semicolon."""
    return Marks(_all(r"\p{Sentence_Terminal}") + ELLIPSIS + _INTRODUCING)


@functools.cache
def quotes() -> Marks:
    """Quotation marks of any shape."""
    return Marks(_all(r"[\p{Pi}\p{Pf}]") + _QUOTES + "„‚「」『』〝〞〟")


@functools.cache
def closers() -> Marks:
    """What may follow the mark at the end of a line: quotation marks, closing brackets, and what marks a note."""
    return Marks(_all(r"[\p{Pi}\p{Pf}\p{Pe}]") + _QUOTES + "*†‡_")


def _all(pattern: str) -> str:
    """The characters that a pattern is for."""
    return "".join(regex.findall(pattern, _everything()))


@functools.cache
def _everything() -> str:
    """All characters of the planes that have marks."""
    return "".join(map(chr, [*range(0xD800), *range(0xE000, 0x20000)]))
