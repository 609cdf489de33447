"""Words that stand twice: “the the”, “would would”, “of the of the”.

English doubles words on purpose (“had had”, “that that”, “very very”, “New York New York”), and where a clause ends
with the word that the next begins with (“looked at at least”). So only words count whose doubling is a slip wherever
it stands, and some beside the neighbours that make it one. All others are left alone.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import regex

from qualitycheck import Document
from qualitycheck.phrases import KeySet, PhraseMatcher, TokenRow
from qualitycheck.tokens import CAPITALISED, LOWER, WORD, token_keys

# Twice in a row these are a slip, wherever they stand.
_ALWAYS = """a according after also although an because between but could during each every from his into its of
    or our said should since some than the their they those through under until upon we when while whose
    would your"""

# These are, unless the word before may end its clause with the first of the two: “people who are are still here”.
_PRONOUNS = "he i it she that there these they this those we what which who you"
_UNLESS_AFTER = {
    "and": "of to with",  # a text about operators: “similar to and and or”
    "about": "bring brought come comes how much nor something think thinks thought what",
    "are": f"{_PRONOUNS} as how where",
    "as": "known of same such use used using",
    "at": "aimed arrived get got hit laughed laughing look looked looking looks shot stare stared staring where",
    "be": "to",
    "been": "had has have",
    "by": "came come drop dropped gets get go goes going gone got passed passes passing put stand stood went",
    "can": f"{_PRONOUNS} a oil or the tin trash",
    "has": f"{_PRONOUNS} all everything",
    "have": f"{_PRONOUNS} all can could might must not to",
    "were": f"{_PRONOUNS} as how where",
    "will": f"{_PRONOUNS} a at free god's good his her ill last living my own people's political strong the their",
    "with": """agree agreed along associated away begin come comes comfortable concerned connected deal dealing deals
        dealt do done familiar get gone happy live lived living met put satisfied speak spoke start stay stayed struggle
        struggled struggling up work worked working""",
}

# And these only after the words given: “declined to to join”.
_ONLY_AFTER = {
    "to": """able according agreed allowed attempt attempted attempting attempts back began begin chose continue
        continued continues decided decides declined designed determined due efforts expected failed forced hopes
        intends likely order plan planned planning plans prepared ready refused refuses right scheduled seek seeking
        seeks set supposed tend tends tried tries trying unable way willing""",
    "for": "accounted billion cents day dollars month percent responsible sale sold week year",
    "in": "billion million percent rise year",
    "is": "bank chairman company government market minister president spokesman spokeswoman",
}

# Pairs of words stand twice where they start and end like “of the”.
_STARTS = "about and as at but by for from in into of on or over that to with"
_ENDS = "a an her his its my our the their your"
# Who speaks repeats himself, and who writes down every “uh” writes that down too.
_FILLERS = "er erm hmm mhm mm uh uhh uhm um umm"
_FEW_FILLERS = 2
_LEAST_TOKENS = 4  # of a text that can have a pair twice; in a shorter one a repetition is all there is

_GAP = regex.compile(r"[ \u00a0]|[ \t]*+\r?\n[ \t]*+")
# How long, in code points, a line is that a program or a typist broke.
_WRAPPED = range(40, 121)


@dataclass(frozen=True, slots=True)
class Doubled:
    """Where the words stand, both times, and what they are."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Repeats:
    """Tokens of a text that are the same as the next, and those that open a pair which is the same as the next."""

    singles: Sequence[int]
    pairs: Sequence[int]


def repeats(row: TokenRow) -> Iterator[Repeats]:
    """Those words of each text of a row that can be a slip, and pairs."""
    keys = row.keys
    singles = np.flatnonzero(keys[1:] == keys[:-1])
    singles = singles[_slip_keys().places(keys[singles])]
    pairs = np.flatnonzero((keys[2:-1] == keys[:-3]) & (keys[3:] == keys[1:-2]) & (keys[1:-2] != keys[:-3]))
    pairs = pairs[_start_keys().places(keys[pairs])]
    for each in zip(row.split(singles), row.split(pairs), strict=True):
        yield Repeats(*each)


