"""Measures how varied the words of a document are, and objects where they hardly are."""

from importlib.resources import files

from qualitycheck import Check, Rule, Signal
from qualitycheck.tokens import WORD
from qualitycheck_lexical_variety.variety import moving_variety

WINDOW = 100
#: A share of different words in 100 below this is rarer than one in 10,000 documents written by people.
LEAST = 0.4


class LexicalVariety(Check):
    """One number about a document: a signal in every report, and a finding where it is too low."""

    rules = (
        Rule(
            "LEX001",
            "few-different-words",
            "The document repeats few words.",
            documentation=files(__package__) / "rules" / "LEX001.md",
        ),
    )
    languages = frozenset({"en"})
    min_words = 200
    whole_documents = True

    def inspect(self, document):
        """Yield the signal, and a finding about the whole document where it is low."""
        tokens = document.tokens
        words = tokens.key[tokens.kind == WORD]
        if len(words) < self.min_words:
            return  # most of its words are numbers
        variety = moving_variety(words, WINDOW)
        yield Signal("variety", variety, "share of different words in 100")
        if variety < LEAST:
            message = f"only {variety * 100:.0f} of 100 words in a row are different"
            # The nearer it is to the threshold, the less sure.
            yield self.finding("LEX001", message=message, confidence=min(1.0, 0.5 + 2 * (LEAST - variety)))

    def badness(self, evidence):
        """From one half at the threshold to one."""
        return max(finding.confidence for finding in evidence.findings)
