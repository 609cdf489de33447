"""The format for editors and for grep: one line a finding, one for the run."""

from __future__ import annotations

from typing import ClassVar, TextIO

from qualitycheck.document import Document
from qualitycheck.report import CorpusReport, DocumentReport, ReportedFinding
from qualitycheck.reporters import Options, Reporter
from qualitycheck.reporters.families import families
from qualitycheck.reporters.summary import closing, statistics
from qualitycheck.rule import Severity
from qualitycheck.screen import Screen

_LONGEST = 40  # code points of a quoted text


def _told(finding: ReportedFinding) -> str:
    """The message, and where it does not name them, the text and what could stand in its place."""
    if not finding.text or finding.text in finding.message:
        return finding.message
    quoted = [finding.text, *(suggestion.text for suggestion in finding.suggestions[:1])]
    clipped = [text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…" for text in quoted]
    return f"{finding.message} {' → '.join(f'“{text}”' for text in clipped)}"


class ConciseReporter(Reporter):
    """Prints ``path:line:column: CODE message``, and ``path: CODE message`` for the whole document."""

    name: ClassVar[str] = "concise"

    def __init__(self, stream: TextIO, options: Options) -> None:
        super().__init__(stream, options)
        self._screen = Screen(stream.encoding, color=options.color)
        self._families = families(options.plugins)

    def document(self, document: Document, report: DocumentReport) -> None:
        """One line for each finding and each check that crashed."""
        if self.options.quiet:
            return
        path = self._screen.exact(report.name)
        for finding in report.findings:
            place = path if finding.line is None else f"{path}:{finding.line}:{finding.column}"
            code = self._code(finding)
            self._line(f"{self._screen.paint(place, 'bold')}: {code} {self._screen.words(_told(finding))}")
        for error in report.errors:
            label = self._screen.paint("error", "error")
            self._line(f"{self._screen.paint(path, 'bold')}: {label}: {self._screen.words(error)}")

    def finish(self, report: CorpusReport) -> None:
        """The statistics, where they are asked for, and one line about the run."""
        for line in statistics(report) if self.options.statistics else []:
            self._line(line)
        self._line(self._screen.words(closing(report)))

    def _code(self, finding: ReportedFinding) -> str:
        """The code in the colour of its family; that of an error is bold."""
        family = finding.code[:3]
        place = self._families.index(family) if family in self._families else len(self._families)
        return self._screen.paint_family(finding.code, place, bold=finding.severity is Severity.ERROR)

    def _line(self, text: str) -> None:
        self.stream.write(text + "\n")
