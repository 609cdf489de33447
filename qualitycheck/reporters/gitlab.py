"""GitLab's code quality report, which merge requests show: a list of issues, each with a fingerprint."""

from __future__ import annotations

from collections import Counter
from typing import Any, ClassVar

from qualitycheck.document import Document
from qualitycheck.report import CorpusReport, DocumentReport
from qualitycheck.reporters import Reporter
from qualitycheck.reporters.json import encode
from qualitycheck.reporters.places import end_position, posix_path
from qualitycheck.reporters.sarif import fingerprint
from qualitycheck.rule import Severity
from qualitycheck.screen import harmless

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


class GitLabReporter(Reporter):
    """All findings as one list, at the end."""

    name: ClassVar[str] = "gitlab"
    streams: ClassVar[bool] = False

    def document(self, document: Document, report: DocumentReport) -> None:
        """Nothing yet: the list holds all documents."""

    def finish(self, report: CorpusReport) -> None:
        """Write the list."""
        issues = [issue for each in report.documents for issue in _issues(each)]
        self.stream.write(encode(issues, self.stream.encoding, indent=1) + "\n")


def _issues(document: DocumentReport) -> list[dict[str, Any]]:
    seen: Counter[str] = Counter()
    issues = []
    for finding in document.findings:
        # GitLab needs a line; what is about the whole document stands at its first.
        end = end_position(finding) or (1, 1)
        begin = (finding.line or 1, finding.column or 1)
        issues.append(
            {
                "description": harmless(finding.message),
                "check_name": f"{finding.code} {finding.name}",
                "fingerprint": fingerprint(document, finding, seen),
                "severity": _SEVERITIES[finding.severity],
                "location": {
                    "path": harmless(posix_path(document)),
                    "lines": {"begin": begin[0], "end": end[0]},
                    "positions": {
                        "begin": {"line": begin[0], "column": begin[1]},
                        "end": {"line": end[0], "column": end[1]},
                    },
                },
            }
        )
    return issues
