"""What happened to a document: for each family of channels the evidence, the rate, and the phrases it put there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from qualitycheck.tokens import Tokens
from qualitycheck_odd_synonyms import mixture
from qualitycheck_odd_synonyms.model import Model
from qualitycheck_odd_synonyms.phrases import Candidates, candidates_at
from qualitycheck_odd_synonyms.replacements import Replacement, find_replacements

#: Least share of the candidates that must have been put there.
LEAST_RATE = 0.02

Floats = npt.NDArray[np.float64]

#: A second family's phrases count where it has this share of the evidence of the first.
_SECOND = 0.5
_GAP = np.zeros(1, np.uint64)
_PART = 5000  # tokens
_GROUP = 200_000  # tokens looked through at a time: one look at many short texts, and no end of memory for a long one


@dataclass(frozen=True, slots=True)
class Channel:
    """One family's account of a document: evidence in nats, and the share π of its candidates that it replaced.

    ``least`` is the evidence that it takes for a text with so many candidates.
    """

    family: str
    evidence: float
    rate: float
    least: float

    @property
    def excess(self) -> float:
        """The evidence beyond what is needed, in nats; below zero where it is too little."""
        return self.evidence - self.least

    @property
    def convincing(self) -> bool:
        """Whether the document counts as passed through this channel."""
        return self.excess >= 0.0 and self.rate >= LEAST_RATE


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The channels of a document, most evidence first, and the phrases they put there, in order of place."""

    channels: list[Channel]
    replacements: list[Replacement]

    @property
    def spun(self) -> bool:
        """Whether any channel is convincing."""
        return any(channel.convincing for channel in self.channels)

    def moved(self, distance: int) -> Diagnosis:
        """The same, with replacements so many tokens further on."""
        return Diagnosis(self.channels, [each.moved(distance) for each in self.replacements]) if distance else self


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of one of the documents: its tokens from ``start`` on."""

    document: int
    start: int
    tokens: Tokens


@dataclass(frozen=True, slots=True)
class Account:
    """A family's channel in a part, with what it rests on: the candidates and their likelihood ratios."""

    model: Model
    number: int
    channel: Channel
    candidates: Candidates
    ratios: Floats

    def replacements(self, tokens: Tokens) -> list[Replacement]:
        """The phrases that it put there."""
        return find_replacements(
            self.model, tokens, self.candidates, self.ratios, self.channel.rate, self.number
        )  # fmt: skip


def diagnose(models: Sequence[Model], documents: Sequence[Tokens]) -> list[Diagnosis]:
    """Weigh the evidence of every family of every model. Phrases count only where a family is convincing.

    A long text is taken part by part, and its channels are those of the part that tells most: a spun chapter must not
    hide in a book, nor a spun text in its own length.
    """
    found: list[list[Diagnosis]] = [[] for _ in documents]
    for group in _groups(documents):
        accounts = [_group_accounts(model, group) for model in models]
        for part, *each in zip(group, *accounts, strict=True):
            own = [account for own in each for account in own]
            found[part.document].append(_diagnosis(own, part.tokens).moved(part.start))
    return [_summed_up(parts) for parts in found]


def accounts(models: Sequence[Model], tokens: Tokens) -> list[Account]:
    """What each family of each model says of a text that is short enough to be one part."""
    part = _Part(0, 0, tokens)
    return [account for model in models for each in _group_accounts(model, [part]) for account in each]


