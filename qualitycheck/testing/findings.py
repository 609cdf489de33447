"""An assertion on what is found in a text, with a difference that can be read."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

from qualitycheck.document import Document
from qualitycheck.report import DocumentReport, ReportedFinding
from qualitycheck.runner import Runner
from qualitycheck.settings import Settings

WHOLE = "(the document)"
_MOST_SHOWN = 40


def assert_findings(
    text: str | Document, expected: Iterable[str], *, select: Iterable[str] = (), plugins: Sequence[object] = ()
) -> DocumentReport:
    """Raise AssertionError where the findings in a text are not those expected; the report where they are.

    A finding is written as its code and its text, ``"ACM001 Globex"``, with ``" -> our product"`` after it where its
    first suggestion is to agree too; one about the whole document is ``"ACM002 (the document)"``. They are expected in
    order of place. ``select`` are the rules asked for; ``plugins`` are objects beside the installed plugins.
    Raises SettingsError for a rule that there is not.
    """
    __tracebackhide__ = True
    wanted = [expected] if isinstance(expected, str) else list(expected)
    runner = Runner(Settings(select=tuple(select)), plugins)
    for failed in runner.plugins.failed:
        raise AssertionError(f"plugin “{failed.name}” does not load: {failed.reason}")
    report = runner.check(text)
    if report.errors:
        raise AssertionError("; ".join(report.errors))
    found = list(report.findings)
    agree = len(found) == len(wanted) and all(map(_agrees, found, wanted))
    if not agree:
        raise AssertionError(_difference(found, wanted))
    return report


def _agrees(finding: ReportedFinding, wanted: str) -> bool:
    return wanted in (written(finding), written(finding, suggestion=False))


def written(finding: ReportedFinding, *, suggestion: bool = True) -> str:
    """A finding as tests write it."""
    line = f"{finding.code} {WHOLE if finding.text is None else finding.text}"
    if suggestion and finding.suggestions:
        line += f" -> {finding.suggestions[0].text}"
    return line


def _difference(found: Sequence[ReportedFinding], wanted: Sequence[str]) -> str:
    """What is missing (−) and what is too much (+), among what agrees."""
    shown = []
    for finding in found:
        # Where a test names no suggestion, none is shown as a difference.
        bare = written(finding, suggestion=False)
        shown.append(bare if bare in wanted else written(finding))
    lines = list(difflib.ndiff([_line(each) for each in wanted], [_line(each) for each in shown]))
    lines = [line.rstrip("\n") for line in lines if not line.startswith("?")]
    if len(lines) > _MOST_SHOWN:
        lines = [*lines[:_MOST_SHOWN], f"  and {len(lines) - _MOST_SHOWN} more lines"]
    places = {_line(each): _place(finding) for each, finding in zip(shown, found, strict=True)}
    lines = [line + (places.get(line[2:], "") if line.startswith("+") else "") for line in lines]
    return "\n".join(["the findings differ (- expected, + found):", *lines])


def _line(text: str) -> str:
    return text.replace("\n", "\\n").replace("\r", "\\r")


def _place(finding: ReportedFinding) -> str:
    return "" if finding.line is None else f"   (line {finding.line}, column {finding.column}: {finding.message})"
