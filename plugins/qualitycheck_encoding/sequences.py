"""Where a text holds what UTF-8 looks like when it is read as a one-byte encoding, found on arrays.

UTF-8 writes a character as a lead byte (C2 to F4) and one to three continuations (80 to BF). Each of these bytes has
a character of its own in every one-byte encoding. For every character one number says in which encodings it is a
lead of which length, and in which a continuation; a sequence is damage only if all its parts fit one encoding.
"""

from __future__ import annotations

import functools

import numpy as np
import numpy.typing as npt

from qualitycheck_encoding.scan import Codes, Offsets, Rare

# The encodings in which UTF-8 is misread in practice: ftfy's list, and the console of western Windows.
CODECS = (
    *("latin-1", "cp1252", "cp1251", "cp1250", "cp1253", "cp1254", "cp1257"),
    *("iso8859-2", "mac_roman", "cp437", "cp850"),
)
_WIDTH = np.uint64(len(CODECS))
_MASK = np.uint64((1 << len(CODECS)) - 1)
# The bytes that begin sequences of two, three and four, and those that continue them; each has a field in the number.
_FIELDS = ((0xC2, 0xDF), (0xE0, 0xEF), (0xF0, 0xF4), (0x80, 0xBF))
_CONTINUATION = 3
_SIZE = 0x2600  # all characters of those encodings lie below it, but for two ligatures and a logo
_LOST = 0xFFFD
_CUT_LEAD, _CUT_SECOND = 0xE2, (0x20AC, 0x201E)  # â€ and â„, of which the third part often gets lost


def runs(rare: Rare, longest: int) -> list[tuple[int, int, int]]:
    """Start, end and number of sequences of each stretch of damage, cut after about ``longest`` code points."""
    start, end = _sequences(rare)
    if not len(start):
        return []
    # What begins inside another sequence is a chance reading in another encoding.
    reached = np.concatenate(([0], np.maximum.accumulate(end)[:-1]))
    start, end, reached = start[start >= reached], end[start >= reached], reached[start >= reached]
    # A new stretch begins where a sequence does not touch the one before, and inside a long one at regular intervals.
    begins = start > reached
    begins[0] = True
    origin = start[np.flatnonzero(begins)[np.cumsum(begins) - 1]]
    part = (start - origin) // longest
    begins[1:] |= part[1:] != part[:-1]
    first = np.flatnonzero(begins)
    counts = np.diff(np.concatenate((first, [len(start)])))
    ends = np.maximum.reduceat(end, first)
    return list(zip(start[first].tolist(), ends.tolist(), counts.tolist(), strict=True))


def _sequences(rare: Rare) -> tuple[Offsets, Offsets]:
    at, code = rare.at, rare.code
    count = len(at)
    if not _possible(at, code):
        return at[:0], at[:0]
    fields = _table().take(code, mode="clip")
    continuation = np.zeros(count + 3, np.uint64)
    continuation[:count] = fields >> (_WIDTH * np.uint64(_CONTINUATION))
    place = np.full(count + 3, -1, np.int64)
    place[:count] = at
    lost = np.zeros(count + 3, bool)
    lost[:count] = code == _LOST

    length = np.zeros(count, np.int64)
    follow = np.full(count, _MASK)
    for parts in (1, 2, 3):
        here = slice(parts, parts + count)
        fits = np.where(lost[here], _MASK if parts > 1 else np.uint64(0), continuation[here])
        follow = np.where(place[here] == at + parts, follow & fits, np.uint64(0))
        lead = (fields >> (_WIDTH * np.uint64(parts - 1))) & _MASK
        length[(lead & follow) != 0] = parts + 1
        if parts == 1 and not follow.any():
            break
    cut = (length[:-1] == 0) & (code[:-1] == _CUT_LEAD) & np.isin(code[1:], _CUT_SECOND) & (np.diff(at) == 1)
    length[:-1][cut] = 2
    found = np.flatnonzero(length)
    return at[found], at[found] + length[found]


def _possible(at: Offsets, code: Codes) -> bool:
    """Whether any two neighbours are a lead and a continuation in one encoding: in clean text hardly ever."""
    pairs = np.flatnonzero(at[1:] - at[:-1] == 1)
    if not len(pairs):
        return False
    lead = _table().take(code[pairs], mode="clip")
    lead |= (lead >> _WIDTH) | (lead >> (_WIDTH + _WIDTH))
    continuation = _table().take(code[pairs + 1], mode="clip") >> (_WIDTH * np.uint64(_CONTINUATION))
    return bool((lead & continuation & _MASK).any())


@functools.cache
def _table() -> npt.NDArray[np.uint64]:
    table = np.zeros(_SIZE, np.uint64)
    for index, codec in enumerate(CODECS):
        for byte in range(0x80, 0xF5):
            # Bytes that an encoding leaves open are passed through by most programs, as ftfy's sloppy codecs do.
            character = bytes([byte]).decode(codec, "replace")
            code = byte if character == chr(_LOST) else ord(character)
            if code >= _SIZE:
                continue
            field = next((place for place, (low, high) in enumerate(_FIELDS) if low <= byte <= high), None)
            if field is not None:
                table[code] |= np.uint64(1 << (field * len(CODECS) + index))
    return table
