"""What happened to a document: for each family of channels the evidence, the rate, and the phrases it put there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from qualitycheck.tokens import FILLER, Tokens
from qualitycheck_odd_synonyms import mixture
from qualitycheck_odd_synonyms.features import Keys
from qualitycheck_odd_synonyms.model import Model, Restorations
from qualitycheck_odd_synonyms.phrases import Candidates

Floats = npt.NDArray[np.float64]

#: Least evidence, in nats, for a document to count as spun: a constant, and so much for each candidate up to a limit,
#: since the habits of an author or a genre that training has not seen add up over a long document.
LEAST_EVIDENCE = 22.0
EVIDENCE_PER_CANDIDATE = 0.03
MOST_EVIDENCE = 45.0
#: Least share of the candidates that must have been put there.
LEAST_RATE = 0.02
#: A phrase is reported where its posterior probability passes this.
LEAST_POSTERIOR = 0.7

_PART = 5000  # tokens
_NEGLIGIBLE = 0.01  # candidates with a lower posterior say nothing about what a channel replaces
_LIKELY = 0.5  # a neighbour is turned back where it was replaced, and by this original, with such probability
_ROUNDS = 3
_PRIOR_WEIGHT = 2.0


@dataclass(frozen=True, slots=True)
class Channel:
    """One family's account of a document: evidence in nats, and the share π of its candidates that it replaced.

    ``candidates`` is how many there are.
    """

    family: str
    evidence: float
    rate: float
    candidates: int

    @property
    def excess(self) -> float:
        """The evidence beyond what is needed, in nats; below zero where it is too little."""
        return self.evidence - min(LEAST_EVIDENCE + EVIDENCE_PER_CANDIDATE * self.candidates, MOST_EVIDENCE)

    @property
    def convincing(self) -> bool:
        """Whether the document counts as passed through this channel."""
        return self.excess >= 0.0 and self.rate >= LEAST_RATE


@dataclass(frozen=True, slots=True)
class Replacement:
    """A phrase that a channel put there: its first and last token, and the probability that it did.

    ``originals`` are what may have stood there, with their probabilities, likeliest first.
    """

    first: int
    last: int
    confidence: float
    originals: tuple[tuple[str, float], ...]

    def moved(self, distance: int) -> Replacement:
        """The same, so many tokens further on."""
        return replace(self, first=self.first + distance, last=self.last + distance)

    def trimmed(self, text: str, tokens: Tokens) -> tuple[int, int, list[tuple[str, float]]]:
        """First and last token and the originals without the words that both share at either end.

        Lexicons list “the place he” for “where he”; what is odd is “the place”. Every original is cut alike, so words
        come off as far as the likeliest one shares them, and originals that do not are left out.
        """
        first, last = self.first, self.last
        words = [text[tokens.start[i] : tokens.end[i]].replace(FILLER, "").lower() for i in range(first, last + 1)]
        words = [word.replace("’", "'") for word in words]
        likeliest = self.originals[0][0].split()
        head = tail = 0
        while head < min(len(words), len(likeliest)) - 1 and words[head] == likeliest[head]:
            head += 1
        while tail < min(len(words), len(likeliest)) - head - 1 and words[-1 - tail] == likeliest[-1 - tail]:
            tail += 1
        kept: dict[str, float] = {}
        for original, probability in self.originals:
            parts = original.split()
            if (
                len(parts) > head + tail
                and parts[:head] == words[:head]
                and parts[len(parts) - tail :] == words[len(words) - tail :]
            ):
                kept.setdefault(" ".join(parts[head : len(parts) - tail]), probability)
        return first + head, last - tail, list(kept.items())


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The channels of a document, most evidence first, and the phrases they put there, in order of place."""

    channels: list[Channel]
    replacements: list[Replacement]

    @property
    def spun(self) -> bool:
        """Whether any channel is convincing."""
        return any(channel.convincing for channel in self.channels)


def diagnose(models: Sequence[Model], tokens: Tokens) -> Diagnosis:
    """Weigh the evidence of every family of every model. Phrases count only where a family is convincing.

    A long text is taken part by part, and its channels are those of the part that tells most: a spun chapter must not
    hide in a book, nor a spun text in its own length.
    """
    accounts = [_diagnose(model, tokens) for model in models]
    found: dict[int, Replacement] = {}
    for each in (replacement for account in accounts for replacement in account.replacements):
        if each.first not in found or found[each.first].confidence < each.confidence:
            found[each.first] = each
    channels = [channel for account in accounts for channel in account.channels]
    return Diagnosis(sorted(channels, key=lambda channel: -channel.evidence), [found[place] for place in sorted(found)])


