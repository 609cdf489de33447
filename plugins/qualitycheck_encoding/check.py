"""The Encoding check: characters that are not those which the author wrote."""

from __future__ import annotations

import bisect
import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files

from qualitycheck import Check, Document, Evidence, Explanation, Finding, Fix, Row, Rule, Severity, Suggestion, Table
from qualitycheck.phrases import TokenRow
from qualitycheck_encoding import (
    control,
    hyphenation,
    invisible,
    line_wraps,
    lost,
    mixed_script,
    mojibake,
    ocr,
    remnants,
    soft_hyphens,
)
from qualitycheck_encoding.scan import NOTHING, Rare, View, is_harmless, scan

_RULES = files(__package__) / "rules"

# For each rule: what one finding weighs, and the most that the rule can add to the badness. Invisible characters are
# a nuisance that a program can remove; lost and garbled text is a reason to refuse a document. What the lines of a page
# left behind is mended more easily still: those three rules alone never cost a document its “accept”.
_COSTS = {
    "ENC001": (1.0, 0.97),
    "ENC002": (1.0, 0.95),
    "ENC003": (0.4, 0.45),
    "ENC004": (0.7, 0.9),
    "ENC005": (0.4, 0.7),
    "ENC006": (3.0, 0.9),
    "ENC007": (0.4, 0.45),
    "ENC008": (0.1, 0.05),
    "ENC009": (0.3, 0.12),
    "ENC010": (0.2, 0.1),
}
_PAGE = 200  # words; damage is weighed against one page plus the pages of the document
_STEEPNESS = 0.5
_LOST = "\ufffd"

#: Code, start and end in the view, message, suggestions, confidence.
_Found = tuple[str, int, int, str, list[Suggestion], float]


def _rule(code: str, name: str, message: str, severity: Severity, fix: Fix) -> Rule:
    return Rule(code, name, message, severity, _RULES / f"{code}.md", fix)


