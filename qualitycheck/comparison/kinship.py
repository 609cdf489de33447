"""Whether two words are one word in another form: inflected, spelt or hyphenated otherwise, contracted.

Forms of one word start with the same letter, but for the few that are listed.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

import regex
from rapidfuzz.distance import Levenshtein, Prefix

#: How much an ending that two words share tells that they are the same form of two words, by its letters; and how much
#: each letter of it tells where one of them has no more than three.
ENDINGS = (0.0, 0.12, 0.25, 0.4, 0.45)
SHORT_ENDING = 0.1

_NO_LETTER = regex.compile(r"[^\p{L}\p{M}\p{N}]++")
_LEAST_PREFIX = 3
_PREFIX = 0.6  # the share of the longer word
_SHORTEST = 3  # letters of a word of which one may differ, but not the first

# Forms of one word that look nothing alike, by language.
_PARADIGMS: dict[str, tuple[str, ...]] = {
    "en": (
        "am is are was were be been being isn't aren't wasn't weren't", "have has had having",
        "do does did done doing", "a an", "this these", "that those", "go goes went gone going",
    ),
    "de": (
        "bin bist ist sind seid war waren sei seien gewesen", "hat haben hatte hatten",
        "der die das dem den des", "ein eine einem einen einer eines",
    ),
    "es": ("es son era eran fue fueron ser sido siendo", "el la los las", "un una unos unas"),
    "fr": ("est sont était étaient fut être été", "le la les l'", "un une des"),
}  # fmt: skip


def same_word(original: Sequence[str], rewritten: Sequence[str], language: str | None) -> bool:
    """Whether words in lower case are the same but for their form."""
    if len(original) == len(rewritten):
        return all(_same(a, b, language) for a, b in zip(original, rewritten, strict=True))
    if _bare("".join(original)) == _bare("".join(rewritten)):
        return True
    shorter, longer = sorted((original, rewritten), key=len)
    return len(shorter) == 1 and len(longer) == 2 and _contracts(shorter[0], longer)


@functools.lru_cache(maxsize=1 << 17)
def _same(original: str, rewritten: str, language: str | None) -> bool:
    first, second = _bare(original), _bare(rewritten)
    if first == second:
        return True
    if (
        min(len(first), len(second)) >= _SHORTEST
        and first[0] == second[0]
        and Levenshtein.distance(first, second, score_cutoff=1) <= 1
    ):
        return True
    prefix = Prefix.similarity(first, second)
    if prefix >= _LEAST_PREFIX and prefix >= _PREFIX * max(len(first), len(second)):
        return True
    return any({original, rewritten} <= set(forms.split()) for forms in _PARADIGMS.get(language or "", ()))


def _bare(word: str) -> str:
    return _NO_LETTER.sub("", word)


def _contracts(short: str, long: Sequence[str]) -> bool:
    """Whether one word with an apostrophe stands for two: “they’d” for “they would”, “isn’t” for “is not”."""
    stem, mark, rest = short.replace("’", "'").partition("'")
    if not mark:
        return False
    if rest == "t":
        return stem in (f"{long[0]}n", "won") and long[1] == "not"
    return stem == long[0] or (len(rest) > 2 and rest == long[1])