def doubled_words(document: Document, repeated: Repeats) -> list[Doubled]:
    """The doubled words and pairs of words, in order of place; none in the transcript of a talk."""
    if len(document.tokens) < _LEAST_TOKENS:
        return []
    found = [each for first in repeated.singles if (each := _single(document, first)) is not None]
    found += [each for first in repeated.pairs if (each := _pair(document, first)) is not None]
    return [] if not found or _is_transcript(document) else sorted(found, key=lambda each: each.start)


def _is_transcript(document: Document) -> bool:
    return sum(1 for _ in _fillers().find(document.tokens)) >= _FEW_FILLERS


@functools.cache
def _fillers() -> PhraseMatcher:
    return PhraseMatcher(_FILLERS.split())


def _single(document: Document, first: int) -> Doubled | None:
    tokens = document.tokens
    key = int(tokens.key[first])
    if _stands(document, first - 1, key) or _stands(document, first + 2, key):
        return None  # three in a row are meant
    before = int(tokens.key[first - 1]) if first else 0
    return _doubled(document, first, 1) if _slips()[key].fits(before) else None


def _pair(document: Document, first: int) -> Doubled | None:
    keys = document.tokens.key
    key = int(keys[first])
    if int(keys[first + 1]) not in _ends():
        return None
    if _stands(document, first - 2, key) or _stands(document, first + 4, key):
        return None
    return _doubled(document, first, 2)


def _stands(document: Document, index: int, key: int) -> bool:
    return 0 <= index < len(document.tokens) and int(document.tokens.key[index]) == key


def _doubled(document: Document, first: int, count: int) -> Doubled | None:
    """The finding for ``count`` words that stand twice from token ``first`` on, if they stand in running text."""
    tokens, text = document.tokens, document.prose
    last = first + 2 * count - 1
    shapes = tokens.shape[first : last + 1].tolist()
    if tokens.kind[first] != WORD or shapes[0] not in (LOWER, CAPITALISED) or any(shapes[1:]):
        return None
    start, end = int(tokens.start[first]), int(tokens.end[last])
    alone = (start == 0 or text[start - 1].isspace() or text[start - 1] in '“"‘—') and text[end : end + 1].isspace()
    if not alone or text[start:end] != document.text[start:end]:
        return None
    for index in range(first, last):
        gap = text[int(tokens.end[index]) : int(tokens.start[index + 1])]
        if not _GAP.fullmatch(gap) or ("\n" in gap and not _is_wrapped(document, int(tokens.end[index]))):
            return None
    return Doubled(start, end, text[start : int(tokens.end[first + count - 1])])


def _is_wrapped(document: Document, place: int) -> bool:
    """Whether the line of ``place`` is one that was broken to fit, and not the end of a paragraph or a cell."""
    start, end = document.line_span(document.position(place)[0])
    return end - start in _WRAPPED


@dataclass(frozen=True, slots=True)
class _Slip:
    """When a word that stands twice is a slip: always but after some words, or only after some."""

    neighbours: frozenset[int]
    only: bool

    def fits(self, before: int) -> bool:
        return (before in self.neighbours) == self.only


@functools.cache
def _slips() -> Mapping[int, _Slip]:
    slips = {key: _Slip(frozenset(), only=False) for key in token_keys(_ALWAYS.split())}
    for table, only in ((_UNLESS_AFTER, False), (_ONLY_AFTER, True)):
        for key, neighbours in zip(token_keys(table), table.values(), strict=True):
            slips[key] = _Slip(frozenset(token_keys(neighbours.split())), only=only)
    return slips


@functools.cache
def _slip_keys() -> KeySet:
    return KeySet(_slips())


@functools.cache
def _start_keys() -> KeySet:
    return KeySet(token_keys(_STARTS.split()))


@functools.cache
def _ends() -> frozenset[int]:
    return frozenset(token_keys(_ENDS.split()))
