"""A comparison as a page: both texts side by side with every change marked, and the tables above.

The page needs nothing from anywhere: no scripts, no fonts, no network. All that comes from the documents is escaped, by
the template engine, and their control and invisible characters are shown as escapes.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualitycheck.comparison.result import Comparison, Kind, Passage, Span
from qualitycheck.document import Document
from qualitycheck.screen import harmless
from qualitycheck.version import __version__

if TYPE_CHECKING:
    import jinja2

_HINTS = {
    Kind.SUBSTITUTION: "replaced",
    Kind.FORM: "another form",
    Kind.NAME: "changed name",
    Kind.NUMBER: "changed number",
    Kind.DELETION: "left out",
    Kind.INSERTION: "put in",
    Kind.REWORDING: "reworded",
}


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a passage: ``kind`` says what happened to it (empty: nothing), ``hint`` what the other side has."""

    text: str
    kind: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A passage of the page: the segments of both sides."""

    left: list[Segment]
    right: list[Segment]
    moved: bool


def html_parts(comparison: Comparison) -> Iterator[str]:
    """The page, part by part, so that a large one is never held as a whole."""
    yield from _template().generate(
        comparison=comparison,
        rows=(_row(comparison, passage) for passage in comparison.passages),
        title=f"{_name(comparison.original, 'original')} → {_name(comparison.rewritten, 'rewritten')}",
        left=_name(comparison.original, "original"),
        right=_name(comparison.rewritten, "rewritten"),
        version=__version__,
    )


@functools.cache
def _template() -> jinja2.Template:
    from qualitycheck.templates import environment

    templates = environment("qualitycheck.comparison", shown=_shown, percent=lambda share: f"{share:.0%}")
    return templates.get_template("comparison.html")


def _name(document: Document, otherwise: str) -> str:
    return document.path or otherwise


def _shown(text: str) -> str:
    """A text with its line ends, and every other control or invisible character as an escape."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").split("\n")
    return "\n".join(harmless(line) for line in lines)


def _row(comparison: Comparison, passage: Passage) -> Row:
    alone = None
    if passage.original_span[0] == passage.original_span[1]:
        alone = Kind.INSERTION
    elif passage.rewritten_span[0] == passage.rewritten_span[1]:
        alone = Kind.DELETION
    left = [(change.original_span, change.kind, change.rewritten) for change in passage.changes]
    right = [(change.rewritten_span, change.kind, change.original) for change in passage.changes]
    return Row(
        _segments(comparison.original, passage.original_span, left, alone),
        _segments(comparison.rewritten, passage.rewritten_span, right, alone),
        passage.moved,
    )


def _segments(document: Document, span: Span, marks: list[tuple[Span, Kind, str]], alone: Kind | None) -> list[Segment]:
    """A passage cut at its changes; ``alone`` marks it as a whole."""
    start, end = span
    if alone is not None:
        return [Segment(document.excerpt(start, end), alone.value, _HINTS[alone])] if start < end else []
    segments = []
    for (first, last), kind, other in marks:
        if first == last:
            continue
        if start < first:
            segments.append(Segment(document.excerpt(start, first)))
        hint = f"{_HINTS[kind]}: {' '.join(other.split())}" if other else _HINTS[kind]
        segments.append(Segment(document.excerpt(first, last), kind.value, hint))
        start = last
    if start < end:
        segments.append(Segment(document.excerpt(start, end)))
    return segments
