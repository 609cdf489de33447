"""The Machine Translation check: what is left behind where a text was put into other words or another language."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from typing import ClassVar, NamedTuple

from qualitycheck import Check, Document, Evidence, Finding, Fix, Rule, Severity
from qualitycheck.batch import prepare_passages
from qualitycheck.phrases import TokenRow
from qualitycheck_machine_translation.articles import Article, articles, wrong_articles
from qualitycheck_machine_translation.doubled import Repeats, doubled_words, repeats
from qualitycheck_machine_translation.notes import hints, translation_notes
from qualitycheck_machine_translation.spacing import marks_apart, spaced_marks
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

    def inspect_batch(self, documents: Sequence[Document]) -> Iterator[Iterable[Finding]]:
        """Yield the findings of all five rules for each document; one look at all of them tells where to look."""
        prepare_passages(documents)
        row = TokenRow([document.tokens for document in documents])
        return map(self._judge, documents, hints(row), articles(row, documents), repeats(row), marks_apart(row))

    def _judge(
        self,
        document: Document,
        noted: Sequence[int],
        before_words: Sequence[Article],
        repeated: Repeats,
        apart: Sequence[int],
    ) -> Iterator[Finding]:
        for note in translation_notes(document, noted):
            message = f"{note.what}, which is no part of the text"
            yield self.finding("MTX003", (note.start, note.end), message, confidence=note.confidence)
        for segment in untranslated_segments(document):
            message = f"left in another language ({segment.language})"
            yield self.finding("MTX004", (segment.start, segment.end), message, confidence=0.85)
        if document.language != "en":
            return
        for each in wrong_articles(document, before_words):
            shown = document.excerpt(each.start, each.end)
            message = f"“{shown}” should be “{each.suggestion}”"
            yield self.finding("MTX001", (each.start, each.end), message, [each.suggestion], each.confidence)
        for doubled in doubled_words(document, repeated):
            message = f"“{doubled.words}” stands twice"
            yield self.finding("MTX002", (doubled.start, doubled.end), message, [doubled.words], 0.97)
        for mark in spaced_marks(document, apart):
            message = f"white space before “{mark.mark}”"
            yield self.finding("MTX005", (mark.start, mark.end), message, [mark.mark], 0.9)

    def badness(self, evidence: Evidence) -> float:
        """Each rule's findings count by their number to the page, up to what the rule can add; see ``_COSTS``."""
        kept = 1.0
        for code, cost in _COSTS.items():
            found = math.fsum(finding.confidence for finding in evidence.of(code))
            load = cost.one * found * min(1.0, cost.page / max(1, evidence.words))
            kept *= 1.0 + cost.most * math.expm1(-load / cost.most)
        return 1.0 - kept
