"""ENC001: text that was written in one encoding and read in another.

Nearly all of it is UTF-8 read as a one-byte encoding. An array pass finds what could be such sequences; ftfy is asked
only about the words that hold one, decides whether they are damaged, and says what stood there. Where a single word
does not settle it, the document does: "MAÇÃ—" keeps its dash, unless other words of the document are surely damaged
and it decodes in the same way as they do.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from qualitycheck_encoding.repair import Repair, decode, plausible, repair_row, repair_word
from qualitycheck_encoding.scan import HALF, Rare
from qualitycheck_encoding.sequences import runs

_REACH = 40  # how far a word is followed to either side of the damage
_LONGEST_RUN = 60  # damage without spaces, such as Chinese, is reported in pieces of about this length
_LONGEST_WORD = 200
_LONGEST_ROW = 64  # damaged words one after the other, as in any script other than Latin
_LONGEST_JOINED = 80  # what is reported of a row at a time, in code points
_CERTAIN = 3  # what a longer sequence than the shortest weighs as evidence for its encoding
_DEPTH = 3  # how often a text was misread at most

_WORD_END = regex.compile(r"[ \t\n\r\f\v]")
_TYPOGRAPHIC = frozenset("“”‘’„‚–—…•«»‹›™®©°´¨¿¡\xa0")
_SUPERSCRIPTS = frozenset("²³¹ªº")
_OPENING = frozenset("\"'“‘„«‹([")

_MISREAD_LOSS = "ï¿½"  # the replacement character

# A no-break space is the second half of à and of itself; when it has become a plain space, the first half is left.
_LEFT_OVER = regex.compile(r"(?<=\p{Ll}|\p{Ll}['’])Ã(?= )|(?<=[\p{Ll}.,;:?!”\"])Â(?= )")
_STANDALONE = regex.compile(r"(?<![^\s(])Ã(?= \p{Ll})")
# A Macintosh apostrophe read as Latin-1.
_MAC_APOSTROPHE = regex.compile(r"(?<=\p{Ll})Õ(?=(?:s|t|d|m|re|ve|ll)\b)")


@dataclass(frozen=True, slots=True)
class Damage:
    """A damaged place; ``repaired`` is what stood there, or None where that cannot be told."""

    start: int
    end: int
    repaired: str | None
    confidence: float


@dataclass(slots=True)
class _Word:
    """A word with damage: where it starts and ends, where the damage does, and of how many sequences that is."""

    start: int
    end: int
    first: int
    last: int
    sequences: int


def find(text: str, rare: Rare) -> list[Damage]:
    """The damaged words of ``text``, in order, none overlapping another."""
    if not len(rare.at):
        return []
    sure: list[Damage] = []
    doubtful: list[_Word] = []
    codecs = Counter[str]()
    for word, repair in _repaired(text, rare):
        piece = text[word.start : word.end]
        if repair is None or not plausible(piece, repair.text, word.sequences) or _ambiguous(text, word):
            doubtful.append(word)
        else:
            codecs[repair.codec] += 1 if word.last - word.first == 2 else _CERTAIN
            sure += _damage(text, word, repair.text, 0.99)
    sure += _accompanied(text, doubtful, codecs)
    return _in_order([*sure, *_single_characters(text, rare, codecs.total() >= _CERTAIN)])


def _words(text: str, rare: Rare) -> Iterator[_Word]:
    word: _Word | None = None
    for first, last, sequences in runs(rare, _LONGEST_RUN):
        low = max(0, first - _REACH)
        start = max(low, *(text.rfind(space, low, first) + 1 for space in " \n\t\r"))
        stop = _WORD_END.search(text, last, last + _REACH)
        end = stop.start() if stop else min(len(text), last + _REACH)
        if word is not None and start < word.end:
            if last - word.start <= _LONGEST_WORD and first - word.first < _LONGEST_RUN:
                word.end, word.last = max(word.end, end), last
                word.sequences += sequences
                continue
            word.end = min(word.end, first)
            start = max(start, word.end)
        if word is not None:
            yield word
        word = _Word(start, end, first, last, sequences)
    if word is not None:
        yield word


def _repaired(text: str, rare: Rare) -> Iterator[tuple[_Word, Repair | None]]:
    """The words with what stood there; words in a row are taken together, since a call to ftfy costs most."""
    row: list[_Word] = []
    for word in itertools.chain(_words(text, rare), [None]):
        if row and (word is None or text[row[-1].end : word.start].strip(" ") or len(row) == _LONGEST_ROW):
            pieces = [text[each.start : each.end] for each in row]
            together = repair_row(pieces)
            yield from _joined(text, row, together) if together else zip(row, map(repair_word, pieces), strict=True)
            row = []
        if word is not None:
            row.append(word)


def _joined(text: str, row: list[_Word], repairs: list[Repair]) -> Iterator[tuple[_Word, Repair]]:
    """Neighbours in a row made one, up to a readable length."""
    whole, fixed = row[0], repairs[0].text or ""
    for word, repair in zip(row[1:], repairs[1:], strict=True):
        if word.end - whole.start <= _LONGEST_JOINED:
            fixed += text[whole.end : word.start] + (repair.text or "")
            whole = _Word(whole.start, word.end, whole.first, word.last, whole.sequences + word.sequences)
        else:
            yield whole, Repair(fixed, repair.codec)
            whole, fixed = word, repair.text or ""
    yield whole, Repair(fixed, repairs[0].codec)


def _accompanied(text: str, words: list[_Word], codecs: Counter[str]) -> Iterator[Damage]:
    """The doubtful words that decode like those which are surely damaged.

    Only where these are the majority: in a text full of capitals with punctuation after them some look sure as well.
    """
    for codec, count in codecs.items():
        found = []
        for word in words:
            piece = fixed = text[word.start : word.end]
            for _ in range(_DEPTH):
                decoded = decode(fixed, codec)
                if decoded is None or decoded == fixed or not plausible(piece, decoded, word.sequences):
                    break
                fixed = decoded
            if fixed != piece:
                found.append((word, fixed))
        many = count >= max(_CERTAIN, len(found))
        for word, fixed in found:
            if many or _inside(text, word):
                yield from _damage(text, word, fixed, 0.95)


def _single_characters(text: str, rare: Rare, accompanied: bool) -> Iterator[Damage]:
    """What a sequence search cannot see: sequences of which one character is left, and a Macintosh's apostrophe."""
    if not rare.seen & HALF:
        return
    spans = [match.span() for match in _LEFT_OVER.finditer(text)]
    spans += [match.span() for match in _STANDALONE.finditer(text)] if accompanied else []
    for start, end in spans:
        if text[start] == "Ã":
            while start > 0 and text[start - 1].isalpha() and end - start < _REACH:
                start -= 1
            yield Damage(start, end, f"{text[start : end - 1]}à", 0.9)
        else:
            yield Damage(start, end + 1, "\xa0", 0.9)
    for match in _MAC_APOSTROPHE.finditer(text):
        yield Damage(match.start(), match.end(), "’", 0.95)


