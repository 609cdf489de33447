"""Reads text, finds what is wrong with it, and gives each document a quality report."""

from qualitycheck.api import check, check_file
from qualitycheck.check import Check, CorpusCheck, Evidence
from qualitycheck.document import Document
from qualitycheck.errors import InputError, PluginError, QualityCheckError, SettingsError
from qualitycheck.finding import Finding, Signal, Suggestion
from qualitycheck.hookspecs import hookimpl
from qualitycheck.report import CheckResult, CorpusReport, DocumentReport, ReportedFinding
from qualitycheck.rule import Rule, Severity
from qualitycheck.runner import Runner
from qualitycheck.settings import Settings, load_settings
from qualitycheck.version import __version__

__all__ = [
    "Check",
    "CheckResult",
    "CorpusCheck",
    "CorpusReport",
    "Document",
    "DocumentReport",
    "Evidence",
    "Finding",
    "InputError",
    "PluginError",
    "QualityCheckError",
    "ReportedFinding",
    "Rule",
    "Runner",
    "Settings",
    "SettingsError",
    "Severity",
    "Signal",
    "Suggestion",
    "__version__",
    "check",
    "check_file",
    "hookimpl",
    "load_settings",
]
