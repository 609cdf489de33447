"""The Datatrove check: whether datatrove's filters would drop a document, and all their reasons."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import ClassVar

from qualitycheck import Check, Document, Evidence, Explanation, Finding, Rule, Severity
from qualitycheck_datatrove.filters import FILTERS, reasons
from qualitycheck_datatrove.options import DatatroveOptions

_RULES = files(__package__) / "rules"


def _rule(code: str, name: str, message: str) -> Rule:
    return Rule(code, name, message, Severity.ERROR, _RULES / f"{code}.md")


class Datatrove(Check):
    """Gives the verdicts of datatrove 0.10's filters on the text as the file holds it."""

    name = "datatrove"
    weight = 0.99
    opt_in = True
    options: DatatroveOptions = DatatroveOptions()
    rules: ClassVar = [
        _rule("DTV001", "datatrove-gopher-quality", "datatrove's GopherQualityFilter drops this text."),
        _rule("DTV002", "datatrove-gopher-repetition", "datatrove's GopherRepetitionFilter drops this text."),
        _rule("DTV003", "datatrove-c4-quality", "datatrove's C4QualityFilter drops this text."),
        _rule("DTV004", "datatrove-fineweb-quality", "datatrove's FineWebQualityFilter drops this text."),
    ]

    def inspect(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each reason."""
        for name, reason in reasons(document.text, self.options):
            measured = f": {reason.value:.4g}, where {reason.limit:.4g} is the limit" if reason.limit else ""
            yield self.finding(FILTERS[name], None, f"{reason.name}{measured}")

    def explain(self, document: Document, finding: Finding | None = None) -> Explanation:
        """What the filters measured beside their limits and what is usual."""
        from qualitycheck_datatrove.explanation import explain_reasons

        return explain_reasons(finding.code if finding else None, document, self.options)

    def badness(self, evidence: Evidence) -> float:
        """Datatrove keeps or drops."""
        return 1.0
