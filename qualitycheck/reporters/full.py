"""The format for people: every finding with the text around it, what it cost, and at the end the worst documents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, TextIO

from rich.cells import cell_len

from qualitycheck.document import Document
from qualitycheck.finding import Suggestion
from qualitycheck.report import CorpusReport, DocumentReport, ReportedFinding
from qualitycheck.reporters import Options, Reporter
from qualitycheck.reporters.excerpt import end_of, excerpt, start_of
from qualitycheck.reporters.families import families
from qualitycheck.reporters.summary import closing, count, likely, measured, next_step, shown_score, statistics
from qualitycheck.screen import Screen

#: Documents in the table at the end.
ROWS = 20

_INDENT = "  "
_WIDEST = 100  # a header, or running text, is no easier to read when it is wider
_SUGGESTIONS = 5
_MANY = 100  # findings, above which a page is easier to read than a terminal
_SUGGESTION_WIDTH = 80


class FullReporter(Reporter):
    """Prints each document as it is done, then a table of the worst and one line about the run."""

    name: ClassVar[str] = "full"

    def __init__(self, stream: TextIO, options: Options) -> None:
        super().__init__(stream, options)
        self._screen = Screen(stream.encoding, color=options.color)
        self._dots = self._screen.words("…")
        self._last = ""
        self._families = families(options.plugins)

    def document(self, document: Document, report: DocumentReport) -> None:
        """The header, the findings in order of place with those about the whole document first, and what they cost."""
        if self.options.quiet:
            return
        self._write(self._header(report))
        for finding in report.findings:
            self._gap()
            self._write(*self._finding(document, report, finding))
        if report.findings:
            self._gap()
        if tail := list(self._tail(report)):
            self._write(*tail)
            self._gap()

    def finish(self, report: CorpusReport) -> None:
        """The worst documents, the statistics where they are asked for, what came out, and what to do next."""
        self._gap()
        if len(report.documents) > 1:
            self._write(*self._table(report))
            self._gap()
        if self.options.statistics and (lines := statistics(report)):
            self._write(self._screen.paint(lines[0], "dim"), *lines[1:])
            self._gap()
        self._write(*self._wrapped(closing(report), "", "bold"))
        if step := next_step(report):
            self._write(f"Learn more: {self._screen.paint(step, 'bold')}")
        if sum(len(document.findings) for document in report.documents) > _MANY:
            page = self._screen.paint("--output-format html --output report.html", "bold")
            self._write(f"See all of it in a browser: {page}")

    def _header(self, report: DocumentReport) -> str:
        path, verdict = self._screen.exact(report.name), f"{report.verdict} {shown_score(report.score)} of 100"
        facts = self._screen.words(f"{count(report.words, 'word')} · {report.language or 'language unknown'} · ")
        room = min(self.options.width, _WIDEST) - cell_len(path) - len(facts) - len(verdict) - 2
        paint = self._screen.paint
        # A path that leaves no room has a line of its own.
        gap = " " if room >= 3 else "\n"
        line = self._screen.words("─") * (room if room >= 3 else max(room + cell_len(path) + 1, 3))
        return f"{paint(path, 'bold')}{gap}{paint(f'{line} {facts}', 'dim')}{paint(verdict, report.verdict)}"

    def _finding(self, document: Document, report: DocumentReport, finding: ReportedFinding) -> Iterator[str]:
        severity, paint = finding.severity.value, self._screen.paint
        place = self._screen.exact(report.name)
        if finding.line is not None:
            place += f":{finding.line}:{finding.column}"
        facts = ""
        if finding.confidence < 1:
            facts += f", {_percent(finding.confidence)}"
        if finding.in_quote:
            facts += ", in a quotation"
        rule = self._in_family(finding, f"{finding.code} {finding.name}")
        yield f"{place} {rule} {paint('(', 'dim')}{paint(severity, severity)}{paint(f'{facts})', 'dim')}"
        yield from self._wrapped(finding.message, _INDENT)
        yield from self._excerpt(document, finding)
        if finding.suggestions:
            yield from self._wrapped(f"help: {self._suggestions(finding.suggestions)}", _INDENT, "help")

    def _excerpt(self, document: Document, finding: ReportedFinding) -> Iterator[str]:
        """The line with the span marked; nothing where the document's text is not at hand."""
        start, end = finding.start, finding.end
        if start is None or end is None or document.text[start:end] != finding.text:
            return
        margin = 2 * _INDENT
        shown = excerpt(document, start, end, self._screen, self.options.width - len(margin))
        if shown.right_to_left:
            marked = self._in_family(finding, f"[[{shown.span}]]")
            yield f"{margin}{shown.before}{marked}{shown.after}"
        else:
            yield f"{margin}{shown.before}{self._screen.paint(shown.span, 'bold')}{shown.after}"
            yield f"{margin}{' ' * shown.offset}{self._in_family(finding, '^' * shown.width)}"

    def _in_family(self, finding: ReportedFinding, text: str) -> str:
        family = finding.code[:3]
        place = self._families.index(family) if family in self._families else len(self._families)
        return self._screen.paint_family(text, place, bold=True)

    def _suggestions(self, suggestions: tuple[Suggestion, ...]) -> str:
        parts = []
        shown = list(suggestions) if self.options.verbose else likely(suggestions)
        most = len(shown) if self.options.verbose else _SUGGESTIONS
        for suggestion in shown[:most]:
            text = self._screen.exact(suggestion.text)
            if cell_len(text) > _SUGGESTION_WIDTH:
                text = start_of(text[:_SUGGESTION_WIDTH], _SUGGESTION_WIDTH) + self._dots
            quoted = _quoted(text) if text else "leave it out"
            parts.append(quoted if suggestion.confidence >= 1 else f"{quoted} ({_percent(suggestion.confidence)})")
        more = len(shown) - most
        return ", ".join(parts) + (f" and {more} more" if more > 0 else "")

    def _tail(self, report: DocumentReport) -> Iterator[str]:
        """What each check cost and measured, which checks did not run, notes and errors."""
        costly = sorted((-result.points, name) for name, result in report.checks.items() if result.points > 0)
        costs = [f"{-points:.1f} to {name}" for points, name in costly]
        if costs:
            yield from self._wrapped(f"points lost: {', '.join(costs)}", _INDENT)
        for name in sorted(report.checks) if self.options.verbose else [name for _, name in costly]:
            if signals := ", ".join(measured(signal) for signal in report.checks[name].signals):
                yield from self._wrapped(f"{name}: {signals}", _INDENT, "dim")
        skipped: dict[str | None, list[str]] = {}
        for name, result in report.checks.items():
            if result.status == "skipped":
                skipped.setdefault(result.reason, []).append(name)
        for reason, names in skipped.items():
            yield from self._wrapped(f"{', '.join(names)} did not run: {reason}", _INDENT, "dim")
        if report.suppressed:
            by = ", ".join(f"{number:,} by {means}" for means, number in report.suppressed.items())
            yield from self._wrapped(f"suppressed: {by}", _INDENT, "dim")
        for note in report.notes:
            yield from self._wrapped(f"note: {note}", _INDENT, "info")
        for error in report.errors:
            yield from self._wrapped(f"error: {error}", _INDENT, "error")

    def _table(self, report: CorpusReport) -> Iterator[str]:
        worst = sorted(report.documents, key=lambda document: (document.score, -len(document.findings), document.name))
        title = f"{'score':>5}  {'verdict':<7}  {'findings':>8}  {'words':>9}  "
        yield self._screen.paint(f"{title}document", "dim")
        rows = len(worst) if self.options.verbose else ROWS
        for document in worst[:rows]:
            path = self._screen.exact(document.name)
            room = max(self.options.width - len(title), 20)
            if cell_len(path) > room:
                path = self._dots + end_of(path[-room:], room - len(self._dots))
            verdict = self._screen.paint(f"{document.verdict:<7}", document.verdict)
            counts = f"{len(document.findings):>8,}  {document.words:>9,}"
            yield f"{shown_score(document.score):>5}  {verdict}  {counts}  {path}"
        if len(worst) > rows:
            yield self._screen.paint(f"and {len(worst) - rows:,} more", "dim")

    def _wrapped(self, text: str, indent: str, style: str = "") -> Iterator[str]:
        """Words of ours, broken into lines where the terminal is too narrow, each line indented."""
        room = min(self.options.width, _WIDEST) - len(indent)
        for line in _lines(self._screen.words(text), room):
            yield indent + (self._screen.paint(line, style) if style else line)

    def _gap(self) -> None:
        """An empty line, but never two, and none at the start."""
        if self._last:
            self._write("")

    def _write(self, *lines: str) -> None:
        for line in lines:
            self.stream.write(f"{line}\n")
            self._last = line


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
