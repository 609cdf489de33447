"""What the formats for a terminal are made of: headers, findings with the text around them, running text in lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from rich.cells import cell_len

from qualitycheck.document import Document
from qualitycheck.finding import Suggestion
from qualitycheck.report import DocumentReport, ReportedFinding
from qualitycheck.reporters import Options
from qualitycheck.reporters.excerpt import excerpt, start_of
from qualitycheck.reporters.families import families
from qualitycheck.reporters.summary import count, likely, shown_score
from qualitycheck.screen import Screen

INDENT = "  "

_WIDEST = 100  # a header, or running text, is no easier to read when it is wider
_SUGGESTIONS = 5
_SUGGESTION_WIDTH = 80


class Terminal:
    """Draws for a stream of this encoding; ``options`` say how wide it is and whether it has colours."""

    def __init__(self, stream: TextIO, options: Options) -> None:
        self.screen = Screen(stream.encoding, color=options.color)
        self.dots = self.screen.words("…")
        self._options = options
        self._families = families(options.plugins)

    def header(self, report: DocumentReport) -> str:
        """One line about a document: its name, its length and language, its verdict."""
        path, verdict = self.screen.exact(report.name), f"{report.verdict} {shown_score(report.score)} of 100"
        facts = self.screen.words(f"{count(report.words, 'word')} · {report.language or 'language unknown'} · ")
        room = min(self._options.width, _WIDEST) - cell_len(path) - len(facts) - len(verdict) - 2
        paint = self.screen.paint
        # A path that leaves no room has a line of its own.
        gap = " " if room >= 3 else "\n"
        line = self.screen.words("─") * (room if room >= 3 else max(room + cell_len(path) + 1, 3))
        return f"{paint(path, 'bold')}{gap}{paint(f'{line} {facts}', 'dim')}{paint(verdict, report.verdict)}"

    def finding(self, document: Document, report: DocumentReport, finding: ReportedFinding) -> Iterator[str]:
        """Its place and rule, its message, the line with the span marked, and what may have stood there."""
        severity, paint = finding.severity.value, self.screen.paint
        place = self.screen.exact(report.name)
        if finding.line is not None:
            place += f":{finding.line}:{finding.column}"
        facts = ""
        if finding.confidence < 1:
            facts += f", {_percent(finding.confidence)}"
        if finding.in_quote:
            facts += ", in a quotation"
        rule = self._in_family(finding, f"{finding.code} {finding.name}")
        yield f"{place} {rule} {paint('(', 'dim')}{paint(severity, severity)}{paint(f'{facts})', 'dim')}"
        yield from self.wrapped(finding.message, INDENT)
        yield from self._excerpt(document, finding)
        if finding.suggestions:
            yield from self.wrapped(f"help: {self._suggestions(finding.suggestions)}", INDENT, "help")

    def _excerpt(self, document: Document, finding: ReportedFinding) -> Iterator[str]:
        """The line with the span marked; nothing where the document's text is not at hand."""
        start, end = finding.start, finding.end
        if start is None or end is None or document.text[start:end] != finding.text:
            return
        margin = 2 * INDENT
        shown = excerpt(document, start, end, self.screen, self._options.width - len(margin))
        if shown.right_to_left:
            marked = self._in_family(finding, f"[[{shown.span}]]")
            yield f"{margin}{shown.before}{marked}{shown.after}"
        else:
            yield f"{margin}{shown.before}{self.screen.paint(shown.span, 'bold')}{shown.after}"
            yield f"{margin}{' ' * shown.offset}{self._in_family(finding, '^' * shown.width)}"

    def _in_family(self, finding: ReportedFinding, text: str) -> str:
        family = finding.code[:3]
        place = self._families.index(family) if family in self._families else len(self._families)
        return self.screen.paint_family(text, place, bold=True)

    def _suggestions(self, suggestions: tuple[Suggestion, ...]) -> str:
        parts = []
        shown = list(suggestions) if self._options.verbose else likely(suggestions)
        most = len(shown) if self._options.verbose else _SUGGESTIONS
        for suggestion in shown[:most]:
            text = self.screen.exact(suggestion.text)
            if cell_len(text) > _SUGGESTION_WIDTH:
                text = start_of(text[:_SUGGESTION_WIDTH], _SUGGESTION_WIDTH) + self.dots
            quoted = _quoted(text) if text else "leave it out"
            parts.append(quoted if suggestion.confidence >= 1 else f"{quoted} ({_percent(suggestion.confidence)})")
        more = len(shown) - most
        return ", ".join(parts) + (f" and {more} more" if more > 0 else "")

    def wrapped(self, text: str, indent: str, style: str = "") -> Iterator[str]:
        """Words of ours, broken into lines where the terminal is too narrow, each line indented."""
        room = min(self._options.width, _WIDEST) - len(indent)
        for line in _lines(self.screen.words(text), room):
            yield indent + (self.screen.paint(line, style) if style else line)


def _lines(text: str, room: int) -> Iterator[str]:
    """``text`` broken at spaces, so that each line but those of one overlong word fits into ``room`` columns."""
    if cell_len(text) <= room:
        yield text
        return
    line = ""
    for word in text.split(" "):
        if line and cell_len(f"{line} {word}") > room:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line


def _quoted(text: str) -> str:
    return f"`{text}`" if any(mark in text for mark in '“”"') else f"“{text}”"


def _percent(confidence: float) -> str:
    """A confidence below 1 as a percentage that does not claim to be certain."""
    return f"{min(confidence, 0.99):.0%}"
