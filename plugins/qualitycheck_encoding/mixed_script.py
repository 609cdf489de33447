"""ENC004: words that mix Latin letters with Cyrillic or Greek ones that look the same.

Such a word looks right and is another word to every program that reads it. Mixing alone proves nothing: science
writes TNFα and μm, Russian inflects Latin brands. So a word counts only if its letters of one script all have twins
in the other, so that it can be written in one script without looking any different.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import regex

from qualitycheck.tokens import code_points
from qualitycheck_encoding.scan import CYRILLIC, GREEK, Offsets, Rare

# Twins, letter by letter, in upright type.
_CYRILLIC_LATIN = dict(zip("АВЕЅІЈКМНОРСТУХаеѕіјорсухһԁԛԝ", "ABESIJKMHOPCTYXaesijopcyxhdqw", strict=True))
_GREEK_LATIN = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEZHIKMNOPTYXo", strict=True))
# These look alike only to a hasty eye, and all of them are symbols of science: they count in a word that is known.
_GREEK_SIMILAR = dict(zip("αικνρυχ", "aikvpux", strict=True))
_LATIN_GREEK = {latin: greek for greek, latin in _GREEK_LATIN.items()} | dict(zip("vaiup", "ναιυρ", strict=True))
_LATIN_CYRILLIC = {latin: cyrillic for cyrillic, latin in _CYRILLIC_LATIN.items() if cyrillic not in "ѕһԁԛԝЅ"}

_FIRST_BEYOND_ASCII, _LATIN_END = 0x00AA, 0x0250  # the ordinal sign ª is the first letter there
_WORD = regex.compile(r"[\p{L}\p{Mn}]")
_REACH = 40
_LEAST_FREQUENCY = 3.0  # on wordfreq's Zipf scale: once in a million words
_GREEK_ACCENT = "\u0301"

# Texts that are about such letters show them.
_EXPLAINS = regex.compile(
    r"homoglyph|confusable|look-?alike|visually similar|Cyrillic (?:letter|character)", regex.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Mixture:
    """A word of mixed scripts and the same word in one."""

    start: int
    end: int
    unmixed: str
    script: str
    confidence: float


def find(text: str, rare: Rare) -> Iterator[Mixture]:
    """The words of ``text`` that mix scripts although they need not."""
    explains: bool | None = None
    for bit, script in ((CYRILLIC, "Cyrillic"), (GREEK, "Greek")):
        if not rare.seen & bit:
            continue
        last = -1
        foreign = 4 * int(np.count_nonzero(rare.bits & bit)) > len(text)
        for start, end in _beside_latin(text, *rare.bounds(bit)):
            if start < last:
                continue
            start, last = _bounds(text, start, end)
            word = text[start:last]
            unmixed = _unmix(word, script, foreign)
            if unmixed is None:
                continue
            if explains is None:
                explains = _EXPLAINS.search(text) is not None
            if not explains:
                yield Mixture(start, last, unmixed, script, 0.95)


def _beside_latin(text: str, starts: Offsets, ends: Offsets) -> list[tuple[int, int]]:
    """Those stretches that have a Latin letter as their neighbour; found on arrays, as a Russian text has many."""
    codes = np.zeros(len(text) + 2, np.uint32)
    codes[1:-1] = code_points(text)
    latin = np.zeros(len(starts), bool)
    for neighbour in (codes[starts], codes[ends + 1]):
        small = neighbour | np.uint32(0x20)
        latin |= ((small >= ord("a")) & (small <= ord("z"))) | (
            (neighbour >= _FIRST_BEYOND_ASCII) & (neighbour < _LATIN_END)
        )
    return list(zip(starts[latin].tolist(), ends[latin].tolist(), strict=True))


def _latin(character: str) -> bool:
    return character.isalpha() and ord(character) < _LATIN_END


def _bounds(text: str, start: int, end: int) -> tuple[int, int]:
    low, high = max(0, start - _REACH), min(len(text), end + _REACH)
    while start > low and _WORD.match(text, start - 1):
        start -= 1
    while end < high and _WORD.match(text, end):
        end += 1
    return start, end


@functools.lru_cache(maxsize=4096)
def _unmix(word: str, script: str, foreign: bool) -> str | None:
    """The word in one script, or None where it may well be meant as it is.

    ``foreign`` says that the document as a whole is written in ``script``.
    """
    letters = unicodedata.normalize("NFD", word)
    ours = [letter for letter in letters if letter.isalpha() and _latin(letter)]
    theirs = [letter for letter in letters if letter.isalpha() and not _latin(letter)]
    if not ours or not theirs:
        return None
    if script == "Cyrillic":
        latin, other = _translate(letters, theirs, _CYRILLIC_LATIN), _translate(letters, ours, _LATIN_CYRILLIC)
        if foreign and regex.fullmatch(r"\p{Latin}{2,}+\p{Cyrillic}++", word):
            return None  # an inflected brand
    else:
        latin = _translate(letters, theirs, _GREEK_LATIN) or _known_word(letters, theirs)
        other = _translate(letters, ours, _LATIN_GREEK)
        if latin is None and not (other and len(theirs) > 2 and _GREEK_ACCENT in letters):
            return None  # a formula, or a Greek letter in a scientific name
    if latin and other:
        return other if len(theirs) > len(ours) or (len(theirs) == len(ours) and foreign) else latin
    return latin or other


def _translate(letters: str, foreign: list[str], twins: dict[str, str]) -> str | None:
    if not all(letter in twins for letter in foreign):
        return None
    return unicodedata.normalize("NFC", "".join(twins.get(letter, letter) for letter in letters))


def _known_word(letters: str, foreign: list[str]) -> str | None:
    """The English word that Greek letters of similar shape were worked into."""
    candidate = _translate(letters, foreign, _GREEK_LATIN | _GREEK_SIMILAR)
    if candidate is None or len(candidate) < 4 or not letters[0].isascii() or not letters[-1].isascii():
        return None
    if not (candidate.islower() or candidate.istitle()):
        return None  # NOνA is an experiment
    import wordfreq

    return candidate if wordfreq.zipf_frequency(candidate, "en") >= _LEAST_FREQUENCY else None
