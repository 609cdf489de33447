"""Whether an English word starts with a vowel sound, as far as its letters tell for sure.

Spelling decides but for five things: a silent h (hour), a u or eu that is said “yoo” (unit, European), an o that is
said “w” (one), letters that are read by their names (an FBI agent, a UN report) and figures (an 8, an 11, an 18). Each
has its rule or its list here. Where two ways of reading are possible (a SQL query, an SQL query) there is no answer.
"""

from __future__ import annotations

import enum
import functools

import regex


class Sound(enum.Enum):
    """What a word starts with."""

    VOWEL = enum.auto()
    CONSONANT = enum.auto()
    UNSURE = enum.auto()


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# A vowel letter with a consonant sound: “yoo”, and “w”.
_YOO = regex.compile(
    r"""eu | ew[aei] | un(?:i[cfloqstv]|ani|ary) | us(?:e|u|ab|age|ing) | ut(?:ah|e[nr]|il|op) | u(?:biq|gan|kr|ku|vul)
        | ur(?:an|in|o|u)""",
    regex.VERBOSE,
)
_W = regex.compile(r"one(?!ir|ro) | once\b | oui | oua", regex.VERBOSE)
# A u that is certainly that of “under” or “urge”.
_UH = regex.compile(
    r"""un(?:[b-hj-np-tv-z] | a(?!ni|ry) | i(?:dent|n|m[ap]|ron) | [eou]) | up | u(?:gl|l[tc]|mb|mp|sh|tt)
        | ur(?:b|ch|g|n)""",
    regex.VERBOSE,
)

# Consonants that an English word can start with, and the vowel after them.
_CONSONANTS = regex.compile(
    r"""(?:[bcdfgjklmnprstvwyz] | [bcfgps]l | [bcdfgptw]r | [cgpstw]h | s[ckmnpqtw] | [dt]w | [gk]n | qu | ps | sch
        | s[ckpt]r | spl | shr | thr | chr | thw | phr)[aeiouy]""",
    regex.VERBOSE,
)

# A silent h, everywhere; and words whose h is heard everywhere. What is left is silent in America (herb), or was in
# Britain where the first syllable is not stressed (an historic day, an hotel).
_SILENT_H = regex.compile(r"h(?:ours?\b|our(?:ly|glass|long)|onest|onou?r|eir)")
_HEARD_H = _words(
    """half hall hand handful handle happy hard harder hardware harsh hat headline health healthy heart heat heated
    heavy height help helpful hen hero hidden high higher highly hill hint hit hole holiday hollow holy home
    honeymoon hook hope hopeful horn horse host hot house household huge human hundred hungry hunt hunter hurdle
    hurricane husband hut hybrid"""
)

# Names of letters. That of H is “aitch” to some and “haitch” to others.
_VOWEL_NAMES = frozenset("aefilmnorsx")
_CONSONANT_NAMES = frozenset("bcdgjkpqtuvwyz")
# Acronyms that could be read as words, and those that are.
_LIKE_A_WORD = regex.compile(r"[flmnrsx][aeiouy]|f[lr]|s[chklmnpqtw]|rh")
_WORDS = _words("fema fifa lan lidar midi nafta nasa nascar nasdaq nato norad radar ram sars scuba swat")
_YOO_ACRONYMS = _words("uae ucla ufo uk un unesco unhcr unicef us usa usaid usb usd ussr")
_LONGEST_ACRONYM = 6

_FIGURES = regex.compile(r"(\d++)((?:,\d{3})*+)(?:\.\d++)?+(?:st|nd|rd|th|s|k|m|bn|km|cm|mm|kg|lb|ft|am|pm)?+")


@functools.lru_cache(maxsize=4096)
def first_sound(word: str) -> Sound:
    """What a word starts with, as it stands in running text: ``hour``, ``European``, ``FBI``, ``18``."""
    if word[0].isdigit():
        return _of_number(word)
    if word.isupper() and 1 < len(word) <= _LONGEST_ACRONYM:
        return _of_acronym(word.lower())
    # What has capitals within (PhD, iPod) follows no rule.
    return _of_word(word.lower()) if word[1:].islower() else Sound.UNSURE


def letter_sound(letter: str) -> Sound:
    """What the name of a letter starts with: “ef”, “you”."""
    if letter.lower() in _VOWEL_NAMES:
        return Sound.VOWEL
    return Sound.CONSONANT if letter.lower() in _CONSONANT_NAMES else Sound.UNSURE


def _of_word(word: str) -> Sound:
    first = word[0]
    if first == "h":
        if _SILENT_H.match(word):
            return Sound.VOWEL
        return Sound.CONSONANT if word in _HEARD_H else Sound.UNSURE
    if first in "eou" and (_YOO.match(word) or _W.match(word)):
        return Sound.CONSONANT
    if first in "aeio" or _UH.match(word):
        return Sound.VOWEL
    # What cannot be said (sdist, nginx, fn) is read by the names of its letters, or is not.
    return Sound.CONSONANT if _CONSONANTS.match(word) else Sound.UNSURE


def _of_acronym(letters: str) -> Sound:
    if letters in _YOO_ACRONYMS or letters in _WORDS:
        return Sound.CONSONANT
    # AAA is a triple-A to some, EUR a euro; ONE is a word that somebody stresses.
    tripled = letters[0] == letters[1] and letters[0] in _VOWEL_NAMES
    if tripled or letters[0] == "u" or letters.startswith(("eur", "one")):
        return Sound.UNSURE
    return Sound.UNSURE if _LIKE_A_WORD.match(letters) else letter_sound(letters[0])


def _of_number(word: str) -> Sound:
    figures = _FIGURES.fullmatch(word)
    if figures is None:
        return Sound.UNSURE
    first, thousands = figures[1], figures[2]
    if first.startswith("8") or first in ("11", "18"):
        return Sound.VOWEL
    # 0.8 can be “oh point eight”; 1,100 and 1840 can be counted in hundreds.
    hundreds = (first == "1" and thousands) or (len(first) > 3 and first[0] == "1")
    return Sound.UNSURE if hundreds or first.startswith("0") else Sound.CONSONANT
