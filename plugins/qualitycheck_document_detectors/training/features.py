"""Texts as rows of numbers, as the detectors see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from qualitycheck.batch import total
from qualitycheck.tokens import PUNCTUATION
from qualitycheck_document_detectors.grams import KINDS, Vocabulary, grams, streams
from qualitycheck_document_detectors.measures import KEPT, NAMES, Floats, measure, slots
from qualitycheck_document_detectors.model import BITS, counted
from qualitycheck_document_detectors.training.human import Masks, in_batches, many

#: Sources that must hold a gram for it to be what people write; the source of a text itself does not count.
LEAST_SOURCES = 2


@dataclass(frozen=True, slots=True)
class Rows:
    """Texts as rows: roots of counts of grams over the root of their number, measures, and words."""

    grams: sp.csr_matrix
    measures: Floats
    words: np.ndarray

    def __getitem__(self, chosen: np.ndarray) -> Rows:
        return Rows(self.grams[chosen], self.measures[chosen], self.words[chosen])


def rows(texts: Sequence[str], words: Vocabulary, masks: Masks, own: int | None) -> Rows:
    """The rows of texts; ``own`` is the number of the source that they are from, None for one of another kind.

    Raises ValueError for a text without a word.
    """
    kept = masks if own is None else masks & ~np.uint16(1 << own)
    held = [many(table, LEAST_SOURCES) for table in kept]
    data, columns, starts = [], [], [np.zeros(1, np.int64)]
    measures, lengths = [], []
    for batch in in_batches(texts):
        seen = streams(batch, words)
        found = {kind: grams(seen, kind) for kind in KINDS}
        new = {kind: ~table[slots(found[kind].key)] for kind, table in zip(KEPT, held, strict=True)}
        slot, count, bounds, distinct = counted(found, len(batch))
        norm = np.sqrt(np.maximum(total(count, bounds), 1))
        data.append(np.sqrt(count) / np.repeat(norm, np.diff(bounds)))
        columns.append(slot)
        starts.append(bounds[1:] + starts[-1][-1])
        measures.append(measure(batch, seen, found, new, distinct))
        lengths += total((batch.tokens.kind != PUNCTUATION).astype(np.int64), batch.bounds).tolist()
    if len(lengths) != len(texts):
        raise ValueError(f"{len(texts) - len(lengths)} texts have no word")
    matrix = sp.csr_matrix(
        (np.concatenate(data), np.concatenate(columns), np.concatenate(starts)), shape=(len(texts), 1 << BITS)
    )
    return Rows(matrix, np.concatenate(measures) if measures else np.empty((0, len(NAMES))), np.array(lengths))


def stacked(several: Sequence[Rows]) -> Rows:
    """Rows below one another."""
    return Rows(
        sp.vstack([each.grams for each in several]).tocsr(),
        np.concatenate([each.measures for each in several]),
        np.concatenate([each.words for each in several]),
    )
