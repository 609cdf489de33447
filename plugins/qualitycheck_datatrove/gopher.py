"""Gopher's two filters as datatrove 0.10 has them (Rae et al. 2021, appendix A.1).

Each yields the reasons for which datatrove drops a text, in its order and under its names; datatrove stops at the
first. ``value`` and ``limit`` say what was measured.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from qualitycheck.tokens import Keys
from qualitycheck_datatrove.options import GopherQualityOptions, GopherRepetitionOptions
from qualitycheck_datatrove.vocabulary import Words


class Reason(NamedTuple):
    """Why a filter drops a text: datatrove's name for it, what was measured and what is allowed."""

    name: str
    value: float = 0.0
    limit: float = 0.0


def quality(text: str, words: Words, options: GopherQualityOptions) -> Iterator[Reason]:
    """GopherQualityFilter. A mark is a word in all counts but those of length."""
    real = len(words) - int(np.count_nonzero(words.symbol))
    yield from _below("gopher_short_doc", real, options.min_doc_words)
    yield from _above("gopher_long_doc", real, options.max_doc_words)
    if not real:
        return
    length = int(words.length[~words.symbol].sum()) / real
    yield from _below("gopher_below_avg_threshold", length, options.min_avg_word_length)
    yield from _above("gopher_above_avg_threshold", length, options.max_avg_word_length)
    hashes, ellipses = text.count("#") / len(words), (text.count("...") + text.count("…")) / len(words)
    yield from _above("gopher_too_many_hashes", hashes, options.max_symbol_word_ratio)
    yield from _above("gopher_too_many_ellipsis", ellipses, options.max_symbol_word_ratio)
    lines = text.splitlines()
    bullets = sum(line.lstrip().startswith(("•", "-")) for line in lines) / len(lines)
    ends = sum(line.rstrip().endswith(("...", "…")) for line in lines) / len(lines)
    yield from _above("gopher_too_many_bullets", bullets, options.max_bullet_lines_ratio)
    yield from _above("gopher_too_many_end_ellipsis", ends, options.max_ellipsis_lines_ratio)
    letters = int(np.count_nonzero(words.letter)) / len(words)
    yield from _below("gopher_below_alpha_threshold", letters, options.max_non_alpha_words_ratio)
    stops = len(np.unique(words.stop[words.stop >= 0]))
    yield from _below("gopher_enough_stop_words", stops, options.min_stop_words)


def repetition(text: str, words: Words, options: GopherRepetitionOptions) -> Iterator[Reason]:
    """GopherRepetitionFilter. A blank line at the start or the end is a line of its own."""
    if not text:
        yield Reason("empty")
        return
    paragraphs = re.split(r"\n{2,}", text.strip())
    lines = re.split(r"\n+", text)
    limits = (
        ("para", paragraphs, options.dup_para_frac, options.dup_para_char_frac),
        ("line", lines, options.dup_line_frac, options.dup_line_char_frac),
    )
    for name, elements, most, most_characters in limits:
        number, characters = duplicates(elements)
        yield from _above(f"dup_{name}_frac", number / len(elements), most)
        yield from _above(f"dup_{name}_char_frac", characters / len(text), most_characters)
    for n, most in sorted(options.top_n_grams.items()):
        yield from _above(f"top_{n}_gram", _top(words, n) / len(text), most)
    for n, most in sorted(options.dup_n_grams.items()):
        yield from _above(f"duplicated_{n}_n_grams", _duplicated(words, n) / len(text), most)


def _below(name: str, value: float, limit: float) -> Iterator[Reason]:
    if value < limit:
        yield Reason(name, value, limit)


def _above(name: str, value: float, limit: float) -> Iterator[Reason]:
    """The reason where a value is above its limit; a limit of 0 is none."""
    if limit and value > limit:
        yield Reason(name, value, limit)


def duplicates(elements: Sequence[str]) -> tuple[int, int]:
    """How many elements were there before, and their code points."""
    seen: set[str] = set()
    again = [element for element in elements if element in seen or seen.add(element)]  # type: ignore[func-returns-value]
    return len(again), sum(map(len, again))


def _top(words: Words, n: int) -> int:
    """The code points, spaces counted, in all copies of the commonest sequence; the first of those as common."""
    if len(words) < n:
        return 0
    key = _keys(words.number.astype(np.uint64) + np.uint64(1), np.full(len(words), 0xD1342543DE82EF95, np.uint64), n)
    ordered = np.sort(key)
    first = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))
    copies = np.diff(first, append=len(ordered))
    most = int(copies.max())
    commonest = ordered[first[copies == most]]
    place = 0 if most == 1 else int(np.argmax(np.isin(key, commonest)))
    return (int(words.length[place : place + n].sum()) + n - 1) * most


def _duplicated(words: Words, n: int) -> int:
    """The code points in sequences that were there before, going on behind each that is found.

    Sequences are equal where they are when written without spaces.
    """
    if len(words) < n:
        return 0
    key = _keys(words.key, words.power, n)
    ordered = np.sort(key)
    if not (ordered[1:] == ordered[:-1]).any():
        return 0
    order = np.argsort(key, kind="stable")
    new = np.append(True, key[order[1:]] != key[order[:-1]])
    several = ~new
    several[:-1] |= several[1:]
    group, place = np.cumsum(new)[several], order[several]
    by_place = np.argsort(place)
    length = np.append(0, np.cumsum(words.length))
    seen: set[int] = set()
    repeated = free = 0
    for number, start in zip(group[by_place].tolist(), place[by_place].tolist(), strict=True):
        if start < free:
            continue
        if number in seen:
            repeated += int(length[start + n] - length[start])
            free = start + n
        else:
            seen.add(number)
    return repeated


def _keys(key: Keys, power: Keys, n: int) -> Keys:
    """The key of the ``n`` words from each place on, as far as there are so many."""
    count = len(key) - n + 1
    value = key[:count].copy()
    for offset in range(1, n):
        value = value * power[offset : offset + count] + key[offset : offset + count]
    return value
