"""The Model Residue check: what comes out of a language model beside the text that was asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from typing import ClassVar

from qualitycheck import Check, Document, Evidence, Finding, Fix, Rule, Severity
from qualitycheck.phrases import TokenRow
from qualitycheck_model_residue.context import is_about_models
from qualitycheck_model_residue.leftovers import leftovers
from qualitycheck_model_residue.residue import Residue
from qualitycheck_model_residue.sayings import anchors, sayings
from qualitycheck_model_residue.slots import slots

_RULES = files(__package__) / "rules"

# For each rule what one finding costs in a text of up to so many words; nobody publishes on purpose what shows that
# nobody read it, so one is nearly enough.
_COSTS = {"LLM001": (0.6, 1500), "LLM002": (0.5, 1500)}


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

    def inspect_batch(self, documents: Sequence[Document]) -> Iterable[Iterable[Finding]]:
        """Yield the findings of both rules for each document; one look at all of them tells where to look."""
        row = TokenRow([document.tokens for document in documents])
        return map(self._judge, documents, anchors(row))

    def _judge(self, document: Document, anchored: Sequence[tuple[int, int]]) -> Iterator[Finding]:
        """What people write too counts only beside what they do not."""
        said, left = _unquoted(document, sayings(document, anchored)), _unquoted(document, leftovers(document))
        if any(each.about for each in said + left) and is_about_models(document, said, left):
            said, left = ([each for each in group if not each.about] for group in (said, left))
        open_slots = _unquoted(document, slots(document)) if "[" in document.marks else []
        strong = any(not each.weak for each in said + left + open_slots)
        for code, group in (("LLM001", said + left), ("LLM002", open_slots)):
            for each in _apart(group):
                if strong or not each.weak:
                    suggestions = [""] if each.alone else []
                    yield self.finding(code, (each.start, each.end), each.what, suggestions, each.confidence)

    def badness(self, evidence: Evidence) -> float:
        """Each finding is a cause of its own, worth less in a long text."""
        return evidence.thinned(_COSTS)


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
