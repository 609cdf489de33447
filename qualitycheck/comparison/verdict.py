"""What kind of rewrite it is, from a few figures."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from qualitycheck.comparison.changes import Aligned, word_count
from qualitycheck.comparison.result import Figures, Kind, Rewrite
from qualitycheck.comparison.words import Words

_LONG = 8  # words of a passage in which a spinner finds something to replace

# Where the kinds part, measured on human texts and their spins, corrections, round trips through other languages and
# rewrites by language models. Of words that recur and are replaced at all, a spinner replaces two thirds and more by
# the same, others less than half; and others put in and leave out words at many more places.
_RELATED = 0.15
_COPIED = 0.995
_EDITED = 0.75
_REPLACED = 0.025
_CONSISTENT = 0.55  # with what the number of loose places adds or takes
_USUAL_LOOSE, _LOOSE_WEIGHT = 0.25, 0.5  # for each substituted word
_MOST_LOOSE = 0.1  # the same where consistency cannot tell
_LEAST_TIMES = 6
_PART = 600  # words


def figures(original: Words, rewritten: Words, aligned: Sequence[Aligned]) -> Figures:
    """The figures of a comparison."""
    total = [max(each.document.words, 1) for each in (original, rewritten)]
    linked = [0, 0]
    kept = substituted = touched = long = loose = 0
    for each in aligned:
        size = each.size(original, rewritten)
        linked = [linked[side] + size[side] for side in (0, 1)]
        kept += each.kept
        own = [edit for edit in each.edits if edit.kind is Kind.SUBSTITUTION]
        substituted += sum(word_count(original, edit.original) for edit in own)
        loose += sum(edit.kind in (Kind.INSERTION, Kind.DELETION, Kind.REWORDING) for edit in each.edits)
        if size[0] >= _LONG:
            long += 1
            touched += bool(own)
    words = max(linked[0], 1)
    again, times = consistency(original, rewritten, aligned)
    return Figures(
        original.document.words,
        rewritten.document.words,
        round(linked[0] / total[0], 4),
        round(linked[1] / total[1], 4),
        round(kept / words, 4),
        round(substituted / words, 4),
        round(touched / max(long, 1), 4),
        round(loose / words, 4),
        round(again / times, 4) if times >= _LEAST_TIMES else None,
    )


def consistency(original: Words, rewritten: Words, aligned: Sequence[Aligned]) -> tuple[int, int]:
    """Of words that stand several times and were replaced: how often by the same, and how often they stand.

    Counted part by part, since a long text may be many that were rewritten one by one.
    """
    again = times = size = 0
    part: list[Aligned] = []
    for number, each in enumerate(aligned, 1):
        part.append(each)
        size += each.size(original, rewritten)[0]
        if size >= _PART or number == len(aligned):
            counts = _consistency(original, rewritten, part)
            again, times = again + counts[0], times + counts[1]
            part, size = [], 0
    return again, times


def _consistency(original: Words, rewritten: Words, aligned: Sequence[Aligned]) -> tuple[int, int]:
    replaced: dict[int, Counter[str]] = defaultdict(Counter)
    kept = Counter[int]()
    for each in aligned:
        for edit in each.edits:
            if edit.kind is Kind.SUBSTITUTION and edit.original[1] - edit.original[0] == 1:
                key = int(original.keys[edit.original[0]])
                replaced[key][rewritten.phrase(*edit.rewritten).lower()] += 1
        for first, _, size in each.blocks:
            kept.update(original.keys[first : first + size].tolist())
    again = times = 0
    for key, choices in replaced.items():
        count = choices.total() + kept[key]
        if count > 1:
            again += choices.most_common(1)[0][1]
            times += count
    return again, times


def judge(figures: Figures) -> Rewrite:
    """The kind of rewrite that figures speak for."""
    if max(figures.original_linked, figures.rewritten_linked) < _RELATED or figures.kept < _RELATED:
        return Rewrite.UNRELATED
    if figures.kept >= _COPIED and min(figures.original_linked, figures.rewritten_linked) >= _COPIED:
        return Rewrite.COPY
    if figures.substituted >= _REPLACED and _is_spun(figures):
        return Rewrite.SPIN
    return Rewrite.EDIT if figures.kept >= _EDITED else Rewrite.PARAPHRASE


def _is_spun(figures: Figures) -> bool:
    loose = figures.loose / figures.substituted
    if figures.consistent is None:
        return loose <= _MOST_LOOSE
    return figures.consistent + _LOOSE_WEIGHT * (_USUAL_LOOSE - loose) >= _CONSISTENT
