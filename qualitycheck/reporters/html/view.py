"""One document's view: its text with the findings marked, what each check cost, and the list of findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from qualitycheck.report import DocumentReport, ReportedFinding
from qualitycheck.reporters.html.markup import MarkedText, family_class, shown
from qualitycheck.reporters.summary import likely, measured, measurements, shown_score

#: What a view shows of one document. A book fits; what is cut off is said.
MOST_TEXT = 1_500_000
MOST_FINDINGS = 5_000

_SUGGESTIONS = 3
_LONGEST_TEXT, _LONGEST_MESSAGE = 120, 500


@dataclass(frozen=True, slots=True)
class CheckRow:
    """What one check did: the class that gives its colour, what it cost, and why it did not run, or else what it
    measured: in ``facts`` where that is little, in ``measured`` in any case.

    ``start`` is where its points begin in the bar from 0 to 100, which the score opens.
    """

    name: str
    style: str
    status: str
    points: float
    start: float
    facts: str
    measured: str


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding in the list. ``anchor`` is the id of its mark in the text, if it has one; ``message`` is None where it
    says no more than the text found and what could stand in its place.
    """

    finding: ReportedFinding
    style: str
    place: str
    percent: int
    anchor: str | None
    text: Markup
    suggestions: list[tuple[Markup, str]]
    message: Markup | None


def context(number: int, report: DocumentReport, text: str | None, families: Mapping[str, str]) -> dict[str, Any]:
    """What the template of a view needs.

    ``text`` is None where it is not known; one that is not the text that was checked is not shown. ``families`` gives
    each check the class for its colour.
    """
    known = text is not None and report.is_about(text)
    body = text if text is not None and known else ""
    findings = report.findings[:MOST_FINDINGS]
    marked = MarkedText(body[:MOST_TEXT], findings, f"m{number}")
    folder, slash, title = report.name.rpartition("/")
    return {
        "number": number,
        "folder": folder + slash,
        "title": title or report.name,
        "report": report,
        "score": shown_score(report.score),
        "pieces": Markup("").join(marked.pieces()) if known else None,
        "changed": text is not None and not known,
        "cut_text": max(0, len(body) - MOST_TEXT),
        "findings": _finding_rows(findings, marked.anchors),
        "cut_findings": len(report.findings) - len(findings),
        "checks": list(check_rows(report, families)),
    }


def check_rows(report: DocumentReport, families: Mapping[str, str]) -> Iterator[CheckRow]:
    """Every check, the most costly first; their points stand side by side from what is left of the score."""
    start = report.score
    for name, result in sorted(report.checks.items(), key=lambda item: (-item[1].points, item[0])):
        every = result.reason or ", ".join(measured(signal) for signal in result.signals)
        facts = result.reason or measurements(result.signals)
        yield CheckRow(name, families.get(name, "f-none"), result.status, result.points, start, facts, every)
        start += result.points


def _finding_rows(findings: Iterable[ReportedFinding], anchors: Mapping[int, str]) -> Iterator[FindingRow]:
    for number, finding in enumerate(findings):
        text = finding.text or ""
        suggestions = likely(finding.suggestions)[:_SUGGESTIONS] if text else []
        told = bool(suggestions) and text in finding.message and suggestions[0].text in finding.message
        yield FindingRow(
            finding,
            family_class(finding.code),
            "whole document" if finding.line is None else f"{finding.line}:{finding.column}",
            percent(finding.confidence),
            anchors.get(number),
            shown(_clipped(text, _LONGEST_TEXT)),
            [
                (shown(each.text), "" if each.confidence >= 1 else f"{percent(each.confidence)}%")
                for each in suggestions
            ],
            None if told else shown(_clipped(finding.message, _LONGEST_MESSAGE)),
        )


def percent(confidence: float) -> int:
    """A confidence in percent, which is 100 for what is certain alone."""
    return 100 if confidence >= 1 else min(99, round(confidence * 100))


def _clipped(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[:longest]}…"
