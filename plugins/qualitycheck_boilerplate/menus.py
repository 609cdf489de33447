"""Lines that hold several pieces of boilerplate: menus, bars of buttons, and the trail of pages that leads here."""

from __future__ import annotations

import regex

from qualitycheck_boilerplate.phrasebook import Phrase, PhraseBook, Words, fold

_PARTED = regex.compile(r"\s*(?:[|•·►▸▶»›>／]|::)\s*|\s+[/\\]\s+|\s{3,}")
_TRAIL = regex.compile(r"\s*(?:[»›>→]|::)\s*|\s+[/\\]\s+")
_WORD = regex.compile(r"[\p{L}\p{N}'’]++|[:?©]")
_HOMES = frozenset(["home", "home page", "homepage", "startseite", "accueil", "inicio", "início", "portada", "hjem"])
_LONGEST_ITEM = 6  # words
_LONGEST_STEP = 10
_MOST_ITEMS = 30


def is_trail(text: str) -> bool:
    """Whether a line is a trail such as “Home > News > Local”."""
    steps = _TRAIL.split(text.strip(" >»›/→"))
    if not 2 <= len(steps) <= 8 or any(not 1 <= len(step.split()) <= _LONGEST_STEP for step in steps):
        return False
    home = steps[0].strip().casefold() in _HOMES
    return home and steps[1][0].isupper() and text[-1] not in ".!?"


def items(text: str) -> list[str]:
    """The items of a menu, as far as marks part them; none where the line is no menu."""
    found = [item for part in _PARTED.split(text) if (item := part.strip(" -–—()[]"))]
    fits = 2 <= len(found) <= _MOST_ITEMS and all(len(item.split()) <= _LONGEST_ITEM for item in found)
    return found if fits else []


def phrase_of(item: str, book: PhraseBook) -> Phrase | None:
    """The phrase that an item is."""
    words = [fold(word, word.isdigit()) for word in _WORD.findall(item)]
    return next(
        (
            phrase
            for phrase in book.opening_as(words)
            if phrase.find(words) is not None and phrase.rule != "agency-tag" and item.isupper() >= phrase.capitals
        ),
        None,
    )


def run(words: Words, book: PhraseBook) -> list[Phrase]:
    """The phrases that a line consists of, one behind the other without marks: “Facebook Twitter Email”."""
    found: list[Phrase] = []
    at = 0
    while at < len(words):
        fitting = [
            phrase
            for phrase in book.opening_as(words[at : at + 2])
            if phrase.whole and tuple(words[at : at + len(phrase.parts[0])]) == phrase.parts[0]
        ]
        if not fitting:
            return []
        longest = max(fitting, key=lambda phrase: len(phrase.parts[0]))
        found.append(longest)
        at += len(longest.parts[0])
    return found