def _diagnose(model: Model, tokens: Tokens) -> Diagnosis:
    count = max(1, round(len(tokens) / _PART))
    bounds = [len(tokens) * number // count for number in range(count + 1)]
    channels: dict[str, Channel] = {}
    replacements = []
    for start, end in pairwise(bounds):
        part = _diagnose_part(model, tokens if count == 1 else tokens.part(start, end))
        for channel in part.channels:
            known = channels.get(channel.family)
            if known is None or (channel.convincing, channel.excess) > (known.convincing, known.excess):
                channels[channel.family] = channel
        replacements += [each.moved(start) for each in part.replacements] if start else part.replacements
    return Diagnosis(sorted(channels.values(), key=lambda channel: -channel.evidence), replacements)


def _diagnose_part(model: Model, tokens: Tokens) -> Diagnosis:
    candidates = model.candidates(tokens)
    scores = model.scores(tokens.key, candidates)
    families = model.families[candidates.phrase]
    channels = []
    found: dict[int, Replacement] = {}
    for number, name in enumerate(model.family_names):
        own = np.flatnonzero(families >> number & 1)
        ratios = mixture.likelihood_ratios(scores[own] - model.offsets[number])
        weights = mixture.repetition_weights(candidates.phrase[own], ratios)
        evidence = mixture.evidence(ratios, weights, mixture.estimate_rate(ratios, weights))
        # How much was replaced does not depend on repetition: a document said twice is spun as much as once.
        rate = mixture.estimate_rate(ratios, np.ones(len(own))) if evidence > 0.0 else 0.0
        channel = Channel(name, evidence, rate, len(own))
        channels.append(channel)
        if channel.convincing:
            for each in _replacements(model, tokens, candidates.only(own), ratios, rate, number):
                if each.first not in found or found[each.first].confidence < each.confidence:
                    found[each.first] = each
    return Diagnosis(channels, [found[place] for place in sorted(found)])


def _replacements(
    model: Model, tokens: Tokens, candidates: Candidates, ratios: Floats, rate: float, family: int
) -> list[Replacement]:
    likely = np.flatnonzero(mixture.posteriors(ratios, candidates.phrase, rate) >= _NEGLIGIBLE)
    candidates, ratios = candidates.only(likely), ratios[likely]
    options = model.restorations(tokens.key, candidates, family)
    posteriors, weighed = _weigh_absence(model, tokens, candidates, ratios, rate, options)
    # Once more with the neighbours turned back (“name” after “cellphone” tells little, after “phone” it tells all), and
    # the mean of both views: the first sees what was altered around a word, the second what may have been turned back
    # wrongly.
    keys, moved = _turn_back(model, tokens, candidates, posteriors, weighed)
    again = mixture.likelihood_ratios(model.scores(keys, moved) - model.offsets[family])
    options = options.mean(model.restorations(keys, moved, family))
    posteriors, options = _weigh_absence(model, tokens, candidates, np.sqrt(ratios * again), rate, options)
    chosen = posteriors >= LEAST_POSTERIOR
    order = np.lexsort((-options.probability, options.column))
    order = order[chosen[options.column[order]]]
    originals: dict[int, list[tuple[str, float]]] = {}
    for index in order.tolist():
        original = (model.originals[options.owner[index]], float(options.probability[index]))
        originals.setdefault(int(options.column[index]), []).append(original)
    return [
        Replacement(int(candidates.first[index]), int(candidates.last[index]), float(posteriors[index]), tuple(each))
        for index, each in originals.items()
    ]


def _turn_back(
    model: Model, tokens: Tokens, candidates: Candidates, posteriors: Floats, options: Restorations
) -> tuple[Keys, Candidates]:
    """The text's token keys with every likely substitution turned back, and where the candidates stand in it."""
    best = np.lexsort((options.probability, options.column))
    last_of = np.flatnonzero(np.append(np.diff(options.column[best]) != 0, True))
    chosen = [
        (int(options.column[index]), int(options.owner[index]))
        for index in best[last_of].tolist()
        if options.probability[index] >= _LIKELY and posteriors[options.column[index]] >= _LIKELY
    ]
    pieces: list[Keys] = []
    sizes, place = np.ones(len(tokens) + 1, np.int64), 0
    for column, owner in chosen:
        first, last = int(candidates.first[column]), int(candidates.last[column])
        original = model.original_tokens(owner)
        pieces += tokens.key[place:first], original
        sizes[first : last + 1] = 0
        sizes[first] = len(original)
        place = last + 1
    keys = np.concatenate([*pieces, tokens.key[place:]])
    position = np.cumsum(sizes) - sizes
    moved = Candidates(
        position[candidates.first], position[candidates.last + 1] - 1, candidates.phrase, candidates.form
    )
    return keys, moved


def _weigh_absence(
    model: Model, tokens: Tokens, candidates: Candidates, ratios: Floats, rate: float, options: Restorations
) -> tuple[Floats, Restorations]:
    """Let the words that are still there speak: a channel that replaces “agreement” leaves none behind.

    For each original the share ρ that was replaced is estimated from the occurrences that survive and those that
    candidates stand for; a candidate is as likely as the originals it may stand for are replaced at all.
    """
    place = np.full(len(tokens), -1, np.int64)
    place[candidates.first] = np.arange(len(candidates))
    surviving = model.survivors(tokens)
    posteriors = mixture.posteriors(ratios, candidates.phrase, rate)
    weighed = options
    for _ in range(_ROUNDS):
        # A surviving word may itself have been put there, and then it is no survivor.
        here = place[surviving.first]
        natural = np.where(here >= 0, 1.0 - posteriors[here], 1.0)
        size = len(model.originals)
        kept = np.bincount(surviving.phrase, natural, size)
        gone = np.bincount(weighed.owner, weighed.probability * posteriors[weighed.column], size)
        concerned = np.unique(options.owner)
        overall = gone[concerned].sum() / max(gone[concerned].sum() + kept[concerned].sum(), 1e-9)
        replaced = (gone + _PRIOR_WEIGHT * overall) / (gone + kept + _PRIOR_WEIGHT)
        factor = replaced[options.owner] / max(overall, 1e-9)
        joint = options.probability * factor
        strength = np.bincount(options.column, joint, len(candidates))
        posteriors = mixture.posteriors(ratios * strength, candidates.phrase, rate)
        weighed = Restorations(options.column, options.owner, joint).normalised()
    return posteriors, weighed
