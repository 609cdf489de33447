"""Which sentences of two texts belong together.

Sentences are alike by the words and pairs of words that they share, each counting for more the rarer it is: names and
numbers, which no rewriter replaces, count most. Of all pairs that are alike, the heaviest chain that keeps the order of
both texts is taken (as in a weighted longest increasing subsequence); sentences that were moved, split, joined, or
rewritten between two that stand are then put to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Indel

from qualitycheck.comparison.words import Words
from qualitycheck.phrases import PHRASE_BASE
from qualitycheck.tokens import PUNCTUATION, Keys, Offsets

Floats = npt.NDArray[np.float64]

#: The least likeness, in [0, 1], of two sentences that stand in the order of both texts, and of two that were moved.
LEAST_LIKENESS = 0.12
LEAST_MOVED = 0.4
_PAIRS = 2_000_000  # places shared by two sentences that are looked at; the rarest words first
_CANDIDATES = 4  # partners of each sentence that are weighed
_EQUAL_CELLS = 1 << 28  # above it, sentences that are the same are not searched for one by one
_FILLED = 3  # sentences between two pairs that are taken to go together by their place alone
_RATIO = 2.5  # a sentence that was wholly rewritten is at most so many times as long as before


@dataclass(frozen=True, slots=True)
class Link:
    """Sentences that belong together: from ``first`` to before ``last`` in each text, and whether they moved."""

    original: tuple[int, int]
    rewritten: tuple[int, int]
    moved: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class _Features:
    """What the sentences of two texts hold, as pairs of a feature and a sentence, and how much each feature weighs."""

    feature: tuple[Offsets, Offsets]
    sentence: tuple[Offsets, Offsets]
    weight: Floats
    mass: tuple[Floats, Floats]


def align_sentences(original: Words, rewritten: Words) -> list[Link]:
    """The sentences that belong together, in the order of the original; the rest was deleted or inserted."""
    if not original.count or not rewritten.count:
        return []
    features = _features(original, rewritten)
    first, second, shared = _candidates(features, original.count, rewritten.count)
    same_first, same_second = _equal(original, rewritten)
    first, second = np.append(first, same_first), np.append(second, same_second)
    shared = np.append(shared, features.mass[0][same_first])
    likeness = 2.0 * shared / (features.mass[0][first] + features.mass[1][second])
    keep = likeness >= LEAST_LIKENESS
    first, second, shared, likeness = first[keep], second[keep], shared[keep], likeness[keep]
    chosen = _chain(first, second, shared * likeness, rewritten.count)
    pairs = [(int(first[index]), int(second[index])) for index in chosen]
    links = _widened(_filled(pairs, original, rewritten), features)
    free = np.ones(original.count, bool), np.ones(rewritten.count, bool)
    for link in links:
        free[0][slice(*link.original)] = False
        free[1][slice(*link.rewritten)] = False
    for index in np.argsort(-likeness, kind="stable").tolist():
        i, j = int(first[index]), int(second[index])
        if likeness[index] >= LEAST_MOVED and free[0][i] and free[1][j]:
            free[0][i] = free[1][j] = False
            links.append(Link((i, i + 1), (j, j + 1), moved=True))
    return sorted(links, key=lambda link: link.original)


def _features(original: Words, rewritten: Words) -> _Features:
    columns = [_places(words) for words in (original, rewritten)]
    _, number = np.unique(np.concatenate([keys for keys, _ in columns]), return_inverse=True)
    count = int(number.max(initial=-1)) + 1
    cut = len(columns[0][0])
    feature = number[:cut], number[cut:]
    sentence = columns[0][1], columns[1][1]
    frequency = np.bincount(number, minlength=count)
    weight = np.log(1.0 + (original.count + rewritten.count) / np.maximum(frequency, 1))
    mass = tuple(
        np.maximum(np.bincount(sentence[side], weight[feature[side]], words.count), 1e-9)
        for side, words in enumerate((original, rewritten))
    )
    return _Features(feature, sentence, weight, (mass[0], mass[1]))


def _places(words: Words) -> tuple[Keys, Offsets]:
    """Each different word and pair of words of each sentence, and the sentence."""
    word = np.flatnonzero(words.tokens.kind != PUNCTUATION)
    keys = words.keys[word]
    sentence = np.searchsorted(words.sentences, word, side="right") - 1
    together = sentence[1:] == sentence[:-1]
    pairs = (keys[:-1] * np.uint64(PHRASE_BASE) + keys[1:])[together]
    table = np.empty(len(keys) + len(pairs), [("key", np.uint64), ("sentence", np.int64)])
    table["key"] = np.concatenate([keys, pairs])
    table["sentence"] = np.concatenate([sentence, sentence[1:][together]])
    table = np.unique(table)
    return table["key"], table["sentence"]


def _candidates(features: _Features, rows: int, columns: int) -> tuple[Offsets, Offsets, Floats]:
    """Pairs of sentences that share features, with the weight of what they share: the best few for each sentence."""
    orders = [np.argsort(feature, kind="stable") for feature in features.feature]
    counts = [np.bincount(feature, minlength=len(features.weight)) for feature in features.feature]
    starts = [np.cumsum(count) - count for count in counts]
    products = counts[0] * counts[1]
    both = np.flatnonzero(products)
    both = both[np.argsort(products[both], kind="stable")]
    both = both[np.cumsum(products[both]) <= _PAIRS]
    sizes = products[both]
    which = np.repeat(np.arange(len(both)), sizes)
    place = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    feature, width = both[which], counts[1][both[which]]
    first = features.sentence[0][orders[0][starts[0][feature] + place // width]]
    second = features.sentence[1][orders[1][starts[1][feature] + place % width]]
    cell, inverse = np.unique(first * columns + second, return_inverse=True)
    shared = np.bincount(inverse, features.weight[feature], len(cell))
    first, second = cell // columns, cell % columns
    strength = shared / np.sqrt(features.mass[0][first] * features.mass[1][second])
    keep = _best(first, strength, rows) | _best(second, strength, columns)
    return first[keep], second[keep], np.asarray(shared[keep], np.float64)


def _best(group: Offsets, strength: Floats, count: int) -> npt.NDArray[np.bool_]:
    """Which entries are among the strongest few of their group."""
    order = np.lexsort((-strength, group))
    sizes = np.bincount(group, minlength=count)
    rank = np.arange(len(order)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    keep = np.zeros(len(group), bool)
    keep[order[rank < _CANDIDATES]] = True
    return keep


def _equal(original: Words, rewritten: Words) -> tuple[Offsets, Offsets]:
    """Sentences that are the same in both, by the longest common subsequence of all sentences."""
    nothing = np.empty(0, np.int64)
    if original.count * rewritten.count > _EQUAL_CELLS:
        return nothing, nothing
    first, second = ([_hash(words, index) for index in range(words.count)] for words in (original, rewritten))
    pairs = [
        (block.a + offset, block.b + offset)
        for block in Indel.opcodes(first, second).as_matching_blocks()
        for offset in range(block.size)
    ]
    found = np.array(pairs, np.int64).reshape(-1, 2)
    return found[:, 0], found[:, 1]


def _hash(words: Words, index: int) -> int:
    return hash(words.keys[words.sentences[index] : words.sentences[index + 1]].tobytes())


def _chain(first: Offsets, second: Offsets, score: Floats, columns: int) -> list[int]:
    """The heaviest chain of pairs that rises in both texts: a Fenwick tree of the best chain up to each column."""
    best = [0.0] * (columns + 1)
    last = [-1] * (columns + 1)
    before = [-1] * len(first)
    for index in np.lexsort((-second, first)).tolist():
        place = int(second[index])
        value, previous = 0.0, -1
        while place > 0:
            if best[place] > value:
                value, previous = best[place], last[place]
            place &= place - 1
        before[index] = previous
        value += float(score[index])
        place = int(second[index]) + 1
        while place <= columns:
            if best[place] < value:
                best[place], last[place] = value, index
            place += place & -place
    value, index = 0.0, -1
    place = columns
    while place > 0:
        if best[place] > value:
            value, index = best[place], last[place]
        place &= place - 1
    chain = []
    while index >= 0:
        chain.append(index)
        index = before[index]
    return chain[::-1]


def _filled(pairs: Sequence[tuple[int, int]], original: Words, rewritten: Words) -> list[tuple[int, int]]:
    """Also those between two pairs, where as few sentences of about the same length stand in one text as the other."""
    filled = list(pairs)
    for (i, j), (k, last) in pairwise([(-1, -1), *pairs, (original.count, rewritten.count)]):
        if 1 < k - i == last - j <= _FILLED + 1:
            between = list(zip(range(i + 1, k), range(j + 1, last), strict=True))
            if all(1 / _RATIO <= _length(original, a) / _length(rewritten, b) <= _RATIO for a, b in between):
                filled += between
    return sorted(filled)


def _length(words: Words, sentence: int) -> int:
    return int(words.sentences[sentence + 1] - words.sentences[sentence])


def _widened(pairs: Sequence[tuple[int, int]], features: _Features) -> list[Link]:
    """Links from pairs; a neighbour that has no partner joins one where that makes the two sides more alike."""
    held: list[dict[int, set[int]]] = []
    for side in (0, 1):
        sets: dict[int, set[int]] = {}
        for number, sentence in zip(features.feature[side].tolist(), features.sentence[side].tolist(), strict=True):
            sets.setdefault(sentence, set()).add(number)
        held.append(sets)

    def likeness(link: Link) -> float:
        sides = [
            set().union(*(held[side].get(sentence, set()) for sentence in range(*bounds)))
            for side, bounds in enumerate((link.original, link.rewritten))
        ]
        shared, total = (
            float(features.weight[list(each)].sum()) for each in (sides[0] & sides[1], sides[0] ^ sides[1])
        )
        return 2.0 * shared / (2.0 * shared + total) if shared else 0.0

    links = [Link((i, i + 1), (j, j + 1)) for i, j in pairs]
    ends = Link((len(features.mass[0]),) * 2, (len(features.mass[1]),) * 2)
    for place, link in enumerate(links):
        before = links[place - 1] if place else Link((0, 0), (0, 0))
        after = links[place + 1] if place + 1 < len(links) else ends
        known = None
        while True:
            (a, b), (c, d) = link.original, link.rewritten
            wider = [Link((a, b + 1), (c, d))] if b < after.original[0] else []
            wider += [Link((a, b), (c, d + 1))] if d < after.rewritten[0] else []
            wider += [Link((a - 1, b), (c, d))] if a > before.original[1] else []
            wider += [Link((a, b), (c - 1, d))] if c > before.rewritten[1] else []
            if not wider:
                break
            known = likeness(link) if known is None else known
            scores = [likeness(each) for each in wider]
            if max(scores) <= known:
                break
            known, link = max(scores), wider[int(np.argmax(scores))]
        links[place] = link
    return links
