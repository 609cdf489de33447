r"""ENC009: words that a line end parted, with the hyphen still in them: “exam-\nple”, “exam- ple”.

Hyphens at line ends are good typography on a printed page, and damage in a text whose lines mean nothing any more. A
word is put together again only if the whole is a word and the parts are not two words that people join by a hyphen.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from qualitycheck import Document

# The hyphen comes first: a search for one character is fast.
_PARTED = re.compile(r"-(?:[ \t]{0,4}\r?\n[ \t]{0,40}|[ \t]{1,2})(?=([^\W\d_]{1,30}))")
_BEFORE = re.compile(r"(?<![\w’'-])[^\W\d_]{1,30}\Z")
_AFTER = re.compile(r"(?:-\w|[’'_@/]\w)")
_LANGUAGES = frozenset(["en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "fi", "pl", "cs", "hu", "ro", "ca"])

# “Pre- and post-war”: the word after the hyphen is not the rest of one.
_JOINING = frozenset(
    re.findall(
        r"\w+",
        """and or to nor but through versus vs as und oder bis beziehungsweise bzw sowie wie et ou à y o u e ni a en of
        dan naar tot och eller til og i oraz lub és vagy""",
    )
)
# On wordfreq's Zipf scale: how common the whole must be, and how common a part may be that is a word of its own.
_LEAST_WHOLE = 3.0
_MOST_PART = 4.0
_BY_FAR = 1.5


@dataclass(frozen=True, slots=True)
class Parted:
    """A word with a hyphen and white space in it, and the word as it was."""

    start: int
    end: int
    whole: str
    confidence: float


def find(text: str, document: Document) -> Iterator[Parted]:
    """The parted words of ``text``, where the document's language is one whose words are known."""
    for match in _PARTED.finditer(text):
        rest = match[1]
        if not rest.islower() or rest in _JOINING or _AFTER.match(text, match.end(1)):
            continue
        before = _BEFORE.search(text, max(0, match.start() - 31), match.start())
        # The language is asked for late: few documents get here.
        if before is None or document.language not in _LANGUAGES:
            continue
        at_line_end = "\n" in match[0]
        if _is_word(before[0].lower(), rest, document.language, at_line_end):
            yield Parted(before.start(), match.end(1), before[0] + rest, 0.95 if at_line_end else 0.9)


@functools.lru_cache(maxsize=4096)
def _is_word(before: str, rest: str, language: str, at_line_end: bool) -> bool:
    """Whether two parts are one word."""
    whole = _frequency(before + rest, language)
    part = min(_frequency(before, language), _frequency(rest, language))
    if whole < _LEAST_WHOLE:
        return False
    # Two common words can stand beside each other by chance (“over- all of it”), but hardly over a line end.
    return part < min(_MOST_PART, whole + _BY_FAR) or (at_line_end and whole > part)


def _frequency(word: str, language: str) -> float:
    import wordfreq

    return float(wordfreq.zipf_frequency(word, language))
