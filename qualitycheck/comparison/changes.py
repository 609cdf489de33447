"""What became of the words of an original: which were replaced, left out or put in, and of what kind each change is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np
from rapidfuzz.distance import Indel, Levenshtein, Opcodes

from qualitycheck.comparison.anchors import MOST_CELLS, Gap, anchored
from qualitycheck.comparison.costs import LONGEST, Piece, Stretch
from qualitycheck.comparison.kinship import same_word
from qualitycheck.comparison.lexis import Lexis
from qualitycheck.comparison.pieces import cut
from qualitycheck.comparison.result import Kind
from qualitycheck.comparison.sentences import Link
from qualitycheck.comparison.words import Words
from qualitycheck.tokens import LOWER, NUMBER, PUNCTUATION, token_key

#: Languages that write every noun with a capital, which therefore tells no name.
NOUN_CAPITALS = frozenset({"de", "lb"})
#: The least share of the words of two sentences that must be the same, in place, for them to go together at all.
LEAST_SHARED = 0.1
#: The least share of the words of two sentences that must be the same, in place, for what stands between them to count
#: as replaced word for word.
LEAST_KEPT = 0.2
#: The most places where words were put in or left out, for each word of the longer sentence.
MOST_LOOSE = 0.3

_CONDENSED = 3  # words of the original
_I = token_key("i")
_WITHIN = frozenset(token_key(mark) for mark in ("-", "'", "’", ".", "/", "&"))
_HYPHENS = frozenset(token_key(mark) for mark in ("-", "‐", "‑"))
_HOLLOW = frozenset("\"'")


Unit = tuple[int, int]

_LOOSE = (Kind.INSERTION, Kind.DELETION)


@dataclass(frozen=True, slots=True)
class Edit:
    """A change in tokens: from ``first`` to before ``last`` of each text, and its kind."""

    original: tuple[int, int]
    rewritten: tuple[int, int]
    kind: Kind


@dataclass(frozen=True, slots=True)
class Aligned:
    """Two passages word by word: the edits, in order, and how many words are the same in place.

    ``blocks`` are the runs of tokens that are the same: first token in either text, and how many.
    """

    link: Link
    edits: tuple[Edit, ...]
    blocks: tuple[tuple[int, int, int], ...]
    kept: int

    def size(self, original: Words, rewritten: Words) -> tuple[int, int]:
        """How many words either passage has."""
        first, second = passage(original, self.link.original), passage(rewritten, self.link.rewritten)
        return word_count(original, first), word_count(rewritten, second)


def align_words(original: Words, rewritten: Words, links: Sequence[Link], lexis: Lexis) -> list[Aligned]:
    """The words of linked sentences, each pair of passages by its shortest edit script (Levenshtein over words)."""
    matched = [_match(original, rewritten, link, lexis) for link in links]
    gaps = [gap for _, each in matched for gap in each]
    units = [(_units(original, a, b), _units(rewritten, c, d)) for a, b, c, d in gaps]
    stretches = [_stretch(original, rewritten, *each) for each in units]
    cuts = zip(gaps, units, cut(stretches, lexis), strict=True)
    aligned = []
    for link, (blocks, own) in zip(links, matched, strict=True):
        edits = [
            edit
            for gap, (first, second), pieces in islice(cuts, len(own))
            for edit in _edits(original, rewritten, gap, first, second, pieces, lexis)
        ]
        found = Aligned(link, tuple(edits), tuple(blocks), _kept(original, blocks))
        if found.kept >= LEAST_SHARED * max(*found.size(original, rewritten), 1):
            aligned.append(_judged(original, rewritten, found))
    return aligned


def _match(original: Words, rewritten: Words, link: Link, lexis: Lexis) -> tuple[list[tuple[int, int, int]], list[Gap]]:
    """Runs of the same tokens in two passages, and what lies between them."""
    whole = *passage(original, link.original), *passage(rewritten, link.rewritten)
    blocks: list[tuple[int, int, int]] = []
    finer: list[Gap] = []
    for a, b, c, d in anchored(original.keys, rewritten.keys, whole):
        if (b - a) * (d - c) > MOST_CELLS:
            finer.append((a, b, c, d))
            continue
        same, gaps = _runs(Levenshtein.opcodes(_list(original, a, b), _list(rewritten, c, d)), a, c)
        blocks += same
        for gap in gaps:
            finer += _split(original, rewritten, gap, blocks, lexis)
    return sorted(blocks), finer


def _list(words: Words, first: int, last: int) -> list[int]:
    return words.keys[first:last].tolist()  # type: ignore[no-any-return]


def _runs(codes: Opcodes, a: int, c: int) -> tuple[list[tuple[int, int, int]], list[Gap]]:
    """The equal runs of an edit script, and the gaps between them; it starts at the tokens ``a`` and ``c``."""
    blocks: list[tuple[int, int, int]] = []
    gaps: list[Gap] = []
    open_gap = False
    for code in codes:
        place = a + code.src_start, a + code.src_end, c + code.dest_start, c + code.dest_end
        if code.tag == "equal":
            blocks.append((place[0], place[2], place[1] - place[0]))
        elif open_gap:
            gaps[-1] = gaps[-1][0], place[1], gaps[-1][2], place[3]
        else:
            gaps.append(place)
        open_gap = code.tag != "equal"
    return blocks, gaps


def _split(original: Words, rewritten: Words, gap: Gap, blocks: list[tuple[int, int, int]], lexis: Lexis) -> list[Gap]:
    """A gap, split at marks and words of content that it has on both sides, which go to the blocks.

    The shortest script leaves them unmatched where to match them would cost as much.
    """
    a, b, c, d = gap
    if min(b - a, d - c) < 2:
        return [gap]
    gaps: list[Gap] = []
    codes = Indel.opcodes(_list(original, a, b), _list(rewritten, c, d))
    for i, j, size in _runs(codes, a, c)[0]:
        for offset in range(size):
            word = original.word(i + offset).lower()
            if word in _HOLLOW or lexis.is_function(word):
                continue
            gaps.append((a, i + offset, c, j + offset))
            blocks.append((i + offset, j + offset, 1))
            a, c = i + offset + 1, j + offset + 1
    return [each for each in (*gaps, (a, b, c, d)) if each[0] < each[1] or each[2] < each[3]]


def _units(words: Words, first: int, last: int) -> list[Unit]:
    """The words and numbers of a range as ranges of tokens; what a hyphen joins is one word."""
    kinds = words.tokens.kind
    units: list[Unit] = []
    for index in range(first, last):
        if kinds[index] == PUNCTUATION:
            continue
        if units and index - units[-1][1] == 1 and _hyphenated(words, index):
            units[-1] = units[-1][0], index + 1
        else:
            units.append((index, index + 1))
    return units


def _hyphenated(words: Words, index: int) -> bool:
    start, end = words.tokens.start, words.tokens.end
    return (
        int(words.keys[index - 1]) in _HYPHENS
        and int(end[index - 2]) == int(start[index - 1])
        and int(end[index - 1]) == int(start[index])
    )


def _stretch(original: Words, rewritten: Words, first: Sequence[Unit], second: Sequence[Unit]) -> Stretch:
    sides = (original, first), (rewritten, second)
    spoken = [tuple(words.phrase(*unit).lower() for unit in units) for words, units in sides]
    names = [tuple(is_name(words, unit[0]) for unit in units) for words, units in sides]
    breaks = [
        tuple(place > 0 and _has_marks(words, (units[place - 1][1], unit[0])) for place, unit in enumerate(units))
        for words, units in sides
    ]
    return Stretch((spoken[0], spoken[1]), (names[0], names[1]), (breaks[0], breaks[1]))


def _kept(words: Words, blocks: Sequence[tuple[int, int, int]]) -> int:
    return sum(word_count(words, (a, a + size)) for a, _, size in blocks)


def _edits(
    original: Words, rewritten: Words, gap: Gap, first: Sequence[Unit], second: Sequence[Unit],
    pieces: Sequence[Piece], lexis: Lexis,
) -> Iterator[Edit]:  # fmt: skip
    """The edits in a gap whose words were cut into pieces; neighbours that were put in or left out are one."""
    i = j = 0
    loose: Edit | None = None
    for taken, given in pieces:
        left = (first[i][0], first[i + taken - 1][1]) if taken else (_place(first, i, gap[1]),) * 2
        right = (second[j][0], second[j + given - 1][1]) if given else (_place(second, j, gap[3]),) * 2
        i, j = i + taken, j + given
        if (taken or given) and original.keys[slice(*left)].tolist() != rewritten.keys[slice(*right)].tolist():
            edit = Edit(left, right, _kind(original, rewritten, left, right, lexis))
            if loose is not None and loose.kind == edit.kind:
                loose = edit = Edit((loose.original[0], left[1]), (loose.rewritten[0], right[1]), edit.kind)
                continue
            if loose is not None:
                yield loose
            loose = edit if edit.kind in _LOOSE else None
            if loose is None:
                yield edit
    if loose is not None:
        yield loose


def _place(units: Sequence[Unit], index: int, end: int) -> int:
    return units[index][0] if index < len(units) else end


def _kind(original: Words, rewritten: Words, left: Unit, right: Unit, lexis: Lexis) -> Kind:
    if left[0] == left[1]:
        return Kind.INSERTION
    if right[0] == right[1]:
        return Kind.DELETION
    sides = (original, left), (rewritten, right)
    spoken = [[words.phrase(*unit).lower() for unit in _units(words, *bounds)] for words, bounds in sides]
    if any(NUMBER in words.tokens.kind[slice(*bounds)] for words, bounds in sides):
        return Kind.FORM if _digits(spoken[0]) == _digits(spoken[1]) else Kind.NUMBER
    if same_word(spoken[0], spoken[1], lexis.language):
        return Kind.FORM
    if lexis.language not in NOUN_CAPITALS and any(
        is_name(words, index) for words, bounds in sides for index in range(*bounds)
    ):
        return Kind.NAME
    if any(len(words) > LONGEST for words in spoken) or any(_has_marks(words, bounds) for words, bounds in sides):
        return Kind.REWORDING
    if len(spoken[0]) >= _CONDENSED > len(spoken[1]):  # to say it shorter takes an understanding of what is said
        return Kind.REWORDING
    return Kind.SUBSTITUTION


def _digits(words: Sequence[str]) -> str:
    return "".join(character for word in words for character in word if character.isalnum())


def _has_marks(words: Words, bounds: tuple[int, int]) -> bool:
    """Whether punctuation other than that within compounds stands in a range."""
    keys = words.keys[slice(*bounds)][words.tokens.kind[slice(*bounds)] == PUNCTUATION]
    return any(int(key) not in _WITHIN for key in keys)


def is_name(words: Words, index: int) -> bool:
    """Whether a token has a capital that its place does not ask for."""
    tokens = words.tokens
    if tokens.kind[index] == PUNCTUATION or tokens.shape[index] == LOWER or int(words.keys[index]) == _I:
        return False
    return index > 0 and index not in words.openings


def _judged(original: Words, rewritten: Words, aligned: Aligned) -> Aligned:
    """The same, without substitutions where the passages differ too much to go together word by word."""
    longer = max(*aligned.size(original, rewritten), 1)
    loose = sum(edit.kind in _LOOSE for edit in aligned.edits)
    if aligned.kept >= LEAST_KEPT * longer and loose <= MOST_LOOSE * longer:
        return aligned
    edits = tuple(
        replace(edit, kind=Kind.REWORDING) if edit.kind is Kind.SUBSTITUTION else edit for edit in aligned.edits
    )
    return replace(aligned, edits=edits)


def passage(words: Words, sentences: tuple[int, int]) -> tuple[int, int]:
    """First token of some sentences, and the one after the last."""
    return int(words.sentences[sentences[0]]), int(words.sentences[sentences[1]])


def word_count(words: Words, bounds: tuple[int, int]) -> int:
    """How many tokens of a range are words or numbers."""
    return int(np.count_nonzero(words.tokens.kind[slice(*bounds)] != PUNCTUATION))