def _ambiguous(text: str, word: _Word) -> bool:
    """Whether the damage may as well be a capital with punctuation after it: “IRMÔ, «Â».

    A letter after it settles that: in "AÃ‘OS" no quotation begins.
    """
    second = text[word.last - 1]
    if word.last - word.first != 2 or second not in _TYPOGRAPHIC | _SUPERSCRIPTS:
        return False
    after = text[word.last : word.last + 1]
    if after.islower() or (after.isalpha() and second != "\xa0"):
        return False
    before = text[word.first - 1 : word.first]
    return before.isupper() or before in _OPENING or (second in _SUPERSCRIPTS and not before.isalnum())


def _inside(text: str, word: _Word) -> bool:
    """Whether something that is no letter stands between small letters, as in "g√¢teaux"."""
    around = text[word.first - 1 : word.first] + text[word.last : word.last + 1]
    return len(around) == 2 and around.islower() and not text[word.first : word.last].isalpha()


def _damage(text: str, word: _Word, repaired: str | None, confidence: float) -> Iterator[Damage]:
    """The damage with the letters around it: neither the quotes about a word nor its full stop."""
    piece = text[word.start : word.end]
    if repaired is None:
        head, tail = word.first - word.start, word.end - word.last
    else:
        head = _common(piece, repaired)
        tail = _common(piece[:head:-1], repaired[:head:-1])
    if repaired is not None and repaired == piece.replace(_MISREAD_LOSS, "\ufffd"):
        for match in regex.finditer(f"(?:{_MISREAD_LOSS})+", piece):
            yield Damage(word.start + match.start(), word.start + match.end(), "\ufffd", confidence)
        return
    while head > 0 and piece[head - 1].isalnum():
        head -= 1
    while tail > 0 and piece[len(piece) - tail].isalnum():
        tail -= 1
    core = None if repaired is None else repaired[head : len(repaired) - tail]
    yield Damage(word.start + head, word.end - tail, core, confidence)


def _common(one: str, other: str) -> int:
    """How many characters two strings have in common at their start."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _in_order(damages: list[Damage]) -> list[Damage]:
    ordered: list[Damage] = []
    for damage in sorted(damages, key=lambda damage: (damage.start, damage.end)):
        if damage.start < damage.end and (not ordered or damage.start >= ordered[-1].end):
            ordered.append(damage)
    return ordered
