"""A mask over a text: what is not prose is blanked, code point for code point.

Blanks are of three kinds, because checks look at what stands beside a word. Between blocks there is white space with
line breaks in it, so that a heading does not run into the paragraph below. Markup within a sentence (emphasis, links,
spans) has no width: beside a space it is one more space, and between two visible characters it is FILLER, which joins
them, so that ``**Note**:`` does not become ``Note  :``. And where a sentence holds a thing that is not prose (inline
code, a picture, a URL), OBJECT stands for it: with nothing there, ``from `a` to `b` to`` would read “from to to”.
"""

from __future__ import annotations

import re

from qualitycheck.tokens import FILLER, OBJECT

_NO_LINE_END = re.compile(r"[^\r\n]+")
_CONTROLS = str.maketrans("\t\n\v\f\r\x85\u2028\u2029" + FILLER + OBJECT, " " * 10)
_PARTS = 1 << 13  # pieces that are held before they are joined: a string costs more than the few characters in it


class Mask:
    """Goes once through ``text`` from its start; each method deals with what stands before offset ``end``.

    An ``end`` that has been passed already is no error and does nothing.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self._parts: list[str] = []
        self._joined: list[str] = []
        self._last = " "
        self._markup: int | None = None

    def keep(self, end: int) -> None:
        """It is prose."""
        if end > self.at:
            self._meet(self.text[self.at])
            self._put(self.text[self.at : end], end)

    def take(self, end: int, masked: str) -> None:
        """Another reader has masked it; ``masked`` is as long as what it stands for."""
        if end > self.at:
            self._meet(masked[0])
            self._put(masked, end)

    def blank(self, end: int) -> None:
        """It is not there, and parts what stands around it."""
        if end > self.at:
            self._meet(" ")
            self._put(_fill(self.text[self.at : end], " "), end)

    def split(self, end: int, line_ends: int = 2) -> None:
        """It is not there, and ends a block: as far as it has room, with this many line ends of its own."""
        if end > self.at:
            self._meet(" ")
            self._put(_fill(self.text[self.at : end], " ").replace(" ", "\n", line_ends), end)

    def join(self, end: int) -> None:
        """It is markup of no width."""
        if end > self.at:
            if self._markup is None:
                self._markup = self.at
            self.at = end

    def object(self, end: int) -> None:
        """It is a thing that is part of a sentence, but not prose."""
        if end > self.at:
            self._meet(OBJECT)
            self._put(_fill(self.text[self.at : end], FILLER).replace(FILLER, OBJECT, 1), end)

    def decode(self, end: int, characters: str) -> None:
        """It stands for ``characters``, of which as many are put as fit."""
        characters = characters.translate(_CONTROLS)[: end - self.at]
        if not characters:
            self.join(end)
        elif end > self.at:
            self._meet(characters[0])
            self._put(characters.ljust(end - self.at, FILLER), end)
            self._last = characters[-1]

    def prose(self) -> str:
        """The masked text; what has not been dealt with is blanked."""
        self.blank(len(self.text))
        self._meet(" ")
        return "".join([*self._joined, *self._parts])

    def _meet(self, character: str) -> None:
        """Settle the markup before this visible character."""
        if self._markup is not None:
            apart = self._last.isspace() or character.isspace()
            self._parts.append(_fill(self.text[self._markup : self.at], " " if apart else FILLER))
            self._markup = None

    def _put(self, characters: str, end: int) -> None:
        self._parts.append(characters)
        self._last = characters[-1]
        self.at = end
        if len(self._parts) >= _PARTS:
            self._joined.append("".join(self._parts))
            self._parts.clear()


def _fill(text: str, character: str) -> str:
    """``character`` for each code point of ``text`` but its line ends."""
    if "\n" not in text and "\r" not in text:
        return character * len(text)
    return _NO_LINE_END.sub(lambda match: character * (match.end() - match.start()), text)