def part_bounds(tokens: Tokens) -> list[tuple[int, int]]:
    """The parts that a text is taken in, by their first token and that behind their last."""
    count = max(1, round(len(tokens) / _PART))
    return list(pairwise(len(tokens) * each // count for each in range(count + 1)))


def _groups(documents: Sequence[Tokens]) -> Iterator[list[_Part]]:
    """The parts of all documents, so many at a time."""
    group: list[_Part] = []
    size = 0
    for number, tokens in enumerate(documents):
        bounds = part_bounds(tokens)
        for start, end in bounds:
            if group and size + end - start > _GROUP:
                yield group
                group, size = [], 0
            group.append(_Part(number, start, tokens if len(bounds) == 1 else tokens.part(start, end)))
            size += end - start
    if group:
        yield group


def _group_accounts(model: Model, group: Sequence[_Part]) -> Iterator[list[Account]]:
    """Look through all parts at once, and closely at those that are not plainly clean."""
    sizes = np.array([len(part.tokens) for part in group])
    offsets = np.cumsum(sizes + 1) - sizes - 1
    # A token that is in no phrase stands between two texts.
    keys = np.concatenate([piece for part in group for piece in (part.tokens.key, _GAP)])
    first, length, phrase = model.phrases.find(keys)
    bounds = first.searchsorted(np.append(offsets, len(keys)))
    plausible = model.screen.plausible(phrase, bounds)
    none = np.empty(0, np.int64)
    nothing = Candidates(none, none, none, np.empty(0, np.uint64))
    dismissed = [
        Account(model, number, Channel(name, 0.0, 0.0, model.least_evidence(name)), nothing, np.empty(0))
        for number, name in enumerate(model.family_names)
    ]
    for number, part in enumerate(group):
        if not plausible[number]:
            yield dismissed
            continue
        own = slice(bounds[number], bounds[number + 1])
        candidates = candidates_at(part.tokens, first[own] - offsets[number], length[own], phrase[own])
        yield [_account(model, family, part.tokens, candidates) for family in range(len(model.family_names))]


def _account(model: Model, family: int, tokens: Tokens, candidates: Candidates) -> Account:
    own = candidates.only(np.flatnonzero(model.families[candidates.phrase] >> family & 1))
    ratios = mixture.likelihood_ratios(model.log_ratios(tokens.key, own, family))
    weights = mixture.repetition_weights(own.phrase, ratios, model.repetition)
    evidence = mixture.evidence(ratios, weights, mixture.estimate_rate(ratios, weights))
    # How much was replaced does not depend on repetition: a document said twice is spun as much as once.
    rate = mixture.estimate_rate(ratios, np.ones(len(own))) if evidence > 0.0 else 0.0
    name = model.family_names[family]
    return Account(model, family, Channel(name, evidence, rate, model.least_evidence(name, len(own))), own, ratios)


def _diagnosis(accounts: Sequence[Account], tokens: Tokens) -> Diagnosis:
    """What all families say of a part. One that has much less to say than another tells the other's work again."""
    most = max((each.channel.evidence for each in accounts if each.channel.convincing), default=0.0)
    found = [
        replacement
        for each in accounts
        if each.channel.convincing and each.channel.evidence >= _SECOND * most
        for replacement in each.replacements(tokens)
    ]
    return Diagnosis([each.channel for each in accounts], _apart(found))


def _apart(replacements: Sequence[Replacement]) -> list[Replacement]:
    """Of replacements that overlap the surest alone, in order of place."""
    kept: dict[int, Replacement] = {}
    taken: set[int] = set()
    for each in sorted(replacements, key=lambda each: (-each.confidence, each.first)):
        places = range(each.first, each.last + 1)
        if taken.isdisjoint(places):
            taken.update(places)
            kept[each.first] = each
    return [kept[place] for place in sorted(kept)]


def _summed_up(parts: Sequence[Diagnosis]) -> Diagnosis:
    """The diagnosis of a document from those of its parts: each family speaks where it has most to say."""
    channels: dict[str, Channel] = {}
    for part in parts:
        for channel in part.channels:
            known = channels.get(channel.family)
            if known is None or (channel.convincing, channel.excess) > (known.convincing, known.excess):
                channels[channel.family] = channel
    ordered = sorted(channels.values(), key=lambda channel: -channel.evidence)
    return Diagnosis(ordered, [each for part in parts for each in part.replacements])
