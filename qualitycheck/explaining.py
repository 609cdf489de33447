"""Why a document has the score that it has, and why a finding is one.

What the checks say for themselves (``Check.explain``) is joined with what only the run can tell: how the score follows
from what all checks found, and what it would be without a finding, or without all those of a rule.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from qualitycheck import scoring
from qualitycheck.checks import Check
from qualitycheck.document import Document
from qualitycheck.errors import PluginError
from qualitycheck.explanation import Explanation, Row, Table
from qualitycheck.finding import Finding
from qualitycheck.plugins import FOREIGN_ERRORS, Plugins, one_line
from qualitycheck.report import CheckResult, DocumentReport, ReportedFinding
from qualitycheck.runner import Runner
from qualitycheck.tokens import FILLER, OBJECT
from qualitycheck.version import __version__

SCHEMA = 1

#: Findings of one place that are explained.
MOST = 20

_NEAREST = 3


@dataclass(frozen=True, slots=True)
class Without:
    """What the score, in [0, 100], and the verdict would be without something."""

    score: float
    verdict: str

    def to_dict(self) -> dict[str, Any]:
        """As plain values for JSON."""
        return {"score": self.score, "verdict": self.verdict}


@dataclass(frozen=True, slots=True)
class ExplainedFinding:
    """A finding, the check that yielded it and what that says of it, and what the document would be without it.

    ``failure`` is why the check could not explain it, None where it could.
    """

    finding: ReportedFinding
    check: str
    without: Without
    explanation: Explanation
    failure: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """As plain values for JSON."""
        plain = {
            **self.finding.to_dict(),
            "check": self.check,
            "without": self.without.to_dict(),
            "explanation": self.explanation.to_dict(),
        }
        return plain if self.failure is None else {**plain, "failure": self.failure}


@dataclass(frozen=True, slots=True)
class RuleShare:
    """How many findings of a rule count, and what the document would be without them."""

    code: str
    name: str
    findings: int
    without: Without

    def to_dict(self) -> dict[str, Any]:
        """As plain values for JSON."""
        return {"code": self.code, "name": self.name, "findings": self.findings, "without": self.without.to_dict()}


@dataclass(frozen=True, slots=True)
class ExplainedCheck:
    """What a check took from the score and why: its weight, in [0, .99], its rules with findings, and its own words."""

    name: str
    weight: float
    result: CheckResult
    rules: Sequence[RuleShare]
    explanation: Explanation
    failure: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """As plain values for JSON."""
        plain = {
            **self.result.to_dict(),
            "weight": self.weight,
            "rules": [rule.to_dict() for rule in self.rules],
            "explanation": self.explanation.to_dict(),
        }
        return plain if self.failure is None else {**plain, "failure": self.failure}


@dataclass(frozen=True, slots=True)
class Account:
    """What was asked about a document, and the answer.

    ``line`` and ``column`` say where, None for the whole document. Of a place ``findings`` are explained, ``further``
    of them not, since they are too many; where there is none, ``nearest`` are those next to it, and ``markup`` says
    that the place is no prose. Of a whole document ``checks`` are, the costliest first.
    """

    document: Document
    report: DocumentReport
    plugins: Plugins
    line: int | None = None
    column: int | None = None
    checks: Sequence[ExplainedCheck] = ()
    findings: Sequence[ExplainedFinding] = ()
    further: int = 0
    nearest: Sequence[ReportedFinding] = ()
    markup: bool = False

    @property
    def failures(self) -> list[str]:
        """One line for each explanation that failed."""
        failures = [*(check.failure for check in self.checks), *(finding.failure for finding in self.findings)]
        return list(dict.fromkeys(failure for failure in failures if failure is not None))

    def to_dict(self) -> dict[str, Any]:
        """As plain values for JSON."""
        plain = self.report.to_dict()
        kept = {name: plain[name] for name in ("path", "id", "words", "language", "score", "verdict", "errors")}
        answer: dict[str, Any]
        if self.line is None:
            answer = {"checks": {check.name: check.to_dict() for check in self.checks}}
        else:
            answer = {
                "line": self.line,
                "column": self.column,
                "findings": [each.to_dict() for each in self.findings],
                "further": self.further,
                "nearest": [each.to_dict() for each in self.nearest],
                "markup": self.markup,
            }
        return {"schema": SCHEMA, "tool": f"qualitycheck {__version__}", **kept, **answer}


class Explainer:
    """Explains one document to those who ask; ``report`` lists all that was found in it."""

    def __init__(self, runner: Runner, document: Document) -> None:
        self.document = document
        (self.report,) = runner.check_batch([document], all_findings=True)
        self._runner = runner
        self._checks = {check.name: check for check in runner.plugins.checks}
        self._owners = {rule.code: check for check in runner.plugins.checks for rule in check.rules}
        self._found: dict[str, list[ReportedFinding]] = {}
        for finding in self.report.findings:
            self._found.setdefault(self._owners[finding.code].name, []).append(finding)

    def account(self, line: int | None = None, column: int | None = None) -> Account:
        """The findings that cover a place, those that touch a line where no column is given, or the whole document.

        Both count from 1. Raises ValueError where the document has no such place, in words for people.
        """
        about = Account(self.document, self.report, self._runner.plugins, line, column)
        if line is None:
            return replace(about, checks=self.checks())
        start, end = self._span(line, column)
        here: list[ReportedFinding] = []
        elsewhere: list[tuple[int, ReportedFinding]] = []
        for each in self.report.findings:
            if each.start is not None and each.end is not None:
                distance = max(each.start - end + 1, start - each.end + 1, 0)
                if distance:
                    elsewhere.append((distance, each))
                else:
                    here.append(each)
        if here:
            explained = [self.finding(each) for each in here[:MOST]]
            return replace(about, findings=explained, further=len(here) - len(explained))
        text, prose = self.document.text[start:end], self.document.prose[start:end]
        nearest = [each for _, each in sorted(elsewhere, key=lambda item: item[0])[:_NEAREST]]
        return replace(about, nearest=nearest, markup=bool(text.strip()) and not _clean(prose).strip())

    def finding(self, finding: ReportedFinding) -> ExplainedFinding:
        """Why it is a finding; it must be one of ``report``."""
        check = self._owners[finding.code]
        explanation, failure = self._ask(check, _plain(finding))
        without = self._without(check, lambda each: each is finding)
        return ExplainedFinding(finding, check.name, without, explanation, failure)

    def checks(self) -> list[ExplainedCheck]:
        """What each check that ran took from the score and why, the costliest first."""
        results = sorted(self.report.checks.items(), key=lambda item: (-item[1].points, item[0]))
        return [self._check(self._checks[name], result) for name, result in results if result.status != "skipped"]

    def _span(self, line: int, column: int | None) -> tuple[int, int]:
        """Start and end of a place: one code point, or a line."""
        lines = len(self.document.line_starts)
        if not 1 <= line <= lines:
            raise ValueError(f"there is no line {line:,}; the last is {lines:,}")
        start, end = self.document.line_span(line)
        if column is None:
            return start, max(end, start + 1)
        # An editor's cursor may stand behind the last character.
        if not 1 <= column <= end - start + 1:
            raise ValueError(f"line {line:,} has no column {column:,}; the last is {end - start:,}")
        return start + column - 1, start + column

    def _check(self, check: Check, result: CheckResult) -> ExplainedCheck:
        explanation, failure = self._ask(check, None) if result.status == "ok" else (Explanation(), None)
        codes = dict.fromkeys(each.code for each in self._found.get(check.name, ()))
        rules = [self._share(check, code) for code in sorted(codes)]
        return ExplainedCheck(check.name, self._runner.weights[check.name], result, rules, explanation, failure)

    def _share(self, check: Check, code: str) -> RuleShare:
        number = sum(each.code == code for each in self._found[check.name])
        without = self._without(check, lambda each: each.code == code)
        return RuleShare(code, self._runner.rules[code].name, number, without)

    def _without(self, check: Check, gone: Callable[[ReportedFinding], bool]) -> Without:
        """The score without some findings of a check, all others as they are."""
        kept = [_plain(each) for each in self._found[check.name] if not gone(each)]
        badness = {name: result.badness for name, result in self.report.checks.items()}
        with contextlib.suppress(*FOREIGN_ERRORS):  # where it cannot say how bad the rest is, nothing is known of it
            signals = self.report.checks[check.name].signals
            badness[check.name] = self._runner.badness(check, self.document, kept, signals)
        weights = self._runner.weights
        charges = {name: scoring.Charge(b, weights[name], self._checks[name].group) for name, b in badness.items()}
        score, settings = scoring.score(charges).value, self._runner.settings
        return Without(score, scoring.verdict(score, settings.reject_below, settings.review_below))

    def _ask(self, check: Check, finding: Finding | None) -> tuple[Explanation, str | None]:
        """What the check says, and why it could not where that is so."""
        try:
            return _valid(check.explain(self.document, finding)), None
        except FOREIGN_ERRORS as error:
            return Explanation(), f"check “{check.name}” cannot explain itself: {one_line(error)}"


def _plain(finding: ReportedFinding) -> Finding:
    """The finding as its check yielded it."""
    return Finding(finding.code, finding.start, finding.end, finding.message, finding.suggestions, finding.confidence)


def _valid(explanation: Explanation) -> Explanation:
    """The explanation with plain values and clean text. Raises PluginError where it is none."""
    if not isinstance(explanation, Explanation):
        raise PluginError(f"explain returned {explanation!r}, which is no Explanation")
    tables = []
    for table in explanation.tables:
        rows = [Row(_clean(row.label), _value(row), _clean(row.unit), _clean(row.note)) for row in table.rows]
        tables.append(Table(_clean(table.title), rows))
    return Explanation(_clean(explanation.text), tables)


def _value(row: Any) -> float | str:
    if isinstance(row.value, str):
        return _clean(row.value)
    value = float(row.value)
    if not math.isfinite(value):
        raise PluginError(f"explained “{row.label}” with the value {value}")
    return value


def _clean(text: str) -> str:
    """Text without what stands in masked prose for markup."""
    return text.replace(FILLER, "").replace(OBJECT, "")
