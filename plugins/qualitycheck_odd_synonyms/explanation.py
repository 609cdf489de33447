"""Why a phrase is odd, or a document counts as spun: the evidence of the context, the prior, and the originals.

What a word of the context weighs is measured on the model as a whole: the phrase is scored alone, then with one
neighbour more at a time, the nearest first, so that the steps add up to its score whatever the model looks at.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from qualitycheck import Document, Explanation, Finding, Row, Table
from qualitycheck.tokens import Tokens
from qualitycheck_odd_synonyms import mixture
from qualitycheck_odd_synonyms.dense import WIDE
from qualitycheck_odd_synonyms.diagnosis import (
    LEAST_RATE,
    Account,
    Channel,
    Diagnosis,
    accounts,
    diagnose,
    part_bounds,
)
from qualitycheck_odd_synonyms.model import Model
from qualitycheck_odd_synonyms.phrases import Candidates
from qualitycheck_odd_synonyms.replacements import Replacement

Floats = npt.NDArray[np.float64]

_PHRASES = 10  # that are listed for a document, and half as many that speak against
_ORIGINALS = 8
_FAINT = 0.05  # nats; neighbours that weigh less are told together
_LEAST_DOUBT = 1e-3  # of a probability that is shown as odds


def explain_document(models: Sequence[Model], document: Document) -> Explanation:
    """What speaks for each kind of machine and against it, and the phrases that weigh most for the likeliest."""
    if not models:
        return Explanation(f"no model knows the language {document.language or 'of this text'}")
    parts = _parts(models, document.tokens)
    (diagnosis,) = diagnose(models, [document.tokens])
    likeliest = next((each for each in diagnosis.channels if each.convincing), diagnosis.channels[0])
    channels = Table("evidence by kind of machine", [_channel_row(channel) for channel in diagnosis.channels])
    part = next((part for part in parts if likeliest in part.diagnosis.channels), None)
    if part is None or likeliest.evidence <= 0.0:
        return Explanation("none of the phrases that machines put in is odd enough to speak for one", [channels])
    held = "is held to be spun" if diagnosis.spun else "is not held to be spun"
    where = f" (lines {part.lines(document)}, which tell most)" if len(parts) > 1 else ""
    text = (
        f"the text{where} {held}: that takes the evidence in brackets, and {LEAST_RATE:.0%} of what the machine can "
        "replace"
    )
    return Explanation(text, [channels, *part.phrases(document, likeliest)])


def explain_span(models: Sequence[Model], document: Document, finding: Finding) -> Explanation:
    """Why the phrases within a finding's span are odd there, how sure that is, and what may have stood there."""
    tokens, start, end = document.tokens, finding.start or 0, finding.end or 0
    tables: list[Table] = []
    for part in _parts(models, tokens):
        for replacement in part.diagnosis.replacements:
            each = replacement.moved(part.start)
            first, last, originals = each.trimmed(document.prose, tokens)
            if tokens.start[first] < end and tokens.end[last] > start:
                tables += part.tables(document, replacement)
                tables.append(_originals(document.excerpt(int(tokens.start[first]), int(tokens.end[last])), originals))
    if not tables:
        return Explanation("the form alone tells: no English word is built so, whatever stands around it")
    return Explanation("", tables)


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of a document that is judged by itself; ``start`` is its first token."""

    models: Sequence[Model]
    start: int
    tokens: Tokens
    diagnosis: Diagnosis

    def lines(self, document: Document) -> str:
        """The lines of the document that it has, from the first to the last."""
        first, last = (document.position(int(place))[0] for place in (self.tokens.start[0], self.tokens.start[-1]))
        return f"{first:,} to {last:,}"

    def phrases(self, document: Document, channel: Channel) -> Iterator[Table]:
        """The phrases that speak most for a channel, and those that speak against it."""
        family = next(each for each in accounts(self.models, self.tokens) if each.channel == channel)
        ratios = family.ratios
        weights = mixture.repetition_weights(family.candidates.phrase, ratios, family.model.repetition)
        share = mixture.estimate_rate(ratios, weights)
        told = weights * np.log1p(share * (ratios - 1.0))
        total: dict[str, float] = defaultdict(float)
        places: dict[str, list[int]] = defaultdict(list)
        for index, nats in enumerate(told.tolist()):
            phrase = self._phrase(document, family.candidates, index).lower()
            total[phrase] += nats
            places[phrase].append(int(family.candidates.first[index]))
        ordered = sorted(total, key=lambda phrase: -total[phrase])
        speaking = [phrase for phrase in ordered if total[phrase] > 0.0]
        silent = [phrase for phrase in reversed(ordered) if total[phrase] < 0.0]
        for title, found, most in (("that speak for it", speaking, _PHRASES), ("against it", silent, _PHRASES // 2)):
            rows = [Row(f"“{each}”", total[each], "nats", self._where(document, places[each])) for each in found[:most]]
            if len(found) > most:
                rest = math.fsum(total[each] for each in found[most:])
                rows.append(Row(f"{len(found) - most:,} more", rest, "nats"))
            if rows:
                yield Table(f"{channel.family.replace('-', ' ')}: the phrases {title}", rows)

    def tables(self, document: Document, replacement: Replacement) -> Iterator[Table]:
        """The evidence of a phrase's context, and how the document turns it into a probability."""
        for family in accounts(self.models, self.tokens):
            found = np.flatnonzero(family.candidates.first == replacement.first)
            if family.channel.convincing and len(found):
                phrase = self._phrase(document, family.candidates, int(found[0]))
                name = family.channel.family.replace("-", " ")
                yield Table(f"“{phrase}” from a {name}, or natural?", list(self._context(document, family, found)))
                yield Table("how sure that is", list(_belief(family, int(found[0]), replacement.confidence)))
                return

    def _context(self, document: Document, family: Account, index: npt.NDArray[np.int64]) -> Iterator[Row]:
        """What the phrase weighs by itself, and each word around it in turn."""
        one = family.candidates.only(index)
        first, last = int(one.first[0]), int(one.last[0])
        near = sorted(
            (place for place in range(first - WIDE, last + WIDE + 1) if not first <= place <= last),
            key=lambda place: max(first - place, place - last),
        )
        near = [place for place in near if 0 <= place < len(self.tokens)]
        keys = self.tokens.key.copy()
        keys[near] = 0
        known = float(family.model.log_ratios(keys, one, family.number)[0])
        yield Row("the phrase itself, whatever stands around it", known, "nats")
        faint = 0.0
        for place in near:
            keys[place] = self.tokens.key[place]
            score = float(family.model.log_ratios(keys, one, family.number)[0])
            if abs(score - known) >= _FAINT:
                yield Row(f"“{self._word(document, place)}” {_distance(place, first, last)}", score - known, "nats")
            else:
                faint += score - known
            known = score
        if faint:
            yield Row("the other words around it", faint, "nats")
        cut = f"counted as {math.copysign(mixture.LIMIT, known):+g}" if abs(known) > mixture.LIMIT else ""
        yield Row("together", known, "nats", cut)

    def _phrase(self, document: Document, candidates: Candidates, index: int) -> str:
        first, last = int(candidates.first[index]), int(candidates.last[index])
        return document.excerpt(int(self.tokens.start[first]), int(self.tokens.end[last]))

    def _word(self, document: Document, place: int) -> str:
        return document.excerpt(int(self.tokens.start[place]), int(self.tokens.end[place]))

    def _where(self, document: Document, places: Sequence[int]) -> str:
        line, column = document.position(int(self.tokens.start[places[0]]))
        return f"{len(places)} times, first at {line}:{column}" if len(places) > 1 else f"at {line}:{column}"


