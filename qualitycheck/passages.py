"""Passages of a text that are in another language than the rest.

A name, a title or a learned phrase is no passage. It takes several words of a sentence, many of them function words of
another language and none of the text's own, which the identifier of languages takes for that language too; or as many
words of another script. Passages in Latin letters are found where the text's language and theirs are among those whose
function words are listed.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from qualitycheck.function_words import ALSO_ENGLISH, FUNCTION_WORDS, kin
from qualitycheck.language import classify
from qualitycheck.phrases import KeySet, TokenRow
from qualitycheck.tokens import WORD, Tokens, code_points, token_keys

_LEAST_WORDS = 7
_LEAST_HITS = 4  # function words of the other language, of which so many differ:
_LEAST_DISTINCT = 3
_LEAST_SHARE = 0.22  # of the words of a passage
_REACH = 8  # tokens from one function word to the next
_LONGEST_REST = 40  # tokens from the last of them to the end of its sentence
_LEAST_IDEOGRAPHS = 12

_BITS = {language: 1 << place for place, language in enumerate(FUNCTION_WORDS)}
_OTHER_SCRIPTS = ((0x370, 0x1E00), (0x1F00, 0x2000), (0x2E80, 0xFB00), (0xFB13, 0xFDD0), (0x20000, 0x40000))
_OTHER_LETTER = re.compile("[" + "".join(f"{chr(low)}-{chr(high - 1)}" for low, high in _OTHER_SCRIPTS) + "]")
_IDEOGRAPHS = 0x2E80
_SENTENCE_ENDS = frozenset(".!?…。！？")


@dataclass(frozen=True, slots=True)
class Passage:
    """Start and end in the text, the ISO 639 code of the language, and how many words there are."""

    start: int
    end: int
    language: str
    words: int


def foreign_passages(text: str, tokens: Tokens, language: str | None) -> tuple[Passage, ...]:
    """The passages of ``text`` that are in another language than ``language``, in order of place, none overlapping."""
    if language not in _BITS:
        return ()
    found = [*_by_function_words(text, tokens, language)]
    if _has_other_letters(text):
        found += _by_script(text, tokens, language)
    return tuple(sorted(found, key=lambda passage: passage.start))


def without_passages(texts: Sequence[tuple[str, Tokens, str | None]]) -> list[bool]:
    """For each text, given with its tokens and its language, whether a quick look shows that it has no passage."""
    without = [language not in _BITS or not _has_other_letters(text) for text, _, language in texts]
    for language in {language for *_, language in texts if language in _BITS}:
        own = [number for number, text in enumerate(texts) if text[2] == language and without[number]]
        row = TokenRow([texts[number][1] for number in own])
        for number, hits in zip(own, row.count(_tables(language)[1].places(row.keys)), strict=True):
            without[number] = hits < _LEAST_HITS
    return without


def _has_other_letters(text: str) -> bool:
    return not text.isascii() and _OTHER_LETTER.search(text) is not None


def _by_script(text: str, tokens: Tokens, language: str) -> Iterator[Passage]:
    """Runs of words that are not in Latin letters."""
    words = np.flatnonzero(tokens.kind == WORD)
    first = code_points(text)[tokens.start[words]]
    other = np.zeros(len(words) + 2, bool)
    for low, high in _OTHER_SCRIPTS:
        other[1:-1] |= (first >= low) & (first < high)
    if not other.any():
        return
    edges = np.flatnonzero(other[1:] != other[:-1])
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        ideographs = int(np.count_nonzero(first[start:end] >= _IDEOGRAPHS))
        if end - start < (_LEAST_IDEOGRAPHS if ideographs else _LEAST_WORDS):
            continue
        place, last = int(tokens.start[words[start]]), int(tokens.end[words[end - 1]])
        while text[last : last + 1] in _SENTENCE_ENDS:
            last += 1
        found = classify(text[place:last])
        if found is not None and found not in kin(language):
            yield Passage(place, last, found, end - start)


def _by_function_words(text: str, tokens: Tokens, language: str) -> Iterator[Passage]:
    masks, foreign, own = _tables(language)
    keys = tokens.key
    hits = foreign.places(keys).tolist()
    if len(hits) < _LEAST_HITS:
        return
    group: list[int] = []
    done = 0
    for place in [*hits, len(keys) + _REACH + 1]:
        if group and (place - group[-1] > _REACH or not own.isdisjoint(keys[group[-1] : place].tolist())):
            passage = _passage(text, tokens, group, masks, own) if group[0] >= done else None
            if passage is not None:
                yield passage
                done = int(tokens.start.searchsorted(passage.end))
            group = []
        group.append(place)


def _passage(
    text: str, tokens: Tokens, hits: list[int], masks: Mapping[int, int], own: frozenset[int]
) -> Passage | None:
    """The passage around function words that stand close together, if it is one."""
    found = [(masks[key], key) for key in tokens.key[hits].tolist()]
    counts = Counter(bit for mask, _ in found for bit in _BITS.values() if mask & bit)
    bit, count = counts.most_common(1)[0]
    distinct = {key for mask, key in found if mask & bit}
    if count < _LEAST_HITS or len(distinct) < _LEAST_DISTINCT:
        return None
    first, last = _sentence(text, tokens, hits[0], hits[-1], own)
    words = int(np.count_nonzero(tokens.kind[first : last + 1] == WORD))
    if words < _LEAST_WORDS or count < _LEAST_SHARE * words:
        return None
    start, end = int(tokens.start[first]), int(tokens.end[last])
    language = next(language for language in _BITS if _BITS[language] == bit)
    taken_for = classify(text[start:end])
    return Passage(start, end, language, words) if taken_for in kin(language) else None


def _sentence(text: str, tokens: Tokens, first: int, last: int, own: frozenset[int]) -> tuple[int, int]:
    """First and last token of the sentences from one token to the other, as far as they have no word of ``own``."""
    low, high = max(0, first - _LONGEST_REST), min(len(tokens) - 1, last + _LONGEST_REST)
    keys = tokens.key
    while first > low and not _parted(text, tokens, first - 1) and int(keys[first - 1]) not in own:
        first -= 1
    while last < high and not _parted(text, tokens, last) and int(keys[last + 1]) not in own:
        last += 1
    return first, last


def _parted(text: str, tokens: Tokens, index: int) -> bool:
    """Whether a token ends a sentence, or a paragraph."""
    ended = text[int(tokens.start[index])] in _SENTENCE_ENDS
    return ended or text.count("\n", int(tokens.end[index]), int(tokens.start[index + 1])) > 1


@functools.cache
def _tables(language: str) -> tuple[Mapping[int, int], KeySet, frozenset[int]]:
    """The languages of each foreign function word, as bits; all of them; and the words that are ours alone."""
    every: dict[int, int] = {}
    for each, words in FUNCTION_WORDS.items():
        for key in token_keys(words.split()):
            every[key] = every.get(key, 0) | _BITS[each]
    if language == "en":
        for key in token_keys(ALSO_ENGLISH.split()):
            every[key] = every.get(key, 0) | _BITS["en"]
    ours = sum(_BITS[each] for each in kin(language) if each in _BITS)
    foreign = {key: mask for key, mask in every.items() if not mask & ours}
    return foreign, KeySet(foreign), frozenset(key for key, mask in every.items() if not mask & ~ours)
