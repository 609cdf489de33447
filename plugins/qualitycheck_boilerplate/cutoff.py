"""BPL003, apart from its phrases: a text that stops where somebody cut it.

News interfaces count what they left out (“[+1234 chars]”), blogs set “[…]” behind an excerpt, and a crawler that stops
after so many characters leaves a last line that ends in the middle of a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from qualitycheck import Document
from qualitycheck_boilerplate.lines import Lines
from qualitycheck_boilerplate.piece import Piece

_COUNTED = regex.compile(r"(?:(?:…|\.\.\.)\s?)?\[\+\d{1,9} (?:chars?|characters|more)\]")
_EXCERPT = regex.compile(r"(?:\[(?:…|\.\.\.|&hellip;|\.\. ?\.)\]|\((?:more…|more\.\.\.|more)\))$", regex.IGNORECASE)

# Words with which no sentence ends. Many small words can (“what for”, “he is with us or against”), and are not here.
_UNFINISHED = {
    "en": "the a an and or their our my whose although unless whether",
    "de": "der den dem des ein eine einen einem eines und oder weil obwohl dass",
    "fr": "le la les un une des du de et ou dans chez dont",
    "es": "el los las un unas unos de del y o con aunque",
    "it": "il gli un uno una di del della dei e o con",
    "pt": "os as um uma de do da dos das e ou com",
    "nl": "de een en of omdat tussen",
}
_ENDINGS = {language: frozenset(words.split()) for language, words in _UNFINISHED.items()}
_ANY_ENDING = frozenset[str]().union(*_ENDINGS.values(), ["of"])
_LEAST_WORDS = 12
_BROKEN = regex.compile(r"(?<=\s)(\p{Ll}{1,10}+)(\s?(?:…|\.\.\.))?$")
# “Of” can end a clause (“something to be proud of”), but not where a noun with its article waits for it.
_GENITIVE = regex.compile(r"(?:\b(?:the|an?|its|their|our)\s\p{Ll}{3,20}|\s\p{Lu}\p{Ll}{2,20})\sof$")


def find(document: Document, lines: Lines, last: int, taken: set[int]) -> Iterator[Piece]:
    """Where a document was cut; ``last`` is the number of its last line, ``taken`` are lines that another rule has."""
    text = document.prose
    if "[+" in document.marks:
        for match in _COUNTED.finditer(text):
            yield Piece("cut-off", *match.span(), -1, 0.99)
    if last in taken:
        return
    start, end = lines.span(last)
    excerpt = _EXCERPT.search(text, max(start, end - 12), end) if text[end - 1] in ")]" else None
    if excerpt and excerpt.start() > start:
        yield Piece("cut-off", *excerpt.span(), last, 0.9)
    elif lines.words(last) >= _LEAST_WORDS and (text[end - 1] in ".…" or text[end - 1].islower()):
        broken = _BROKEN.search(text, max(start, end - 20), end)
        if broken and broken[1] in _ANY_ENDING and _unfinished(text[start : broken.end(1)], broken, document.language):
            yield Piece("cut-off", *broken.span(), last, 0.7)


def _unfinished(line: str, broken: regex.Match[str], language: str | None) -> bool:
    """Whether the word at the end of a line leaves its sentence open, and not for effect (“and then he…”)."""
    word = broken[1]
    if broken[2] and word in ("and", "or", "und", "oder", "et", "ou", "y", "o", "e", "en", "of"):
        return False
    if language == "en" and word == "of":
        return _GENITIVE.search(line[-50:]) is not None
    return word in _ENDINGS.get(language or "", ())
