"""SARIF 2.1.0, the OASIS standard in which code hosts and editors take the results of analysis tools.

Columns are code points, which the standard has a word for, and the line ends of documents are declared too, since
SARIF's own default knows no lone CR. Every span is given twice, as line and column and as offset and length.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from typing import Any, ClassVar

from qualitycheck.document import Document
from qualitycheck.plugins import FOREIGN_ERRORS
from qualitycheck.report import CorpusReport, DocumentReport, ReportedFinding
from qualitycheck.reporters import Reporter
from qualitycheck.reporters.json import encode
from qualitycheck.reporters.places import end_position, uri
from qualitycheck.rule import Fix, Rule, Severity
from qualitycheck.version import __version__

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


class SarifReporter(Reporter):
    """One SARIF log with one run, at the end."""

    name: ClassVar[str] = "sarif"
    streams: ClassVar[bool] = False

    def document(self, document: Document, report: DocumentReport) -> None:
        """Nothing yet: the log holds all documents."""

    def finish(self, report: CorpusReport) -> None:
        """Write the log."""
        rules = _rules(self.options.plugins.rules if self.options.plugins else [], report)
        index = {code: place for place, code in enumerate(rules)}
        run = {
            "tool": {
                "driver": {
                    "name": "qualitycheck",
                    "version": __version__,
                    "rules": [_descriptor(rule) for rule in rules.values()],
                }
            },
            "columnKind": "unicodeCodePoints",
            "newlineSequences": ["\r\n", "\n", "\r"],
            "invocations": [_invocation(report)],
            "results": [result for each in report.documents for result in _results(each, rules, index)],
            "properties": {"settings": report.settings, "versions": report.versions, "summary": report.summary()},
        }
        log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
        self.stream.write(encode(log, self.stream.encoding, indent=1) + "\n")


def _rules(known: list[Rule], report: CorpusReport) -> dict[str, Rule]:
    """The rules of the run by code; one that no plugin brings, in a report saved before, as its findings have it."""
    rules = {rule.code: rule for rule in known}
    for document in report.documents:
        for each in document.findings:
            if each.code not in rules:
                rules[each.code] = Rule(each.code, each.name, f"{each.name.replace('-', ' ')}.", each.severity)
    return dict(sorted(rules.items()))


def _descriptor(rule: Rule) -> dict[str, Any]:
    try:
        text = rule.help()
    except FOREIGN_ERRORS:
        text = rule.message
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.message},
        "help": {"text": text, "markdown": text},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.family], "fix": rule.fix.value},
    }


def _invocation(report: CorpusReport) -> dict[str, Any]:
    """What went wrong in the run itself, apart from what is wrong with the documents."""
    errors = [*report.errors, *(error for document in report.documents for error in document.errors)]
    return {
        "executionSuccessful": not errors,
        "toolExecutionNotifications": [{"level": "error", "message": {"text": error}} for error in errors],
    }


def _results(document: DocumentReport, rules: Mapping[str, Rule], index: Mapping[str, int]) -> list[dict[str, Any]]:
    artifact = {"uri": uri(document)}
    seen: Counter[str] = Counter()
    results = []
    for finding in document.findings:
        place: dict[str, Any] = {"physicalLocation": {"artifactLocation": artifact}}
        region = _region(finding)
        if region is not None:
            snippet = {"snippet": {"text": finding.text}}
            place["physicalLocation"]["region"] = {**region, **snippet}
        if document.id is not None:
            place["logicalLocations"] = [{"name": document.id, "kind": "document"}]
        key = fingerprint(document, finding, seen)
        result = {
            "ruleId": finding.code,
            "ruleIndex": index[finding.code],
            "level": _LEVELS[finding.severity],
            "rank": round(100 * finding.confidence, 2),
            "message": {"text": finding.message},
            "locations": [place],
            "partialFingerprints": {"qualitycheck/v1": key},
            "properties": {
                "suggestions": [each.text for each in finding.suggestions],
                "inQuote": finding.in_quote,
                "score": document.score,
                "verdict": document.verdict,
            },
        }
        fix = rules[finding.code].fix
        if region is not None and finding.suggestions and fix is not Fix.NONE:
            result["fixes"] = [_fix(finding, fix, artifact, region)]
        results.append(result)
    return results


def _region(finding: ReportedFinding) -> dict[str, int] | None:
    end = end_position(finding)
    if end is None or finding.start is None or finding.end is None or finding.line is None or finding.column is None:
        return None
    return {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": end[0],
        "endColumn": end[1],
        "charOffset": finding.start,
        "charLength": finding.end - finding.start,
    }


def _fix(finding: ReportedFinding, fix: Fix, artifact: dict[str, str], region: dict[str, int]) -> dict[str, Any]:
    text = finding.suggestions[0].text
    told = f"Replace it with {json.dumps(text, ensure_ascii=False)}" if text else "Leave it out"
    return {
        "description": {"text": told if fix is Fix.SAFE else f"{told}, after a look at it"},
        "artifactChanges": [
            {
                "artifactLocation": artifact,
                "replacements": [{"deletedRegion": region, "insertedContent": {"text": text}}],
            }
        ],
    }


def fingerprint(document: DocumentReport, finding: ReportedFinding, seen: Counter[str]) -> str:
    """A name for a finding that stays when lines are added before it: rule, document, text, and which one of its like.

    ``seen`` counts those of one document.
    """
    parts = (document.name, finding.code, finding.text if finding.text is not None else finding.message)
    key = "\0".join(parts)
    seen[key] += 1
    return hashlib.sha256(f"{key}\0{seen[key]}".encode("utf-8", "surrogatepass")).hexdigest()[:32]
