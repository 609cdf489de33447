"""What ``--fix`` and ``--diff`` do with each document after it was checked."""

from __future__ import annotations

import dataclasses
from collections import Counter
from pathlib import Path
from typing import TextIO

from qualitycheck.cli.messages import complain
from qualitycheck.diff import unified_diff
from qualitycheck.document import Document
from qualitycheck.errors import InputError
from qualitycheck.fixing import Fixed, Fixer
from qualitycheck.inputs import reader_of, readers_by_suffix
from qualitycheck.report import CorpusReport, DocumentReport
from qualitycheck.reporters import Options, Reporter
from qualitycheck.reporters.summary import count
from qualitycheck.rule import Fix
from qualitycheck.runner import Runner
from qualitycheck.screen import Screen, harmless
from qualitycheck.writing import write_back

_STYLES = {"+": "accept", "-": "error", "@": "info"}


class Preview(Reporter):
    """Takes the place of the report, and shows what would be changed as a unified diff.

    A terminal gets harmless lines in colour, all else the very bytes, so that ``patch`` can read them.
    """

    def __init__(self, stream: TextIO, options: Options, encoding: str) -> None:
        super().__init__(stream, options)
        self._screen = Screen(stream.encoding, color=options.color)
        # What patch reads is in lines that end with the byte 0A.
        self._encoding = encoding if "\n".encode(encoding) == b"\n" else "utf-8"

    def document(self, document: Document, report: DocumentReport) -> None:
        """Nothing: what there is to show has been shown."""

    def show(self, document: Document, fixed: Fixed) -> None:
        """Write what fixing does to a document."""
        for line in unified_diff(harmless(str(document.path)), document.text, fixed.edits):
            if self.stream.isatty():
                shown = self._screen.exact(line)
                self.stream.write(self._screen.paint(shown, _STYLES[line[0]]) if line[0] in _STYLES else shown)
                self.stream.write("\n")
            else:
                self.stream.flush()
                self.stream.buffer.write(line.encode(self._encoding, "backslashreplace") + b"\n")


class Mender:
    """Fixes documents in their files; where the reporter is a preview, shows what that would be, and changes nothing.

    What cannot be written is added to the errors of ``report``.
    """

    def __init__(self, runner: Runner, report: CorpusReport, reporter: Reporter, *, unsafe: bool) -> None:
        self._fixer = Fixer(runner, unsafe=unsafe)
        self._readers = readers_by_suffix(runner.plugins)
        self._encoding = runner.settings.encoding
        self._report = report
        self._preview = reporter if isinstance(reporter, Preview) else None
        self._unsafe = unsafe
        self._fixed: list[Counter[str]] = []  # what was fixed in each document
        self._left = 0

    def mend(self, document: Document, report: DocumentReport) -> tuple[Document, DocumentReport]:
        """The document and its report as they are afterwards."""
        if self._fixer.wants(report) and document.path is not None:
            document, report = self._fix(document, report, Path(document.path))
        self._left += sum(finding.fix is Fix.UNSAFE for finding in report.findings)
        return document, report

    def summary(self) -> str:
        """One line about the run."""
        counts = sum(self._fixed, Counter[str]())
        text = "nothing to fix"
        if counts:
            done = "would fix" if self._preview is not None else "fixed"
            where = count(len(self._fixed), "document")
            text = f"{done} {count(counts.total(), 'finding')} in {where}: {_listed(counts)}"
        return f"{text}; --unsafe-fixes would take {self._left:,} more" if self._left and not self._unsafe else text

    def _fix(self, document: Document, report: DocumentReport, path: Path) -> tuple[Document, DocumentReport]:
        if document.id is not None:
            return document, _noted(report, "not fixed: it is a part of its file")
        fixed = self._fixer.fix(document, reader_of(str(path), self._readers))
        if fixed.unsettled:
            return document, _noted(report, f"not fixed: the fixes of {' and '.join(fixed.unsettled)} come to no end")
        if not fixed.edits:
            return document, report
        if self._preview is not None:
            self._preview.show(document, fixed)
            self._fixed.append(fixed.counts)
            return document, report
        try:
            write_back(path, document.text, fixed.document.text, self._encoding)
        except InputError as error:
            self._report.errors.append(str(error))
            complain(str(error))
            return document, report
        self._fixed.append(fixed.counts)
        return fixed.document, _noted(fixed.report, f"fixed: {_listed(fixed.counts)}")


def _noted(report: DocumentReport, note: str) -> DocumentReport:
    return dataclasses.replace(report, notes=(*report.notes, note))


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{number:,} {code}" for code, number in sorted(counts.items()))
