"""Finds words that a machine put in place of others, and names what probably stood there."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from operator import itemgetter
from pathlib import Path

from qualitycheck import (
    Check,
    Document,
    Evidence,
    Explanation,
    Finding,
    Fix,
    Options,
    Rule,
    Severity,
    Signal,
    Suggestion,
)
from qualitycheck.tokens import CAPITALISED, UPPER, Tokens
from qualitycheck_odd_synonyms.contractions import broken_contractions
from qualitycheck_odd_synonyms.diagnosis import Diagnosis, diagnose
from qualitycheck_odd_synonyms.listed import ListedPairs
from qualitycheck_odd_synonyms.model import Model, language_of, load_model
from qualitycheck_odd_synonyms.names import name_around
from qualitycheck_odd_synonyms.phrases import after_punctuation

MODEL = Path(__file__).parent / "model"
DENSE_MODEL = Path(__file__).parent / "dense_model"
_RULES = files("qualitycheck_odd_synonyms") / "rules"
_SUGGESTIONS = 3
_SPAN_COST = 0.02  # badness that one odd word adds where the document as a whole is not held to be spun
_BROKEN_COST = 0.15
_PER_WORDS = 200
_NOUN_CAPITALS = frozenset({"de", "lb"})  # languages in which a capital makes no name
# Evidence that is just enough may be a writer's formal manner: an even chance, for a person to look at. So many nats
# more take away most of the doubt.
_DECISIVE = 12.0

#: A replaced part of a name: its span, what stood there, and the probability that it was replaced.
_Part = tuple[int, int, Suggestion, float]


class OddSynonymsOptions(Options):
    """What can be set.

    ``listed_everywhere`` reports the pairs of the user's own ``lexicons`` in every document; else they are reported
    where the document as a whole is held to be spun.
    """

    listed_everywhere: bool = False


class OddSynonyms(Check):
    """Spun text: detection is decoding the channel that a document went through."""

    name = "odd-synonyms"
    weight = 0.95
    languages = frozenset({"en"})
    min_words = 3
    # What stood there is a guess, the best of several: right four times in five among the first three.
    rules = (
        Rule("SYN001", "odd-synonym", "A word is odd here.", Severity.ERROR, _RULES / "SYN001.md", Fix.UNSAFE),
        Rule("SYN002", "odd-phrase", "A phrase is odd here.", Severity.ERROR, _RULES / "SYN002.md", Fix.UNSAFE),
        Rule("SYN003", "altered-name", "A name has been altered.", Severity.ERROR, _RULES / "SYN003.md", Fix.UNSAFE),
        Rule(
            "SYN004", "broken-contraction", "A contraction is broken.", Severity.ERROR, _RULES / "SYN004.md", Fix.UNSAFE
        ),
        Rule("SYN005", "split-word", "A word has been split.", Severity.ERROR, _RULES / "SYN005.md", Fix.UNSAFE),
        Rule("SYN010", "spun-document", "A machine replaced words.", Severity.ERROR, _RULES / "SYN010.md"),
    )

    options: OddSynonymsOptions = OddSynonymsOptions()

    def __init__(self, further: Sequence[Path] = (), lexicons: Sequence[Path] = ()) -> None:
        """``further`` are model folders beside the shipped one, as ``qualitycheck train`` makes them.

        ``lexicons`` are files of pairs that no model knows. Raises ModelError or LexiconError where one is none.
        """
        self._listed = ListedPairs(lexicons)
        self._folders = {MODEL: "en", DENSE_MODEL: "en", **{folder: language_of(folder) for folder in further}}
        self.languages = frozenset(self._folders.values())  # type: ignore[misc]  # a model may be for any language

    def models(self, language: str | None) -> list[Model]:
        """The models for a language, loaded when they are first asked for."""
        return [load_model(folder) for folder, own in self._folders.items() if own == language]

    def setup(self) -> None:
        """Load the models."""
        for folder in self._folders:
            load_model(folder)

    def versions(self) -> dict[str, str]:
        """The version of each model, and a hash of each lexicon."""
        shipped = {MODEL: "model", DENSE_MODEL: "dense model"}
        names = {folder: shipped.get(folder, f"model {folder.name}") for folder in self._folders}
        versions = {name: str(load_model(folder).manifest["version"]) for folder, name in names.items()}
        return {**versions, **self._listed.versions()}

    def inspect(self, document: Document) -> Iterable[Finding | Signal]:
        """Weigh the whole document; spans are reported only where it is held to be spun."""
        return next(iter(self.inspect_batch([document])))

    def inspect_batch(self, documents: Sequence[Document]) -> Iterable[Iterable[Finding | Signal]]:
        """The same for many documents: nearly all are clean, and one look at all of them together tells which."""
        diagnoses: dict[int, Diagnosis] = {}
        for language in {document.language for document in documents}:
            own = [number for number, document in enumerate(documents) if document.language == language]
            found = diagnose(self.models(language), [documents[number].tokens for number in own])
            diagnoses.update(zip(own, found, strict=True))
        return (self._account(document, diagnoses[number]) for number, document in enumerate(documents))

    def _account(self, document: Document, diagnosis: Diagnosis) -> Iterator[Finding | Signal]:
        tokens = document.tokens
        likeliest = next((each for each in diagnosis.channels if each.convincing), diagnosis.channels[0])
        yield Signal("log_likelihood_ratio", round(likeliest.evidence, 2), "nats")
        yield Signal("spin_rate", round(likeliest.rate, 4), "share of replaceable phrases")
        reported: set[int] = set()
        taken: list[tuple[int, int]] = []
        if diagnosis.spun:
            family = likeliest.family.replace("-", " ")
            yield Signal("channel", family)
            message = (
                f"this reads like the work of a {family}: about {likeliest.rate:.0%} of what it can replace is replaced"
            )
            yield self.finding("SYN010", None, message, confidence=1.0 - 0.5 * math.exp(-likeliest.excess / _DECISIVE))
            for finding in self._spans(document, tokens, diagnosis):
                reported.add(finding.start or 0)
                taken.append((finding.start or 0, finding.end or 0))
                yield finding
        for finding in self._listed_phrases(document, likeliest.rate if diagnosis.spun else 0.0, taken):
            reported.add(finding.start or 0)
            yield finding
        if document.language != "en":
            return
        for span, suggestion in broken_contractions(document, reported):
            message = f"“{document.excerpt(*span)}” is no word"
            if suggestion:
                message += f"; “{suggestion}” probably stood here"
            yield self.finding("SYN004", span, message, [suggestion] if suggestion else [], 0.95)

    def explain(self, document: Document, finding: Finding | None = None) -> Explanation:
        """The context's evidence and the competing originals of a span; of a document, its channels and phrases."""
        from qualitycheck_odd_synonyms.explanation import explain_document, explain_span

        models = self.models(document.language)
        if finding is None or finding.start is None:
            return explain_document(models, document)
        return explain_span(models, document, finding)

    def badness(self, evidence: Evidence) -> float:
        """The document's own evidence; single odd words count little, and for their number per length."""
        spans = sum(finding.confidence for finding in evidence.of("SYN001", "SYN002", "SYN003", "SYN005"))
        broken = sum(finding.confidence for finding in evidence.of("SYN004"))
        share = min(1.0, _PER_WORDS / max(evidence.words, 1))
        kept = (1.0 - _SPAN_COST) ** (spans * share) * (1.0 - _BROKEN_COST) ** (broken * share)
        for finding in evidence.of("SYN010"):
            kept *= 1.0 - 0.99 * finding.confidence
        return float(1.0 - kept)

    def _spans(self, document: Document, tokens: Tokens, diagnosis: Diagnosis) -> Iterable[Finding]:
        opens = after_punctuation(tokens)
        text = document.prose
        parts: dict[tuple[int, int], list[_Part]] = {}
        alone: list[tuple[_Part, Finding]] = []
        for each in diagnosis.replacements:
            first, last, originals = each.trimmed(text, tokens)
            start, end, confidence = int(tokens.start[first]), int(tokens.end[last]), each.confidence
            suggestions = [
                Suggestion(_as_written(original, int(tokens.shape[first]), "’" in text), probability)
                for original, probability in originals[:_SUGGESTIONS]
            ]
            name = None if document.language in _NOUN_CAPITALS else name_around(tokens, first, last, opens)
            part = (start, end, suggestions[0], confidence)
            if name is not None:
                span = (int(tokens.start[name[0]]), int(tokens.end[name[1]]))
                parts.setdefault(span, []).append(part)
                continue
            word = document.excerpt(start, end)
            finding = self.finding(_code(word, originals[0][0], first, last), (start, end),
                                   _message(word, suggestions), suggestions, confidence)  # fmt: skip
            alone.append((part, finding))
        names = _merged(parts)
        spans = [span for span, _ in names]
        for part, finding in alone:
            shared = _first_shared(spans, part[0], part[1])
            if shared is None:
                yield finding
            elif spans[shared][0] <= part[0] and part[1] <= spans[shared][1]:
                names[shared][1].append(part)  # small words within the name
        yield from (self._altered_name(text, span, found) for span, found in names)

    def _listed_phrases(self, document: Document, rate: float, taken: list[tuple[int, int]]) -> Iterator[Finding]:
        """The pairs of the user's own lists, where the model has reported nothing."""
        tokens = document.tokens
        taken = sorted(taken)
        for each in self._listed.find(document, rate, everywhere=self.options.listed_everywhere):
            if _first_shared(taken, each.start, each.end) is not None:
                continue
            first, last = tokens.start.searchsorted([each.start, each.end - 1], side="right") - 1
            shape, curly = int(tokens.shape[first]), "’" in document.prose
            suggestions = [
                Suggestion(_as_written(original, shape, curly), probability)
                for original, probability in each.originals[:_SUGGESTIONS]
            ]
            word = document.excerpt(each.start, each.end)
            message = f"{_message(word, suggestions)}, says {each.source}"
            code = _code(word, each.originals[0][0], first, last)
            yield self.finding(code, (each.start, each.end), message, suggestions, each.confidence)

    def _altered_name(self, text: str, span: tuple[int, int], found: list[_Part]) -> Finding:
        """One finding for a name, with every replaced word in it turned back."""
        restored, place, likelihood, doubt = "", span[0], 1.0, 1.0
        for start, end, suggestion, confidence in sorted(found, key=lambda part: part[0]):
            restored += text[place:start] + suggestion.text
            place = end
            likelihood *= suggestion.confidence
            doubt *= 1.0 - confidence
        suggestion = Suggestion(restored + text[place : span[1]], likelihood)
        name = text[span[0] : span[1]]
        message = f"the name “{name}” has been altered; it was probably “{suggestion.text}”"
        return self.finding("SYN003", span, message, [suggestion], 1.0 - doubt)


