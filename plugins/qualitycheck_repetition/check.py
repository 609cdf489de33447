"""The Repetition check: text that says the same again and again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from itertools import repeat
from typing import ClassVar

import numpy as np

from qualitycheck import Check, Document, Evidence, Explanation, Finding, Rule, Severity, Signal
from qualitycheck_repetition.measure import Measures
from qualitycheck_repetition.options import RepetitionOptions
from qualitycheck_repetition.places import Repeat

_RULES = files(__package__) / "rules"

#: Which rule speaks first where two find the same words: the loop, the copied paragraph before its lines, the longer.
_ORDER = ("REP005", "REP002", "REP001", "REP004", "REP003")

#: The badness at a limit, which is a case for review; from there it rises with the share to 1.
_LEAST = 0.35
#: What a loop is worth, and the share of the text at which it is: a chorus in a book is none.
_LOOP, _LOOP_SHARE = 0.6, 0.05


def _rule(code: str, name: str, message: str, severity: Severity = Severity.WARNING) -> Rule:
    return Rule(code, name, message, severity, _RULES / f"{code}.md")


class Repetition(Check):
    """Finds repeated lines and paragraphs, phrases that are too common, repeated passages, and loops."""

    name = "repetition"
    weight = 0.8
    options: RepetitionOptions = RepetitionOptions()
    rules: ClassVar = [
        _rule("REP001", "repeated-line", "A line stands in the text more than once."),
        _rule("REP002", "repeated-paragraph", "A paragraph stands in the text more than once."),
        _rule("REP003", "repeated-phrase", "A phrase makes up much of the text."),
        _rule("REP004", "repeated-passage", "A passage stands in the text more than once."),
        _rule("REP005", "looping-text", "The same words stand many times in a row.", Severity.ERROR),
    ]

    def inspect_batch(self, documents: Sequence[Document]) -> Iterator[Iterable[Finding | Signal]]:
        """Measure all documents at once; yield the shares of each as signals, and what is repeated over a limit."""
        measures = Measures(documents, self.options)
        shares = measures.shares()
        rows = zip(*(column.tolist() for column in shares.values()), strict=True) if shares else repeat(())
        for number, (document, row) in enumerate(zip(documents, rows, strict=False)):
            repeats = measures.repeats.get(number, [])
            measured = repeats or document.words >= self.options.min_words
            signals = list(map(Signal, shares, row)) if measured else []
            yield [*signals, *self._findings(document, repeats)] if repeats else signals

    def _findings(self, document: Document, repeats: list[Repeat]) -> Iterator[Finding]:
        """A finding for each repeat none of whose text another has."""
        taken = np.zeros(len(document) + 1, bool)
        for each in sorted(repeats, key=lambda each: (_ORDER.index(each.code), each.start, -each.end)):
            span = slice(each.start, each.end)
            if not taken[span].any():
                taken[span] = True
                yield self.finding(each.code, (each.start, each.end), _message(document, each), confidence=0.9)

    def explain(self, document: Document, finding: Finding | None = None) -> Explanation:
        """The shares of repeated text beside their limits and what is usual."""
        from qualitycheck_repetition.explanation import explain_document, explain_rule

        if finding is None:
            return explain_document(document, self.options)
        return explain_rule(finding.code, document, self.options)

    def badness(self, evidence: Evidence) -> float:
        """The worst of the rules' reasons: they measure the same text, so they do not add up."""
        shares = {signal.name: float(signal.value) for signal in evidence.signals}
        return max(self._badness(code, shares) for code in {finding.code for finding in evidence.findings})

    def _badness(self, code: str, shares: Mapping[str, float]) -> float:
        if code == "REP005":
            share = shares.get("looping_character_fraction", 1.0)
            return _LOOP * min(1.0, share / _LOOP_SHARE) + (1.0 - _LOOP) * share
        limits = self.options.limits(code)
        over = [(shares.get(name, 0.0) - limit) / (1.0 - limit) for name, limit in limits.items() if limit < 1.0]
        return _LEAST + (1.0 - _LEAST) * min(1.0, max([0.0, *over]))


def _message(document: Document, repeat: Repeat) -> str:
    if repeat.code == "REP005":
        words = "one word" if repeat.words == 1 else f"{repeat.words} words"
        return f"{words} {repeat.copies} times in a row"
    line = document.position(repeat.first)[0]
    if repeat.code == "REP003":
        return f"one of {repeat.copies:,} copies of these {repeat.words} words, which are much of the text"
    what = {"REP001": "this line", "REP002": "this paragraph", "REP004": f"a passage of {repeat.words} words"}
    return f"{what[repeat.code]} stands in line {line:,} already"
