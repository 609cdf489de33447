"""A document: its text, and the views of it that checks share.

Every view is computed when it is first asked for, and once. Offsets are code points of the text with its newlines
untouched. Markup, code and front matter are masked and not cut out: ``prose`` is the text with everything that is not
prose blanked, code point for code point, so that an offset in one is an offset in the other.
"""

from __future__ import annotations

import functools
import itertools
import string
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import regex

from qualitycheck.language import identify, identify_all
from qualitycheck.passages import Passage, foreign_passages
from qualitycheck.quotation import quotation_spans, united
from qualitycheck.tokens import FILLER, Tokens, tokenize, tokenize_all

Spans = npt.NDArray[np.int64]

_LINE_END = regex.compile(r"\r\n|\n|\r")
_SENTENCE_END = regex.compile(
    r"""(?<!\b(?:Mr|Mrs|Ms|Dr|Prof|Rev|Hon|Gen|Col|Capt|Lt|Sgt|Sen|Rep|Gov|St|Jr|Sr|vs|etc|No|Fig|al|Inc|Ltd|Co|Corp
        |Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|\p{Lu}))
        (?<![.!?…])[.!?…]++["'”’»)\]]*+(?=\s+["'“‘«(\[]*[\p{Lu}\p{N}])
        |(?>\r\n|\n|\r)(?=[ \t]*+[\r\n])""",
    regex.VERBOSE,
)

_UNMARKED = (string.ascii_letters + string.digits + " \t\n\r\f").encode()


