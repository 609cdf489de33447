"""Phrases that a spinner left in braces: ``{that a}``, ``the {industry}``.

A spinner that finds a listed word without alternatives leaves it as the list has it, in braces. People put braces in
prose too: as brackets round an aside, round an editor's insertion, round a name in a format. What tells them apart is
whether the sentence needs the words: an aside can go, but something must stand between "of the" and its verb, and no
aside ends in an article.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from qualitycheck import Document
from qualitycheck_braces.context import is_about_notation
from qualitycheck_braces.groups import Group
from qualitycheck_braces.words import ARTICLES, CONVENTIONS, FUNCTION_WORDS, GOVERNORS, JUNCTIONS

#: A phrase that is no aside, however many other braces the text has.
_CERTAIN = 0.98
#: A phrase of at least this confidence needs no other beside it to be believed.
_DECISIVE = 0.7
_WEAK = 0.6

_LETTER = r"[\p{Latin}--[æðþŋə\u0250-\u02AF]]"  # the letters that are mostly phonetic script stand for no word
_WORD = rf"{_LETTER}++(?:['’-]{_LETTER}++)*+"
_PHRASE = regex.compile(rf"{_WORD}(?: {_WORD}){{0,3}}", regex.VERSION1)
_AFTER = regex.compile(r"""['’]s\b|[.,;:!?)\]”’"'…]*+(?:[\s—–]|\Z)""")
_SENTENCE_START = regex.compile(r"""(?:\A|[\n\r]|[.!?…:]["'”’)\]]*+[ \t])[ \t]*+["'“‘(\[]?+\Z""")
_PREVIOUS = regex.compile(r"(\p{L}[\p{L}'’-]*+|\d)[ \t]\Z")
_CONTEXT = 60


@dataclass(frozen=True, slots=True)
class Stray:
    """A braced phrase, and the probability that a spinner left it there."""

    span: tuple[int, int]
    phrase: str
    confidence: float


def stray_phrases(document: Document, groups: Sequence[Group]) -> list[Stray]:
    """The phrases among ``groups``. Weak ones count only beside a decisive one, and not among other uses of braces."""
    found = list(_candidates(document, groups))
    if 2 * len(found) <= len(groups):
        return [each for each in found if each.confidence >= _CERTAIN]
    return found if any(each.confidence >= _DECISIVE for each in found) else []


def _candidates(document: Document, groups: Sequence[Group]) -> Iterator[Stray]:
    text = document.prose
    for group in groups:
        phrase = text[group.start + 1 : group.end - 1]
        if group.bars or group.code or _PHRASE.fullmatch(phrase) is None or _AFTER.match(text, group.end) is None:
            continue
        head = text[max(0, group.start - _CONTEXT) : group.start]
        if head and not (head[-1].isspace() or head[-1] in "\"'“‘([—–"):
            continue
        initial = phrase[0].isupper()
        if (phrase[1:].islower() or len(phrase) == 1) and (not initial or _SENTENCE_START.search(head)):
            confidence = _confidence(document, group, phrase, head)
            if confidence:
                yield Stray(group.span, phrase, confidence)


def _confidence(document: Document, group: Group, phrase: str, head: str) -> float:
    """How sure it is that the sentence needs ``phrase``; 0 where it looks like an aside or a convention."""
    words = phrase.casefold().replace("’", "'").split()
    tail = document.prose[group.end : group.end + 2]
    goes_on = tail[:1] == " " and (tail[1:].isalnum() or tail[1:] in {"“", "‘", '"', "'", "$", "£", "€"})
    if len(words) > 1 and (words[-1] in ARTICLES or (words[-1] in JUNCTIONS and len(words) < 4)):
        return _CERTAIN if goes_on else 0.0
    if words[0] in FUNCTION_WORDS or len(words[0]) < 3 or any(word in CONVENTIONS for word in words):
        return 0.0
    if is_about_notation(document.prose, group.start, group.end):
        return 0.0
    if words[0].endswith("ly") or document.in_quotation(group.start, group.end):
        return _WEAK
    match = _PREVIOUS.search(head)
    previous = match.group(1) if match is not None else ""
    if previous.casefold() in GOVERNORS or previous.isdigit():
        return 0.9
    before_word = goes_on and tail[1:].islower()
    if len(words) > 1 or not (before_word if phrase[0].isupper() else previous):
        return _WEAK
    return 0.8 if before_word else _DECISIVE
