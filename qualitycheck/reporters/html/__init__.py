"""One HTML file for people: an index of all documents, and each one's text with what was found in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, TextIO

from qualitycheck.document import Document
from qualitycheck.plugins import Plugins
from qualitycheck.report import CorpusReport, DocumentReport
from qualitycheck.reporters import Options, Reporter

if TYPE_CHECKING:
    from qualitycheck.reporters.html.page import Page


class HtmlReporter(Reporter):
    """A page that needs nothing but a browser."""

    name: ClassVar[str] = "html"
    streams: ClassVar[bool] = False

    def __init__(self, stream: TextIO, options: Options) -> None:
        super().__init__(stream, options)
        self._page = _page(options.plugins)

    def document(self, document: Document, report: DocumentReport) -> None:
        """Make the document's view; it is written at the end."""
        known = document.text or not report.words
        self._page.add(report, document.text if known else None)

    def finish(self, report: CorpusReport) -> None:
        """Write the page."""
        self._page.write(report, self.stream)


def render(
    reports: Iterable[tuple[DocumentReport, str | None]], stream: TextIO, plugins: Plugins | None = None
) -> None:
    """Write a page about documents that were checked before, each report with its text, or None where it is lost.

    ``plugins`` bring the rules' documentation and colours, and the settings that the verdicts came from.
    """
    page, run = _page(plugins), CorpusReport()
    for report, text in reports:
        page.add(report, text)
        run.documents.append(report)
    page.write(run, stream)


def _page(plugins: Plugins | None) -> Page:
    """A new page; the template engine is imported when one is made."""
    from qualitycheck.reporters.html.page import Page

    return Page(plugins)
