"""The Machine Translation check: what is left behind where a text was put into other words or another language."""

from __future__ import annotations

import math
from collections.abc import Iterator
from importlib.resources import files
from typing import ClassVar, NamedTuple

from qualitycheck import Check, Document, Evidence, Finding, Fix, Rule, Severity
from qualitycheck_machine_translation.articles import wrong_articles
from qualitycheck_machine_translation.doubled import doubled_words
from qualitycheck_machine_translation.notes import translation_notes
from qualitycheck_machine_translation.spacing import spaced_marks
from qualitycheck_machine_translation.untranslated import untranslated_segments

_RULES = files(__package__) / "rules"


class _Cost(NamedTuple):
    """What one finding costs in a text of up to ``page`` words, and the most that a rule can add to the badness."""

    one: float
    most: float
    page: int


_COSTS = {
    "MTX001": _Cost(0.12, 0.7, 300),
    "MTX002": _Cost(0.1, 0.6, 300),
    "MTX003": _Cost(0.2, 0.6, 1000),
    "MTX004": _Cost(0.3, 0.8, 500),
    "MTX005": _Cost(0.03, 0.3, 300),
}


def _rule(code: str, name: str, message: str, fix: Fix = Fix.NONE) -> Rule:
    return Rule(code, name, message, Severity.WARNING, _RULES / f"{code}.md", fix)


class MachineTranslation(Check):
    """Articles that do not fit, doubled words, translators' notes, untranslated sentences, spaces before punctuation.

    The notes are found in any text, the sentences in the languages whose function words the core lists, and the rest
    in English.
    """

    name = "machine-translation"
    weight = 0.5
    rules: ClassVar = [
        _rule("MTX001", "article-mismatch", "The article does not fit the next word.", Fix.UNSAFE),
        _rule("MTX002", "doubled-word", "A word stands twice.", Fix.SAFE),
        _rule("MTX003", "translation-note", "A note or credit that a translator left."),
        _rule("MTX004", "untranslated-segment", "A sentence in another language than the rest."),
        _rule("MTX005", "spacing-before-punctuation", "White space before a punctuation mark.", Fix.SAFE),
    ]

    def inspect(self, document: Document) -> Iterator[Finding]:
        """Yield the findings of all five rules."""
        for note in translation_notes(document):
            message = f"{note.what}, which is no part of the text"
            yield self.finding("MTX003", (note.start, note.end), message, confidence=note.confidence)
        for segment in untranslated_segments(document):
            message = f"left in another language ({segment.language})"
            yield self.finding("MTX004", (segment.start, segment.end), message, confidence=0.85)
        if document.language == "en":
            yield from self._english(document)

    def _english(self, document: Document) -> Iterator[Finding]:
        for each in wrong_articles(document):
            shown = document.excerpt(each.start, each.end)
            message = f"“{shown}” should be “{each.suggestion}”"
            yield self.finding("MTX001", (each.start, each.end), message, [each.suggestion], each.confidence)
        for doubled in doubled_words(document):
            message = f"“{doubled.words}” stands twice"
            yield self.finding("MTX002", (doubled.start, doubled.end), message, [doubled.words], 0.97)
        for spaced in spaced_marks(document):
            message = f"white space before “{spaced.mark}”"
            yield self.finding("MTX005", (spaced.start, spaced.end), message, [spaced.mark], 0.9)

    def badness(self, evidence: Evidence) -> float:
        """Each rule's findings count by their number to the page, up to what the rule can add; see ``_COSTS``."""
        kept = 1.0
        for code, cost in _COSTS.items():
            found = math.fsum(finding.confidence for finding in evidence.of(code))
            load = cost.one * found * min(1.0, cost.page / max(1, evidence.words))
            kept *= 1.0 + cost.most * math.expm1(-load / cost.most)
        return 1.0 - kept
