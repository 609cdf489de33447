"""Two verdicts about a whole document: a language model rewrote it; it was translated there and back.

Both are soft evidence. They share a group, so that only the worse counts, at a weight of which half the score is left:
a document is sent to a person to look at and never refused for it alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from typing import ClassVar

from qualitycheck import Check, Document, Evidence, Finding, Rule, Severity, Signal
from qualitycheck_document_detectors.model import load_model
from qualitycheck_document_detectors.phrases import weightiest

_RULES = files(__package__) / "rules"
#: The fewest words that a text can be judged by.
LEAST_WORDS = 100
#: Words and phrases that are named in one document, at most.
MOST_NAMED = 10
# At the least score a text is a little likelier to be a machine's than not; so much more takes away most of the doubt.
_BARELY, _DECISIVE = 0.55, 1.5


class _DocumentCheck(Check):
    """What the two have in common.

    ``code`` is that of the finding about the document, and ``detectors`` are those of the model that it asks, with what
    the finding says where that one is the surest.
    """

    languages = frozenset({"en"})
    min_words = LEAST_WORDS
    weight = 0.5
    group = "document-detectors"
    code: ClassVar[str]
    detectors: ClassVar[Mapping[str, str]]

    def setup(self) -> None:
        """Load the model."""
        load_model()

    def versions(self) -> dict[str, str]:
        """The version of the model."""
        return {"model": str(load_model().manifest["version"])}

    def inspect(self, document: Document) -> Iterable[Finding | Signal]:
        """Weigh the whole document."""
        return next(iter(self.inspect_batch([document])))

    def inspect_batch(self, documents: Sequence[Document]) -> Iterable[Iterable[Finding | Signal]]:
        """Weigh many documents together."""
        margins = load_model().margins(documents)
        return (
            self._account(document, {name: float(margins[name][number]) for name in self.detectors})
            for number, document in enumerate(documents)
        )

    def _account(self, document: Document, margins: Mapping[str, float]) -> Iterator[Finding | Signal]:
        surest = max(margins, key=lambda name: margins[name])
        margin = margins[surest]
        yield Signal("margin", round(margin, 3), "log-odds above the least that is reported")
        if margin >= 0.0:
            confidence = 1.0 - (1.0 - _BARELY) * math.exp(-margin / _DECISIVE)
            yield self.finding(self.code, None, self.detectors[surest], confidence=confidence)
            yield from self.details(document)

    def details(self, document: Document) -> Iterator[Finding]:
        """What else is reported of a document that is found."""
        yield from ()

    def badness(self, evidence: Evidence) -> float:
        """The probability that the finding about the document is right."""
        return 1.0 - math.prod(1.0 - finding.confidence for finding in evidence.of(self.code))


class RewrittenByModel(_DocumentCheck):
    """Text that a language model rewrote or wrote, with the words and phrases that tell it."""

    name = "rewritten-by-model"
    code = "LLM010"
    detectors: ClassVar = {"rewritten-by-model": "this reads as if a language model had rewritten it"}
    rules: ClassVar = [
        Rule(
            "LLM010",
            "rewritten-by-model",
            "The text reads as if a language model had rewritten it.",
            Severity.WARNING,
            _RULES / "LLM010.md",
        ),
        Rule(
            "LLM011",
            "model-phrase",
            "Language models write this much oftener than people.",
            Severity.INFO,
            _RULES / "LLM011.md",
        ),
    ]

    def details(self, document: Document) -> Iterator[Finding]:
        """The words and phrases that weighed most, heaviest first."""
        for start, end, confidence in weightiest(document, self.name, MOST_NAMED):
            message = f"language models write “{document.excerpt(start, end)}” much oftener than people"
            yield self.finding("LLM011", (start, end), message, confidence=confidence)


class RoundTripTranslation(_DocumentCheck):
    """Text that a machine translated into another language and back, or from one."""

    name = "round-trip-translation"
    code = "MTX010"
    detectors: ClassVar = {
        "translated-by-network": "this reads as if a machine had translated it, perhaps there and back",
        "translated-by-rules": "this reads as if a translator that works by rules had made it, perhaps there and back",
    }
    rules: ClassVar = [
        Rule(
            "MTX010",
            "round-trip-translation",
            "The text reads as if a machine had translated it there and back.",
            Severity.WARNING,
            _RULES / "MTX010.md",
        ),
    ]
