"""Places in a document as a client counts them: lines from 0, and in a line code units of the encoding agreed on.

pygls has this too, but ends lines where the protocol does not (at U+2028, or a form feed), and goes through a line for
each place; here the units are added up once for all places of a text.
"""

from __future__ import annotations

import numpy as np
from lsprotocol import types

from qualitycheck.document import Document
from qualitycheck.tokens import code_points

#: From which code point on a character takes one unit more.
_LONGER = {"utf-8": (0x80, 0x800, 0x10000), "utf-16": (0x10000,), "utf-32": ()}


class Positions:
    """Offsets of a document as positions, and the other way round; ``encoding`` is utf-8, utf-16 or utf-32."""

    def __init__(self, document: Document, encoding: str) -> None:
        self._document = document
        codes = code_points(document.text)
        width = np.ones(len(codes), np.int64)
        for least in _LONGER[encoding]:
            width += codes >= least
        #: Units before each offset.
        self._units = np.concatenate([np.zeros(1, np.int64), np.cumsum(width)])

    def position(self, offset: int) -> types.Position:
        """The position of an offset."""
        line, column = self._document.position(offset)
        return types.Position(line - 1, int(self._units[offset] - self._units[offset - column + 1]))

    def range(self, start: int, end: int) -> types.Range:
        """The range of a span."""
        return types.Range(self.position(start), self.position(end))

    def offset(self, position: types.Position) -> int:
        """The offset of a position: the end of its line where it lies behind it, the last line's where that does."""
        line = min(max(position.line, 0) + 1, len(self._document.line_starts))
        start, end = self._document.line_span(line)
        if position.line >= len(self._document.line_starts):
            return end
        wanted = self._units[start] + max(position.character, 0)
        return min(int(np.searchsorted(self._units, wanted, side="right")) - 1, end)
