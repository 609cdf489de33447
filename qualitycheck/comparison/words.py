"""A document as the aligner sees it: words and marks as numbers, where equal numbers are equal words."""

from __future__ import annotations

import functools
import zlib
from dataclasses import dataclass

import numpy as np

from qualitycheck.document import Document
from qualitycheck.tokens import LOWER, NUMBER, PUNCTUATION, Keys, Offsets, Tokens, token_key

# Marks that differ in print alone.
_ALIKE = {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "–": "—", "--": "—", "…": "..."}

_OPENERS = np.array([token_key(mark) for mark in ('"', "'", ":", "(", "[", "—")], np.uint64)
_TITLE = 0.7  # the share of capitalised words in a headline
_LEAST_TITLE = 3


@dataclass(frozen=True, eq=False)
class Words:
    """The tokens of a document, a key for each, and the first token of each sentence (with one more for the end).

    Unlike a token's own key, that of a number tells it from other numbers, and that of a quotation mark or dash does
    not tell its print.
    """

    document: Document
    tokens: Tokens
    keys: Keys
    sentences: Offsets

    @classmethod
    def of(cls, document: Document) -> Words:
        """The words of a document."""
        tokens, text = document.tokens, document.prose
        keys = tokens.key.copy()
        for index in np.flatnonzero(tokens.kind == NUMBER).tolist():
            number = text[tokens.start[index] : tokens.end[index]]
            keys[index] = zlib.crc32(number.encode("utf-8", "surrogatepass")) + (1 << 32)
        alike = {token_key(mark): token_key(plain) for mark, plain in _ALIKE.items()}
        marks = np.flatnonzero(tokens.kind == PUNCTUATION)
        for key, plain_key in alike.items():
            keys[marks[keys[marks] == np.uint64(key)]] = plain_key
        starts = document.sentences[:, 0]
        sentences = np.unique(np.append(np.searchsorted(tokens.start, starts), len(tokens)))
        if len(tokens) and sentences[0] != 0:
            sentences = np.insert(sentences, 0, 0)
        return cls(document, tokens, keys, sentences.astype(np.int64))

    @functools.cached_property
    def openings(self) -> frozenset[int]:
        """The tokens whose capital tells nothing: those that open a sentence or stand after a quotation mark or colon,
        and all in lines where most words have one.
        """
        opens = np.zeros(len(self.tokens) + 1, bool)
        marks = np.isin(self.keys, _OPENERS) | np.isin(np.arange(len(self.tokens)) + 1, self.sentences)
        opens[1:] = marks
        opens[self.sentences] = True
        punctuation = self.tokens.kind == PUNCTUATION
        for index in np.flatnonzero(opens[:-1] & punctuation).tolist():
            while index < len(punctuation) and punctuation[index]:
                index += 1
            opens[index] = True
        capital = (self.tokens.shape != LOWER) & ~punctuation
        spoken = np.add.reduceat(np.append(~punctuation, False), self.sentences[:-1])
        capitals = np.add.reduceat(np.append(capital, False), self.sentences[:-1])
        for index in np.flatnonzero((capitals > _TITLE * spoken) & (spoken >= _LEAST_TITLE)).tolist():
            opens[self.sentences[index] : self.sentences[index + 1]] = True
        return frozenset(np.flatnonzero(opens).tolist())

    @property
    def count(self) -> int:
        """How many sentences there are."""
        return max(len(self.sentences) - 1, 0)

    def word(self, index: int) -> str:
        """A token as a reader sees it."""
        return self.document.excerpt(int(self.tokens.start[index]), int(self.tokens.end[index]))

    def phrase(self, first: int, last: int) -> str:
        """The tokens from ``first`` to before ``last`` as a reader sees them."""
        return self.document.excerpt(int(self.tokens.start[first]), int(self.tokens.end[last - 1]))

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Start and end, in code points of the file, of the tokens from ``first`` to before ``last``.

        Where there are none, the place between their neighbours: the end of the token before.
        """
        if first < last:
            end = int(self.tokens.end[last - 1])
            return int(self.tokens.start[first]), self.document.whole_entity(end)
        place = int(self.tokens.end[first - 1]) if first else 0
        return place, place
