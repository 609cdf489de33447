"""Braces and brackets that should not have reached a reader."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import ClassVar, NamedTuple

from qualitycheck import Check, Document, Evidence, Explanation, Finding, Fix, Rule, Severity
from qualitycheck_braces.balance import all_paired, loose_brackets
from qualitycheck_braces.context import SAMPLE, blanked, is_technical
from qualitycheck_braces.groups import brace_groups
from qualitycheck_braces.placeholders import placeholders
from qualitycheck_braces.spintax import resolved, split_spintax
from qualitycheck_braces.stray import stray_phrases

_RULES = files(__package__) / "rules"

#: For each rule: what one finding costs in a short text, and the length in words up to which a text is short.
_COST = {"BRC001": (0.65, 2000), "BRC002": (0.35, 1200), "BRC004": (0.45, 1000)}


class Braces(Check):
    """Finds what spinners and templates leave in braces, and brackets without a partner."""

    name = "braces"
    weight = 0.8
    rules: ClassVar = [
        Rule(
            "BRC001",
            "unresolved-spintax",
            "Alternatives in braces that a spinner should have chosen from.",
            Severity.ERROR,
            _RULES / "BRC001.md",
            Fix.SAFE,
        ),
        Rule(
            "BRC002",
            "stray-brace",
            "Words in braces that a spinner left behind.",
            Severity.ERROR,
            _RULES / "BRC002.md",
            Fix.SAFE,
        ),
        Rule(
            "BRC003",
            "unbalanced-bracket",
            "A bracket without its partner.",
            Severity.INFO,
            _RULES / "BRC003.md",
        ),
        Rule(
            "BRC004",
            "template-placeholder",
            "A slot of a template that was never filled.",
            Severity.ERROR,
            _RULES / "BRC004.md",
        ),
    ]

    def inspect(self, document: Document) -> Iterator[Finding]:
        """Yield the findings of all four rules; where two see the same place the narrower one reports it."""
        found = sorted(_damage(document))
        if not found:
            return
        context = blanked(document.prose, [each.span for each in found])
        technical: dict[int, bool] = {}
        for each in found:
            part = each.span[0] // SAMPLE
            if part not in technical:
                technical[part] = is_technical(context, each.span[0])
            if not technical[part]:
                yield self.finding(each.code, each.span, "", each.suggestions, each.confidence)

    def explain(self, document: Document, finding: Finding | None = None) -> Explanation:
        """What a finding adds to the badness, and why it is so much."""
        return Explanation.thinned(_COST, finding, document.words)

    def badness(self, evidence: Evidence) -> float:
        """Each finding is a cause of its own, worth less the longer the text; see ``_COST``."""
        return evidence.thinned(_COST)


class _Damage(NamedTuple):
    """What will be a finding if the text turns out not to be about code."""

    span: tuple[int, int]
    code: str
    confidence: float
    suggestions: tuple[str, ...] = ()


def _damage(document: Document) -> Iterator[_Damage]:
    """All damage of a document, the narrower rule first where two could see the same place."""
    text = document.prose
    slots = list(placeholders(document))
    yield from (_Damage((start, end), "BRC004", confidence) for start, end, confidence in slots)
    covered = [(start, end) for start, end, _ in slots]
    braced = brace_groups(text) if "{" in document.marks else []
    groups = [group for group in braced if not _overlaps(group.span, covered)]
    spintax, others = split_spintax(text, groups)
    for group in spintax:
        yield _Damage(group.span, "BRC001", 0.95, (resolved(text[group.start : group.end]),))
    strays = stray_phrases(document, others)
    for stray in strays:
        yield _Damage(stray.span, "BRC002", stray.confidence, (stray.phrase,))
    covered = sorted(covered + [group.span for group in spintax] + [stray.span for stray in strays])
    for place in [] if all_paired(document.marks) else loose_brackets(text):
        if not _overlaps((place, place + 1), covered):
            yield _Damage((place, place + 1), "BRC003", 0.9)


def _overlaps(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    """Whether a span shares a code point with one of ``others``, which are sorted and apart from each other."""
    index = bisect.bisect_right(others, span)
    return (index > 0 and others[index - 1][1] > span[0]) or (index < len(others) and others[index][0] < span[1])