class Document:
    """One text to be checked.

    ``text`` is what the file holds, decoded; ``prose`` the same with all that is not prose blanked (by default the
    text itself); ``path`` and ``id`` name it in reports; ``metadata`` is whatever came with it; ``comments`` are start
    and end of each comment in the file that speaks to qualitycheck. A ``fragment`` is a piece of text that is no
    document of its own, such as a sentence or a heading: checks with ``whole_documents`` leave it alone. ``language``
    is its ISO 639 code where it is known, and need not be guessed; ``quotations`` are start and end of stretches that
    are known to be quoted, beside those within quotation marks.

    Raises ValueError where ``prose`` is not as long as ``text``.
    """

    def __init__(
        self,
        text: str,
        *,
        prose: str | None = None,
        path: str | None = None,
        id: str | None = None,  # noqa: A002 (the name users know from their data)
        metadata: Mapping[str, Any] | None = None,
        comments: Iterable[tuple[int, int]] = (),
        fragment: bool = False,
        language: str | None = None,
        quotations: Iterable[tuple[int, int]] = (),
    ) -> None:
        if prose is not None and len(prose) != len(text):
            raise ValueError(f"prose has {len(prose)} code points and text {len(text)}: mask, do not cut")
        self._text = text
        self._prose = text if prose is None else prose
        self.path = path
        self.id = id
        self.metadata: Mapping[str, Any] = metadata or {}
        self.comments: Sequence[tuple[int, int]] = tuple(comments)
        self.fragment = fragment
        self.known_language = language
        self.known_quotations: Sequence[tuple[int, int]] = tuple(quotations)

    @property
    def text(self) -> str:
        """What the file holds."""
        return self._text

    @property
    def prose(self) -> str:
        """The text with all that is not prose blanked, code point for code point."""
        return self._prose

    def __repr__(self) -> str:
        return f"<Document {self.path or self.id or 'text'}: {len(self.text)} code points>"

    def __len__(self) -> int:
        return len(self.text)

    @functools.cached_property
    def tokens(self) -> Tokens:
        """The words, numbers and punctuation of the prose, as arrays."""
        return tokenize(self.prose)

    @functools.cached_property
    def marks(self) -> str:
        """The prose without ASCII letters, digits and white space: its punctuation and rarer letters, in order.

        It is short, and tells at once that a text lacks the characters which a check looks for.
        """
        return self.prose.encode("utf-8", "surrogatepass").translate(None, _UNMARKED).decode("utf-8", "surrogatepass")

    @functools.cached_property
    def words(self) -> int:
        """How many words the prose has, numbers included."""
        return self.tokens.words

    @functools.cached_property
    def language(self) -> str | None:
        """The ISO 639 code of the prose's main language, of two letters where there is one; None for a few words."""
        return self.known_language or identify(self.prose, self.tokens)

    @functools.cached_property
    def foreign_passages(self) -> tuple[Passage, ...]:
        """The passages in another language than the main one, in order of place."""
        return foreign_passages(self.prose, self.tokens, self.language)

    @functools.cached_property
    def line_starts(self) -> Spans:
        """The offset at which each line of the text starts; LF, CRLF and CR end a line."""
        return _line_starts(self.text)

    @functools.cached_property
    def prose_line_starts(self) -> Spans:
        """The same of the prose; in a file with markup these are other lines."""
        return self.line_starts if self.prose is self.text else _line_starts(self.prose)

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1, the column in code points."""
        line = int(np.searchsorted(self.line_starts, offset, side="right"))
        return line, offset - int(self.line_starts[line - 1]) + 1

    def line_span(self, line: int) -> tuple[int, int]:
        """Start and end of a line, counted from 1, without its line end."""
        start = int(self.line_starts[line - 1])
        end = int(self.line_starts[line]) if line < len(self.line_starts) else len(self.text)
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        return start, end

    @functools.cached_property
    def sentences(self) -> Spans:
        """Start and end of each sentence of the prose, white space around it left out; an array of two columns."""
        return np.fromiter(self._sentence_bounds(), np.dtype((np.int64, 2)))

    def _sentence_bounds(self) -> Iterator[tuple[int, int]]:
        start = 0
        ends = (match.end() for match in _SENTENCE_END.finditer(self.prose))
        for end in itertools.chain(ends, [len(self.prose)]):
            sentence = self.prose[start:end]
            stripped = sentence.strip()
            if stripped:
                begin = start + len(sentence) - len(sentence.lstrip())
                yield begin, begin + len(stripped)
            start = end

    @functools.cached_property
    def quotations(self) -> Spans:
        """Start and end of each quoted passage, marks included; an array of two columns, sorted."""
        found = quotation_spans(self.prose)
        if not self.known_quotations:
            return found
        both = united([*map(tuple, found.tolist()), *self.known_quotations])
        return np.array(both, np.int64).reshape(-1, 2)

    def in_quotation(self, start: int, end: int) -> bool:
        """Whether a span lies wholly within quoted speech."""
        index = int(np.searchsorted(self.quotations[:, 0], start, side="right")) - 1
        return index >= 0 and end <= int(self.quotations[index, 1])

    def finditer(
        self, pattern: str | regex.Pattern[str], *, flags: int = 0, timeout: float | None = 10.0
    ) -> Iterator[regex.Match[str]]:
        """The matches of a regular expression in the prose; spans fit the text.

        Raises TimeoutError after ``timeout`` seconds of searching, so that no pattern can hang a run; regex.error for a
        bad pattern.
        """
        if isinstance(pattern, str):
            pattern = regex.compile(pattern, flags)
        place = 0
        while place <= len(self.prose):
            # One search at a time, so that only searching counts: what is done with a match may take its time.
            started = time.monotonic()
            match = pattern.search(self.prose, place, timeout=timeout)
            if match is None:
                return
            if timeout is not None:
                timeout = max(timeout - (time.monotonic() - started), 0.001)
            yield match
            place = match.end() if match.end() > match.start() else match.end() + 1

    def whole_entity(self, end: int) -> int:
        """Where a span that ends at ``end`` ends in the file: an entity (``&eacute;``) is one character of the prose,
        at its first place, and the rest of it goes with it.
        """
        begins = self.text[end - 1] == "&" and self.prose[end : end + 1] == FILLER
        if begins and (self.text[end].isalnum() or self.text[end] == "#"):  # and is no “&” with markup after it
            while self.prose[end : end + 1] == FILLER and self.text[end - 1] != ";":
                end += 1
        return end

    def excerpt(self, start: int, end: int) -> str:
        """A span as a reader sees it: entities resolved, markup within a word left out."""
        return self.prose[start:end].replace(FILLER, "")


def _line_starts(text: str) -> Spans:
    if "\r" in text:
        ends = [match.end() for match in _LINE_END.finditer(text)]
    else:
        ends = list(itertools.accumulate(len(line) + 1 for line in text.split("\n")))[:-1]
    return np.array([0, *ends], np.int64)


def prepare(documents: Sequence[Document]) -> None:
    """Find the tokens and the languages of many documents together, which is faster than one by one."""
    # What is found goes where the cached property would put it.
    waiting = [document for document in documents if "tokens" not in document.__dict__]
    for document, tokens in zip(waiting, tokenize_all([document.prose for document in waiting]), strict=True):
        document.__dict__["tokens"] = tokens
    waiting = [document for document in documents if "language" not in document.__dict__]
    languages = identify_all([each.prose for each in waiting], [each.tokens for each in waiting])
    for document, language in zip(waiting, languages, strict=True):
        document.__dict__["language"] = language
