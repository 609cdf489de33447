"""The Boilerplate check: what belongs to the page and not to the text."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files

import numpy as np

from qualitycheck import Check, Document, Evidence, Finding, Fix, Rule, Severity, Signal
from qualitycheck.tokens import PUNCTUATION
from qualitycheck_boilerplate.agencies import triggers
from qualitycheck_boilerplate.find import pieces
from qualitycheck_boilerplate.phrasebook import phrase_book
from qualitycheck_boilerplate.piece import Piece

_RULES = files(__package__) / "rules"
_SHARE = "boilerplate_share"
_MOSTLY = 0.25  # share of the words; clean documents do not reach it, and what does needs a person's look

# A line of boilerplate is a nuisance that a program can take out, so all of them together cost a tenth of the score at
# most (DESIGN gives the family that much): badness 0.2 at a weight of 0.5. A document that is mostly boilerplate is
# another matter. What an editor would refuse there is not the lines but the lack of a text: a page behind a paywall, a
# cookie notice, a menu. That is one finding of its own, BPL010, and its badness starts where the score just falls
# below 75, which is a review. It ends at 50 and never rejects alone: form does not tell a page of menus from a list
# that somebody meant.
_LINES_AT_MOST = 0.2
_PAGE = 200  # words; lines are weighed against one page plus the pages of the document
_STEEPNESS = 0.5
_MOSTLY_AT_LEAST = 0.55


def _rule(code: str, name: str, message: str, severity: Severity = Severity.WARNING, fix: Fix = Fix.UNSAFE) -> Rule:
    return Rule(code, name, message, severity, _RULES / f"{code}.md", fix)


class Boilerplate(Check):
    """Finds calls to subscribe, credits of pictures that are gone, menus, notices: what is not the text's own."""

    weight = 0.5
    rules = (
        _rule("BPL001", "call-to-subscribe", "A call to subscribe, to sign up or to give."),
        _rule("BPL002", "photo-credit", "The credit of a picture that is not here."),
        _rule("BPL003", "cut-off", "The text was cut off here."),
        _rule("BPL004", "navigation-or-cookie-text", "A menu, notice or label of the page around the text."),
        _rule("BPL005", "share-prompt", "A call to share, print or follow."),
        _rule("BPL006", "related-links", "A pointer to another page."),
        _rule("BPL007", "paywall-note", "A note of the paywall or the log-in."),
        _rule("BPL008", "comment-invitation", "Part of a form for comments, or an invitation to comment."),
        _rule("BPL009", "rights-notice", "A notice of rights."),
        _rule("BPL010", "mostly-boilerplate", "Much of the document is boilerplate.", fix=Fix.NONE),
        _rule("BPL011", "dateline", "The place and agency from which a story was filed.", Severity.INFO, Fix.NONE),
        _rule("BPL012", "agency-tag", "The tag of a news agency, or who contributed.", Severity.INFO, Fix.NONE),
    )

    def setup(self) -> None:
        """Load the lists."""
        phrase_book()
        triggers()

    def inspect_batch(self, documents: Sequence[Document]) -> Iterable[Iterable[Finding | Signal]]:
        """Yield the findings of all rules for each document."""
        return [
            list(self._judge(document, found)) for document, found in zip(documents, pieces(documents), strict=True)
        ]

    def _judge(self, document: Document, found: list[Piece]) -> Iterator[Finding | Signal]:
        rules = {rule.name: rule for rule in self.rules}
        for piece in found:
            rule = rules[piece.rule]
            suggestions = [""] if rule.fix is Fix.UNSAFE else []
            yield self.finding(rule.code, (piece.start, piece.end), "", suggestions, piece.confidence)
        costly = [piece for piece in found if rules[piece.rule].severity is not Severity.INFO]
        if costly:
            share = _words(document, costly) / max(1, document.words)
            yield Signal(_SHARE, round(share, 4), "share of words")
            if share > _MOSTLY:
                yield self.finding("BPL010", message=f"{share:.0%} of the words are boilerplate", confidence=0.9)

    def badness(self, evidence: Evidence) -> float:
        """Lines cost little however many; a document that is mostly boilerplate costs a review, see above."""
        lines = [finding for finding in evidence.findings if finding.code != "BPL010"]
        pages = 1.0 + evidence.words / _PAGE
        load = math.fsum(finding.confidence for finding in lines) / pages
        kept = 1.0 + _LINES_AT_MOST * math.expm1(-_STEEPNESS * load)
        if evidence.of("BPL010"):
            share = next((float(signal.value) for signal in evidence.signals if signal.name == _SHARE), 1.0)
            kept *= 1.0 - _MOSTLY_AT_LEAST - (1.0 - _MOSTLY_AT_LEAST) * max(0.0, share - _MOSTLY) / (1.0 - _MOSTLY)
        return min(1.0, 1.0 - kept)


def _words(document: Document, found: list[Piece]) -> int:
    """How many words these pieces hold."""
    words = document.tokens.start[document.tokens.kind != PUNCTUATION]
    bounds = words.searchsorted(np.array([(piece.start, piece.end) for piece in found], np.int64))
    return int(np.sum(bounds[:, 1] - bounds[:, 0]))
