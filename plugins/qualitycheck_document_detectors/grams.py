"""What the detectors look at: the words of a text, pairs of them, and its skeleton of function words and endings.

A name or a topic tells nothing about who wrote a text, so only words that many kinds of text use are looked at as
themselves. Any other is its ending (“-ing”, “-ly”). In the skeleton all words but the few hundred commonest are
endings. The last three letters of all but those are looked at, too (“-ant”, “-nce”, “-ese”), since most long words that
a machine prefers are in no list. How a file writes its capitals, quotation marks, dashes and brackets is left out: that
is a habit of collections more than of writers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from qualitycheck.batch import Batch
from qualitycheck.tokens import PUNCTUATION, WORD, Codes, Keys, Offsets, salts, token_key

Flags = npt.NDArray[np.bool_]

#: Kinds of gram: a word, two words side by side, three places of the skeleton, and the last three letters of a word.
WORDS, PAIRS, SKELETONS, LETTERS = KINDS = 0, 1, 2, 3

_SLOT_BITS = 17  # of the table of known words
_COMMON = np.uint16(1)  # the bit of an entry that says that a word is one of the commonest
_UNUSUAL = np.uint16(2)  # the one that says that it is none of the usual ones
_CHECK = ~(_COMMON | _UNUSUAL)
_SHORTEST = 5  # letters of a word of which the last three are looked at
# What each place of a gram is multiplied with; the factor that all share spreads the bits of the sum.
_SALTS = salts(16) * np.uint64(0x9FB21C651E98DF25)
_MARKS = (",", ".", ";", ":", "?", "!")
_ENDINGS = ("", "s", "ed", "ly", "ing", "on", "ve", "nt", "al", "ty")
_NUMBER = 11  # the class of numbers


_CLASSES = salts(28)[16:]  # stand in for the keys of what is not looked at as itself
_MARK_KEYS = np.array([token_key(mark) for mark in _MARKS], np.uint64)


class Vocabulary:
    """The words that are looked at as themselves.

    Of the 2¹⁷ entries of ``table`` each is 0 or belongs to the word whose key begins with the entry's number; its bits
    but the lowest two are the end of that key. The lowest says whether the word is one of the commonest, the next
    whether it is one that is seldom met.
    """

    def __init__(self, table: npt.NDArray[np.uint16]) -> None:
        self.table = table

    @classmethod
    def of(cls, keys: Keys, commonest: int, usual: int) -> Vocabulary:
        """The table of words given by their keys, commonest first; of two that want one entry, the first gets it.

        The first ``commonest`` are the commonest; those after the first ``usual`` are seldom met.
        """
        table = np.zeros(1 << _SLOT_BITS, np.uint16)
        slots, checks = _slots(keys), _checks(keys)
        first = np.unique(slots, return_index=True)[1]
        table[slots[first]] = checks[first] | _COMMON * (first < commonest) | _UNUSUAL * (first >= usual)
        return cls(table)

    def look(self, keys: Keys) -> tuple[Flags, Flags, Flags]:
        """Which tokens are known words; which of those are among the commonest; which are seldom met."""
        entries = self.table[_slots(keys)]
        known = (entries & _CHECK) == _checks(keys)
        return known, known & (entries & _COMMON > 0), known & (entries & _UNUSUAL > 0)


def _slots(keys: Keys) -> Offsets:
    return (keys >> np.uint64(64 - _SLOT_BITS)).astype(np.int64)


def _checks(keys: Keys) -> npt.NDArray[np.uint16]:
    # An entry of 0 is an empty one, so no word may have it.
    return (keys.astype(np.uint16) | np.uint16(4)) & _CHECK


@dataclass(frozen=True, slots=True, eq=False)
class Streams:
    """The tokens of a batch that are looked at, as parallel arrays.

    ``token`` is a token's index in the batch, ``word`` what it is looked at as and ``skeleton`` the same in the
    skeleton; ``known``, ``common`` and ``unusual`` say whether it is a word of the vocabulary, one of the commonest,
    and one that is seldom met. ``long`` are the places of the words of which the last three letters are looked at, and
    ``letters`` those. ``bounds`` is the index of each part's first token, with the number of all at its end.
    """

    token: Offsets
    word: Keys
    skeleton: Keys
    known: Flags
    common: Flags
    unusual: Flags
    long: Offsets
    letters: Keys
    bounds: Offsets


def streams(batch: Batch, vocabulary: Vocabulary) -> Streams:
    """What is looked at in a batch."""
    is_word = batch.tokens.kind == WORD
    is_mark = batch.tokens.kind == PUNCTUATION
    marks = np.flatnonzero(is_mark)
    is_mark[marks[~among(batch.tokens.key[marks], _MARK_KEYS)]] = False
    token = np.flatnonzero((batch.tokens.kind != PUNCTUATION) | is_mark)
    key, is_word, is_mark = batch.tokens.key[token], is_word[token], is_mark[token]
    known, common, unusual = (flags & is_word for flags in vocabulary.look(key))
    # What is not common is looked at as its class, in the skeleton and, where it is not even known, as a word.
    hidden = np.flatnonzero(~(common | is_mark))
    classes = np.full(len(hidden), _CLASSES[_NUMBER])
    words = is_word[hidden]
    start, end = batch.tokens.start[token], batch.tokens.end[token]
    classes[words] = _CLASSES[_endings(batch.codes, end[hidden[words]])]
    skeleton = key.copy()
    skeleton[hidden] = classes
    word = np.where(known, key, skeleton)
    long, letters = _last_three(batch.codes, start, end, is_word & ~common)
    bounds = np.searchsorted(token, batch.bounds)
    return Streams(token, word, skeleton, known, common, unusual, long, letters, bounds)


def among(keys: Keys, few: Keys) -> Flags:
    """Which keys are among a few: a look for each of them takes less than sorting does."""
    found = np.zeros(len(keys), bool)
    for key in few:
        found |= keys == key
    return found


def _last_three(codes: Codes, start: Offsets, end: Offsets, wanted: Flags) -> tuple[Offsets, Keys]:
    """The places of wanted tokens that are long enough and end in three Latin letters, and a key of those in small."""
    long = np.flatnonzero(wanted & (end - start >= _SHORTEST))
    key = np.zeros(len(long), np.uint64)
    latin = np.ones(len(long), bool)
    for distance in (1, 2, 3):
        letter = codes[end[long] - distance] | np.uint32(32)
        latin &= (letter >= ord("a")) & (letter <= ord("z"))
        key += letter * _SALTS[4 * LETTERS + distance]
    return long[latin], key[latin]


def _endings(codes: Codes, end: Offsets) -> Offsets:
    """For each word the number of its ending; the letters of the token before may help, which harms nothing."""
    last = codes[end - 1] | np.uint32(32)
    before = codes[np.maximum(end - 2, 0)] | np.uint32(32)
    third = codes[np.maximum(end - 3, 0)] | np.uint32(32)
    ending = np.zeros(len(end), np.int64)
    for number, letters in enumerate(_ENDINGS):
        if letters:
            found = last == ord(letters[-1])
            if len(letters) > 1:
                found &= before == ord(letters[-2])
            if len(letters) > 2:
                found &= third == ord(letters[-3])
            ending[found] = number
    return ending


@dataclass(frozen=True, slots=True, eq=False)
class Grams:
    """The grams of one kind in a batch: the key of each, and the index in the streams where it begins.

    ``bounds`` is the index of each part's first gram, with the number of all at its end.
    """

    key: Keys
    place: Offsets
    bounds: Offsets


def grams(seen: Streams, kind: int) -> Grams:
    """The grams of one kind; none reaches from one part into the next."""
    if kind == LETTERS:
        return Grams(seen.letters, seen.long, np.searchsorted(seen.long, seen.bounds))
    view = seen.skeleton if kind == SKELETONS else seen.word
    length = kind + 1  # in tokens
    count = max(len(view) - length + 1, 0)
    key = view[:count] * _SALTS[4 * kind]
    for offset in range(1, length):
        key += view[offset : offset + count] * _SALTS[4 * kind + offset]
    whole = np.ones(count, bool)
    for offset in range(1, length):
        inner = seen.bounds[1:-1] - offset
        whole[inner[(inner >= 0) & (inner < count)]] = False
    place = np.flatnonzero(whole)
    number = np.maximum(np.diff(seen.bounds) - length + 1, 0)
    return Grams(key if len(place) == count else key[place], place, np.append(0, np.cumsum(number)))
