"""Both texts side by side: the passages that go together, and between them what was left out or put in as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from qualitycheck.comparison.changes import Aligned, passage
from qualitycheck.comparison.result import Change, Passage, Span
from qualitycheck.comparison.words import Words


def passages(original: Words, rewritten: Words, aligned: Sequence[Aligned]) -> tuple[Passage, ...]:
    """The passages in the order of the original, what was put in where it stands in the rewritten text."""
    return tuple(_passages(original, rewritten, aligned))


def _passages(original: Words, rewritten: Words, aligned: Sequence[Aligned]) -> Iterator[Passage]:
    taken = np.zeros(rewritten.count + 1, bool)
    for each in aligned:
        taken[slice(*each.link.rewritten)] = True
    here = there = 0
    for each in aligned:
        (first, last), (begin, end) = each.link.original, each.link.rewritten
        if here < first:
            yield _alone(original, rewritten, (here, first), (there, there))
        if not each.link.moved:
            yield from _put_in(original, rewritten, first, there, begin, taken)
            there = end
        here = last
        spans = (
            original.span(*passage(original, each.link.original)),
            rewritten.span(*passage(rewritten, each.link.rewritten)),
        )
        yield Passage(*spans, tuple(changes(original, rewritten, each, *spans)), each.link.moved)
    if here < original.count:
        yield _alone(original, rewritten, (here, original.count), (there, there))
    yield from _put_in(original, rewritten, original.count, there, rewritten.count, taken)


def changes(original: Words, rewritten: Words, aligned: Aligned, first: Span, second: Span) -> Iterator[Change]:
    """The edits of two passages, which lie at the spans given, as changes of their texts."""
    for edit in aligned.edits:
        left, right = original.span(*edit.original), rewritten.span(*edit.rewritten)
        left, right = _within(left, first), _within(right, second)
        texts = original.document.excerpt(*left), rewritten.document.excerpt(*right)
        yield Change(edit.kind, left, right, *texts)


def _within(span: Span, outer: Span) -> Span:
    """An empty span stands after the token before it, which may belong to the passage before."""
    return max(span[0], outer[0]), max(span[1], outer[0])


def _put_in(
    original: Words, rewritten: Words, here: int, first: int, last: int, taken: np.ndarray
) -> Iterator[Passage]:
    """The sentences from ``first`` to before ``last`` that belong to none, each run of them as one passage."""
    start = first
    for index in range(first, last + 1):
        if index == last or taken[index]:
            if start < index:
                yield _alone(original, rewritten, (here, here), (start, index))
            start = index + 1


def _alone(original: Words, rewritten: Words, first: tuple[int, int], second: tuple[int, int]) -> Passage:
    return Passage(
        original.span(*passage(original, first)) if original.count else (0, 0),
        rewritten.span(*passage(rewritten, second)) if rewritten.count else (0, 0),
    )
