"""The Model Residue check: what comes out of a language model beside the text that was asked for."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import ClassVar

from qualitycheck import Check, Document, Evidence, Finding, Fix, Rule, Severity
from qualitycheck_model_residue.context import is_about_models
from qualitycheck_model_residue.leftovers import leftovers
from qualitycheck_model_residue.residue import Residue
from qualitycheck_model_residue.sayings import sayings
from qualitycheck_model_residue.slots import slots

_RULES = files(__package__) / "rules"

# For each rule what one finding costs in a text of up to _PAGE words; nobody publishes on purpose what shows that
# nobody read it, so one is nearly enough.
_COSTS = {"LLM001": 0.6, "LLM002": 0.5}
_PAGE = 1500


class ModelResidue(Check):
    """Words of an assistant to its user, marks of its page, and slots that it left open."""

    name = "model-residue"
    weight = 0.5
    rules: ClassVar = [
        Rule(
            "LLM001",
            "assistant-residue",
            "Something that a language model or its page left in the text.",
            Severity.ERROR,
            _RULES / "LLM001.md",
            Fix.UNSAFE,
        ),
        Rule(
            "LLM002",
            "unfilled-slot",
            "A slot in square brackets that nobody filled.",
            Severity.ERROR,
            _RULES / "LLM002.md",
        ),
    ]

    def inspect(self, document: Document) -> Iterator[Finding]:
        """Yield the findings of both rules; what people write too counts only beside what they do not."""
        said, left = _unquoted(document, sayings(document)), _unquoted(document, leftovers(document))
        if any(each.about for each in said + left) and is_about_models(document, said, left):
            said, left = ([each for each in group if not each.about] for group in (said, left))
        open_slots = _unquoted(document, slots(document))
        strong = any(not each.weak for each in said + left + open_slots)
        for code, group in (("LLM001", said + left), ("LLM002", open_slots)):
            for each in _apart(group):
                if strong or not each.weak:
                    suggestions = [""] if each.alone else []
                    yield self.finding(code, (each.start, each.end), each.what, suggestions, each.confidence)

    def badness(self, evidence: Evidence) -> float:
        """Each finding is a cause of its own, worth less in a long text."""
        share = min(1.0, _PAGE / max(1, evidence.words))
        return 1.0 - math.prod(1.0 - _COSTS[each.code] * each.confidence * share for each in evidence.findings)


def _unquoted(document: Document, found: Iterable[Residue]) -> list[Residue]:
    """Those that do not start within a quotation."""
    return [each for each in found if not document.in_quotation(each.start, each.start + 1)]


def _apart(found: Iterable[Residue]) -> Iterator[Residue]:
    """The longest of those that overlap, in order of place."""
    last = 0
    for each in sorted(found, key=lambda each: (each.start, -each.end)):
        if each.start >= last:
            yield each
            last = each.end