def _parts(models: Sequence[Model], tokens: Tokens) -> list[_Part]:
    """The parts of a document, each judged by itself as the check does it."""
    pieces = [(start, tokens.part(start, end)) for start, end in part_bounds(tokens)]
    diagnoses = diagnose(models, [piece for _, piece in pieces])
    return [_Part(models, start, piece, found) for (start, piece), found in zip(pieces, diagnoses, strict=True)]


def _channel_row(channel: Channel) -> Row:
    note = f"needs {channel.least:.1f}; {channel.rate:.1%} of what it can replace"
    return Row(channel.family.replace("-", " "), channel.evidence, "nats", note)


def _belief(family: Account, index: int, confidence: float) -> Iterator[Row]:
    """From the ratio of one place to its probability: what is replaced elsewhere, and the same phrase elsewhere."""
    rate, phrase = family.channel.rate, family.candidates.phrase
    same = phrase == phrase[index]
    ratios = family.ratios[same]
    kept = mixture.CONSISTENCY
    yield Row(
        f"{rate:.1%} of what this machine can replace is replaced in this text",
        math.log(rate / (1.0 - rate)),
        "nats",
        "the prior",
    )
    times = f"the {len(ratios)} places" if len(ratios) > 1 else "the one place"
    yield Row(f"{times} where the phrase stands", float(np.log(kept * ratios + 1.0 - kept).sum()), "nats")
    first = float(mixture.posteriors(ratios, np.zeros(len(ratios), np.int64), rate)[int(same[:index].sum())])
    yield Row("probability that it was put here, from these two and its own context", 100.0 * first, "%")
    told = "the same with its neighbours turned back, and by how many of its originals the text still has"
    yield Row(told, 100.0 * confidence, "%")


def _originals(phrase: str, originals: Sequence[tuple[str, float]]) -> Table:
    rows = []
    for original, probability in originals[:_ORIGINALS]:
        sure = min(max(probability, _LEAST_DOUBT), 1.0 - _LEAST_DOUBT)
        over = "over " if sure != probability else ""
        odds = f"{sure / (1.0 - sure):.3g} to 1" if sure >= 0.5 else f"1 to {(1.0 - sure) / sure:.3g}"
        rows.append(Row(f"“{original}”", 100.0 * sure, "%", f"odds {over}{odds}"))
    return Table(f"what may have stood where “{phrase}” is", rows)


def _distance(place: int, first: int, last: int) -> str:
    number = max(first - place, place - last)
    side = "before" if place < first else "behind"
    return f"next {side} it" if number == 1 else f"{number} {side} it"
