"""The phrases of boilerplate, read from ``lists`` (README.md there tells how they are written), and their look-up.

Thousands of phrases must cost clean text nothing, so a line is only looked at word by word where its first two or last
two words open or close a phrase; that is asked for all lines at once, on the keys of their tokens.
"""

from __future__ import annotations

import functools
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from qualitycheck.phrases import KeySet
from qualitycheck.tokens import NUMBER, PUNCTUATION, Keys, tokenize
from qualitycheck_boilerplate.keys import pair_key, tokenize_parts

_LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl")
_MARKS = ":?©"  # punctuation that counts as a word: “related: …” is not “related …”
_LOOSE = frozenset(":?")  # these never end a phrase
_GAP = 12  # words that a gap between two parts can stand for
_COMPANY, _REPEATED = " in company", " when repeated"

Words = Sequence[str]


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase of the lists: the name of its rule, and its parts, between which some words may stand.

    ``before`` and ``after`` tell whether words may stand before and after it on its line; ``capitals`` that it must be
    in capitals, ``company`` that it counts beside other boilerplate alone, and ``repeated`` where it stands often.
    """

    rule: str
    parts: tuple[tuple[str, ...], ...]
    before: bool
    after: bool
    capitals: bool
    company: bool
    repeated: bool

    @property
    def whole(self) -> bool:
        """Whether it is a line of its own without any other word."""
        return len(self.parts) == 1 and not self.before and not self.after

    def find(self, words: Words, *, tail: bool = False) -> tuple[int, int] | None:
        """Where in the words of a line the phrase stands: its first word and the one after its last.

        None where it does not fit the line. ``tail`` lets words stand before a phrase that is a whole line otherwise.
        """
        size = _size(words)
        last = self.parts[-1]
        if self.before and self.after:
            place = _search(words, last, 0, size)
            return None if place is None else (place, place + len(last))
        first = size - len(last)
        if self.before or tail:
            return (first, size) if _stands(words, last, first) else None
        at = reach = 0
        for part in self.parts if self.after else self.parts[:-1]:
            place = _search(words, part, at, at + reach)
            if place is None:
                return None
            at, reach = place + len(part), _GAP
        if self.after:
            return 0, at
        return (0, size) if at <= first <= at + reach and _stands(words, last, first) else None


def _size(words: Words) -> int:
    """How many words a line has without the marks that end it."""
    size = len(words)
    while size and words[size - 1] in _LOOSE:
        size -= 1
    return size


def _stands(words: Words, part: tuple[str, ...], at: int) -> bool:
    if at < 0 or at + len(part) > len(words):
        return False
    return all(
        word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted
        for word, wanted in zip(words[at : at + len(part)], part, strict=True)
    )


def _search(words: Words, part: tuple[str, ...], first: int, last: int) -> int | None:
    """The first place from ``first`` to ``last``, both included, where the part stands."""
    if not part[0].endswith("*") and part[0] not in words:
        return None  # true of nearly all, and seen at once
    return next((at for at in range(first, last + 1) if _stands(words, part, at)), None)


class PhraseBook:
    """Phrases, and the keys by which the lines are chosen that could hold one.

    ``single`` holds the keys of first words, ``opening`` of the first two, ``closing`` of the last two, and ``inside``
    of two words that stand anywhere in a line.
    """

    def __init__(self, phrases: Iterable[tuple[Phrase, Sequence[Sequence[int]]]]) -> None:
        self._opening: dict[tuple[str, ...], list[Phrase]] = defaultdict(list)
        self._closing: dict[tuple[str, ...], list[Phrase]] = defaultdict(list)
        self._inside: list[Phrase] = []
        single, opening, closing, inside = set[int](), set[int](), set[int](), set[int]()
        for phrase, keys in phrases:
            first, last = phrase.parts[0], phrase.parts[-1]
            if phrase.before and phrase.after:
                self._inside.append(phrase)
                inside.add(pair_key(*keys[0][:2]))
            elif not phrase.before:
                self._opening[first[:2]].append(phrase)
                if len(first) == 1:
                    single.add(keys[0][0])
                else:
                    opening.add(pair_key(*keys[0][:2]))
            # What cuts a text off may stand at the end of its last line as well as on a line of its own.
            cuts = phrase.whole and phrase.rule == "cut-off"
            if len(last) > 1 and (cuts or (phrase.before and not phrase.after)):
                self._closing[last[-2:]].append(phrase)
                closing.add(pair_key(*keys[-1][-2:]))
        self.single, self.opening = KeySet(single), KeySet(opening)
        self.closing, self.inside = KeySet(closing), KeySet(inside)
        for group in self._opening.values():
            group.sort(key=lambda phrase: (phrase.company, -sum(map(len, phrase.parts))))

    def opening_as(self, words: Words) -> Iterator[Phrase]:
        """The phrases that open as these words do; those that count alone and the longest come first."""
        yield from self._opening.get(tuple(words[:2]), ())
        yield from self._opening.get(tuple(words[:1]), ())

    def closing_as(self, words: Words) -> Iterator[Phrase]:
        """The phrases that end as these words do."""
        size = _size(words)
        yield from self._closing.get(tuple(words[max(0, size - 2) : size]), ())

    def anywhere(self) -> Iterator[Phrase]:
        """The phrases before and after which any words may stand."""
        yield from self._inside


@functools.cache
def phrase_book() -> PhraseBook:
    """The phrases of all languages: a page in one language is often framed in another."""
    folder = files(__package__) / "lists"
    lines = [line for language in _LANGUAGES for line in _lines((folder / f"{language}.txt").read_text("utf-8"))]
    parts = iter(_tokenized([part for _, text in lines for part in _parts(text)]))
    return PhraseBook(_phrase(section, text, [next(parts) for _ in _parts(text)]) for section, text in lines)


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """The section and the phrase of each line of a list."""
    section = ""
    for line in text.splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            yield section, line


def _parts(text: str) -> list[str]:
    return [part for part in text.split("…") if part.strip()]


def _phrase(section: str, text: str, parts: list[tuple[tuple[str, ...], list[int]]]) -> tuple[Phrase, list[list[int]]]:
    phrase = Phrase(
        rule=section.removesuffix(_COMPANY).removesuffix(_REPEATED),
        parts=tuple(words for words, _ in parts),
        before=text.startswith("…"),
        after=text.endswith("…"),
        capitals=text.isupper(),
        company=section.endswith((_COMPANY, _REPEATED)),
        repeated=section.endswith(_REPEATED),
    )
    return phrase, [keys for _, keys in parts]


def _tokenized(parts: list[str]) -> Iterator[tuple[tuple[str, ...], list[int]]]:
    """The words of each part and their keys."""
    text, tokens, bounds = tokenize_parts(parts)
    kept = counted(tokens.kind, tokens.key).tolist()
    spans = list(zip(tokens.start.tolist(), tokens.end.tolist(), tokens.kind.tolist(), strict=True))
    for first, last in itertools.pairwise(bounds):
        chosen = [at for at in range(first, last) if kept[at]]
        words = tuple(
            fold(text[start:end], kind == NUMBER) + ("*" if text[end : end + 1] == "*" else "")
            for start, end, kind in (spans[at] for at in chosen)
        )
        yield words, tokens.key[chosen].tolist()


def fold(word: str, number: bool) -> str:
    """A word as phrases have it."""
    return "0" if number else word.lower().replace("’", "'")


def counted(kind: npt.NDArray[np.uint8], keys: Keys) -> npt.NDArray[np.bool_]:
    """For each token whether it counts as a word of a phrase."""
    kept: npt.NDArray[np.bool_] = (kind != PUNCTUATION) | is_mark(keys)
    return kept


def is_mark(keys: Keys) -> npt.NDArray[np.bool_]:
    """For each key whether it is that of punctuation that counts as a word."""
    colon, question, copyright_sign = _mark_keys()
    found: npt.NDArray[np.bool_] = (keys == colon) | (keys == question) | (keys == copyright_sign)
    return found


@functools.cache
def _mark_keys() -> Keys:
    return tokenize(" ".join(_MARKS)).key
