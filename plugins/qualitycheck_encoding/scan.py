"""The one pass over a text that all rules of this check share.

Clean text must cost nearly nothing. Its marks are a handful of quotes, dashes and accents, and where they hold no other
rare character there is no pass. Any other text is looked at as an array of code points, of which the rare ones are
kept: their offsets, their code points, and a few bits for each that say which rules might care.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from qualitycheck import Document
from qualitycheck.tokens import FILLER, code_points

Offsets = npt.NDArray[np.int64]
Codes = npt.NDArray[np.uint32]
Bits = npt.NDArray[np.uint8]

INVISIBLE, LOST, CYRILLIC, GREEK, HALF = 1, 2, 4, 8, 16
_BEYOND = 128  # above the basic plane, to be looked at more closely

_CHUNK = 1 << 16  # code points at a time, so that the arrays stay in the cache

# Ranges of code points that a reader cannot see, first and last. White space is not among them, nor is form feed:
# it parts the pages of old plain-text documents.
_INVISIBLE = (
    (0x00, 0x08),
    (0x0B, 0x0B),
    (0x0E, 0x1F),
    (0x7F, 0x9F),
    (0xAD, 0xAD),  # soft hyphen
    (0x034F, 0x034F),  # combining grapheme joiner
    (0x061C, 0x061C),  # Arabic letter mark
    (0x115F, 0x1160),  # Hangul fillers
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x200B, 0x200F),  # zero-width space and joiners, direction marks
    (0x202A, 0x202E),  # bidirectional embeddings and overrides
    (0x2060, 0x206F),
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),  # variation selectors
    (0xFEFF, 0xFEFF),  # byte order mark
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFFC),  # annotation marks, and the place of an object that was not copied
    (0xFFFE, 0xFFFF),
)
_TAGS_AND_SELECTORS = (0xE0000, 0xE0FFF)

# No rule starts from any of these, alone or in company of the others.
_HARMLESS = frozenset([*map(chr, range(0x20, 0x7F)), *"‘’“”–—…•£éèáíóöüñç"])


@dataclass(frozen=True, slots=True, eq=False)
class Rare:
    """The code points of a text that are not printable ASCII, line ends included, as parallel arrays.

    ``at`` holds their offsets, ``code`` the code points, ``bits`` what may be wrong with each, and ``seen`` all bits
    that occur. Empty where the text is plainly clean.
    """

    at: Offsets
    code: Codes
    bits: Bits
    seen: int

    def bounds(self, bit: int) -> tuple[Offsets, Offsets]:
        """Starts and ends, half open, of every stretch of neighbouring code points that carry ``bit``."""
        at = self.at[(self.bits & bit) != 0]
        inner = np.diff(at) == 1
        return at[np.concatenate(([True], ~inner))[: len(at)]], at[np.concatenate((~inner, [True]))[: len(at)]] + 1

    def runs(self, bit: int) -> Iterator[tuple[int, int]]:
        """The same one by one."""
        if not self.seen & bit:
            return iter(())
        starts, ends = self.bounds(bit)
        return zip(starts.tolist(), ends.tolist(), strict=True)

    def without(self, spans: Sequence[tuple[int, int]]) -> Rare:
        """The same with every bit cleared inside ``spans``, which are sorted: another rule has them."""
        if not spans or not self.seen:
            return self
        edges = np.searchsorted(self.at, np.array(spans, np.int64))
        depth = np.zeros(len(self.at) + 1, np.int64)
        np.add.at(depth, edges[:, 0], 1)
        np.add.at(depth, edges[:, 1], -1)
        bits = np.where(np.cumsum(depth[:-1]) > 0, 0, self.bits).astype(np.uint8)
        return Rare(self.at, self.code, bits, int(np.bitwise_or.reduce(bits, initial=0)))


#: What is rare in a text whose marks are harmless.
NOTHING = Rare(np.empty(0, np.int64), np.empty(0, np.uint32), np.empty(0, np.uint8), 0)


class View:
    """The prose and marks of a document without the fillers of masked markup, and the way back to its own offsets."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._kept: Offsets | None = None
        self.text, self.marks = document.prose, document.marks
        if FILLER in self.marks:
            self._kept = np.flatnonzero(code_points(self.text) != ord(FILLER))
            self.text, self.marks = self.text.replace(FILLER, ""), self.marks.replace(FILLER, "")

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span in the document's own text; a character written as an entity counts as a whole."""
        if self._kept is None:
            return start, end
        first, last = int(self._kept[start]), int(self._kept[end - 1])
        if self._document.text[last] == "&":
            while last + 1 < len(self._document) and self._document.prose[last + 1] == FILLER:
                last += 1
        return first, last + 1


def is_harmless(marks: str) -> bool:
    """Whether a text with these marks has no rare code point that any rule could care for."""
    return _HARMLESS.issuperset(marks)


def scan(text: str) -> Rare:
    """Find the rare code points of ``text``."""
    offsets, codes = [], []
    for offset in range(0, len(text), _CHUNK):
        chunk = code_points(text[offset : offset + _CHUNK])
        # One comparison for both ends of printable ASCII: what is below the space wraps round to a large number.
        at = np.flatnonzero(chunk - np.uint32(0x20) > np.uint32(0x5E))
        offsets.append(at + offset)
        codes.append(chunk[at])
    at, code = (offsets[0], codes[0]) if len(codes) == 1 else (np.concatenate(offsets), np.concatenate(codes))
    bits = _table().take(code, mode="clip")
    seen = int(np.bitwise_or.reduce(bits))
    if seen & _BEYOND:
        bits[bits == _BEYOND] = 0
        bits[(code >= _TAGS_AND_SELECTORS[0]) & (code <= _TAGS_AND_SELECTORS[1])] = INVISIBLE
        seen = int(np.bitwise_or.reduce(bits))
    return Rare(at, code, bits, seen)


@functools.cache
def _table() -> Bits:
    table = np.zeros(0x10001, np.uint8)
    table[0x10000] = _BEYOND
    for first, last in _INVISIBLE:
        table[first : last + 1] = INVISIBLE
    table[0xD800:0xE000] = LOST  # half of a pair, or a byte that could not be decoded
    table[0xFFFD] = LOST
    table[0x0400:0x0530] = CYRILLIC
    table[0x0370:0x0400] = GREEK
    table[0x1F00:0x2000] = GREEK
    table[[0xC2, 0xC3, 0xD5]] = HALF  # Â, Ã and Õ, of which mojibake leaves one without its other half
    return table
