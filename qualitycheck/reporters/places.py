"""Where a finding is, in the ways that formats for machines ask for it.

All of it follows from the finding alone, so that a report saved without its document can be converted as well. Lines
end as documents count them, at LF, CRLF and CR; columns are code points, from 1.
"""

from __future__ import annotations

import os
import re
from pathlib import PurePath
from urllib.parse import quote

from qualitycheck.report import DocumentReport, ReportedFinding

# A CR at the end of a span may be half of a CRLF. Left where it is, line and column lead to the same place either way.
_LINE_END = re.compile(r"\r\n|\n|\r(?!\Z)")


def end_position(finding: ReportedFinding) -> tuple[int, int] | None:
    """Line and column of the first character after the finding; None where it is about the whole document."""
    if finding.line is None or finding.column is None or finding.text is None:
        return None
    line, start = finding.line, 0
    for match in _LINE_END.finditer(finding.text):
        line, start = line + 1, match.end()
    column = len(finding.text) - start + 1
    return line, column + finding.column - 1 if line == finding.line else column


def posix_path(report: DocumentReport) -> str:
    """The document's path with slashes; its name where it has no path."""
    if report.path is None:
        return report.name
    path = PurePath(report.path).as_posix()
    return path.removeprefix("./") or path


def uri(report: DocumentReport) -> str:
    """The document's path as a URI reference: relative to the working directory, or with the scheme ``file``.

    A document within a file has its id as the fragment.
    """
    path = quote(os.fsencode(posix_path(report)), safe="/")
    if PurePath(report.path or "").is_absolute():
        path = f"file://{'' if path.startswith('/') else '/'}{path}"
    if report.path is not None and report.id is not None:
        path += f"#{quote(report.id.encode('utf-8', 'surrogatepass'))}"
    return path
