"""Tables of a comparison: substitutions with their counts, changed names and numbers, altered quotations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from qualitycheck.comparison.changes import Aligned, Edit
from qualitycheck.comparison.lexis import Lexis
from qualitycheck.comparison.result import Counted, Kind, Quotation, Span
from qualitycheck.comparison.words import Words
from qualitycheck.tokens import LOWER, PUNCTUATION, WORD, Offsets, token_key

_LEAST_QUOTED = 2  # words of a quotation
_LONGEST_NAME = 8  # tokens on either side of what changed
_TITLE = 4  # letters of an abbreviation with a point: “Mr.”, “Prof.”
_POINT = token_key(".")
_JOINERS = frozenset(
    token_key(word)
    for word in ["of", "for", "the", "a", "and", "de", "la", "del", "von", "van", "der", "di", "du", "-", "'", "’"]
)


def substitutions(original: Words, rewritten: Words, aligned: Sequence[Aligned]) -> tuple[Counted, ...]:
    """Each pair of words or phrases, in lower case, the most frequent first."""
    edits = [edit for each in aligned for edit in each.edits if edit.kind is Kind.SUBSTITUTION]
    return _counted(
        (original.phrase(*edit.original).lower(), rewritten.phrase(*edit.rewritten).lower(), *_spans(
            original, rewritten, edit.original, edit.rewritten))
        for edit in edits
    )  # fmt: skip


def numbers(original: Words, rewritten: Words, aligned: Sequence[Aligned]) -> tuple[Counted, ...]:
    """Each number that became another, or became words, or the reverse."""
    edits = [edit for each in aligned for edit in each.edits if edit.kind is Kind.NUMBER]
    return _counted(
        (original.phrase(*edit.original), rewritten.phrase(*edit.rewritten), *_spans(
            original, rewritten, edit.original, edit.rewritten))
        for edit in edits
    )  # fmt: skip


def names(original: Words, rewritten: Words, aligned: Sequence[Aligned], lexis: Lexis) -> tuple[Counted, ...]:
    """Each name that was changed, as a whole: “Center for a New American Security”, and not “Center” alone."""
    found = {}
    for each in aligned:
        for edit in each.edits:
            bounds = _name(original, rewritten, edit, lexis)
            if bounds is not None:
                texts = [
                    _bare(words.phrase(*range_)) for words, range_ in zip((original, rewritten), bounds, strict=True)
                ]
                if texts[0].lower() != texts[1].lower():
                    found[bounds] = (texts[0], texts[1], *_spans(original, rewritten, *bounds))
    return _counted(found.values())


def quotations(original: Words, rewritten: Words, aligned: Sequence[Aligned]) -> tuple[Quotation, ...]:
    """The quotations of the original whose words are not those of what stands in their place."""
    partner = np.full(len(original.tokens), -1, np.int64)
    for each in aligned:
        for first, second, size in each.blocks:
            partner[first : first + size] = np.arange(second, second + size)
    quoted = _token_ranges(rewritten, rewritten.document.quotations)
    found = []
    for first, last in _token_ranges(original, original.document.quotations).tolist():
        words = _words(original, first, last)
        mapped = partner[first:last][original.tokens.kind[first:last] != PUNCTUATION]
        mapped = mapped[mapped >= 0]
        if len(words) < _LEAST_QUOTED or not len(mapped):
            continue
        middle = int(np.median(mapped))
        index = int(np.searchsorted(quoted[:, 0], middle, side="right")) - 1
        bounds = (int(mapped.min()), int(mapped.max()) + 1)
        if index >= 0 and middle < quoted[index, 1]:
            bounds = int(quoted[index, 0]), int(quoted[index, 1])
        if words != _words(rewritten, *bounds):
            spans = _spans(original, rewritten, (first, last), bounds)
            found.append(Quotation(original.phrase(first, last), rewritten.phrase(*bounds), *spans))
    return tuple(found)


def _counted(rows: Iterable[tuple[str, str, Span, Span]]) -> tuple[Counted, ...]:
    table: dict[tuple[str, str], Counted] = {}
    for first, second, original_span, rewritten_span in rows:
        known = table.get((first, second))
        if known is None:
            table[first, second] = Counted(first, second, 1, original_span, rewritten_span)
        else:
            table[first, second] = replace(known, count=known.count + 1)
    return tuple(sorted(table.values(), key=lambda each: (-each.count, each.original_span)))


def _spans(original: Words, rewritten: Words, first: tuple[int, int], second: tuple[int, int]) -> tuple[Span, Span]:
    return original.span(*first), rewritten.span(*second)


def _words(words: Words, first: int, last: int) -> list[int]:
    return words.keys[first:last][words.tokens.kind[first:last] != PUNCTUATION].tolist()  # type: ignore[no-any-return]


def _token_ranges(words: Words, spans: Offsets) -> Offsets:
    """The tokens within spans of the text."""
    first = np.searchsorted(words.tokens.start, spans[:, 0])
    last = np.searchsorted(words.tokens.start, spans[:, 1])
    return np.stack([first, last], axis=1)


def _name(
    original: Words, rewritten: Words, edit: Edit, lexis: Lexis
) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The whole names that an edit changed; None where it changed none."""
    loose = edit.kind in (Kind.INSERTION, Kind.DELETION)
    if edit.kind is not Kind.NAME and not loose:
        return None
    if loose:
        words, changed = (original, edit.original) if edit.kind is Kind.DELETION else (rewritten, edit.rewritten)
        if not all(_is_part(words, index, lexis) for index in range(*changed)):
            return None
    bounds = _widened(original, edit.original, lexis), _widened(rewritten, edit.rewritten, lexis)
    return None if any(first == last for first, last in bounds) else bounds


def _widened(words: Words, bounds: tuple[int, int], lexis: Lexis) -> tuple[int, int]:
    """A range with the parts of a name on both sides of it."""
    first, last = bounds
    sentence = int(np.searchsorted(words.sentences, first, side="right")) - 1
    begin, end = int(words.sentences[sentence]), int(words.sentences[min(sentence + 1, words.count)])
    lowest, highest = max(begin, first - _LONGEST_NAME), min(end, last + _LONGEST_NAME)
    reach = first
    while reach > lowest and _joins(words, reach - 1, lexis):
        reach -= 1
        first = reach if _is_part(words, reach, lexis) else first
    reach = last
    while reach < highest and _joins(words, reach, lexis):
        reach += 1
        last = reach if _is_part(words, reach - 1, lexis) and not _is_point(words, reach - 1) else last
    return first, last


def _joins(words: Words, index: int, lexis: Lexis) -> bool:
    """Whether a token can stand within a name."""
    return _is_part(words, index, lexis) or int(words.keys[index]) in _JOINERS


def _is_part(words: Words, index: int, lexis: Lexis) -> bool:
    """Whether a token is a capitalised word of a name."""
    if words.tokens.kind[index] != WORD or words.tokens.shape[index] == LOWER:
        return _is_point(words, index)
    word = words.word(index).lower()
    return not lexis.is_grammar(word) and (index not in words.openings or not lexis.is_function(word))


def _is_point(words: Words, index: int) -> bool:
    """Whether a token is the point of an abbreviation with a capital, as in “Mr.”."""
    if not index or int(words.keys[index]) != _POINT:
        return False
    before = words.word(index - 1)
    return before[:1].isupper() and len(before) <= _TITLE


def _bare(name: str) -> str:
    """A name without a genitive ending."""
    return name.removesuffix("’s").removesuffix("'s").removesuffix("’").removesuffix("'")
