"""How often rules object to text that is known to be good."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from qualitycheck.document import Document
from qualitycheck.report import DocumentReport
from qualitycheck.reporters.summary import count
from qualitycheck.runner import Runner
from qualitycheck.testing.intervals import rate_interval

_AROUND = 60  # code points shown either side of an example


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate with its interval of 95 %."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{_short(self.value)} ({_short(self.low)} to {_short(self.high)})"


@dataclass(slots=True)
class RuleMeasurement:
    """What one rule found: ``findings`` in all, in ``documents`` documents, and ``examples`` picked at random.

    ``seen`` and ``words`` are the documents that its check looked at and the words in them: it skips those in other
    languages or too short for it, and crashes tell nothing.
    """

    code: str
    name: str
    seen: int = 0
    words: int = 0
    findings: int = 0
    documents: int = 0
    squares: int = 0
    most: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, count: int) -> None:
        """Count one more document with findings."""
        self.findings += count
        self.documents += 1
        self.squares += count**2
        self.most = max(self.most, count)

    def rate(self, size: float) -> Rate:
        """Findings for each unit, of which ``size`` were looked at."""
        low, high = rate_interval(self.findings, self.squares, self.most)
        return Rate(self.findings / size, low / size, high / size) if size else Rate(0.0, 0.0, float("inf"))


@dataclass(slots=True)
class Measurement:
    """What rules found in documents: how many documents and words, the rules by code, and what crashed."""

    documents: int = 0
    words: int = 0
    skipped: int = 0
    rules: dict[str, RuleMeasurement] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def per_thousand(self, code: str) -> Rate:
        """Findings of a rule for each 1,000 documents that its check looked at."""
        return self.rules[code].rate(self.rules[code].seen / 1000)

    def per_million_words(self, code: str) -> Rate:
        """Findings of a rule for each million words of these."""
        return self.rules[code].rate(self.rules[code].words / 1e6)


def measure(runner: Runner, documents: Iterable[Document], *, examples: int = 5, seed: int = 1) -> Measurement:
    """Count what the rules that ``runner`` selects find in ``documents``.

    ``examples`` are kept for each rule, picked evenly over all of its findings; the same ``seed`` picks the same. A
    document that all selected checks skip (its language, its length) counts as ``skipped`` and nowhere else.
    """
    rules = {code: RuleMeasurement(code, runner.rules[code].name) for code in sorted(runner.selected)}
    brought = {
        check.name: [rules[rule.code] for rule in check.rules if rule.code in rules] for check in runner.plugins.checks
    }
    result = Measurement(rules=rules)
    chance = random.Random(seed)
    for document, report in runner.run(documents):
        result.errors += report.errors
        if report.checks and all(check.status == "skipped" for check in report.checks.values()):
            result.skipped += 1
            continue
        result.documents += 1
        result.words += report.words
        for name, check in report.checks.items():
            if check.status == "ok":
                for rule in brought[name]:
                    rule.seen += 1
                    rule.words += report.words
        for code, shown in _by_rule(document, report).items():
            rule = rules[code]
            for place, text in enumerate(shown, start=rule.findings + 1):
                _keep(rule.examples, text, place, examples, chance)
            rule.add(len(shown))
    return result


def _keep(kept: list[str], text: str, place: int, most: int, chance: random.Random) -> None:
    """Reservoir sampling: each finding has the same chance of being among the examples, however many come."""
    if len(kept) < most:
        kept.append(text)
    elif most and (slot := chance.randrange(place)) < most:
        kept[slot] = text


def _by_rule(document: Document, report: DocumentReport) -> dict[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for finding in report.findings:
        where = report.path or "the text"
        if report.id is not None:
            where += f":{report.id}"
        if finding.start is None or finding.end is None:
            text = f"{where}: the whole document"
        else:
            around = document.text[max(0, finding.start - _AROUND) : finding.start]
            after = document.text[finding.end : finding.end + _AROUND]
            text = (
                f"{where}:{finding.line}:{finding.column}: {_flat(around)}[{_flat(finding.text or '')}]{_flat(after)}"
            )
        found.setdefault(finding.code, []).append(text)
    return dict(found)


def _flat(text: str) -> str:
    return "".join(" " if each.isspace() else each for each in text)


def _short(value: float) -> str:
    if value == float("inf"):
        return "unknown"
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 1 else f"{value:.2g}"


def lines(result: Measurement) -> Iterator[str]:
    """The measurement as lines of text."""
    yield f"{count(result.documents, 'document')} with {result.words:,} words; {result.skipped:,} more fit no check"
    for code, rule in result.rules.items():
        yield ""
        found = f"{count(rule.findings, 'finding')} in {rule.documents:,} of {count(rule.seen, 'document')}"
        yield f"{code} {rule.name}: {found}"
        yield f"  per 1,000 documents: {result.per_thousand(code)}"
        yield f"  per million words: {result.per_million_words(code)}"
        yield from (f"    {example}" for example in rule.examples)
