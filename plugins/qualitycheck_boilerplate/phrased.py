"""Lines that are boilerplate by their words: one phrase, a menu of several, or an end that cuts the text off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import regex

from qualitycheck.tokens import OBJECT
from qualitycheck_boilerplate import menus
from qualitycheck_boilerplate.lines import Line
from qualitycheck_boilerplate.phrasebook import Phrase, PhraseBook
from qualitycheck_boilerplate.piece import Piece

# How long a line of boilerplate can be, in words; notices about cookies and prices run on.
_MOST_WORDS = {"navigation-or-cookie-text": 120, "paywall-note": 60}
_MOST = 45

_QUOTES = frozenset("\"'“”‘’„«‚`")
# After these a line speaks about the thing and does not do it: “Share this article was the only button.”
_TOLD = frozenset(
    regex.findall(
        r"\S+",
        """is was are were has have had will would can could may might must should says said asks asked appears appeared
        button buttons link links banner banners form forms pages box boxes field fields icon icons feature features
        prompt prompts pop-up popup pop-ups popups widget widgets option options""",
    )
)
_NUMBERED = regex.compile(r"\W{0,3}\d{1,3}[.)\]]|\#\d")
_RIGHTS = "rights-notice"
_FEW_RIGHTS = 3
_EDGE = 5  # lines at the end of a document
_WORD = regex.compile(r"[\p{L}\p{N}]++")
_FOLLOW = regex.compile(r"\W{0,3}(?:Follow|Folge|Suivre|Suivez|Seguir|Sigue|Segui|Siga|Volg|Tweets by) @\w")
_HANDLES = 12  # words of a line that tells whom to follow
_OFTEN = 3  # lines that make a word repeated
_SEVERAL = 3  # words of a page's frame that make a menu, on one line or on neighbouring ones
_STOPPED = regex.compile(r"(?<!\p{Lu})[.,;]$")  # as a sentence ends and a title does not
_SENTENCE_END = regex.compile(r"[.!?…\]\"”’)]\s{0,3}$")


def by_words(lines: Iterable[Line], book: PhraseBook, last: int) -> list[Piece]:
    """The lines of a document that are boilerplate; ``last`` is the number of its last line.

    What would need company and has none is left out.
    """
    found = _without_rights([piece for line in lines if (piece := _judge(line, book)) is not None], last)
    often = Counter(piece.words for piece in found if piece.repeats)
    return [piece for run in _runs(found) if _counts(run, often) for piece in run]


def _judge(line: Line, book: PhraseBook) -> Piece | None:
    if line.text[0] in _QUOTES or _NUMBERED.match(line.text):
        return None
    if len(line.words) <= _HANDLES and _FOLLOW.match(line.text):
        return Piece("share-prompt", line.start, line.end, line.number, 0.9)
    if line.short and OBJECT not in line.text:
        phrase = _whole_line(line, book)
        if phrase is not None:
            confidence = 0.8 if phrase.company else 0.95
            words = " ".join(line.words)
            return Piece(
                phrase.rule, line.start, line.end, line.number, confidence, phrase.company, phrase.repeated, words
            )
        rule = _several(line, book)
        if rule is not None:
            return Piece(rule, line.start, line.end, line.number, 0.9)
    return _tail(line, book)


def _whole_line(line: Line, book: PhraseBook) -> Phrase | None:
    """The phrase that a line is."""
    words = line.words
    for phrase in (*book.opening_as(words), *book.closing_as(words), *book.anywhere()):
        fits = len(words) <= _MOST_WORDS.get(phrase.rule, _MOST)
        place = phrase.find(words) if fits else None
        if place is not None and _reads_so(phrase, line, place[1]):
            return phrase
    return None


def _reads_so(phrase: Phrase, line: Line, end: int) -> bool:
    """Whether a line that has the words of a phrase up to ``end`` is written as such lines are."""
    size = len(phrase.parts[0])
    if phrase.capitals and not all(
        capital or len(word) == 1 or not word.isalpha()
        for capital, word in zip(line.capitals[:size], line.words[:size], strict=True)
    ):
        return False
    # Words of a page have no full stop; “ADVERTISEMENT.” opens the preface of an old book.
    if (phrase.company or (phrase.whole and len(line.words) == 1)) and line.text[-1] in ".!":
        return False
    if phrase.before or not phrase.after:
        return True
    rest = line.words[end:]
    if (rest and rest[0] in _TOLD) or rest[1:2] in (["was"], ["were"]):
        return False
    return phrase.rule != "related-links" or _titled(phrase, rest, line, end)


def _titled(phrase: Phrase, rest: list[str], line: Line, end: int) -> bool:
    """Whether the title of another page comes after the phrase, or nothing does."""
    if not rest:
        return phrase.parts[-1][-1] != ":"
    if "http" in rest:
        return True
    first = _WORD.match(line.text, line.places[end] - line.start)
    titled = first is not None and (first[0][0].isdigit() or not first[0].islower())
    return titled and not _STOPPED.search(line.text)


def _several(line: Line, book: PhraseBook) -> str | None:
    """The rule of a line that is a menu, a bar of buttons or a trail of pages."""
    if menus.is_trail(line.text):
        return "navigation-or-cookie-text"
    if line.text[-1] in ".,;!":
        return None
    items = menus.items(line.text)
    if items:
        found = [phrase for item in items if (phrase := menus.phrase_of(item, book)) is not None]
        if 2 * len(found) < len(items):
            return None
    else:
        found = menus.run(line.words, book)
        if len(found) <= _SEVERAL and all(phrase.company for phrase in found):
            return None
    if len({phrase.parts for phrase in found}) < 2:
        return None
    return Counter(phrase.rule for phrase in found).most_common(1)[0][0]


def _tail(line: Line, book: PhraseBook) -> Piece | None:
    """What cuts a text off at the end of its line: “… in the harbour […] Continue reading”."""
    for phrase in book.closing_as(line.words):
        place = phrase.find(line.words, tail=True) if phrase.whole else None
        if place is not None and (start := line.places[place[0]]) > line.start:
            before = line.text[: start - line.start][-6:]
            if before[-1:] in ("(", "[") and line.text[-1] in ")]":
                return Piece(phrase.rule, start - 1, line.end, line.number, 0.9)
            if line.text[start - line.start].isupper() and _SENTENCE_END.search(before):
                return Piece(phrase.rule, start, line.end, line.number, 0.9)
    return None


def _counts(run: list[Piece], often: Counter[str]) -> bool:
    """Whether the lines of a run count: one of them does alone, or three different ones are words of a page's frame.

    Names of sections (“Business”, “Weather”) are no proof even then.
    """
    if any(not piece.company or often[piece.words] >= _OFTEN for piece in run):
        return True
    return len({piece.words for piece in run}) >= _SEVERAL and any(piece.rule != "related-links" for piece in run)


def _without_rights(found: list[Piece], last: int) -> list[Piece]:
    """Without the notices of rights that are no part of the page around the text.

    They are where they close the text or have other boilerplate beside them, and are few: a licence is full of them.
    """
    few = sum(piece.rule == _RIGHTS for piece in found) <= _FEW_RIGHTS
    return [
        piece
        for run in _runs(found)
        for piece in run
        if piece.rule != _RIGHTS or (few and (piece.line > last - _EDGE or any(each.rule != _RIGHTS for each in run)))
    ]


def _runs(found: list[Piece]) -> Iterator[list[Piece]]:
    """The pieces of neighbouring lines."""
    run: list[Piece] = []
    for piece in found:
        if run and piece.line > run[-1].line + 1:
            yield run
            run = []
        run.append(piece)
    if run:
        yield run
