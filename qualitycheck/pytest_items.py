"""Texts as pytest's items: one for a document, one for a row of a JSONL file.

What it takes to judge a text is imported with the first that is judged.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

# Not among pytest's public names, but what gives a failure its line and reason without a traceback; the tests run with
# the last two major versions.
from _pytest._code.code import ExceptionChainRepr, ReprFileLocation, TerminalRepr

from qualitycheck.errors import QualityCheckError

if TYPE_CHECKING:
    from _pytest._io import TerminalWriter

    from qualitycheck.document import Document
    from qualitycheck.rows import Fields, Row
    from qualitycheck.settings import Settings
    from qualitycheck.standard import Judged


class TextFile(pytest.File):
    """A file of text: one test, or one for each row of a JSONL file."""

    def collect(self) -> Iterator[pytest.Item]:
        """The tests; their texts are read when they run."""
        from qualitycheck.pytest_settings import settings_of
        from qualitycheck.rows import SUFFIXES, find_rows

        if self.path.suffix.lower() not in SUFFIXES:
            yield Text.from_parent(self, name="quality")
            return
        names: set[str] = set()
        try:
            for row in find_rows(self.path, fields_of(self.config), settings_of(self.config).max_size):
                # An id is a name where pytest can take it apart again, and where no row before it has it.
                name = f"row-{row.id}"
                if row.id is None or name in names or "::" in row.id or "[" in row.id:
                    name = f"line-{row.line}"
                names.add(name)
                yield TextRow.from_parent(self, name=name, row=row)
        except QualityCheckError as error:
            raise self.CollectError(str(error)) from None


class Text(pytest.Item):
    """One text, held to the settings of the project, of pytest, and of its markers."""

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.add_marker(pytest.mark.qualitycheck)

    @property
    def shown_path(self) -> str:
        """The path as one would type it; the whole path where a test has changed the working directory."""
        start = self.config.invocation_params.dir
        try:
            return os.path.relpath(self.path, start) if Path.cwd() == start else str(self.path)
        except (OSError, ValueError):  # the working directory is gone, or on another drive
            return str(self.path)

    def read(self, settings: Settings) -> Document:
        """The document. Raises InputError where it cannot be read."""
        from qualitycheck.api import runner_for
        from qualitycheck.inputs import read_file

        return read_file(Path(self.shown_path), runner_for(settings).plugins)

    def file_line(self, line: int) -> int:
        """The line of the file that a line of the text stands in, both from 1."""
        return line

    def runtest(self) -> None:
        """Judge the text. Raises TextError where it does not pass, QualityCheckError where it cannot be judged."""
        from qualitycheck.pytest_settings import settings_for
        from qualitycheck.standard import is_sentence, judge

        settings = settings_for(self)
        document = self.read(settings)
        document.fragment = is_sentence(document)
        judged = next(judge([document], settings))
        self.user_properties += [("score", round(judged.report.score, 2)), ("verdict", judged.report.verdict)]
        if judged.reasons:
            raise TextError(judged, all_findings=self.config.get_verbosity() > 1)
        for note in judged.report.notes:
            self.warn(pytest.PytestWarning(f"{self.shown_path}: {note}"))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> str | TerminalRepr:
        """What the report says; a traceback would only lead into qualitycheck."""
        error = excinfo.value
        if isinstance(error, TextError):
            place = ReprFileLocation(self.shown_path, self.file_line(error.line), error.headline)
            return Failure(excinfo, place, error.painted)
        if isinstance(error, QualityCheckError):
            return Failure(excinfo, ReprFileLocation(self.shown_path, self.file_line(1), str(error)), str(error))
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[os.PathLike[str] | str, int | None, str]:
        """The file, the line in it, from 0, and the title of a failure."""
        return self.path, self.file_line(1) - 1, self.shown_path


class TextRow(Text):
    """The text in one row of a JSONL file."""

    def __init__(self, *, row: Row, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.row = row

    def read(self, settings: Settings) -> Document:
        """The document. Raises InputError where it cannot be read."""
        from qualitycheck.rows import read_row

        return read_row(Path(self.shown_path), self.row, fields_of(self.config), settings.max_size)

    def file_line(self, line: int) -> int:
        """That of the row: lines of its text are not lines of the file."""
        return self.row.line

    def reportinfo(self) -> tuple[os.PathLike[str] | str, int | None, str]:
        """The file, the line of the row in it, from 0, and the title of a failure."""
        return self.path, self.row.line - 1, f"{self.shown_path} {self.name}"


class TextError(Exception):
    """A text does not pass; says why, plainly and painted for a terminal."""

    def __init__(self, judged: Judged, *, all_findings: bool) -> None:
        from qualitycheck.complaint import SHOWN, about_text, worst_findings

        findings = judged.report.findings
        shown = len(findings) if all_findings else SHOWN
        width = shutil.get_terminal_size((80, 24)).columns
        super().__init__(about_text(judged, width=width, shown=shown))
        self.painted = about_text(judged, width=width, shown=shown, color=True)
        self.headline = judged.headline
        lines = [finding.line for finding in worst_findings(findings, shown) if finding.line is not None]
        self.line = lines[0] if lines else 1


class Failure(ExceptionChainRepr):
    """A failure that shows what the exception says, in colour where there is some, and nothing else."""

    def __init__(self, excinfo: pytest.ExceptionInfo[BaseException], place: ReprFileLocation, painted: str) -> None:
        told = excinfo.getrepr(style="value")
        super().__init__([(told.reprtraceback, place, None)])
        self._painted = painted

    def toterminal(self, tw: TerminalWriter) -> None:
        """Write it."""
        if tw.hasmarkup:
            tw.line(self._painted)
        else:
            super().toterminal(tw)


def fields_of(config: pytest.Config) -> Fields:
    """The fields of a JSONL row that hold its text and its id."""
    from qualitycheck.rows import Fields

    return Fields(config.getini("qualitycheck_text_field"), config.getini("qualitycheck_id_field"))