def _code(observed: str, original: str, first: int, last: int) -> str:
    """Which rule a replaced phrase falls under."""
    if "’" in observed or "'" in observed:
        return "SYN004"
    if " " in observed and observed.replace(" ", "").lower() == original.replace(" ", ""):
        return "SYN005"
    return "SYN001" if first == last else "SYN002"


def _merged(parts: dict[tuple[int, int], list[_Part]]) -> list[tuple[tuple[int, int], list[_Part]]]:
    """Names whose spans overlap as one name, so that a place is reported once."""
    merged: list[tuple[tuple[int, int], list[_Part]]] = []
    for span, found in sorted(parts.items()):
        if merged and span[0] < merged[-1][0][1]:
            (start, end), earlier = merged.pop()
            merged.append(((start, max(end, span[1])), earlier + found))
        else:
            merged.append((span, found))
    return merged


def _first_shared(spans: Sequence[tuple[int, int]], start: int, end: int) -> int | None:
    """The number of the first span, of spans in order and apart, that has a place in common with this one."""
    number = bisect_right(spans, start, key=itemgetter(1))
    return number if number < len(spans) and spans[number][0] < end else None


def _as_written(original: str, shape: int, curly: bool) -> str:
    """The original with the capitals of what stands in its place, and the text's kind of apostrophe."""
    if curly:
        original = original.replace("'", "’")
    if shape == UPPER:
        return original.upper()
    return original[:1].upper() + original[1:] if shape == CAPITALISED else original


def _message(observed: str, suggestions: list[Suggestion]) -> str:
    return f"“{observed}” is odd here; “{suggestions[0].text}” probably stood here"
