"""Finds the boilerplate of documents: by words, by credits, and at their edges."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import numpy as np

from qualitycheck import Document
from qualitycheck_boilerplate import cutoff, datelines, photo_credits
from qualitycheck_boilerplate.agencies import triggers
from qualitycheck_boilerplate.lines import Lines
from qualitycheck_boilerplate.phrasebook import PhraseBook, phrase_book
from qualitycheck_boilerplate.phrased import by_words
from qualitycheck_boilerplate.piece import Piece


def pieces(documents: Sequence[Document]) -> Iterator[list[Piece]]:
    """The boilerplate of each document, in order; no two pieces share a place."""
    lines = Lines(documents)
    found: list[list[Piece]] = [[] for _ in documents]
    _phrased(lines, phrase_book(), found)
    for index, document in enumerate(documents):
        own = found[index]
        numbers = lines.of(index)
        if numbers:
            taken = {piece.line for piece in own}
            own += datelines.find(document.prose, lines, numbers, taken)
            own += cutoff.find(document, lines, numbers[-1], taken)
    _credited(documents, lines, found)
    return (_apart(own) for own in found)


def _phrased(lines: Lines, book: PhraseBook, found: list[list[Piece]]) -> None:
    """Add what is boilerplate by its words."""
    inside, _ = lines.pairs(book.inside)
    numbers = np.union1d(lines.framed(book), inside)
    owners = lines.owners(numbers)
    for owner in np.unique(owners).tolist():
        found[owner] += by_words(lines.get(numbers[owners == owner]), book, lines.of(owner)[-1])


def _credited(documents: Sequence[Document], lines: Lines, found: list[list[Piece]]) -> None:
    """Add photo credits, where a pair of tokens hints at one and the words of the line are no boilerplate."""
    numbers, places = lines.pairs(triggers())
    owners = lines.owners(numbers)
    hints = zip(numbers.tolist(), owners.tolist(), places.tolist(), strict=True)
    for (number, owner), group in groupby(hints, key=lambda hint: hint[:2]):
        start, end = lines.span(number)
        if not any(piece.start == start and piece.end == end for piece in found[owner]):
            near = [place for *_, place in group]
            for first, last, confidence in photo_credits.find(documents[owner].prose, start, end, near):
                found[owner].append(Piece("photo-credit", first, last, number, confidence))


def _apart(found: list[Piece]) -> list[Piece]:
    """In order, and of two that share a place the one that starts first."""
    kept: list[Piece] = []
    for piece in sorted(found, key=lambda each: (each.start, -each.end)):
        if not kept or piece.start >= kept[-1].end:
            kept.append(piece)
    return kept
