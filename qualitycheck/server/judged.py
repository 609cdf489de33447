"""What is known of a document in an editor: its text as it was checked, the report, and how to explain it."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from qualitycheck.edits import Edit
from qualitycheck.explaining import Explainer
from qualitycheck.fixing import Fixer
from qualitycheck.readers import Reader, make_document
from qualitycheck.report import ReportedFinding
from qualitycheck.rule import Fix
from qualitycheck.runner import Runner
from qualitycheck.server.positions import Positions


class Judged:
    """A version of a document, checked. ``text`` was read by ``reader`` and is called ``path`` in reports."""

    def __init__(
        self, runner: Runner, reader: Reader, text: str, path: str | None, version: int | None, encoding: str
    ) -> None:
        self.runner = runner
        self.reader = reader
        self.version = version
        self.document = make_document(reader, text, path)
        self.explainer = Explainer(runner, self.document)
        self.report = self.explainer.report
        self.positions = Positions(self.document, encoding)

    @functools.cached_property
    def findings(self) -> list[ReportedFinding]:
        """What is shown: of each rule no more findings than the settings list."""
        shown: list[ReportedFinding] = []
        counts: dict[str, int] = {}
        for finding in self.report.findings:
            counts[finding.code] = counts.get(finding.code, 0) + 1
            if counts[finding.code] <= self.runner.settings.max_findings:
                shown.append(finding)
        return shown

    @functools.cached_property
    def opening(self) -> tuple[int, int]:
        """The span of the first line with prose, where findings about the whole document are shown."""
        prose = self.document.prose
        first = len(prose) - len(prose.lstrip()) if prose.strip() else 0
        return self.document.line_span(self.document.position(first)[0])

    def place(self, finding: ReportedFinding) -> tuple[int, int]:
        """The span where a finding is shown."""
        if finding.start is None or finding.end is None:
            return self.opening
        return finding.start, finding.end

    def touching(self, start: int, end: int) -> list[ReportedFinding]:
        """The findings that are shown where a span is, those about the whole document last; a cursor touches what ends
        where it stands.
        """
        found = [each for each in self.findings if self.place(each)[0] <= end and self.place(each)[1] >= start]
        return sorted(found, key=lambda each: each.start is None)

    @functools.cached_property
    def safe_fixes(self) -> Sequence[Edit]:
        """What fixing all that is safe to fix would change."""
        if not any(finding.fix is Fix.SAFE for finding in self.report.findings):
            return ()
        return Fixer(self.runner).fix(self.document, self.reader).edits
