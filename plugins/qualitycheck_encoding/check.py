"""The Encoding check: characters that are not those which the author wrote."""

from __future__ import annotations

import bisect
import math
from collections.abc import Iterator
from importlib.resources import files

from qualitycheck import Check, Document, Evidence, Finding, Fix, Rule, Severity, Suggestion
from qualitycheck_encoding import invisible, lost, mixed_script, mojibake, remnants
from qualitycheck_encoding.scan import Rare, View, scan

_RULES = files(__package__) / "rules"

# For each rule: what one finding weighs, and the most that the rule can add to the badness. Invisible characters are
# a nuisance that a program can remove; lost and garbled text is a reason to refuse a document.
_COSTS = {
    "ENC001": (1.0, 0.97),
    "ENC002": (1.0, 0.95),
    "ENC003": (0.4, 0.45),
    "ENC004": (0.7, 0.9),
    "ENC005": (0.4, 0.7),
    "ENC006": (3.0, 0.9),
}
_PAGE = 200  # words; damage is weighed against one page plus the pages of the document
_STEEPNESS = 0.5
_LOST = "\ufffd"

# What was lost is guessed; a mixed word may be a symbol; a tag may say what the text without it does not (10² is not
# 102); and what an override turns round can hardly be read without it.
_FIXES = {
    "ENC001": Fix.SAFE,
    "ENC002": Fix.UNSAFE,
    "ENC003": Fix.SAFE,
    "ENC004": Fix.UNSAFE,
    "ENC005": Fix.UNSAFE,
    "ENC006": Fix.UNSAFE,
}

#: Code, start and end in the view, message, suggestions, confidence.
_Found = tuple[str, int, int, str, list[Suggestion], float]


def _rule(code: str, name: str, message: str, severity: Severity) -> Rule:
    return Rule(code, name, message, severity, _RULES / f"{code}.md", _FIXES[code])


class Encoding(Check):
    """Mojibake, lost and invisible characters, look-alike letters and the remnants of HTML."""

    rules = (
        _rule("ENC001", "mojibake", "Text was decoded with the wrong encoding.", Severity.ERROR),
        _rule("ENC002", "replacement-character", "A character was lost on the way.", Severity.ERROR),
        _rule("ENC003", "invisible-character", "A character that cannot be seen.", Severity.WARNING),
        _rule("ENC004", "mixed-script-word", "A word mixes letters of two scripts that look alike.", Severity.WARNING),
        _rule("ENC005", "html-remnant", "HTML was left in the text.", Severity.WARNING),
        _rule("ENC006", "bidi-override", "Text is stored in another order than it is shown.", Severity.ERROR),
    )
    weight = 0.95

    def inspect(self, document: Document) -> Iterator[Finding]:
        """Find damage rule by rule; what mojibake explains is not reported again."""
        view = View(document)
        rare = scan(view.text)
        garbled = mojibake.find(view.text, rare)
        for damage in garbled:
            yield self._garbled(view, damage)
        ends = [damage.end for damage in garbled]
        rest = rare.without([(damage.start, damage.end) for damage in garbled])
        for code, start, end, message, suggestions, confidence in self._others(view.text, rest):
            first = bisect.bisect_right(ends, start)
            if first == len(garbled) or end <= garbled[first].start:
                yield self.finding(code, view.span(start, end), message, suggestions, confidence)

    def _garbled(self, view: View, damage: mojibake.Damage) -> Finding:
        span = view.span(damage.start, damage.end)
        if damage.repaired is not None and _LOST in damage.repaired:
            message = "The replacement character for what could not be read, itself read with the wrong encoding."
            return self.finding("ENC002", span, message, confidence=damage.confidence)
        suggestions = [] if damage.repaired is None else [Suggestion(damage.repaired, damage.confidence)]
        return self.finding("ENC001", span, suggestions=suggestions, confidence=damage.confidence)

    def _others(self, text: str, rare: Rare) -> Iterator[_Found]:
        """What all rules but mojibake find."""
        for loss in lost.find(text, rare):
            restored = [] if loss.restored is None else [Suggestion(loss.restored, loss.confidence)]
            yield "ENC002", loss.start, loss.end, "", restored, loss.confidence
        for unseen in invisible.find(text, rare):
            code = "ENC006" if unseen.override else "ENC003"
            yield code, unseen.start, unseen.end, unseen.message, [Suggestion(unseen.visible)], 1.0
        for mixture in mixed_script.find(text, rare):
            message = f"Latin letters and {mixture.script} ones that look the same stand in one word."
            unmixed = [Suggestion(mixture.unmixed, mixture.confidence)]
            yield "ENC004", mixture.start, mixture.end, message, unmixed, mixture.confidence
        for left in remnants.find(text):
            rendered = [] if _LOST in left.rendered else [Suggestion(left.rendered)]
            yield "ENC005", left.start, left.end, "", rendered, 0.95

    def badness(self, evidence: Evidence) -> float:
        """Many findings in little text cost most; a stray one in a long document next to nothing."""
        kept = 1.0
        pages = 1.0 + evidence.words / _PAGE
        for code, (cost, most) in _COSTS.items():
            load = math.fsum(cost * finding.confidence for finding in evidence.of(code)) / pages
            kept *= 1.0 + most * math.expm1(-_STEEPNESS * load)
        return 1.0 - kept
