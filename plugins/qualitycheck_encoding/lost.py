"""ENC002: characters that an earlier program could not read and replaced by U+FFFD or a question mark.

What was lost is lost, but English tells often enough: between a letter and "s" or "t" it was an apostrophe, and of the
accented letters only one makes "fianc?e" a word. A question mark is taken for a lost character only then.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from qualitycheck_encoding.scan import LOST, Rare

_APOSTROPHE_BEFORE = regex.compile(r"\p{L}")
_APOSTROPHE_AFTER = regex.compile(r"(?:s|t|d|m|re|ve|ll)\b", regex.IGNORECASE)
_SURROGATE_ESCAPE = range(0xDC80, 0xDD00)  # how Python carries a byte that it could not decode

# A document that explains the replacement character may show it.
_EXPLAINS = regex.compile(r"replacement character|U\+FFFD|\bfffd\b", regex.IGNORECASE)

# A word of letters around one question mark, standing free: addresses and patterns such as "https?s" have other
# neighbours. The mark is looked for first, since that is fast.
_QUESTION = re.compile(r"\?[^\W\d_]")
_BEFORE = regex.compile(r"(?:^|[\s\"'“‘(\[])(\p{L}{1,20})\Z")
_AFTER = regex.compile(r"\?(\p{Ll}{1,20}+)(?=[\s.,;:!)\]\"'”’]|$)")
_LONGEST = 22

_NEGATED = regex.compile(
    r"(?:do(?:es)?|did|is|are|was|were|ca|wo|could|would|should|ha[sd]|have|ai|must|need|might)n", regex.I
)
_PRONOUNS = frozenset(["i", "we", "you", "he", "she", "it", "they", "who", "that", "there"])
_CONTRACTED = {
    "s": _PRONOUNS | {"what", "here", "where", "how", "let", "when"},
    "m": {"i"},
    "re": _PRONOUNS | {"what"},
    "ve": _PRONOUNS | {"could", "would", "should", "might"},
    "ll": _PRONOUNS,
    "d": _PRONOUNS,
}
_ACCENTED = "éèêëáàâãäåíìîïóòôõöøúùûüçñšžčćłőű"
_LEAST_FREQUENCY = 2.0  # on wordfreq's Zipf scale: once in ten million words
_LEAST_POSSESSOR = 3.0


@dataclass(frozen=True, slots=True)
class Loss:
    """A place where characters were lost, and what stood there, where it can be told."""

    start: int
    end: int
    restored: str | None
    confidence: float


def find(text: str, rare: Rare, *, questioned: bool) -> Iterator[Loss]:
    """The lost characters of ``text``: replacement characters, then question marks where there are any."""
    explained = None
    for start, end in rare.runs(LOST):
        alone = not (text[start - 1 : start].isalpha() or text[end : end + 1].isalpha())
        if alone and explained is None:
            explained = _EXPLAINS.search(text) is not None
        if not (alone and explained):
            yield Loss(start, end, _restored(text, start, end), 0.97)
    if questioned:
        yield from _questioned(text)


def _restored(text: str, start: int, end: int) -> str | None:
    lost = text[start:end]
    if all(ord(character) in _SURROGATE_ESCAPE for character in lost):
        # These are the bytes themselves, and Windows-1252 is what is not UTF-8 in practice.
        decoded = bytes(ord(character) - 0xDC00 for character in lost).decode("cp1252", "replace")
        return None if "\ufffd" in decoded else decoded
    if end - start == 1 and _APOSTROPHE_BEFORE.match(text, start - 1 if start else 0) and start:
        return "’" if _APOSTROPHE_AFTER.match(text, end) else None
    return None


def _questioned(text: str) -> Iterator[Loss]:
    for mark in _QUESTION.finditer(text):
        at = mark.start()
        before, after = _BEFORE.search(text[max(0, at - _LONGEST) : at]), _AFTER.match(text, at)
        restored = _word(before[1], after[1]) if before and after else None
        if before and after and restored is not None:
            yield Loss(at - len(before[1]), after.end(), restored, 0.9)


@functools.lru_cache(maxsize=4096)
def _word(before: str, after: str) -> str | None:
    """The word that was written around a question mark, or None where none is likely."""
    lower = before.lower()
    if after == "t" and _NEGATED.fullmatch(before):
        return f"{before}’t"
    if lower in _CONTRACTED.get(after, ()):
        return f"{before}’{after}"
    if len(before) + len(after) >= 4:
        best = max(_ACCENTED, key=lambda letter: _frequency(f"{before}{letter}{after}"))
        parts = min(_frequency(before), _frequency(after))
        if _frequency(f"{before}{best}{after}") >= max(_LEAST_FREQUENCY, parts - 2.0):
            return f"{before}{best}{after}"
    if after == "s" and len(before) > 2 and lower[-1] != "s" and _frequency(before) >= _LEAST_POSSESSOR:
        return f"{before}’s"
    return None


def _frequency(word: str) -> float:
    import wordfreq

    return float(wordfreq.zipf_frequency(word, "en"))
