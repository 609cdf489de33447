"""One pass over a text that finds its tokens, done on arrays.

A Python object per token would cost more than everything that is later done with it, so a text becomes five arrays.
A token is a word ("won’t" is one, as is "15,000"), or a run of one punctuation mark. White space is no token.

The vocabulary id of a token is a 64-bit hash of its folded form (lower case, straight apostrophe, every number alike)
and not an index into a word list: the core then carries no vocabulary, and each plugin can bring its own and look its
words up with :func:`token_key`. Among a million different words a collision has odds of about one in 40 million.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.uint32]
Keys = npt.NDArray[np.uint64]
Offsets = npt.NDArray[np.int64]
Flags = npt.NDArray[np.uint8]

#: Stands in masked text for code points that are not there for a reader (the tail of ``&rsquo;``); joins, never parts.
FILLER = "\ufdd0"

#: Stands in masked text for a thing in a sentence that is not prose (inline code, a picture, a URL); a mark to a check.
OBJECT = "\ufdd1"

WORD, NUMBER, PUNCTUATION = 0, 1, 2
LOWER, CAPITALISED, UPPER = 0, 1, 2

NUMBER_KEY = np.uint64(0x9E3779B97F4A7C15)

_CHUNK = 1 << 16  # code points handled at a time: arrays stay in the cache, memory bounded whatever the document
_OTHER, _SPACE, _LETTER, _DIGIT, _APOSTROPHE, _SEPARATOR, _IDEOGRAPH = range(7)
_TABLE_SIZE = 0x3000
_MULTIPLIER = 0x9E3779B97F4A7C55
_SPACES = " \n\t\r\u00a0\u3000"
_CLASS_SHIFT = 24
_FOLD_MASK = (1 << _CLASS_SHIFT) - 1
_FIELD = 20  # bits of a counter; a chunk has fewer code points than that can count


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """The tokens of one text as parallel arrays.

    ``start`` and ``end`` are code point offsets, half open; ``key`` is the vocabulary id; ``kind`` is WORD, NUMBER or
    PUNCTUATION; ``shape`` is LOWER, CAPITALISED (first letter) or UPPER (two or more letters, all capital).
    """

    start: Offsets
    end: Offsets
    key: Keys
    kind: Flags
    shape: Flags

    def __len__(self) -> int:
        return len(self.start)

    def part(self, first: int, last: int) -> Tokens:
        """The tokens from ``first`` to before ``last``, their offsets still those of the whole text."""
        own = slice(first, last)
        return Tokens(self.start[own], self.end[own], self.key[own], self.kind[own], self.shape[own])

    def moved(self, distance: int) -> Tokens:
        """The same tokens so many code points further on."""
        start, end = self.start + distance, self.end + distance
        start.flags.writeable = end.flags.writeable = False
        return Tokens(start, end, self.key, self.kind, self.shape)

    @property
    def words(self) -> int:
        """How many tokens are words or numbers."""
        return int(np.count_nonzero(self.kind != PUNCTUATION))


def tokenize(text: str) -> Tokens:
    """Find the tokens of ``text``; a token of more than 65,536 code points is cut there."""
    parts = [_tokenize_chunk(chunk, offset) for chunk, offset in _chunks(text)]
    columns = [
        getattr(parts[0], name) if len(parts) == 1 else np.concatenate([getattr(part, name) for part in parts])
        for name in ("start", "end", "key", "kind", "shape")
    ]
    for column in columns:
        column.setflags(write=False)  # the checks of a document share them
    return Tokens(*columns)


def tokenize_all(texts: Sequence[str]) -> list[Tokens]:
    """The tokens of each text. Short ones are taken together: the arrays of one are made in the time of many."""
    found: list[Tokens] = []
    together: list[str] = []
    size = 0
    for text in texts:
        if together and size + len(text) >= _CHUNK:
            found += _tokenize_together(together)
            together, size = [], 0
        together.append(text)
        size += len(text) + 1
    return found + _tokenize_together(together)


def _tokenize_together(texts: Sequence[str]) -> list[Tokens]:
    if len(texts) < 2:
        return [tokenize(text) for text in texts]
    tokens = tokenize("\n".join(texts))  # white space, so that no token spans two texts
    ends = np.cumsum([len(text) + 1 for text in texts])
    bounds = [0, *tokens.start.searchsorted(ends).tolist()]
    starts = [0, *ends.tolist()]
    return [
        tokens.part(first, last).moved(-start) for (first, last), start in zip(pairwise(bounds), starts, strict=False)
    ]


def salts(count: int) -> Keys:
    """Odd 64-bit numbers (the splitmix64 sequence), always the same: multiplied with a key they tell its uses apart."""
    state, found = 0, []
    for _ in range(count):
        state = (state + 0x9E3779B97F4A7C15) % (1 << 64)
        z = state
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 % (1 << 64)
        z = (z ^ z >> 27) * 0x94D049BB133111EB % (1 << 64)
        found.append((z ^ z >> 31) | 1)
    return np.array(found, np.uint64)


@functools.lru_cache(maxsize=65536)
def token_key(word: str) -> int:
    """The vocabulary id that :func:`tokenize` gives ``word``.

    Raises ValueError where ``word`` is not exactly one token.
    """
    tokens = tokenize(word)
    if len(tokens) != 1:
        raise ValueError(f"{word!r} is not one token but {len(tokens)}")
    return int(tokens.key[0])


def token_keys(words: Iterable[str]) -> list[int]:
    """The vocabulary ids of several words, which takes about as long as that of one.

    Raises ValueError where one is not exactly one token.
    """
    listed = list(words)
    tokens = tokenize("\n".join(listed))
    starts = itertools.accumulate((len(word) + 1 for word in listed[:-1]), initial=0)
    if len(tokens) != len(listed) or (listed and tokens.start.tolist() != list(starts)):
        return [token_key(word) for word in listed]  # which names the one
    keys: list[int] = tokens.key.tolist()
    return keys


def _chunks(text: str) -> Iterator[tuple[str, int]]:
    if len(text) <= _CHUNK:
        yield text, 0
        return
    start = 0
    while start < len(text):
        end = min(start + _CHUNK, len(text))
        if end < len(text):
            space = max(text.rfind(space, start, end) for space in _SPACES)
            if space > start:
                end = space
        yield text[start:end], start
        start = end


def _classify(character: str) -> int:
    if character.isspace():
        return _SPACE
    if character in "'’‘ʼ＇":
        return _APOSTROPHE
    if character in ".,":
        return _SEPARATOR
    if character.isdigit():
        return _DIGIT
    if _is_ideograph(ord(character)):
        return _IDEOGRAPH
    if character.isalpha() or _is_mark(character):
        return _LETTER
    return _OTHER


def _is_mark(character: str) -> bool:
    import unicodedata

    return unicodedata.category(character)[0] == "M" or character in "\u00ad\u200c\u200d"


def _is_ideograph(code: int) -> bool:
    """Scripts written without spaces, in which every code point counts as a word."""
    return (
        0x3041 <= code <= 0x30FF
        or 0x3400 <= code <= 0x4DBF
        or 0x4E00 <= code <= 0x9FFF
        or 0xF900 <= code <= 0xFAFF
        or 0x20000 <= code <= 0x3FFFF
    )


@functools.cache
def _tables() -> tuple[Codes, Keys]:
    """What :func:`_facts` tells of each common code point."""
    return _facts([chr(code) for code in range(_TABLE_SIZE)])


def _facts(characters: list[str]) -> tuple[Codes, Keys]:
    """For each character its fold and class packed into one number, and its counters in another.

    The fold is one more than the code point, and 0 for white space, which adds nothing to a token before it. The
    counters are letters, digits and capitals in three fields, so that one sum counts all three.
    """
    classes = [_classify(c) for c in characters]
    packed = [
        (kind != _SPACE and _fold(c) + 1) | kind << _CLASS_SHIFT for c, kind in zip(characters, classes, strict=True)
    ]
    counts = [
        (kind == _LETTER and c.isalpha()) | (kind == _DIGIT) << _FIELD | c.isupper() << 2 * _FIELD
        for c, kind in zip(characters, classes, strict=True)
    ]
    return np.array(packed, np.uint32), np.array(counts, np.uint64)


@functools.cache
def _powers() -> tuple[Keys, Keys]:
    """Powers of the multiplier and their inverses modulo 2**64, one for each place in a chunk."""
    inverse = pow(_MULTIPLIER, -1, 1 << 64)
    sequences = []
    for base in (_MULTIPLIER, inverse):
        sequence = np.full(_CHUNK, base, np.uint64)
        sequence[0] = 1
        sequences.append(np.multiply.accumulate(sequence))
    return sequences[0], sequences[1]


def _fold(character: str) -> int:
    if character in "’‘ʼ＇":
        return ord("'")
    lowered = character.lower()
    return ord(lowered) if len(lowered) == 1 else ord(character)


def _look_up(codes: Codes) -> tuple[Codes, Keys]:
    """The tables' entries for each code point; rare code points take the slow way, once each."""
    packed_table, count_table = _tables()
    if int(codes.max()) < _TABLE_SIZE:
        index = codes.astype(np.intp)
        return packed_table[index], count_table[index]
    index = np.minimum(codes, _TABLE_SIZE - 1).astype(np.intp)
    packed, counts = packed_table[index], count_table[index]
    rare = np.flatnonzero(codes >= _TABLE_SIZE)
    unique, inverse = np.unique(codes[rare], return_inverse=True)
    characters = [chr(code) for code in unique.tolist()]
    packed[rare], counts[rare] = (facts[inverse] for facts in _facts(characters))
    return packed, counts


