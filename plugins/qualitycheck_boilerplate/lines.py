"""The lines of documents as ranges of their tokens, and those of them that could be boilerplate as words.

Many short documents are taken as if they were one: an array operation costs as much on a hundred tokens as on ten
thousand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from qualitycheck import Document
from qualitycheck.phrases import KeySet
from qualitycheck.tokens import NUMBER, UPPER, Offsets
from qualitycheck_boilerplate.keys import pair_keys
from qualitycheck_boilerplate.phrasebook import PhraseBook, counted, fold, is_mark

_MOST_WORDS = 120  # of a longer line only the last words are taken
_TAIL = 20
_WRAPPED = 20  # code points; a shorter line was not wrapped by a program
_SENTENCE_ENDS = '.!?…:;"”’)]»|>'


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number among all that hold a word, and its span without the white space around it.

    ``words`` are folded as phrases are, ``places`` their offsets, and ``capitals`` which are in capitals; of a line
    that is not ``short`` they are the last.
    """

    number: int
    start: int
    end: int
    text: str
    short: bool
    words: list[str]
    places: list[int]
    capitals: list[bool]


class Lines:
    """The lines of some documents that hold a word, numbered through."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = documents
        tokens = [document.tokens for document in documents]
        # Each document's place in the row, one code point apart from the next, and that of its tokens.
        self._bases = _sums([len(document) + 1 for document in documents])
        self._token_bases = _sums([len(each) for each in tokens])
        self._keys = np.concatenate([each.key for each in tokens])
        kept = counted(np.concatenate([each.kind for each in tokens]), self._keys)
        self._kept = np.flatnonzero(kept)
        self._kept_keys = self._keys[self._kept]
        self._places = np.concatenate([each.start for each in tokens]) + np.repeat(
            self._bases[:-1], np.diff(self._token_bases)
        )
        self._pairs = pair_keys(self._keys)
        starts = [document.prose_line_starts for document in documents]
        lines = np.concatenate(starts) + np.repeat(self._bases[:-1], [len(each) for each in starts])
        first = self._places[self._kept].searchsorted(lines)
        last = np.append(first[1:], len(self._kept))
        held = np.flatnonzero(last > first)
        self._first, self._last = first[held], last[held]
        self._starts, self._ends = lines[held], np.append(lines[1:], self._bases[-1])[held]
        self._owners = self._bases.searchsorted(self._starts, side="right") - 1
        self._spans = np.stack([self._starts, self._ends], axis=1) - self._bases[self._owners][:, None]
        self._bounds = self._owners.searchsorted(np.arange(len(documents) + 1)).tolist()

    def of(self, document: int) -> range:
        """The numbers of the lines of the document with this index."""
        return range(self._bounds[document], self._bounds[document + 1])

    def owners(self, numbers: Offsets) -> Offsets:
        """The index of the document of each of these lines."""
        return self._owners[numbers]

    def words(self, number: int) -> int:
        """How many words a line has."""
        return int(self._last[number] - self._first[number])

    def span(self, number: int) -> tuple[int, int]:
        """Start and end of a line in its document, without the white space around it."""
        start, end = self._spans[number].tolist()
        line = self._documents[self._owners[number]].prose[start:end]
        return start + len(line) - len(line.lstrip()), start + len(line.rstrip())

    def pairs(self, wanted: KeySet) -> tuple[Offsets, Offsets]:
        """Where two neighbouring tokens stand that are wanted, punctuation included: number of the line, and offset."""
        places = self._places[wanted.places(self._pairs)]
        numbers = np.maximum(self._starts.searchsorted(places, side="right") - 1, 0)
        return numbers, places - self._bases[self._owners[numbers]]

    def framed(self, book: PhraseBook) -> Offsets:
        """The numbers of the lines that open or close as a phrase does."""
        several = np.flatnonzero(self._last - self._first > 1)
        first, last = self._first[several], self._last[several] - 2
        # A colon or question mark that ends the line is no part of a phrase.
        ended = is_mark(self._kept_keys[last + 1]) & (last > first)
        found = [
            book.single.places(self._kept_keys[self._first]),
            several[book.opening.places(pair_keys(self._kept_keys, first))],
            several[book.closing.places(pair_keys(self._kept_keys, last - ended))],
        ]
        return np.unique(np.concatenate(found))

    def get(self, numbers: Offsets) -> Iterator[Line]:
        """These lines, but for the second and later lines of a sentence that a program wrapped."""
        for number in numbers.tolist():
            start, end = self.span(number)
            if self._continues(number, start):
                continue
            owner = int(self._owners[number])
            document, tokens = self._documents[owner], self._documents[owner].tokens
            first, last = int(self._first[number]), int(self._last[number])
            short = last - first <= _MOST_WORDS
            kept = self._kept[first if short else last - _TAIL : last] - self._token_bases[owner]
            spans = zip(tokens.start[kept].tolist(), tokens.end[kept].tolist(), tokens.kind[kept].tolist(), strict=True)
            yield Line(
                number,
                start,
                end,
                document.prose[start:end],
                short,
                [fold(document.excerpt(at, stop), kind == NUMBER) for at, stop, kind in spans],
                tokens.start[kept].tolist(),
                (tokens.shape[kept] == UPPER).tolist(),
            )

    def _continues(self, number: int, start: int) -> bool:
        """Whether a line goes on with the sentence of the line right above it."""
        prose = self._documents[int(self._owners[number])].prose
        if not number or not prose[start].islower() or self._ends[number - 1] != self._starts[number]:
            return False
        above, end = self.span(number - 1)
        return above < start and end - above >= _WRAPPED and prose[end - 1] not in _SENTENCE_ENDS


def _sums(sizes: list[int]) -> Offsets:
    return np.cumsum([0, *sizes], dtype=np.int64)
