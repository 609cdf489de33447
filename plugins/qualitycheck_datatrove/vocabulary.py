"""The words of a text as numbers, with what the filters ask about each word looked up in arrays."""

from __future__ import annotations

import functools
import itertools
import tomllib
import unicodedata
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

from qualitycheck.tokens import Keys, Offsets
from qualitycheck_datatrove.words import splitter

#: Gopher's eight words, as they stand: capitals do not count for datatrove.
STOP_WORDS = ("the", "be", "to", "of", "and", "that", "have", "with")

_BASE = 0xD1342543DE82EF95
_MOST = 1 << 19  # stretches remembered before all are forgotten


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of one text as parallel arrays.

    ``number`` is equal for equal words; ``length`` is in code points; ``key`` and ``power`` are what a key of several
    words written together is made of. ``symbol`` marks words of nothing but marks, ``letter`` those with a letter;
    ``stop`` is the number of one of Gopher's eight words, −1 for others.
    """

    number: Offsets
    length: Offsets
    key: Keys
    power: Keys
    symbol: npt.NDArray[np.bool_]
    letter: npt.NDArray[np.bool_]
    stop: npt.NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.number)


class Vocabulary:
    """Numbers the words that it meets, and remembers those of each stretch between white space."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._stretches: dict[str, tuple[int, ...]] = {}
        self._columns: dict[str, npt.NDArray[Any]] = {
            "length": np.zeros(1024, np.int64),
            "key": np.zeros(1024, np.uint64),
            "power": np.zeros(1024, np.uint64),
            "symbol": np.zeros(1024, bool),
            "letter": np.zeros(1024, bool),
            "stop": np.zeros(1024, np.int8),
        }

    def words(self, text: str) -> Words:
        """The words of a text."""
        if len(self._stretches) > _MOST:
            self._numbers.clear()
            self._stretches.clear()
        stretches = text.split()
        for stretch in set(stretches).difference(self._stretches):
            words = splitter().split(stretch)
            for word in words:
                if word not in self._numbers:
                    self._learn(word)
            self._stretches[stretch] = tuple(self._numbers[word] for word in words)
        found = itertools.chain.from_iterable(map(self._stretches.__getitem__, stretches))
        number = np.fromiter(found, np.int64)
        return Words(number, **{name: column[number] for name, column in self._columns.items()})

    def _learn(self, word: str) -> None:
        number = self._numbers[word] = len(self._numbers)
        if number == len(self._columns["length"]):
            self._columns = {name: np.concatenate([each, np.zeros_like(each)]) for name, each in self._columns.items()}
        key = 0
        for character in word:
            key = (key * _BASE + ord(character) + 1) & 0xFFFFFFFFFFFFFFFF
        stop = STOP_WORDS.index(word) if word in STOP_WORDS else -1
        row = len(word), key, pow(_BASE, len(word), 1 << 64), symbols().issuperset(word), _has_letter(word), stop
        for column, value in zip(self._columns.values(), row, strict=True):
            column[number] = value


@functools.cache
def vocabulary() -> Vocabulary:
    """The vocabulary of this process."""
    return Vocabulary()


@functools.cache
def terminal_marks() -> frozenset[str]:
    """What ends a line for FineWeb; quotation marks do not."""
    return _characters("terminal")


@functools.cache
def sentence_ends() -> frozenset[str]:
    """What ends a sentence for C4's count of them."""
    return terminal_marks() - _characters("no-sentence-end")


@functools.cache
def symbols() -> frozenset[str]:
    """Of what a word may consist and be none for Gopher."""
    controls = {chr(code) for code in (*range(9), 11, 12, *range(13, 32), *range(127, 160))}
    return frozenset(_marks()["symbols"]) | controls | terminal_marks()


def is_punctuation(word: str) -> bool:
    """Whether a word has nothing but what Unicode calls punctuation."""
    return all(unicodedata.category(character)[0] == "P" for character in word)


def _has_letter(word: str) -> bool:
    return any(map(str.isalpha, word))


def _characters(name: str) -> frozenset[str]:
    spans = (each.partition("-") for each in _marks()[name].split())
    return frozenset(chr(code) for low, _, high in spans for code in range(int(low, 16), int(high or low, 16) + 1))


@functools.cache
def _marks() -> dict[str, str]:
    text = (files(__package__) / "english.toml").read_text(encoding="utf-8")
    marks: dict[str, str] = tomllib.loads(text)["marks"]
    return marks
