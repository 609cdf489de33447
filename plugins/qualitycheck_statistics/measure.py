"""The statistics of several documents, computed together on their tokens."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from qualitycheck import Document
from qualitycheck.batch import Batch, batches, count, total
from qualitycheck.phrases import KeySet
from qualitycheck.tokens import NUMBER, PUNCTUATION, UPPER, WORD, Codes, Offsets, token_keys
from qualitycheck_statistics import marks

Amounts = dict[str, npt.NDArray[np.float64]]

#: The eight words of Gopher (Rae et al. 2021, A.1): a text of English prose has at least two of them.
STOP_WORDS = ("the", "be", "to", "of", "and", "that", "have", "with")
#: A line of at most this many code points is short (FineWeb), one of at least that many a paragraph (mC4).
SHORT_LINE, LONG_LINE = 30, 200

_PRECISION = 1 << 20  # steps in a nat

#: From here on the code points are those of scripts that are written without spaces, and of their marks.
_IDEOGRAPHIC = 0x3000

#: What a document that is longer than a batch has as the most of its parts, and not as their sum.
_MOST = {"longest_word", *STOP_WORDS}


def measure(documents: Sequence[Document]) -> Amounts:
    """What the documents have of everything, by name: one number for each document."""
    amounts: Amounts = {}
    for batch in batches(documents):
        for name, values in {**_words(batch), **_variety(batch), **_marks(batch), **_lines(batch)}.items():
            if name not in amounts:
                amounts[name] = np.zeros(len(documents))
            if name in _MOST:
                np.maximum.at(amounts[name], batch.document, values)
            else:
                amounts[name] += np.bincount(batch.document, values, len(documents))
    return amounts


def _words(batch: Batch) -> dict[str, npt.NDArray[np.generic]]:
    tokens, bounds = batch.tokens, batch.bounds
    word = tokens.kind != PUNCTUATION
    chunk = np.flatnonzero(np.append(True, tokens.start[1:] > tokens.end[:-1]))  # what white space separates
    last = np.append(chunk[1:], len(tokens)) - 1
    length = tokens.end[last] - tokens.start[chunk]
    stop, which = _stop_keys().find(tokens.key)
    place = np.searchsorted(stop, bounds)
    return {
        "words": count(word, bounds),
        "letter_words": count(tokens.kind == WORD, bounds),
        "capital_words": count(tokens.shape == UPPER, bounds),
        "characters": total((tokens.end - tokens.start) * word, bounds),
        "longest_word": np.maximum.reduceat(length, np.searchsorted(chunk, bounds[:-1])),
        "stop_words": np.diff(place),
        **{name: count(which == number, place) > 0 for number, name in enumerate(STOP_WORDS)},
    }


def _variety(batch: Batch) -> dict[str, npt.NDArray[np.generic]]:
    """How many words are different, and the sum of c · ln c over their counts, from which the entropy follows."""
    groups = batch.same_words
    first = np.flatnonzero(groups.new)
    copies = np.diff(first, append=len(groups.new))
    part = batch.part[batch.words[groups.place[first]]]
    words = np.bincount(part, copies, minlength=len(batch))
    spread = np.bincount(part, _information(copies), minlength=len(batch))
    return {
        "unique_words": np.bincount(part, minlength=len(batch)),
        "information": (_information(words) - spread) / _PRECISION,
    }


def _information(count: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    """The product n · ln n in whole steps, so that sums do not depend on the order in which they are taken."""
    steps: npt.NDArray[np.float64] = np.round(count * np.log(np.maximum(count, 1)) * _PRECISION)
    return steps


def _marks(batch: Batch) -> dict[str, npt.NDArray[np.generic]]:
    tokens = batch.tokens
    mark = np.flatnonzero(tokens.kind == PUNCTUATION)
    bounds = np.searchsorted(mark, batch.bounds)
    start, end = tokens.start[mark], tokens.end[mark]
    code, length = batch.codes[start], end - start
    after = np.append(tokens.start, len(batch.codes))[mark + 1]
    # In scripts that write no spaces a sentence ends without one.
    free = (after > end) | marks.closers().among(batch.codes[end]) | (code >= _IDEOGRAPHIC)
    return {
        "punctuation": total(length, bounds),
        "hashes": total(length * (code == ord("#")), bounds),
        "ellipses": count(_ellipsis(code, length), bounds),
        "curly_brackets": total(length * ((code == ord("{")) | (code == ord("}"))), bounds),
        "sentences": count(marks.enders().among(code) & free, bounds),
    }


def _lines(batch: Batch) -> dict[str, npt.NDArray[np.generic]]:
    tokens, lines, bounds = batch.tokens, batch.lines, batch.line_bounds
    first, last = lines.first, lines.last - 1
    opening, closing = batch.codes[tokens.start[first]], batch.codes[tokens.start[last]]
    length = tokens.end[last] - tokens.start[first]
    alone = tokens.end[first] - tokens.start[first] == 1
    ellipsis = _ellipsis(closing, tokens.end[last] - tokens.start[last])
    finished = _finished(batch, first, last)
    # A line that the next goes on with in lower case was wrapped, and one as long as a paragraph was cut by what
    # collected it: neither is what menus, lists and titles leave.
    wrapped = np.append(_lower_case(batch, first)[1:] & (lines.breaks[1:] == 1), False)
    return {
        "lines": np.diff(bounds),
        "newlines": total(lines.breaks, bounds),
        "bullet_lines": count(marks.bullets().among(opening) & alone, bounds),
        "ellipsis_lines": count(ellipsis, bounds),
        "short_lines": count(length <= SHORT_LINE, bounds),
        "long_lines": count(length >= LONG_LINE, bounds),
        "finished_lines": count(finished, bounds),
        "line_ends": count(finished | (~wrapped & (length < LONG_LINE)), bounds),
    }


def _finished(batch: Batch, first: Offsets, last: Offsets) -> npt.NDArray[np.bool_]:
    """Which lines end as they should: with a mark that ends a sentence, or a quotation, whatever brackets follow, or
    the number of a note.
    """
    codes, start = batch.codes, batch.tokens.start
    note = (batch.tokens.kind[last] == NUMBER) & (last > first)
    last = last - (note & (batch.tokens.end[last - 1] == start[last]))
    quoted = marks.quotes().among(codes[start[last]])
    for _ in range(3):
        last = last - (marks.closers().among(codes[start[last]]) & (last > first))
    return quoted | marks.line_enders().among(codes[start[last]])


def _lower_case(batch: Batch, index: Offsets) -> npt.NDArray[np.bool_]:
    """Which of these tokens start with a lower-case letter, of those that Latin, Greek and Cyrillic text has."""
    codes = batch.codes[batch.tokens.start[index]]
    lower: npt.NDArray[np.bool_] = _LOWER[np.minimum(codes, len(_LOWER) - 1)]
    return lower


def _ellipsis(code: Codes, length: Offsets) -> npt.NDArray[np.bool_]:
    found: npt.NDArray[np.bool_] = ((code == ord(".")) & (length >= 3)) | (code == ord(marks.ELLIPSIS))
    return found


@functools.cache
def _stop_keys() -> KeySet:
    return KeySet(token_keys(STOP_WORDS))


_LOWER: npt.NDArray[np.bool_] = np.array([chr(code).islower() for code in range(0x530)] + [False])
