"""Reads text, finds what is wrong with it, and gives each document a quality report.

The public names are imported when they are first asked for: ``qualitycheck --version`` needs none of them, and numpy
alone would take longer than all it does.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from qualitycheck.version import __version__

if TYPE_CHECKING:
    from qualitycheck.api import check, check_file
    from qualitycheck.assertions import assert_not_worse, assert_quality
    from qualitycheck.checks import Check, CorpusCheck, Evidence, Seen
    from qualitycheck.comparison import Comparison, compare
    from qualitycheck.document import Document
    from qualitycheck.errors import InputError, PluginError, QualityCheckError, SettingsError
    from qualitycheck.explanation import Explanation, Row, Table
    from qualitycheck.filtering.library import Filter
    from qualitycheck.finding import Finding, Signal, Suggestion
    from qualitycheck.hookspecs import INTERFACE, hookimpl
    from qualitycheck.options import Options
    from qualitycheck.preparation import Preparation
    from qualitycheck.report import CheckResult, CorpusReport, DocumentReport, ReportedFinding
    from qualitycheck.rule import Fix, Rule, Severity
    from qualitycheck.runner import Runner
    from qualitycheck.settings import Settings, load_settings

__all__ = [
    "INTERFACE",
    "Check",
    "CheckResult",
    "Comparison",
    "CorpusCheck",
    "CorpusReport",
    "Document",
    "DocumentReport",
    "Evidence",
    "Explanation",
    "Filter",
    "Finding",
    "Fix",
    "InputError",
    "Options",
    "PluginError",
    "Preparation",
    "QualityCheckError",
    "ReportedFinding",
    "Row",
    "Rule",
    "Runner",
    "Seen",
    "Settings",
    "SettingsError",
    "Severity",
    "Signal",
    "Suggestion",
    "Table",
    "__version__",
    "assert_not_worse",
    "assert_quality",
    "check",
    "check_file",
    "compare",
    "hookimpl",
    "load_settings",
]

_MODULES = {
    "api": ("check", "check_file"),
    "assertions": ("assert_not_worse", "assert_quality"),
    "checks": ("Check", "CorpusCheck", "Evidence", "Seen"),
    "comparison": ("Comparison", "compare"),
    "document": ("Document",),
    "errors": ("InputError", "PluginError", "QualityCheckError", "SettingsError"),
    "explanation": ("Explanation", "Row", "Table"),
    "filtering.library": ("Filter",),
    "finding": ("Finding", "Signal", "Suggestion"),
    "hookspecs": ("INTERFACE", "hookimpl"),
    "options": ("Options",),
    "preparation": ("Preparation",),
    "report": ("CheckResult", "CorpusReport", "DocumentReport", "ReportedFinding"),
    "rule": ("Fix", "Rule", "Severity"),
    "runner": ("Runner",),
    "settings": ("Settings", "load_settings"),
}
_HOMES = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