def code_points(text: str) -> Codes:
    """The code points of ``text``, lone surrogates included."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def _tokenize_chunk(text: str, offset: int) -> Tokens:
    codes = code_points(text)
    kept: Offsets | None = None
    if FILLER in text:
        kept = np.flatnonzero(codes != ord(FILLER))
        codes = codes[kept]
    if not len(codes):
        return _none()

    packed, counts = _look_up(codes)
    classes = packed.astype("<u4", copy=False).view(np.uint8)[_CLASS_SHIFT // 8 :: 4].copy()
    letter, digit = classes == _LETTER, classes == _DIGIT
    word = letter | digit
    _join(word, np.flatnonzero(classes == _APOSTROPHE), letter)
    _join(word, np.flatnonzero(classes == _SEPARATOR), digit)

    # A token goes on where a word does, or where a run of the same mark does; every ideograph stands alone.
    solid = classes != _SPACE
    goes_on = np.zeros(len(codes) + 1, bool)
    inner = goes_on[1:-1]
    np.equal(codes[1:], codes[:-1], out=inner)
    inner &= ~(word | (classes == _IDEOGRAPH))[1:]
    inner |= word[1:] & word[:-1]
    start = np.flatnonzero(solid & ~goes_on[:-1])
    end = np.flatnonzero(solid & ~goes_on[1:]) + 1
    if not len(start):
        return _none()

    # The sum of code × base^place, over the token; dividing by base^start makes it independent of where it stands.
    powers, inverses = _powers()
    packed &= np.uint32(_FOLD_MASK)
    key = _finish(_sums(packed * powers[: len(codes)], start) * inverses[start])

    totals = _sums(counts, start)
    field = np.uint64((1 << _FIELD) - 1)
    letters, digits = totals & field, (totals >> np.uint64(_FIELD)) & field
    capitals = totals >> np.uint64(2 * _FIELD)
    first = classes[start]
    number = (letters == 0) & (digits > 0)
    # Joiners and variation selectors hold words together, but alone (after an emoji) they are none.
    kind = np.where((word[start] & (letters > 0)) | (first == _IDEOGRAPH), WORD, PUNCTUATION).astype(np.uint8)
    kind[number] = NUMBER
    key[number] = NUMBER_KEY
    shape = (counts[start] >> np.uint64(2 * _FIELD)).astype(np.uint8)
    shape[(capitals > 1) & (capitals == letters)] = UPPER
    if kept is not None:
        start, end = kept[start], kept[end - 1] + 1
    return Tokens(start + offset, end + offset, key, kind, shape)


def _sums(values: Keys, start: Offsets) -> Keys:
    """The sum of the values of each token, as numbers modulo 2**64; white space after it has none."""
    sums: Keys = np.cumsum(values)[np.append(start[1:], len(values)) - 1]
    sums[1:] -= sums[:-1]
    return sums


def _none() -> Tokens:
    empty, flags = np.empty(0, np.int64), np.empty(0, np.uint8)
    return Tokens(empty, empty, np.empty(0, np.uint64), flags, flags)


def _join(word: npt.NDArray[np.bool_], marks: Offsets, neighbour: npt.NDArray[np.bool_]) -> None:
    """Make each mark that stands between two neighbours of the given class part of their word."""
    inner = marks[(marks > 0) & (marks < len(word) - 1)]
    word[inner[neighbour[inner - 1] & neighbour[inner + 1]]] = True


def _finish(key: Keys) -> Keys:
    """Spread the bits of a polynomial hash, so that any of them can be used as a table index."""
    key ^= key >> np.uint64(32)
    key *= np.uint64(0xD6E8FEB86659FD93)
    key ^= key >> np.uint64(32)
    return key
