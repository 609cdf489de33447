"""Comments by which a document says what may stay as it is.

    <!-- qualitycheck: ignore SYN001 a quotation from the spun article -->
    <!-- qualitycheck: ignore-file QUO001,BRC the page is about typewriters -->

``ignore`` is about the line that the comment stands in; where nothing else stands there, about the next line that holds
prose. ``ignore-file`` is about the whole document, wherever it stands. Rules are codes, names or prefixes, separated by
commas; what follows them is the reason, for people. What is a comment the document's reader knows: in plain text there
are none, and one that is shown as code is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from qualitycheck.document import Document
from qualitycheck.errors import SettingsError, nearest
from qualitycheck.rule import Rule
from qualitycheck.selection import resolve
from qualitycheck.tokens import FILLER, OBJECT

MARK = "qualitycheck:"

#: What a comment that speaks to qualitycheck begins with.
SPEAKS = regex.compile(rf"<!--\s*+{MARK}")

_LINE, _FILE = "ignore", "ignore-file"
_LONGEST_NAME = 40  # code points of a word that are shown
_VISIBLE = regex.compile(rf"[^\s{FILLER}{OBJECT}]")


@dataclass(frozen=True, slots=True)
class IgnoreComment:
    """A rule that a comment ignores, as the comment names it, and the codes that it means.

    It stands in ``line`` and is about what starts within ``span``; about the whole document where that is None.
    """

    line: int
    name: str
    codes: frozenset[str]
    span: tuple[int, int] | None


def ignore_comments(document: Document, rules: Sequence[Rule]) -> tuple[list[IgnoreComment], list[str]]:
    """What the comments of a document ignore, in order of place, and a line about each that says nothing sensible."""
    found: list[IgnoreComment] = []
    problems: list[str] = []
    known: dict[str, frozenset[str]] = {}
    lines = _Lines(document)
    # From the end, so that what lies between two comments is searched once.
    for start, end in reversed(document.comments):
        line = document.position(start)[0]
        try:
            action, names = _parse(document.text[start:end])
            for name in names:
                if name not in known:
                    known[name] = frozenset(resolve([name], rules))
        except SettingsError as error:
            problems.append(f"line {line}: {error}")
            continue
        span = None if action == _FILE else lines.target(start, end)
        found += [IgnoreComment(line, name, known[name], span) for name in reversed(names)]
    return found[::-1], problems[::-1]


def _parse(comment: str) -> tuple[str, list[str]]:
    """What a comment wants, and the rules it names. Raises SettingsError where that cannot be told."""
    action, *words = comment.removeprefix("<!--").removesuffix("-->").strip().removeprefix(MARK).split() or [""]
    if action not in (_LINE, _FILE):
        near = nearest(action[:_LONGEST_NAME], [_LINE, _FILE]) or f"; write {_LINE} or {_FILE}"
        raise SettingsError(f"“{_clipped(action)}” is nothing that a comment can ask for{near}")
    listed = ""
    for word in words:
        listed += word
        if not word.endswith(","):
            break
    names = [name for name in listed.split(",") if name]
    if not names:
        raise SettingsError(f"the comment names no rule to {action}")
    return action, [_clipped(name) for name in names]


def _clipped(word: str) -> str:
    return word if len(word) <= _LONGEST_NAME else f"{word[:_LONGEST_NAME]}…"


class _Lines:
    """Finds the lines that comments are about; asked for one after the other, from the last to the first."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._searched = len(document)
        self._following: int | None = None
        self._shown: dict[int, bool] = {}

    def target(self, start: int, end: int) -> tuple[int, int]:
        """Start and end of what a comment is about; empty where nothing follows it."""
        document = self._document
        first, last = document.position(start)[0], document.position(end - 1)[0]
        top, bottom = document.line_span(first)[0], document.line_span(last)[1]
        if match := _VISIBLE.search(document.prose, bottom, self._searched):
            self._following = match.start()
        self._searched = bottom
        if last not in self._shown or first != last:
            self._shown[last] = _VISIBLE.search(document.prose, top, bottom) is not None
        if self._shown[last]:
            return top, bottom
        if self._following is None:
            return bottom, bottom
        return document.line_span(document.position(self._following)[0])
