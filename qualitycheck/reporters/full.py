"""The format for people: every finding with the text around it, what it cost, and at the end the worst documents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, TextIO

from rich.cells import cell_len

from qualitycheck.document import Document
from qualitycheck.report import CorpusReport, DocumentReport
from qualitycheck.reporters import Options, Reporter
from qualitycheck.reporters.excerpt import end_of
from qualitycheck.reporters.summary import closing, measured, measurements, next_step, shown_score, statistics, why
from qualitycheck.reporters.terminal import INDENT, Terminal

#: Documents in the table at the end.
ROWS = 20

_MANY = 100  # findings, above which a page is easier to read than a terminal


class FullReporter(Reporter):
    """Prints each document as it is done, then a table of the worst and one line about the run."""

    name: ClassVar[str] = "full"

    def __init__(self, stream: TextIO, options: Options) -> None:
        super().__init__(stream, options)
        self._terminal = Terminal(stream, options)
        self._screen = self._terminal.screen
        self._last = ""

    def document(self, document: Document, report: DocumentReport) -> None:
        """The header, the findings in order of place with those about the whole document first, and what they cost."""
        if self.options.quiet:
            return
        self._write(self._terminal.header(report))
        for finding in report.findings:
            self._gap()
            self._write(*self._terminal.finding(document, report, finding))
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
        self._write(*self._terminal.wrapped(closing(report), "", "bold"))
        if step := next_step(report):
            self._write(f"Learn more: {self._screen.paint(step, 'bold')}")
        if step := why(report):
            self._write(f"            {self._screen.paint(self._screen.words(step), 'bold')}")
        if sum(len(document.findings) for document in report.documents) > _MANY:
            page = self._screen.paint("--output-format html --output report.html", "bold")
            self._write(f"See all of it in a browser: {page}")

    def _tail(self, report: DocumentReport) -> Iterator[str]:
        """What each check cost and measured, which checks did not run, notes and errors."""
        costly = sorted((-result.points, name) for name, result in report.checks.items() if result.points > 0)
        costs = [f"{-points:.1f} to {name}" for points, name in costly]
        if costs:
            yield from self._terminal.wrapped(f"points lost: {', '.join(costs)}", INDENT)
        for name in sorted(report.checks) if self.options.verbose else [name for _, name in costly]:
            signals = report.checks[name].signals
            every = ", ".join(measured(signal) for signal in signals)
            shown = every if self.options.verbose else measurements(signals)
            if shown:
                more = "" if shown == every else ", which --verbose shows"
                yield from self._terminal.wrapped(f"{name}: {shown}{more}", INDENT, "dim")
        skipped: dict[str | None, list[str]] = {}
        for name, result in report.checks.items():
            if result.status == "skipped":
                skipped.setdefault(result.reason, []).append(name)
        for reason, names in skipped.items():
            yield from self._terminal.wrapped(f"{', '.join(names)} did not run: {reason}", INDENT, "dim")
        if report.suppressed:
            by = ", ".join(f"{number:,} by {means}" for means, number in report.suppressed.items())
            yield from self._terminal.wrapped(f"suppressed: {by}", INDENT, "dim")
        for note in report.notes:
            yield from self._terminal.wrapped(f"note: {note}", INDENT, "info")
        for error in report.errors:
            yield from self._terminal.wrapped(f"error: {error}", INDENT, "error")

    def _table(self, report: CorpusReport) -> Iterator[str]:
        worst = sorted(report.documents, key=lambda document: (document.score, -len(document.findings), document.name))
        title = f"{'score':>5}  {'verdict':<7}  {'findings':>8}  {'words':>9}  "
        yield self._screen.paint(f"{title}document", "dim")
        rows = len(worst) if self.options.verbose else ROWS
        for document in worst[:rows]:
            path = self._screen.exact(document.name)
            room = max(self.options.width - len(title), 20)
            if cell_len(path) > room:
                path = self._terminal.dots + end_of(path[-room:], room - len(self._terminal.dots))
            verdict = self._screen.paint(f"{document.verdict:<7}", document.verdict)
            counts = f"{len(document.findings):>8,}  {document.words:>9,}"
            yield f"{shown_score(document.score):>5}  {verdict}  {counts}  {path}"
        if len(worst) > rows:
            yield self._screen.paint(f"and {len(worst) - rows:,} more", "dim")

    def _gap(self) -> None:
        """An empty line, but never two, and none at the start."""
        if self._last:
            self._write("")

    def _write(self, *lines: str) -> None:
        for line in lines:
            self.stream.write(f"{line}\n")
            self._last = line
