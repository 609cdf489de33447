"""What share of each of several documents is repeated, and where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from qualitycheck import Document
from qualitycheck.batch import Batch, Groups, batches, count, total
from qualitycheck.tokens import Offsets
from qualitycheck_repetition import ngrams, places
from qualitycheck_repetition.lines import Blocks, blocks
from qualitycheck_repetition.loops import N, loops
from qualitycheck_repetition.options import RepetitionOptions
from qualitycheck_repetition.places import Repeat

Shares = npt.NDArray[np.float64]

#: The lengths of the Gopher rules, which are measured whatever the limits.
TOP_LENGTHS = (2, 3, 4)
DUPLICATE_LENGTHS = (5, 6, 7, 8, 9, 10)


class Measures:
    """The shares of repeated text in each of ``documents``, by name, and the repeats of those over a limit.

    A document that is longer than a batch is measured in parts; its shares are those of all parts together.
    """

    def __init__(self, documents: Sequence[Document], options: RepetitionOptions) -> None:
        self.repeats: dict[int, list[Repeat]] = {}
        self._options = options
        self._documents = len(documents)
        self._amounts: dict[str, tuple[Shares, Shares]] = {}
        self._long = np.zeros(0, bool)
        for batch in batches(documents):
            self._measure(batch)

    def shares(self) -> dict[str, Shares]:
        """The shares by name, in [0, 1], one for each document."""
        return {name: amount / np.maximum(whole, 1) for name, (amount, whole) in self._amounts.items()}

    def _measure(self, batch: Batch) -> None:
        options = self._options
        words = ngrams.words(batch)
        size = np.diff(words.before[words.bounds])
        self._long = np.diff(words.bounds) >= options.min_words
        lines, paragraphs = blocks(batch, options.min_line_words)
        limits = options.max_duplicate_lines, options.max_duplicate_line_characters
        self._blocks(batch, "line", "REP001", lines, size, limits)
        limits = options.max_duplicate_paragraphs, options.max_duplicate_paragraph_characters
        self._blocks(batch, "paragraph", "REP002", paragraphs, size, limits)
        tops, duplicates = {*TOP_LENGTHS, *options.max_top_ngrams}, {*DUPLICATE_LENGTHS, *options.max_duplicate_ngrams}
        for n, groups in ngrams.repeated(words, max(N, *tops, *duplicates)):
            if n in tops:
                self._phrases(batch, words, n, groups, size)
            if n in duplicates:
                self._passages(batch, words, n, groups, size)
            if n == N:
                self._loops(batch, words, groups, size)

    def _blocks(
        self, batch: Batch, kind: str, code: str, found: Blocks, size: Offsets, limits: tuple[float, float]
    ) -> None:
        number = np.diff(found.bounds)
        again = count(found.repeats, found.bounds)
        characters = total(found.size * found.repeats, found.bounds)
        enough = number >= self._options.min_lines
        over = self._add(batch, f"duplicate_{kind}_fraction", again * enough, number, limits[0])
        large = self._add(batch, f"duplicate_{kind}_character_fraction", characters, size, limits[1])
        for part in {*over, *large}:
            self._keep(batch, part, places.of_blocks(code, batch, part, found))

    def _phrases(self, batch: Batch, words: ngrams.Words, n: int, groups: Groups, size: Offsets) -> None:
        most, place = ngrams.commonest(words, n, groups)
        limit = self._options.max_top_ngrams.get(n, 1.0)
        for part in self._add(batch, f"top_{n}_gram_character_fraction", most, size, limit):
            self._keep(batch, part, places.of_phrase(batch, part, words, n, groups, int(place[part])))

    def _passages(self, batch: Batch, words: ngrams.Words, n: int, groups: Groups, size: Offsets) -> None:
        found = ngrams.passages(n, groups)
        limit = self._options.max_duplicate_ngrams.get(n, 1.0)
        amount = ngrams.sizes(words, found)
        for part in self._add(batch, f"duplicate_{n}_gram_character_fraction", amount, size, limit):
            self._keep(batch, part, places.of_passages(batch, part, words, groups, found))

    def _loops(self, batch: Batch, words: ngrams.Words, groups: Groups, size: Offsets) -> None:
        found, period = loops(groups, self._options.min_loop_words, self._options.min_loop_copies)
        self._add(batch, "looping_character_fraction", ngrams.sizes(words, found), size, 1.0)
        for part in set(words.part[found.first].tolist()):
            self._keep(batch, part, places.of_loops(batch, part, words, found, period))

    def _add(self, batch: Batch, name: str, amount: Offsets, whole: Offsets, limit: float) -> list[int]:
        """Add the amounts of parts to those of their documents; the parts over the limit that are long enough."""
        if name not in self._amounts:
            self._amounts[name] = np.zeros(self._documents), np.zeros(self._documents)
        for sums, values in zip(self._amounts[name], (amount, whole), strict=True):
            sums += np.bincount(batch.document, values, self._documents)
        over: list[int] = np.flatnonzero((amount > limit * whole) & self._long).tolist()
        return over

    def _keep(self, batch: Batch, part: int, repeats: Iterable[Repeat]) -> None:
        self.repeats.setdefault(batch.parts[part].document, []).extend(repeats)
