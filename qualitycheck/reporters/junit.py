"""JUnit XML, which every CI server reads: a suite for each document, a case for each check.

A check fails a document where a finding is as bad as ``fail-on`` says; the document's verdict is a case of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import ClassVar
from xml.etree import ElementTree as ET

from qualitycheck.document import Document
from qualitycheck.report import CheckResult, CorpusReport, DocumentReport, ReportedFinding
from qualitycheck.reporters import Reporter
from qualitycheck.reporters.places import end_position, posix_path
from qualitycheck.reporters.summary import shown_score
from qualitycheck.rule import Severity
from qualitycheck.screen import Screen, harmless
from qualitycheck.settings import Settings

_COUNTED = ("failures", "errors", "skipped")
_STATES = {"failure": "failures", "error": "errors", "skipped": "skipped"}


class JUnitReporter(Reporter):
    """One XML document, at the end, since its first line says how many failed."""

    name: ClassVar[str] = "junit"
    streams: ClassVar[bool] = False

    def document(self, document: Document, report: DocumentReport) -> None:
        """Nothing yet: the counts come first."""

    def finish(self, report: CorpusReport) -> None:
        """Write the document."""
        plugins = self.options.plugins
        settings = plugins.settings if plugins else Settings()
        owners = {rule.code: check.name for check in plugins.checks for rule in check.rules} if plugins else {}
        root = ET.Element("testsuites", name="qualitycheck")
        for document in report.documents:
            root.append(_suite(document, owners, settings))
        if report.errors:
            suite = ET.SubElement(root, "testsuite", name="qualitycheck")
            for error in report.errors:
                case = ET.SubElement(suite, "testcase", classname="qualitycheck", name="run")
                ET.SubElement(case, "error", message=harmless(error))
            _count(suite, suite)
        _count(root, *root)
        ET.indent(root)
        text = ET.tostring(root, encoding="unicode")
        # The declaration names no encoding, which makes it UTF-8; ASCII is UTF-8 too, whatever the stream can carry.
        if Screen(self.stream.encoding).exact(text.replace("\n", "")) != text.replace("\n", ""):
            text = text.encode("ascii", "xmlcharrefreplace").decode("ascii")
        self.stream.write(f'<?xml version="1.0"?>\n{text}\n')


def _suite(document: DocumentReport, owners: dict[str, str], settings: Settings) -> ET.Element:
    path = harmless(posix_path(document))
    name = harmless(document.name)
    suite = ET.Element("testsuite", name=name, file=path)
    properties = ET.SubElement(suite, "properties")
    facts = {"score": repr(document.score), "verdict": document.verdict, "words": str(document.words)}
    for key, value in facts.items():
        ET.SubElement(properties, "property", name=key, value=value)
    case = ET.SubElement(suite, "testcase", classname=name, name="verdict", file=path)
    shown = f"{document.verdict}, {shown_score(document.score)} of 100"
    if settings.fail_on != "never" and document.verdict == "reject":
        ET.SubElement(case, "failure", type="verdict", message=shown)
    elif document.score < settings.min_score:
        ET.SubElement(case, "failure", type="verdict", message=f"{shown}, below {settings.min_score:g}")
    found: dict[str, list[ReportedFinding]] = {}
    for finding in document.findings:
        found.setdefault(owners.get(finding.code, finding.name), []).append(finding)
    for check in sorted({*document.checks, *found}):
        case = ET.SubElement(suite, "testcase", classname=name, name=check, file=path)
        _outcome(case, document.checks.get(check), found.get(check, []), settings)
    _count(suite, suite)
    return suite


def _outcome(case: ET.Element, result: CheckResult | None, findings: list[ReportedFinding], settings: Settings) -> None:
    """What became of a check: findings that are bad enough are its failure, the others are told."""
    if result is not None and result.status == "crashed":
        ET.SubElement(case, "error", type="crash", message=harmless(result.reason or ""))
    elif result is not None and result.status == "skipped":
        ET.SubElement(case, "skipped", message=harmless(result.reason or ""))
    bad = [finding for finding in findings if is_failure(finding, settings)]
    if bad:
        case.set("line", str(bad[0].line or 1))
        more = f" and {len(bad) - 1} more" if len(bad) > 1 else ""
        failure = ET.SubElement(case, "failure", type=bad[0].code, message=f"{harmless(bad[0].message)}{more}")
        failure.text = "\n".join(_lines(bad))
    if others := [finding for finding in findings if not is_failure(finding, settings)]:
        ET.SubElement(case, "system-out").text = "\n".join(_lines(others))


def is_failure(finding: ReportedFinding, settings: Settings) -> bool:
    """Whether a finding alone makes its document fail."""
    return settings.fail_on != "never" and finding.severity.rank >= Severity(settings.fail_on).rank


def _lines(findings: list[ReportedFinding]) -> Iterator[str]:
    """``1:31-1:40 [30:39] SYN001 message``: line and column from and to, offsets from and to."""
    for finding in findings:
        end = end_position(finding)
        place = f"{finding.line}:{finding.column}-{end[0]}:{end[1]} [{finding.start}:{finding.end}] " if end else ""
        yield f"{place}{finding.code} {harmless(finding.message)}"


def _count(element: ET.Element, *parts: ET.Element) -> None:
    """Say how many cases an element holds, and what became of them."""
    counts = Counter({"tests": 0, **dict.fromkeys(_COUNTED, 0)})
    for part in parts:
        for case in part.iter("testcase"):
            counts["tests"] += 1
            state = next((_STATES[child.tag] for child in case if child.tag in _STATES), None)
            if state is not None:
                counts[state] += 1
    for name, value in counts.items():
        element.set(name, str(value))
