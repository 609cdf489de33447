"""Workflow commands that GitHub Actions turns into annotations of the files in a pull request.

GitHub shows no more than ten errors, ten warnings and ten notices of a step, the first that come, so the worst come
first and the rest is counted.
"""

from __future__ import annotations

from collections import Counter
from typing import ClassVar

from qualitycheck.document import Document
from qualitycheck.report import CorpusReport, DocumentReport, ReportedFinding
from qualitycheck.reporters import Reporter
from qualitycheck.reporters.places import end_position, posix_path
from qualitycheck.reporters.summary import closing, count, shown_score
from qualitycheck.rule import Severity
from qualitycheck.screen import Screen, harmless

#: Annotations of one kind that GitHub shows of a step.
MOST = 10

_KINDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


class GitHubReporter(Reporter):
    """Prints the worst findings as commands, then what came out of the run."""

    name: ClassVar[str] = "github"
    streams: ClassVar[bool] = False

    def document(self, document: Document, report: DocumentReport) -> None:
        """Nothing yet: the worst come first."""

    def finish(self, report: CorpusReport) -> None:
        """Write the commands and one line about the run."""
        screen = Screen(self.stream.encoding)
        for error in report.errors[:MOST]:
            self._line(f"::error::{_data(screen.words(error))}")
        ranked = sorted(
            ((document, finding) for document in report.documents for finding in document.findings),
            key=lambda pair: (-pair[1].severity.rank, pair[0].score, -pair[1].confidence, pair[0].name),
        )
        used = Counter({"error": min(len(report.errors), MOST)})
        for document, finding in ranked:
            kind = _KINDS[finding.severity]
            if used[kind] < MOST:
                used[kind] += 1
                self._line(_command(kind, document, finding, screen))
        if missing := len(ranked) - (used.total() - min(len(report.errors), MOST)):
            self._line(screen.words(f"{count(missing, 'more finding')} without an annotation"))
        self._line(screen.words(closing(report)))

    def _line(self, text: str) -> None:
        self.stream.write(text + "\n")


def _command(kind: str, document: DocumentReport, finding: ReportedFinding, screen: Screen) -> str:
    properties = {"file": harmless(posix_path(document))}
    end = end_position(finding)
    if end is not None:
        properties["line"], properties["endLine"] = str(finding.line), str(end[0])
        # GitHub takes columns only where a span is on one line.
        if end[0] == finding.line:
            properties["col"], properties["endColumn"] = str(finding.column), str(end[1])
    properties["title"] = f"{finding.code} {finding.name}"
    score = f"(score {shown_score(document.score)}, {document.verdict})"
    listed = ",".join(f"{name}={_property(screen.exact(value))}" for name, value in properties.items())
    return f"::{kind} {listed}::{_data(screen.words(f'{finding.message} {score}'))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
