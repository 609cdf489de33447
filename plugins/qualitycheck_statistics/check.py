"""The Statistics check: what corpus filters measure, as signals, and as findings where a limit is passed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from typing import ClassVar

import numpy as np

from qualitycheck import Check, Document, Evidence, Explanation, Finding, Rule, Severity, Signal
from qualitycheck_statistics.limits import Limit, broken
from qualitycheck_statistics.measure import measure
from qualitycheck_statistics.options import StatisticsOptions
from qualitycheck_statistics.signals import UNITS, signals

_RULES = files(__package__) / "rules"

#: The badness of a breach. Most are found in good text too, so one alone leaves it accepted and two are a case for
#: review; what no prose does is one alone.
_COST = {"STA002": 0.5, "STA006": 0.45, "STA007": 0.4, "STA013": 0.5}
_USUAL_COST = 0.2

#: Rules that know only English, and languages without the marks that end a sentence.
_ENGLISH = {"STA002", "STA007"}
_WITHOUT_MARKS = {"th", "lo", "km", "my"}


def _rule(code: str, name: str, message: str) -> Rule:
    return Rule(code, name, message, Severity.WARNING, _RULES / f"{code}.md")


class Statistics(Check):
    """Measures what Gopher, C4, FineWeb and RedPajama measure, and reports what lies far outside of any prose."""

    name = "statistics"
    weight = 0.8
    options: StatisticsOptions = StatisticsOptions()
    rules: ClassVar = [
        _rule("STA001", "text-length", "The text has too few or too many words."),
        _rule("STA002", "word-length", "The words are too short or too long on average."),
        _rule("STA003", "symbol-ratio", "The text has too many hash signs or ellipses."),
        _rule("STA004", "bullet-lines", "Nearly every line is an item of a list."),
        _rule("STA005", "ellipsis-lines", "Too many lines break off with an ellipsis."),
        _rule("STA006", "alphabetic-words", "Too few words have a letter."),
        _rule("STA007", "stop-words", "The text lacks the words that every English text has."),
        _rule("STA008", "unfinished-lines", "Hardly any line ends as a sentence does."),
        _rule("STA009", "short-lines", "Nearly every line is short."),
        _rule("STA010", "newline-ratio", "The text has too many lines for its words."),
        _rule("STA011", "overlong-word", "Too many characters without a space."),
        _rule("STA012", "sentence-count", "The text has too few sentences."),
        _rule("STA013", "low-entropy", "The text says too few different words."),
        _rule("STA014", "punctuation-ratio", "Too much of the text is marks."),
        _rule("STA015", "capital-words", "Too many words are all capitals."),
        _rule("STA016", "curly-brackets", "Too much of the text is curly brackets."),
        _rule("STA017", "long-line-count", "The text has too few long paragraphs."),
    ]

    def inspect_batch(self, documents: Sequence[Document]) -> Iterator[Iterable[Finding | Signal]]:
        """Measure all documents at once; yield the signals of each, and a finding for each limit that it passes."""
        amounts = measure(documents)
        yielded: list[list[Finding | Signal]] = [[] for _ in documents]
        if amounts:
            values = signals(amounts)
            rows = zip(*(column.tolist() for column in values.values()), strict=True)
            units = [UNITS.get(name, "") for name in values]
            for document, found, row in zip(documents, yielded, rows, strict=True):
                if len(document.tokens):
                    found += map(Signal, values, row, units)
            for limit, number, value in broken({**amounts, **values}, self.options):
                if _knows(limit.code, documents[number]):
                    yielded[number] += self._findings(limit, documents[number], value)
        yield from yielded

    def _findings(self, limit: Limit, document: Document, value: float) -> Iterator[Finding]:
        message = limit.message(value, self.options)
        if limit.code != "STA011":
            yield self.finding(limit.code, None, message, confidence=0.9)
            return
        for start, end in _long_words(document, self.options.max_word_length):
            yield self.finding(limit.code, (start, end), limit.message(end - start, self.options), confidence=0.9)

    def explain(self, document: Document, finding: Finding | None = None) -> Explanation:
        """Values beside their limits and what is usual."""
        from qualitycheck_statistics.explanation import explain_document, explain_rule

        if finding is None:
            return explain_document(document)
        return explain_rule(finding.code, document, self.options, _COST.get(finding.code, _USUAL_COST))

    def badness(self, evidence: Evidence) -> float:
        """Each rule that speaks is a reason of its own, however often it does."""
        kept = 1.0
        for code in {finding.code for finding in evidence.findings}:
            kept *= 1.0 - _COST.get(code, _USUAL_COST)
        return 1.0 - kept


def _knows(code: str, document: Document) -> bool:
    """Whether a rule can say anything about a text in the document's language."""
    if code in _ENGLISH:
        return document.language == "en"
    return code != "STA008" or document.language not in _WITHOUT_MARKS


def _long_words(document: Document, most: int) -> Iterator[tuple[int, int]]:
    """The stretches of more than ``most`` code points without white space."""
    tokens = document.tokens
    chunk = np.flatnonzero(np.append(True, tokens.start[1:] > tokens.end[:-1]))
    start, end = tokens.start[chunk], tokens.end[np.append(chunk[1:], len(tokens)) - 1]
    long = np.flatnonzero(end - start > most)
    yield from zip(start[long].tolist(), end[long].tolist(), strict=True)
