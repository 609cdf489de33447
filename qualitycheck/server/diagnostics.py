"""Findings as diagnostics."""

from __future__ import annotations

from pathlib import Path

from lsprotocol import types

from qualitycheck.report import ReportedFinding
from qualitycheck.rule import Rule, Severity
from qualitycheck.screen import harmless
from qualitycheck.server.judged import Judged

SOURCE = "qualitycheck"

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}


def diagnostics(judged: Judged) -> list[types.Diagnostic]:
    """A diagnostic for each finding that is shown; what is about the whole document stands in its first line."""
    return [diagnostic(judged, finding) for finding in judged.findings]


def diagnostic(judged: Judged, finding: ReportedFinding) -> types.Diagnostic:
    """One finding."""
    return types.Diagnostic(
        range=judged.positions.range(*judged.place(finding)),
        message=harmless(finding.message),
        severity=_SEVERITIES[finding.severity],
        code=finding.code,
        code_description=_description(judged.runner.rules[finding.code]),
        source=SOURCE,
    )


def _description(rule: Rule) -> types.CodeDescription | None:
    """A link to the rule's page, where it is a file."""
    if isinstance(rule.documentation, Path):
        return types.CodeDescription(rule.documentation.resolve().as_uri())
    return None
