"""ENC011: what a program that reads printed letters took them for: “tlie” for “the”, “witb” for “with”, “l998”.

A word counts only if it is none in any language and a common English word stands behind it; the list ``ocr.tsv`` holds
what is left of the usual confusions in the 420 commonest words after wordfreq's lists of 25 languages are taken out.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files

from qualitycheck import Document
from qualitycheck.phrases import KeySet, TokenRow
from qualitycheck.tokens import tokenize

_SENTENCE_START = re.compile(r"(?:^|\n|[.!?]\s)[\s\"“‘'(]{0,4}\Z")
_LOOKS = {"0": "0O", "1": "1lI"}  # what each digit of a year can be read as
_YEARS = range(1500, 2100)
# “180l” are litres, and “178O” an isotope.
_YEAR = re.compile(r"(?!\d\d\dl)(?!1[5-8]\dO(?!s))[\dlIO]{4}s?")
_APART = re.compile(r"[^\w./:@#$€£+=-]")

#: The index of a token that is listed, and what was printed for it.
Listed = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Misread:
    """A word or year as it was read, and as it was printed."""

    start: int
    end: int
    printed: str
    message: str
    confidence: float


def listed(row: TokenRow) -> Iterator[list[Listed]]:
    """The words and years in each text of a row that are in the list."""
    read, printed = _table()
    places, numbers = read.find(row.keys)
    words = iter([printed[number] for number in numbers.tolist()])
    for own in row.split(places):
        yield [(place, next(words)) for place in own]


def find(document: Document, listed: Sequence[Listed]) -> Iterator[Misread]:
    """The misread years of a document, and its misread words where it is English, among those that are listed."""
    tokens = document.tokens
    for at, word in listed:
        start, end = int(tokens.start[at]), int(tokens.end[at])
        read = document.excerpt(start, end)
        if word[0].isdigit():
            confidence = 0.8 if _is_year(document.prose, start, end, read) else 0.0
        else:
            confidence = 0.9 if document.language == "en" and _is_word(document.prose, start, read) else 0.0
        if confidence:
            word = word.capitalize() if read[0].isupper() else word
            message = f"“{read}” is what a program reads for a printed “{word}”"
            yield Misread(start, end, word, message, confidence)


def _is_word(text: str, start: int, read: str) -> bool:
    """Whether a listed word is one here; with a capital it may be a name, but where a sentence starts."""
    if read.islower():
        return True
    return read[1:].islower() and _SENTENCE_START.search(text, max(0, start - 8), start) is not None


def _is_year(text: str, start: int, end: int, read: str) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    alone = (not before or _APART.match(before)) and (not after or after in ".:" or _APART.match(after))
    return bool(alone) and _YEAR.fullmatch(read) is not None and not text[end : end + 2].strip(".:").isalnum()


@functools.cache
def _table() -> tuple[KeySet, list[str]]:
    """Each word and year as it can be read, and what was printed for it."""
    lines = (files(__package__) / "ocr.tsv").read_text("utf-8").splitlines()
    rows = [tuple(line.split("\t")) for line in lines if not line.startswith("#")]
    for year in map(str, _YEARS):
        looks = ("".join(digits) for digits in itertools.product(*(_LOOKS.get(digit, digit) for digit in year)))
        rows += [(f"{look}{s}", f"{year}{s}") for look in looks if not look.isdigit() for s in ("", "s")]
    keys = tokenize(" ".join(read for read, _ in rows)).key
    # Of two rows for one word the later one counts.
    printed = dict(zip(keys.tolist(), (printed for _, printed in rows), strict=True))
    return KeySet(printed), list(printed.values())
