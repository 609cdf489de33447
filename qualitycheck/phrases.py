"""Finding thousands of phrases in one pass over a text's tokens, on arrays.

A phrase is a sequence of tokens, so neither capitals nor the kind of apostrophe nor white space matter. What a look-up
costs hardly depends on how many phrases there are: most tokens are dismissed by one look into a small table. And many
short texts are taken as one, since an array operation costs as much on a hundred tokens as on a thousand.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from qualitycheck.tokens import Keys, Offsets, Tokens, tokenize_all

#: A phrase's key is the polynomial of its tokens' keys at this number; trained models hold such keys.
PHRASE_BASE = 0xD1342543DE82EF95
_LEAST_BITS, _MOST_BITS = 10, 18  # of a prefilter: a small one stays in the processor's cache


def phrase_keys(tokens: Keys, first: Offsets, length: int) -> Keys:
    """The keys of the phrases of ``length`` tokens that start at the tokens ``first``."""
    value = tokens[first]
    for offset in range(1, length):
        value = value * np.uint64(PHRASE_BASE) + tokens[first + offset]
    return value


class TokenRow:
    """The tokens of several texts one behind the other, so that one look goes over all of them.

    ``keys`` are those of the tokens, and behind each text, but for an only one, that of a token which is in no phrase.
    ``bounds`` are the places of the first token of each text, and the end of the last.
    """

    def __init__(self, texts: Sequence[Tokens]) -> None:
        self.texts = texts
        gap = int(len(texts) != 1)
        self.bounds: Offsets = np.cumsum([0, *(len(tokens) + gap for tokens in texts)])
        self.keys: Keys = self._column("key", np.uint64)

    @functools.cached_property
    def start(self) -> Offsets:
        """Where each token starts in its text."""
        return self._column("start", np.int64)

    @functools.cached_property
    def end(self) -> Offsets:
        """Where each token ends in its text; 0 for what stands behind a text."""
        return self._column("end", np.int64)

    def count(self, places: Offsets) -> list[int]:
        """How many of these places, which are sorted, are in each text."""
        counts: list[int] = np.diff(places.searchsorted(self.bounds)).tolist()
        return counts

    def split(self, places: Offsets) -> Iterator[list[int]]:
        """Those of these places, which are sorted, that are in each text, counted from its first token."""
        everywhere, bounds = places.tolist(), places.searchsorted(self.bounds).tolist()
        for (first, last), offset in zip(pairwise(bounds), self.bounds[:-1].tolist(), strict=True):
            yield [place - offset for place in everywhere[first:last]]

    def _column(self, name: str, kind: npt.DTypeLike) -> npt.NDArray[Any]:
        columns = [getattr(tokens, name) for tokens in self.texts]
        if len(columns) == 1:
            only: npt.NDArray[Any] = columns[0]
            return only
        gap = np.zeros(1, kind)
        return np.concatenate([gap[:0], *(piece for column in columns for piece in (column, gap))])


class KeySet:
    """A set of keys, of tokens or of phrases, that is asked about whole arrays at a time.

    The top bits of a key tell at the price of one look-up whether it can be in the set: most keys end there.
    """

    def __init__(self, keys: Iterable[int] | Keys) -> None:
        listed = keys if isinstance(keys, np.ndarray) else np.array([*keys], np.uint64)
        order = np.argsort(listed, kind="stable")
        # One more than any key that there is, so that every look-up ends at an entry.
        self._keys = np.append(listed[order], np.uint64(2**64 - 1))
        self._order = np.append(order, -1)
        self._slots = _Slots(len(listed))
        slot = self._slots.of(self._keys[:-1])
        self._seen = np.zeros(self._slots.count, bool)
        self._seen[slot] = True
        # Where the keys of a slot begin; that of an empty one is never asked for.
        self._begin = np.zeros(self._slots.count, np.int32)
        self._begin[slot[::-1]] = np.arange(len(slot) - 1, -1, -1)

    def find(self, keys: Keys) -> tuple[Offsets, Offsets]:
        """The places in ``keys`` that hold one of the set, and the number that each has in it."""
        slot = self._slots.of(keys)
        place = np.flatnonzero(self._seen[slot])
        asked = keys[place]
        at = self._begin[slot[place]].astype(np.int64)
        # A slot has a key or two; a search among all keys would miss the processor's cache at every step.
        behind = np.flatnonzero(self._keys[at] < asked)
        while len(behind):
            at[behind] += 1
            behind = behind[self._keys[at[behind]] < asked[behind]]
        held = np.flatnonzero(self._keys[at] == asked)
        return place[held], self._order[at[held]]

    def places(self, keys: Keys) -> Offsets:
        """The places in ``keys`` that hold one of the set."""
        return self.find(keys)[0]


class _Slots:
    """Where keys stand in a prefilter for so many: by their top bits."""

    def __init__(self, keys: int) -> None:
        bits = min(max(keys.bit_length() + 5, _LEAST_BITS), _MOST_BITS)
        self.count = 1 << bits
        self._shift = np.uint64(64 - bits)

    def of(self, keys: Keys) -> Offsets:
        """The slot of each key."""
        return (keys >> self._shift).view(np.int64)


class PhraseTable:
    """Looks phrases up by their keys, of which ``keys[i]`` belongs to phrase i.

    ``first`` are the keys of their first tokens and ``lengths`` their lengths in tokens. A look at a token's key tells
    how long a phrase that starts there can be, and most tokens end there.
    """

    def __init__(self, keys: Keys, first: Keys, lengths: npt.NDArray[np.uint8]) -> None:
        self._listed = KeySet(np.asarray(keys))
        self._slots = _Slots(len(keys))
        counts = np.asarray(lengths)
        self._longest = int(counts.max(initial=0))
        self._lengths = np.zeros(self._slots.count, np.uint8)
        np.bitwise_or.at(self._lengths, self._slots.of(np.asarray(first)), _length_bit(counts))

    def find(self, keys: Keys) -> tuple[Offsets, Offsets, Offsets]:
        """All occurrences in a sequence of token keys, longest first at each place and none within another.

        Three arrays: the index of the first token, the length in tokens, and the number of the phrase.
        """
        lengths = self._lengths[self._slots.of(keys)]
        phrase = np.full(len(keys), -1, np.int64)
        length = np.zeros(len(keys), np.int64)
        for count in range(min(self._longest, len(keys)), 0, -1):
            begins = lengths[: len(keys) - count + 1] & _length_bit(count)
            waiting = np.flatnonzero(begins != 0)
            waiting = waiting[phrase[waiting] < 0]
            if len(waiting):
                at, number = self._listed.find(phrase_keys(keys, waiting, count))
                phrase[waiting[at]] = number
                length[waiting[at]] = count
        first = np.flatnonzero(length)
        length, phrase = length[first], phrase[first]
        kept = _apart(first, length)
        return first[kept], length[kept], phrase[kept]


def _length_bit(length: Any) -> Any:
    """The bit that stands for a length of phrases in a table; the last stands for all the long ones."""
    return np.uint8(1) << np.minimum(np.asarray(length) - 1, 7).astype(np.uint8)


def _apart(first: Offsets, length: Offsets) -> npt.NDArray[np.bool_]:
    """Which occurrences do not start within one that is kept; they are given in order of place."""
    kept = np.ones(len(first), bool)
    end = first + length
    # What starts behind the end of all before it needs no closer look.
    within = np.flatnonzero(first[1:] < np.maximum.accumulate(end)[:-1]) + 1
    alone = np.diff(within, prepend=-1) != 1
    # What comes before such a one is kept, and reaches furthest.
    kept[within[alone]] = False
    several = within[~alone]
    columns = (column.tolist() for column in (several, first[several], end[several], end[several - 2]))
    last, taken = -1, 0
    for index, start, finish, before in zip(*columns, strict=True):
        if index - 1 != last:
            taken = before
        last = index
        if start < taken:
            kept[index] = False
        else:
            taken = finish
    return kept


class PhraseMatcher:
    """Finds any of many phrases in a document's tokens: ``PhraseMatcher(["cookie policy", …]).find(document.tokens)``.

    Every number is alike to it (“read 5 comments” finds “Read 1,204 comments”), as are capitals and apostrophes; white
    space is none of its business, and punctuation within a phrase counts. Raises ValueError for a phrase without a
    token or with more than 255.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self.phrases: Sequence[str] = tuple(phrases)
        keys, first, lengths = [], [], []
        for phrase, tokens in zip(self.phrases, tokenize_all(self.phrases), strict=True):
            if not 1 <= len(tokens) <= 255:
                raise ValueError(f"the phrase {phrase!r} has {len(tokens)} words; it needs one at least, 255 at most")
            keys.append(phrase_keys(tokens.key, np.zeros(1, np.int64), len(tokens))[0])
            first.append(tokens.key[0])
            lengths.append(len(tokens))
        self._table = PhraseTable(np.array(keys, np.uint64), np.array(first, np.uint64), np.array(lengths, np.uint8))

    def find(self, tokens: Tokens) -> Iterator[tuple[int, int, int]]:
        """Start and end (code points) of each occurrence, in order, and the index of the phrase.

        Longest first at each place, none within another.
        """
        first, length, phrase = self._table.find(tokens.key)
        start, end = tokens.start[first], tokens.end[first + length - 1]
        yield from zip(start.tolist(), end.tolist(), phrase.tolist(), strict=True)

    def find_all(self, row: TokenRow) -> list[list[tuple[int, int, int]]]:
        """The same in each text of a row, in about the time of one."""
        first, length, phrase = self._table.find(row.keys)
        owner = row.bounds.searchsorted(first, side="right") - 1
        found: list[list[tuple[int, int, int]]] = [[] for _ in row.texts]
        rows = zip(owner.tolist(), (first - row.bounds[owner]).tolist(), length.tolist(), phrase.tolist(), strict=True)
        for text, place, count, number in rows:
            tokens = row.texts[text]
            found[text].append((int(tokens.start[place]), int(tokens.end[place + count - 1]), number))
        return found
