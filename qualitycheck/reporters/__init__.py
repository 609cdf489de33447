"""Reporters: one file an output format. A reporter gets each document as it is done, then the whole."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, TextIO

from qualitycheck.document import Document
from qualitycheck.errors import PluginError, QualityCheckError
from qualitycheck.plugins import FOREIGN_ERRORS, Plugins, one_line
from qualitycheck.report import CorpusReport, DocumentReport


@dataclass(frozen=True, slots=True)
class Options:
    """How to show a report.

    ``width`` in columns; ``color`` on or off; ``statistics`` adds a count for each rule; ``quiet`` leaves only the
    summary, ``verbose`` adds what is of no interest at first. Formats for programs ignore them. ``with_text`` puts the
    documents' texts into the formats that hold whole reports. ``plugins`` are those of the run, with its rules, checks
    and settings; None where they are not known.
    """

    width: int = 100
    color: bool = False
    statistics: bool = False
    quiet: bool = False
    verbose: bool = False
    with_text: bool = False
    plugins: Plugins | None = None


class Reporter:
    """Writes reports to ``stream``. Subclass it, set ``name`` (that of the output format), write ``document``.

    ``streams`` says whether something is written before the last document is done.
    """

    name: ClassVar[str] = ""
    streams: ClassVar[bool] = True

    def __init__(self, stream: TextIO, options: Options) -> None:
        self.stream = stream
        self.options = options

    def document(self, document: Document, report: DocumentReport) -> None:
        """Called for each document, in order."""
        raise NotImplementedError

    def finish(self, report: CorpusReport) -> None:
        """Called once, after the last document."""


def all_reporters(plugins: Plugins) -> dict[str, type[Reporter]]:
    """The bundled reporters and those of plugins, by name."""
    from qualitycheck.reporters.concise import ConciseReporter
    from qualitycheck.reporters.csv import CsvReporter
    from qualitycheck.reporters.full import FullReporter
    from qualitycheck.reporters.github import GitHubReporter
    from qualitycheck.reporters.gitlab import GitLabReporter
    from qualitycheck.reporters.html import HtmlReporter
    from qualitycheck.reporters.json import JsonLinesReporter, JsonReporter
    from qualitycheck.reporters.junit import JUnitReporter
    from qualitycheck.reporters.markdown import MarkdownReporter
    from qualitycheck.reporters.sarif import SarifReporter

    reporters: list[type[Reporter]] = [FullReporter, ConciseReporter, JsonReporter, JsonLinesReporter, HtmlReporter]
    reporters += [SarifReporter, JUnitReporter, GitHubReporter, GitLabReporter, MarkdownReporter, CsvReporter]
    for plugin in plugins.loaded:
        reporters += [_guarded(reporter, plugin.name) for reporter in plugin.reporters]
    return {reporter.name: reporter for reporter in reporters}


def _guarded(reporter: type[Reporter], plugin: str) -> type[Reporter]:
    """The same class, but what goes wrong in it is an error that names the plugin."""

    class Guarded(reporter):  # type: ignore[misc, valid-type]  # a class that a plugin brings
        def __init__(self, stream: TextIO, options: Options) -> None:
            with self._blame():
                super().__init__(stream, options)

        def document(self, document: Document, report: DocumentReport) -> None:
            with self._blame():
                super().document(document, report)

        def finish(self, report: CorpusReport) -> None:
            with self._blame():
                super().finish(report)

        @contextlib.contextmanager
        def _blame(self) -> Iterator[None]:
            try:
                yield
            except (QualityCheckError, OSError):  # meant for people already; a reader of the output that went away
                raise
            except FOREIGN_ERRORS as error:
                text = f"reporter “{reporter.name}” of plugin “{plugin}” failed: {one_line(error)}"
                raise PluginError(text) from error

    return Guarded
