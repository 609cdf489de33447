"""What it costs to hold some words of a rewritten stretch for the counterpart of some words of the original.

A piece costs more the longer it is, and less where its two sides are forms of one word, have an ending in common, are
of one kind (function word, name), or pair so elsewhere in the texts. The figures are about minus the logarithm of how
often such pieces are met; they were fitted to news that was spun with a large table, at three rates.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from qualitycheck.comparison.kinship import ENDINGS, SHORT_ENDING, same_word
from qualitycheck.comparison.lexis import Lexis

Piece = tuple[int, int]  # how many words of either side it takes
Sides = tuple[tuple[str, ...], tuple[str, ...]]
Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Keys = npt.NDArray[np.uint64]

#: The most words of a piece on either side.
LONGEST = 4

_LENGTH: dict[Piece, float] = {
    (0, 1): 0.9, (0, 2): 1.65, (1, 0): 1.3, (1, 1): 1.0, (1, 2): 1.5, (2, 1): 2.1, (1, 3): 2.0, (3, 1): 2.6,
    (2, 2): 2.7, (1, 4): 2.9, (4, 1): 3.0, (2, 3): 3.15, (3, 2): 3.1, (3, 3): 3.55, (2, 4): 3.65, (4, 2): 3.9,
    (3, 4): 4.0, (4, 3): 4.3, (4, 4): 4.3,
}  # fmt: skip
_ALONE = 0.3  # a word that was put in or left out, and is no function word
_MIXED = 0.45  # function words against others
_UNLIKE = 0.4  # function words of different kinds against each other
_SAME_KIND = 0.3  # a function word for a phrase that starts with one of its kind: “against”, “in opposition to”
_MISPLACED = 0.4  # a phrase that starts with what follows a verb, or ends with what goes before a noun
_UNEVEN = 0.25  # each word of content more than one that one side has more than the other
_NAMED = 1.5  # a name against none, and each mark within
_AGAIN, _MOST_AGAIN = 1.55, 3.3  # what a pair that recurs saves
_FORM = 1.5  # what a form of the same word saves
_PART = 0.6  # how much an ending tells where one word stands for several

#: The pieces that there are, in an order that numbers them.
SHAPES: tuple[Piece, ...] = tuple(_LENGTH)

_BASE = 0x9E3779B97F4A7C15
_PAIR = np.uint64(0xD1342543DE82EF95)


@dataclass(frozen=True, slots=True)
class Stretch:
    """The words of one rewritten place in both texts, in lower case.

    ``names`` tells of each word whether it is part of a name, ``breaks`` whether punctuation stands before it.
    """

    words: Sides
    names: tuple[tuple[bool, ...], tuple[bool, ...]]
    breaks: tuple[tuple[bool, ...], tuple[bool, ...]]


class Seen:
    """How often pairs were met, by their keys."""

    def __init__(self, keys: Keys | None = None) -> None:
        found = np.empty(0, np.uint64) if keys is None else keys
        self._keys, self._counts = np.unique(found, return_counts=True)

    def __len__(self) -> int:
        return len(self._keys)

    def count(self, keys: Keys) -> Ints:
        """How often each pair was met."""
        place = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        return np.where(self._keys[place] == keys, self._counts[place], 0)

    def once(self, first: Sequence[str], second: Sequence[str]) -> bool:
        """Whether two sides were met as a pair no more than once."""
        keys = [np.array([_phrase_key([_word_key(word) for word in side])], np.uint64) for side in (first, second)]
        return not len(self) or int(self.count(_pair_keys(keys[0], keys[1]))[0]) <= 1


class Costs:
    """The costs of all pieces of some stretches, of which none is longer than ``size`` words on either side."""

    def __init__(self, stretches: Sequence[Stretch], size: int, lexis: Lexis) -> None:
        self.size = size
        self.rows, self.columns = (np.array([len(each.words[side]) for each in stretches]) for side in (0, 1))
        vocabulary = {word: 0 for each in stretches for side in each.words for word in side}
        vocabulary = {word: number for number, word in enumerate(vocabulary, 1)}
        shape = len(stretches), size
        words = [np.zeros(shape, np.int64) for _ in range(2)]
        names, breaks = ([np.zeros(shape, bool) for _ in range(2)] for _ in range(2))
        for number, each in enumerate(stretches):
            for side in (0, 1):
                length = len(each.words[side])
                words[side][number, :length] = [vocabulary[word] for word in each.words[side]]
                names[side][number, :length] = each.names[side]
                breaks[side][number, :length] = each.breaks[side]
        texts = ["", *vocabulary]
        function = np.array([lexis.is_function(word) for word in texts])
        self._content = [_sums(~function[each] & (each > 0)) for each in words]
        self._names, self._breaks = ([_sums(each) for each in both] for both in (names, breaks))
        self._kinds = [np.array([lexis.kinds(word) for word in texts])[each] for each in words]
        self._follows = [np.array([lexis.follows(word) for word in texts])[each] for each in words]
        self._precedes = [np.array([lexis.precedes(word) for word in texts])[each] for each in words]
        word_keys = np.array([0, *(_word_key(word) for word in vocabulary)], np.uint64)
        self._keys = [_phrase_keys(word_keys[each]) for each in words]
        self._endings = _endings(texts, words)
        self._same = _same(stretches, texts, words, lexis.language)

    def piece(self, here: Ints, i: int, j: int, number: int, seen: Seen, own: Flags | None) -> Floats:
        """What the piece of shape ``number`` that starts at a cell costs in the stretches ``here``.

        ``own`` says where it was counted in ``seen`` itself.
        """
        taken, given = SHAPES[number]
        k, m = i + taken, j + given
        cost = np.full(len(here), _LENGTH[taken, given], np.float32)
        meant = [each[here, end] - each[here, start]
                 for each, start, end in zip(self._content, (i, j), (k, m), strict=True)]  # fmt: skip
        if not taken or not given:
            return np.asarray(cost + _ALONE * (meant[0] + meant[1] > 0), np.float32)
        cost += self._bias(here, i, j, number, meant)
        named = [each[here, end] > each[here, start]
                 for each, start, end in zip(self._names, (i, j), (k, m), strict=True)]  # fmt: skip
        cost += _NAMED * (named[0] != named[1])
        for each, start, end in zip(self._breaks, (i, j), (k, m), strict=True):
            cost += _NAMED * (each[here, end] - each[here, start + 1])
        if len(seen):
            again = seen.count(self._pair(here, i, j, number))
            again = again - own if own is not None else again
            cost -= np.minimum(_AGAIN * np.log1p(np.maximum(again, 0)), _MOST_AGAIN)
        return cost

    def keys_along(self, path: npt.NDArray[np.int8]) -> Keys:
        """The keys of all pairs on the ways through the stretches."""
        found = [np.empty(0, np.uint64)]
        for number, (taken, given) in enumerate(SHAPES):
            if taken and given:
                here, i, j = np.nonzero(path == number)
                found.append(_pair_keys(self._keys[0][taken - 1][here, i], self._keys[1][given - 1][here, j]))
        return np.concatenate(found)

    def _pair(self, here: Ints, i: int, j: int, number: int) -> Keys:
        taken, given = SHAPES[number]
        return _pair_keys(self._keys[0][taken - 1][here, i], self._keys[1][given - 1][here, j])

    def _bias(self, here: Ints, i: int, j: int, number: int, meant: list[Ints]) -> Floats:
        """What the words of a piece add to its cost."""
        taken, given = SHAPES[number]
        uneven = _UNEVEN * np.maximum(np.abs(meant[0] - meant[1]) - 1, 0)
        if taken > 1 and given > 1:
            return np.asarray(uneven, np.float32)
        cost = _MIXED * ((meant[0] == 0) != (meant[1] == 0))
        kinds = self._kinds[0][here, i], self._kinds[1][here, j]
        both = (kinds[0] > 0) & (kinds[1] > 0)
        agree = both & (kinds[0] & kinds[1] > 0)
        cost = cost + _UNLIKE * (both & ~agree & (meant[0] + meant[1] == 0))
        likeness = self._endings[here, i : i + taken, j : j + given].max(axis=(1, 2))
        if taken == given == 1:
            cost = cost - likeness
        else:
            cost = cost - _PART * likeness - _SAME_KIND * agree + uneven
            side, start, length = (0, i, taken) if taken > given else (1, j, given)
            ends = 1.0 * self._follows[side][here, start] + self._precedes[side][here, start + length - 1]
            cost += _MISPLACED * ends * ((meant[0] > 0) & (meant[1] > 0))
        if (taken, given) in self._same:
            same = self._same[taken, given][here, i, j]
            cost = np.where(same, -_FORM * max(taken, given), cost)
        return np.asarray(cost, np.float32)


def _sums(flags: Flags) -> Ints:
    """Running sums along the rows, from 0."""
    sums = np.zeros((flags.shape[0], flags.shape[1] + 1), np.int64)
    np.cumsum(flags, axis=1, out=sums[:, 1:])
    return sums


def _word_key(word: str) -> int:
    data = word.encode("utf-8", "surrogatepass")
    return zlib.crc32(data) << 32 | zlib.adler32(data)


def _phrase_key(words: Sequence[int]) -> int:
    value = 0
    for word in words:
        value = (value * _BASE + word) % (1 << 64)
    return value


def _phrase_keys(words: Keys) -> list[Keys]:
    """For each length up to the longest, the key of the phrase that starts at each word."""
    keys = [words]
    for length in range(1, LONGEST):
        longer = keys[-1] * np.uint64(_BASE)
        longer[:, : max(words.shape[1] - length, 0)] += words[:, length:]
        keys.append(longer)
    return keys


def _pair_keys(first: Keys, second: Keys) -> Keys:
    return (first ^ (first >> np.uint64(29))) * _PAIR + second


def _endings(texts: Sequence[str], words: Sequence[Ints]) -> Floats:
    """How alike the endings of each word of one side and each of the other are."""
    most = len(ENDINGS) - 1
    letters = np.zeros((len(texts), most), np.uint32)
    for number, text in enumerate(texts):
        ending = text[: -most - 1 : -1]
        letters[number, : len(ending)] = [ord(letter) for letter in ending]
    first, second = (letters[each] for each in words)
    equal = (first[:, :, None] == second[:, None]) & (first[:, :, None] > 0)
    common = np.logical_and.accumulate(equal, axis=3).sum(axis=3)
    short = np.array([len(text) <= 3 for text in texts])
    either = short[words[0]][:, :, None] | short[words[1]][:, None]
    return np.asarray(np.where(either, SHORT_ENDING * common, np.array(ENDINGS)[common]), np.float32)


def _same(
    stretches: Sequence[Stretch], texts: Sequence[str], words: Sequence[Ints], language: str | None
) -> dict[Piece, Flags]:
    """Where a word stands for another form of itself, or a contraction for two words or the reverse."""
    count, size = words[0].shape
    initial = np.array([text[:1] for text in texts])
    same: dict[Piece, Flags] = {piece: np.zeros((count, size, size), bool) for piece in ((1, 1), (1, 2), (2, 1))}
    alike = (initial[words[0]][:, :, None] == initial[words[1]][:, None]) & (words[0] > 0)[:, :, None]
    for number, i, j in zip(*(each.tolist() for each in np.nonzero(alike & (words[1] > 0)[:, None])), strict=True):
        first, second = stretches[number].words
        for taken, given in same:
            if i + taken <= len(first) and j + given <= len(second):
                sides = first[i : i + taken], second[j : j + given]
                same[taken, given][number, i, j] = same_word(*sides, language)
    return same
