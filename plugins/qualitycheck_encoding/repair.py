"""What stood in the place of damaged words: ftfy's judgement, and the little that has to be added to it.

Only the repair of encodings is asked of ftfy. Its other repairs (straight quotes, ligatures, widths, line ends) are
changes of taste, which nobody asked for.
"""

from __future__ import annotations

import functools
import unicodedata
from dataclasses import dataclass

import regex

_SHORTEST_ROW = 4  # so many damaged words in a row are judged together

_UTF8_STEPS = {("decode", "utf-8"), ("decode", "utf-8-variants"), ("apply", "decode_inconsistent_utf8")}
_WINDOWS = "sloppy-windows-1252"

# The third character of a dash is a curly quote, which programs that straighten quotes make a straight one.
_STRAIGHTENED_DASH = regex.compile(r'â€"')
# Bytes that Windows-1252 has no character for are dropped by many programs, or become a question mark: the last of
# the three of a closing quote is one. The last of the service mark's three is a no-break space, often trimmed.
_CUT_QUOTE = regex.compile(r"â€(?:[?\uFFFD]|(?=[\s!-/:-@\[-`{-~]|$)|(?<=[.,!?]â€)(?=\d))")
_CUT_SERVICE_MARK = regex.compile(r"â„(?=[\s!-/:-@\[-`{-~]|$)")
_CUT = regex.compile(r"â[€„](?![^\x00-\x7F])")

# What ftfy does not know: quotes and dashes from a western Windows console.
_CONSOLE = regex.compile(r"[ΓÔ]Ç")
_CONSOLE_CODECS = ("cp437", "cp850")

# Letters that hardly any text needs: a short word that would turn into nothing but these was not damaged.
_UNLIKELY = (
    *((0x0180, 0x0191), (0x0193, 0x01CC), (0x01DD, 0x0217), (0x021C, 0x0258), (0x025A, 0x02BA), (0x02BD, 0x02C5)),
    *((0x02C7, 0x02D9), (0x02DB, 0x02DB), (0x02DD, 0x02FF), (0x030D, 0x0322), (0x0324, 0x0326), (0x0329, 0x0385)),
    *((0x0600, 0x0605), (0x06D6, 0x06ED), (0x0700, 0x08FF)),
)


@dataclass(frozen=True, slots=True)
class Repair:
    """What a word was, None where that cannot be told, and the encoding that it was misread in."""

    text: str | None
    codec: str


def repair_row(pieces: list[str]) -> list[Repair] | None:
    """The repairs of a row of words that were all misread in the same way, or None where they were not."""
    import ftfy

    joined = "\n".join(pieces)
    if len(pieces) < _SHORTEST_ROW or _CUT.search(joined):
        return None
    fixed, plan = ftfy.fix_encoding_and_explain(joined)
    steps = [tuple(step) for step in plan or ()]
    parts = fixed.split("\n")
    if _UTF8_STEPS.isdisjoint(steps) or steps[0][0] != "encode" or len(parts) != len(pieces):
        return None
    return [Repair(part, steps[0][1]) for part in parts]


@functools.lru_cache(maxsize=8192)
def repair_word(piece: str) -> Repair | None:
    """What a word was before it was damaged; None where it does not look damaged."""
    import ftfy
    from ftfy.badness import is_bad

    restored = _CUT_SERVICE_MARK.sub("℠", _CUT_QUOTE.sub("”", _STRAIGHTENED_DASH.sub("—", piece)))
    # In a word of its own a letter is judged by the space before it.
    fixed, plan = ftfy.fix_encoding_and_explain(f" {restored}")
    steps = [tuple(step) for step in plan or ()]
    if not _UTF8_STEPS.isdisjoint(steps):
        codec = steps[0][1] if steps[0][0] == "encode" else _WINDOWS
        return Repair(None if _CUT.search(fixed) else fixed[1:], codec)
    if _CUT.search(restored):
        return Repair(None, _WINDOWS)
    if restored != piece:
        return Repair(restored, _WINDOWS)
    if _CONSOLE.search(piece) or is_bad(piece):
        for codec in _CONSOLE_CODECS:
            decoded = decode(piece, codec)
            if decoded is not None:
                return Repair(decoded, codec)
    return None


def decode(piece: str, codec: str) -> str | None:
    """The word as it reads if it was UTF-8 that was misread in ``codec``; None where it cannot have been."""
    try:
        return piece.encode(codec).decode("utf-8")
    except UnicodeError:
        return None


def plausible(piece: str, fixed: str | None, sequences: int) -> bool:
    """Whether what would come out is text that somebody may have written."""
    if fixed is None:
        return True
    doubts = [_doubt(character) for character in {*fixed}.difference(piece) if not character.isascii()]
    if "never" in doubts or (doubts and all(doubt == "unlikely" for doubt in doubts)):
        return False
    # Random Han characters in the middle of a Latin word are ftfy's best known mistake; Cyrillic ones occur.
    return sequences > 2 or "foreign" not in doubts or not any(each.isascii() and each.isalnum() for each in fixed)


@functools.lru_cache(maxsize=4096)
def _doubt(character: str) -> str:
    """What speaks against a character as the outcome of a repair, or nothing."""
    code = ord(character)
    if unicodedata.category(character) in ("Cc", "Cn", "Co", "Cs"):
        return "never"
    if any(low <= code <= high for low, high in _UNLIKELY):
        return "unlikely"
    western = code < 0x0400 or 0x1E00 <= code < 0x2000 or 0xFB00 <= code <= 0xFB06
    return "foreign" if character.isalpha() and not western else ""
