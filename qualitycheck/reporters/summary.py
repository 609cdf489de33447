"""What the formats for people say about a whole run, in words: counts, the commonest rules, what to do next."""

from __future__ import annotations

import math
import shlex
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qualitycheck.finding import Signal, Suggestion
from qualitycheck.report import CorpusReport, ReportedFinding
from qualitycheck.rule import Severity
from qualitycheck.scoring import VERDICTS

_NOUNS = {
    Severity.ERROR: ("error", "errors"),
    Severity.WARNING: ("warning", "warnings"),
    Severity.INFO: ("info", "info"),
}

_LEAST_CONFIDENCE = 0.005
_SIGNALS = 4  # of a check that are told one by one


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How often a rule spoke: its findings, and the documents they are in."""

    code: str
    name: str
    severity: Severity
    findings: int
    documents: int


def count(number: int, noun: str) -> str:
    """``1 word``, ``2,000 words``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def shown_score(score: float) -> str:
    """A score with one decimal, cut and not rounded: 39.96 is below 40, and must not look as if it were not."""
    return "100" if score >= 100 else f"{math.floor(score * 10) / 10:.1f}"


def severities(findings: Iterable[ReportedFinding]) -> str:
    """``3 errors, 1 warning``: the findings by severity, worst first; empty where there are none."""
    counts = Counter(finding.severity for finding in findings)
    found = [(counts[severity], nouns) for severity, nouns in _NOUNS.items() if counts[severity]]
    return ", ".join(f"{number:,} {nouns[number > 1]}" for number, nouns in found)


def measured(signal: Signal) -> str:
    """What a check measured, in words: ``odd rate 0.1235 of words``."""
    value = signal.value if isinstance(signal.value, str) else f"{signal.value:.4g}"
    return f"{signal.name.replace('_', ' ')} {value}{f' {signal.unit}' if signal.unit else ''}"


def measurements(signals: Sequence[Signal]) -> str:
    """What a check measured, where that is little; else how much it is, since a table is nothing to read."""
    if len(signals) > _SIGNALS:
        return count(len(signals), "measurement")
    return ", ".join(measured(signal) for signal in signals)


def likely(suggestions: Sequence[Suggestion]) -> list[Suggestion]:
    """The suggestions that would not be shown with 0 %; the first where there is no such."""
    return [each for each in suggestions if each.confidence >= _LEAST_CONFIDENCE] or list(suggestions[:1])


def rule_counts(report: CorpusReport) -> list[RuleCount]:
    """The rules that found something, the commonest first."""
    rules: dict[str, ReportedFinding] = {}
    findings, documents = Counter[str](), Counter[str]()
    for document in report.documents:
        rules.update((finding.code, finding) for finding in document.findings)
        codes = [finding.code for finding in document.findings]
        findings.update(codes)
        documents.update(set(codes))
    return [
        RuleCount(code, rules[code].name, rules[code].severity, number, documents[code])
        for code, number in sorted(findings.items(), key=lambda item: (-item[1], item[0]))
    ]


def statistics(report: CorpusReport) -> list[str]:
    """A table of the rules that found something, aligned, with a line of titles; empty where there are none."""
    rows = [("findings", "documents", "severity", "code", "rule")]
    rows += [
        (f"{rule.findings:,}", f"{rule.documents:,}", rule.severity.value, rule.code, rule.name)
        for rule in rule_counts(report)
    ]
    return [f"{a:>8}  {b:>9}  {c:<8}  {d:<6}  {e}".rstrip() for a, b, c, d, e in rows] if len(rows) > 1 else []


def closing(report: CorpusReport) -> str:
    """One sentence about the run: documents, verdicts, findings, errors."""
    if not report.documents:
        return "No document was checked."
    summary = report.summary()
    words = sum(document.words for document in report.documents)
    verdicts = [(verdict, summary[verdict]) for verdict in VERDICTS if summary[verdict]]
    each = verdicts[0][0] if summary["documents"] == 1 else ", ".join(f"{number:,} {name}" for name, number in verdicts)
    findings = [finding for document in report.documents for finding in document.findings]
    found = f"{count(len(findings), 'finding')} ({severities(findings)})" if findings else "nothing found"
    if suppressed := sum(sum(document.suppressed.values()) for document in report.documents):
        found += f"; {suppressed:,} suppressed"
    text = f"{count(summary['documents'], 'document')}, {count(words, 'word')}: {each}; {found}"
    failed = f"; {count(summary['errors'], 'failure')}" if summary["errors"] else ""
    return f"{text}{failed}."


def next_step(report: CorpusReport) -> str:
    """The command that explains the commonest of the worst findings; empty where there are none."""
    counts = rule_counts(report)
    if not counts:
        return ""
    worst = max(counts, key=lambda rule: (rule.severity.rank, rule.findings))
    return f"qualitycheck rule {worst.code}"


def why(report: CorpusReport) -> str:
    """The command that explains the score of the worst document; empty where nothing was found in a file of its own."""
    worst = min(report.documents, key=lambda document: document.score, default=None)
    if worst is None or not worst.findings or not worst.path or worst.id or worst.path.startswith(("<", "-")):
        return ""
    return f"qualitycheck explain {shlex.quote(worst.path)}" if worst.path.isprintable() else ""
