"""A spun text turned back: each confident substitution undone, and those that are not sure named.

What the check finds is judged once more, more strictly: a finding that is wrong costs a reader a look, a word that is
turned back wrongly a word of the author's. In a text of which nearly all was replaced, a word that the channel itself
would have replaced cannot have stood in the original; one that it does not know may well have.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from qualitycheck import Document, Finding, Signal
from qualitycheck_odd_synonyms.check import OddSynonyms

#: A substitution is turned back where it was put there with this probability, and its original is this likely. Both
#: were chosen on news items spun in full: of the words that were left alone fewer than two in a hundred may change.
LEAST_CONFIDENCE = 0.995
LEAST_NAMED = 0.3

_COMPANION = 0.8  # is enough where the same substitution is sure elsewhere in the text: a spinner is consistent
_MOST_RATE = 0.95


@dataclass(frozen=True, slots=True)
class Restored:
    """A substitution: its span in the file and text, what probably stood there, likeliest first, and how sure that is.

    ``confidence`` is the probability in [0, 1] that it was put there; ``sure`` tells that it is turned back.
    """

    start: int
    end: int
    text: str
    originals: tuple[tuple[str, float], ...]
    confidence: float
    sure: bool

    @property
    def pair(self) -> tuple[str, str]:
        """What stands there and what most likely stood there, in lower case."""
        return _fold(self.text), _fold(self.originals[0][0])


@dataclass(frozen=True, slots=True)
class Restoration:
    """A document and the substitutions in it, in order of place.

    ``spun`` tells whether it is held to be spun; ``languages`` are the ISO 639 codes of those that the models know.
    """

    document: Document
    spun: bool
    substitutions: tuple[Restored, ...]
    languages: frozenset[str]

    @property
    def text(self) -> str:
        """The text with every sure substitution turned back, and the others left as they are."""
        return _applied(self.document.text, self.edits())

    @property
    def marked(self) -> str:
        """The same, with the others marked: ``[[name → call?]]``."""
        return _applied(self.document.text, self.edits(mark=True))

    def edits(self, *, mark: bool = False) -> list[tuple[int, int, str]]:
        """What to replace in the text, as start, end and new text: the sure substitutions, and marks if asked for."""
        edits = []
        for each in self.substitutions:
            original = each.originals[0][0]
            if each.sure:
                edits.append((each.start, each.end, original))
            elif mark:
                edits.append((each.start, each.end, f"[[{each.text} → {original}?]]"))
        return edits

    def to_dict(self) -> dict[str, Any]:
        """The restoration as plain values."""
        return {
            "path": self.document.path,
            "language": self.document.language,
            "spun": self.spun,
            "substitutions": [
                {
                    "start": each.start,
                    "end": each.end,
                    "text": each.text,
                    "originals": [{"text": text, "confidence": confidence} for text, confidence in each.originals],
                    "confidence": round(each.confidence, 4),
                    "sure": each.sure,
                }
                for each in self.substitutions
            ],
            "restored": self.text,
        }


def _applied(text: str, edits: Sequence[tuple[int, int, str]]) -> str:
    parts: list[str] = []
    place = 0
    for start, end, new in edits:
        parts += text[place:start], new
        place = end
    return "".join((*parts, text[place:]))


def restore(
    text: Document | str, *, models: Sequence[Path] = (), least_confidence: float = LEAST_CONFIDENCE
) -> Restoration:
    """Undo the substitutions of a spun text as far as they are sure.

    ``models`` are folders of further models, as training makes them; ``least_confidence``, in [0, 1], is how sure a
    substitution must be to be turned back. A text that is not held to be spun, or in a language that no model knows,
    comes back as it is. Raises ModelError where a folder holds no model.
    """
    document = text if isinstance(text, Document) else Document(text)
    check = _check(tuple(models))
    languages = check.languages or frozenset()
    if document.language not in languages or document.words < check.min_words:
        return Restoration(document, spun=False, substitutions=(), languages=languages)
    found = list(check.inspect(document))
    findings = [each for each in found if isinstance(each, Finding)]
    signals: dict[str, Any] = {each.name: each.value for each in found if isinstance(each, Signal)}
    replaceable = frozenset(original for model in check.models(document.language) for original in model.originals)
    substitutions = []
    place = 0
    for finding in sorted(findings, key=lambda finding: (finding.start or 0, finding.end or 0)):
        if finding.start is None or finding.end is None or not finding.suggestions or finding.start < place:
            continue
        place = finding.end
        seen = document.text[finding.start : finding.end]
        rate = float(signals["spin_rate"]) if _fold(seen) in replaceable else 0.0
        confidence = _confidence(finding.confidence, rate)
        originals = tuple((each.text, each.confidence) for each in finding.suggestions)
        substitutions.append(Restored(finding.start, finding.end, seen, originals, confidence, sure=False))
    spun = any(finding.code == "SYN010" for finding in findings)
    return Restoration(document, spun, tuple(_judged(substitutions, least_confidence)), languages)


def _judged(substitutions: Sequence[Restored], least: float) -> Iterator[Restored]:
    """The same, with those marked that are sure."""
    best: dict[tuple[str, str], float] = defaultdict(float)
    for each in substitutions:
        best[each.pair] = max(best[each.pair], each.confidence)
    for each in substitutions:
        sure = best[each.pair] >= least and each.confidence >= min(_COMPANION, least)
        yield replace(each, sure=sure and each.originals[0][1] >= LEAST_NAMED)


@functools.lru_cache(maxsize=8)
def _check(models: tuple[Path, ...]) -> OddSynonyms:
    return OddSynonyms(models)


def _confidence(confidence: float, rate: float) -> float:
    """The probability of a substitution, given the share of listed words that were replaced where it is such a word."""
    odds = confidence / max(1.0 - confidence, 1e-9) / (1.0 - min(rate, _MOST_RATE))
    return odds / (1.0 + odds)


def _fold(text: str) -> str:
    return " ".join(text.lower().replace("’", "'").split())
