"""The words and phrases of one document that weighed most for a detector."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import numpy as np

from qualitycheck import Document
from qualitycheck.batch import Batch, batches
from qualitycheck_document_detectors.grams import PAIRS, WORDS, grams
from qualitycheck_document_detectors.model import Detector, View, gram_slots, load_model

_CERTAIN = 0.05  # of a score, from one phrase alone: as sure as a phrase can be


def weightiest(document: Document, detector: str, most: int) -> Iterator[tuple[int, int, float]]:
    """Start and end of the first occurrence of each, and a confidence in [0, 1] that grows with its weight.

    Heaviest first, none within another. Looks at the first part of a document that is taken in parts.
    """
    model = load_model()
    for batch in islice(batches([document]), 1):
        yield from _named(batch, model.view(batch), model.detectors[detector], document, most)


def _named(
    batch: Batch, view: View, detector: Detector, document: Document, most: int
) -> Iterator[tuple[int, int, float]]:
    seen = view.streams
    candidates: dict[int, tuple[float, int, int]] = {}
    telling = seen.known & ~seen.common
    for kind in (WORDS, PAIRS):
        found = grams(seen, kind)
        place = found.place
        # Names and marks are no phrases, and what is made of function words alone says nothing to a reader.
        fit = seen.known[place] & seen.known[place + kind] & (telling[place] | telling[place + kind])
        slot = gram_slots(found.key[fit]).astype(np.int64)
        unique, first = np.unique(slot, return_index=True)
        weight = detector.weights[unique] * view.count[np.searchsorted(view.slot, unique)] * detector.scale
        weight /= view.norm[0]
        for each in np.flatnonzero(weight > 0).tolist():
            start = int(place[fit][first[each]])
            candidates[int(unique[each])] = (float(weight[each]), start, start + kind)
    taken: list[tuple[int, int]] = []
    for heaviness, begin, finish in sorted(candidates.values(), key=lambda each: (-each[0], each[1])):
        start = int(batch.tokens.start[seen.token[begin]] + batch.shift[0])
        end = int(batch.tokens.end[seen.token[finish]] + batch.shift[0])
        if (
            len(taken) < most
            and "\n" not in document.prose[start:end]
            and not any(start < other_end and other_start < end for other_start, other_end in taken)
        ):
            taken.append((start, end))
            yield start, end, min(1.0, heaviness / _CERTAIN)
