"""Finding thousands of phrases in one pass over a text's tokens, on arrays.

A phrase is a sequence of tokens, so neither capitals nor the kind of apostrophe nor white space matter. What a look-up
costs hardly depends on how many phrases there are: most tokens are dismissed by one look into a small table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from qualitycheck.tokens import Keys, Offsets, Tokens, tokenize_all

#: A phrase's key is the polynomial of its tokens' keys at this number; trained models hold such keys.
PHRASE_BASE = 0xD1342543DE82EF95
_LEAST_BITS, _MOST_BITS = 10, 20  # of a prefilter: a small one stays in the processor's cache


def phrase_keys(tokens: Keys, first: Offsets, length: int) -> Keys:
    """The keys of the phrases of ``length`` tokens that start at the tokens ``first``."""
    value = tokens[first]
    for offset in range(1, length):
        value = value * np.uint64(PHRASE_BASE) + tokens[first + offset]
    return value


class PhraseTable:
    """Looks phrases up by their keys, of which ``keys[i]`` belongs to phrase i.

    ``first`` are the keys of their first tokens and ``lengths`` their lengths in tokens. The top bits of a token's
    key tell at the price of one look-up how long a phrase that starts there can be, and those of a phrase's key
    whether it can be listed: most tokens end there.
    """

    def __init__(self, keys: Keys, first: Keys, lengths: npt.NDArray[np.uint8]) -> None:
        order = np.argsort(keys, kind="stable")
        # One more than any key that a phrase has, so that every look-up ends at an entry.
        self._keys = np.append(np.asarray(keys)[order], np.uint64(2**64 - 1))
        self._order = np.append(order, -1)
        bits = min(max(len(keys).bit_length() + 5, _LEAST_BITS), _MOST_BITS)
        self._shift = np.uint64(64 - bits)
        self._reach = np.zeros(1 << bits, np.uint8)
        self._longest = int(np.asarray(lengths).max(initial=0))
        np.maximum.at(self._reach, self._slots(np.asarray(first)), np.asarray(lengths))
        self._listed = np.zeros(1 << bits, bool)
        self._listed[self._slots(np.asarray(keys))] = True

    def find(self, keys: Keys) -> tuple[Offsets, Offsets, Offsets]:
        """All occurrences in a sequence of token keys, longest first at each place and none within another.

        Three arrays: the index of the first token, the length in tokens, and the number of the phrase.
        """
        reach = self._reach[self._slots(keys)]
        places = np.flatnonzero(reach)
        if not len(places):  # as in most texts, where the phrases are few
            return places, places, places
        phrase = np.full(len(keys), -1, np.int64)
        length = np.ones(len(keys), np.int64)
        for count in range(self._longest, 0, -1):
            place = places[reach[places] >= count]
            place = place[place + count <= len(keys)]
            if not len(place):
                continue
            if count < self._longest:
                place = place[phrase[place] < 0]
            value = phrase_keys(keys, place, count)
            listed = np.flatnonzero(self._listed[self._slots(value)])
            place = place[listed]
            found = self._look_up(value[listed])
            hit = found >= 0
            phrase[place[hit]] = found[hit]
            length[place[hit]] = count
        covered = np.zeros(len(keys) + self._longest, bool)
        several = np.flatnonzero((length > 1) & (phrase >= 0))
        for start, count in zip(several.tolist(), length[several].tolist(), strict=True):
            if not covered[start]:
                covered[start + 1 : start + count] = True
        first = np.flatnonzero((phrase >= 0) & ~covered[: len(keys)])
        return first, length[first], phrase[first]

    def _slots(self, keys: Keys) -> Offsets:
        """Where keys stand in the prefilters: by their top bits."""
        return (keys >> self._shift).astype(np.int64)

    def _look_up(self, keys: Keys) -> Offsets:
        """The number of the phrase with each key, −1 where there is none."""
        found = self._keys.searchsorted(keys)
        return np.where(self._keys[found] == keys, self._order[found], -1)


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
