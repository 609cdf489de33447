"""The scores as a table for spreadsheets: one row a document, one column for the points that each check cost.

A spreadsheet takes a cell that opens with ``=``, ``+``, ``-`` or ``@`` for a formula, and file names come from
strangers: such a text gets an apostrophe in front, and so does one that opens with an apostrophe already, so that
whoever wants the name back takes one off.
"""

from __future__ import annotations

import csv
from typing import ClassVar

from qualitycheck.document import Document
from qualitycheck.report import CorpusReport, DocumentReport
from qualitycheck.reporters import Reporter
from qualitycheck.rule import Severity
from qualitycheck.screen import Screen, harmless

# With their full-width forms, which some spreadsheets take for the same.
_FORMULA = tuple("=+-@＝＋－＠'")


class CsvReporter(Reporter):
    """A table with a line of titles, at the end, when all checks are known."""

    name: ClassVar[str] = "csv"
    streams: ClassVar[bool] = False

    def document(self, document: Document, report: DocumentReport) -> None:
        """Nothing yet: the titles name every check."""

    def finish(self, report: CorpusReport) -> None:
        """Write the table."""
        checks = sorted({name for document in report.documents for name in document.checks})
        screen = Screen(self.stream.encoding)
        writer = csv.writer(self.stream, lineterminator="\n")
        titles = ["path", "id", "score", "verdict", "words", "language", "findings", "errors", "warnings", "info"]
        writer.writerow([*titles, *(f"points.{name}" for name in checks)])
        for document in report.documents:
            texts = [document.path or "", document.id or ""]
            cells = [safe(screen.exact(text)) for text in texts]
            writer.writerow([*cells, *_numbers(document), *(_points(document, name) for name in checks)])


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula, with nothing in it that nobody would see."""
    text = harmless(text)
    return f"'{text}" if text.lstrip().startswith(_FORMULA) else text


def _numbers(document: DocumentReport) -> list[str | int]:
    severities = [finding.severity for finding in document.findings]
    counts = [severities.count(each) for each in (Severity.ERROR, Severity.WARNING, Severity.INFO)]
    language = document.language or ""
    return [f"{document.score:.4f}", document.verdict, document.words, language, len(severities), *counts]


def _points(document: DocumentReport, name: str) -> str:
    """What a check cost; empty where it did not run."""
    result = document.checks.get(name)
    return f"{result.points:.4f}" if result is not None and result.status == "ok" else ""
