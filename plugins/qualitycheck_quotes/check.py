"""Quotation marks and apostrophes that are not what they should be."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import ClassVar

from qualitycheck import Check, Document, Evidence, Explanation, Finding, Fix, Rule, Severity
from qualitycheck_quotes.apostrophes import MARKS, wrong_apostrophes
from qualitycheck_quotes.pairs import CLOSES, OPENS, SIGNS, loose_marks, marks
from qualitycheck_quotes.styles import mixture

_RULES = files(__package__) / "rules"

#: For each rule: what one finding costs in a short text, and the length in words up to which a text is short.
_COST = {"QUO001": (0.25, 600), "QUO002": (0.15, 600)}

_LOOSE = {OPENS: "this quotation is never closed", CLOSES: "this closes no quotation"}


class Quotes(Check):
    """Finds wrong apostrophes, quotation marks without a partner, and styles of quotation marks that are mixed."""

    name = "quotes"
    weight = 0.1
    rules: ClassVar = [
        Rule(
            "QUO001",
            "wrong-apostrophe",
            "Another mark stands where an apostrophe should.",
            Severity.WARNING,
            _RULES / "QUO001.md",
            Fix.SAFE,
        ),
        Rule(
            "QUO002",
            "unbalanced-quote",
            "A quotation mark without its partner.",
            Severity.WARNING,
            _RULES / "QUO002.md",
        ),
        Rule(
            "QUO003",
            "mixed-quote-styles",
            "Quotation marks of more than one style in one text.",
            Severity.INFO,
            _RULES / "QUO003.md",
        ),
    ]

    def inspect(self, document: Document) -> Iterator[Finding]:
        """Yield the findings of all three rules."""
        text, signs = document.prose, frozenset(document.marks)
        for each in wrong_apostrophes(text) if not signs.isdisjoint(MARKS) else ():
            message = f"“{each.word}” has “{text[each.place]}” where an apostrophe should be"
            yield self.finding("QUO001", _mark(each.place), message, ["’"], each.confidence)
        quoting = list(marks(text)) if not signs.isdisjoint(SIGNS) else []
        # The partner of a mark in a sentence may stand in the sentence before it or after it.
        for mark in loose_marks(text, quoting) if quoting and not document.fragment else ():
            yield self.finding("QUO002", _mark(mark.place), _LOOSE.get(mark.way, ""), confidence=0.8)
        mixed = mixture(text, quoting) if not signs.isdisjoint("“”«") else None
        if mixed is not None:
            yield self.finding("QUO003", _mark(mixed.place), mixed.message, confidence=0.9)

    def explain(self, document: Document, finding: Finding | None = None) -> Explanation:
        """What a finding adds to the badness, and why it is so much."""
        return Explanation.thinned(_COST, finding, document.words)

    def badness(self, evidence: Evidence) -> float:
        """Each finding is a cause of its own, worth less the longer the text; see ``_COST``."""
        return evidence.thinned(_COST)


def _mark(place: int) -> tuple[int, int]:
    """The span of one mark; where the file has it as an entity (``&lsquo;``), the core takes the whole of it."""
    return place, place + 1