class Encoding(Check):
    """Mojibake, lost, invisible and misread characters, remnants of HTML, and what the lines of a page left behind."""

    # What was lost is guessed; a mixed word may be a symbol; a tag may say what the text without it does not (10² is no
    # 102); what an override turns round can hardly be read without it; and a hyphen may belong to its word.
    rules = (
        _rule("ENC001", "mojibake", "Text was decoded with the wrong encoding.", Severity.ERROR, Fix.SAFE),
        _rule("ENC002", "replacement-character", "A character was lost on the way.", Severity.ERROR, Fix.UNSAFE),
        _rule("ENC003", "invisible-character", "A character that cannot be seen.", Severity.WARNING, Fix.SAFE),
        _rule(
            "ENC004",
            "mixed-script-word",
            "A word mixes letters of two scripts that look alike.",
            Severity.WARNING,
            Fix.UNSAFE,
        ),
        _rule("ENC005", "html-remnant", "HTML was left in the text.", Severity.WARNING, Fix.UNSAFE),
        _rule(
            "ENC006", "bidi-override", "Text is stored in another order than it is shown.", Severity.ERROR, Fix.UNSAFE
        ),
        _rule("ENC007", "control-character", "A control character.", Severity.WARNING, Fix.SAFE),
        _rule("ENC008", "soft-hyphen", "A soft hyphen that serves no line any more.", Severity.WARNING, Fix.SAFE),
        _rule("ENC009", "broken-hyphenation", "A word parted for a line that is gone.", Severity.WARNING, Fix.UNSAFE),
        _rule("ENC010", "broken-line-wrap", "A line end in the middle of a sentence.", Severity.WARNING, Fix.UNSAFE),
        _rule("ENC011", "ocr-confusion", "Letters were misread on a printed page.", Severity.INFO, Fix.UNSAFE),
    )
    weight = 0.95

    def inspect_batch(self, documents: Sequence[Document]) -> Iterator[Iterable[Finding]]:
        """Find damage rule by rule in each document; what mojibake explains is not reported again."""
        row = TokenRow([document.tokens for document in documents])
        return map(self._judge, documents, ocr.listed(row))

    def _judge(self, document: Document, listed: Sequence[ocr.Listed]) -> Iterator[Finding]:
        view = View(document)
        rare = NOTHING if is_harmless(view.marks) else scan(view.text)
        garbled = mojibake.find(view.text, rare)
        for damage in garbled:
            yield self._garbled(view, damage)
        ends = [damage.end for damage in garbled]
        rest = rare.without([(damage.start, damage.end) for damage in garbled])
        for code, start, end, message, suggestions, confidence in itertools.chain(
            self._others(view, rest), self._printed(document, view)
        ):
            first = bisect.bisect_right(ends, start)
            if first == len(garbled) or end <= garbled[first].start:
                yield self.finding(code, view.span(start, end), message, suggestions, confidence)
        for misread in ocr.find(document, listed):
            printed = [Suggestion(misread.printed, misread.confidence)]
            span = misread.start, misread.end
            yield self.finding("ENC011", span, misread.message, printed, misread.confidence)

    def _garbled(self, view: View, damage: mojibake.Damage) -> Finding:
        span = view.span(damage.start, damage.end)
        if damage.repaired is not None and _LOST in damage.repaired:
            message = "The replacement character for what could not be read, itself read with the wrong encoding."
            return self.finding("ENC002", span, message, confidence=damage.confidence)
        suggestions = [] if damage.repaired is None else [Suggestion(damage.repaired, damage.confidence)]
        return self.finding("ENC001", span, suggestions=suggestions, confidence=damage.confidence)

    def _others(self, view: View, rare: Rare) -> Iterator[_Found]:
        """What all rules but mojibake find."""
        text = view.text
        for loss in lost.find(text, rare, questioned="?" in view.marks):
            restored = [] if loss.restored is None else [Suggestion(loss.restored, loss.confidence)]
            yield "ENC002", loss.start, loss.end, "", restored, loss.confidence
        for unseen in invisible.find(text, rare):
            code = "ENC006" if unseen.override else "ENC003"
            yield code, unseen.start, unseen.end, unseen.message, [Suggestion("")], 1.0
        for character in control.find(text, rare):
            yield "ENC007", character.start, character.end, character.message, [Suggestion(character.printed)], 1.0
        for mixture in mixed_script.find(text, rare):
            message = f"Latin letters and {mixture.script} ones that look the same stand in one word."
            unmixed = [Suggestion(mixture.unmixed, mixture.confidence)]
            yield "ENC004", mixture.start, mixture.end, message, unmixed, mixture.confidence
        for left in remnants.find(text) if "&" in view.marks or "<" in view.marks else ():
            rendered = [] if _LOST in left.rendered else [Suggestion(left.rendered)]
            yield "ENC005", left.start, left.end, "", rendered, 0.95

    def _printed(self, document: Document, view: View) -> Iterator[_Found]:
        """What the lines of a page leave behind: hyphens and line ends."""
        text = view.text
        plain = document.prose is document.text or document.text.endswith(document.prose[1:])
        for hyphen in soft_hyphens.find(text, plain=plain):
            yield "ENC008", hyphen.start, hyphen.end, hyphen.message, [Suggestion(hyphen.whole)], 1.0
        for word in hyphenation.find(text, document) if "-" in view.marks else ():
            yield "ENC009", word.start, word.end, "", [Suggestion(word.whole, word.confidence)], word.confidence
        if plain:
            for gap in line_wraps.find(text, document):
                yield "ENC010", gap.start, gap.end, "", [Suggestion(gap.joined, 0.9)], 0.9

    def explain(self, document: Document, finding: Finding | None = None) -> Explanation:
        """The load that a finding is for its document, and the most that its rule can make of all such."""
        if finding is None or finding.code not in _COSTS:
            return Explanation()
        cost, most = _COSTS[finding.code]
        pages = 1.0 + document.words / _PAGE
        load = cost * finding.confidence / pages
        rows = [
            Row("what one finding of this rule weighs", cost),
            Row("how sure it is", finding.confidence),
            Row(f"pages that it is divided by: one, and one for each {_PAGE} words", pages),
            Row("its load; those of all findings of the rule add up", load),
            Row("how bad this finding alone makes the document", -most * math.expm1(-_STEEPNESS * load)),
            Row("the most that all findings of the rule can", most),
        ]
        return Explanation("", [Table("what it weighs", rows)])

    def badness(self, evidence: Evidence) -> float:
        """Many findings in little text cost most; a stray one in a long document next to nothing."""
        kept = 1.0
        pages = 1.0 + evidence.words / _PAGE
        for code, (cost, most) in _COSTS.items():
            load = math.fsum(cost * finding.confidence for finding in evidence.of(code)) / pages
            kept *= 1.0 + most * math.expm1(-_STEEPNESS * load)
        return 1.0 - kept
