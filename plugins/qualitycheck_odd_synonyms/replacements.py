"""Which phrases a channel put into a document, and what stood there before."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from qualitycheck.tokens import FILLER, Tokens
from qualitycheck_odd_synonyms import mixture
from qualitycheck_odd_synonyms.features import Keys
from qualitycheck_odd_synonyms.model import Model, Restorations
from qualitycheck_odd_synonyms.phrases import Candidates

Floats = npt.NDArray[np.float64]

#: A phrase is reported where its posterior probability passes this.
LEAST_POSTERIOR = 0.75

_NEGLIGIBLE = 0.01  # candidates with a lower posterior say nothing about what a channel replaces
_LIKELY = 0.5  # a neighbour is turned back where it was replaced, and by this original, with such probability
_ROUNDS = 3
_PRIOR_WEIGHT = 2.0


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


def find_replacements(
    model: Model, tokens: Tokens, candidates: Candidates, ratios: Floats, rate: float, family: int
) -> list[Replacement]:
    """The phrases that a family of channels put there, given the ratios of all its candidates and its rate."""
    likely = np.flatnonzero(mixture.posteriors(ratios, candidates.phrase, rate) >= _NEGLIGIBLE)
    candidates, ratios = candidates.only(likely), ratios[likely]
    options = model.restorations(tokens.key, candidates, family)
    posteriors, weighed = _weigh_absence(model, tokens, candidates, ratios, rate, options)
    # Once more with the neighbours turned back (“name” after “cellphone” tells little, after “phone” it tells all), and
    # the mean of both views: the first sees what was altered around a word, the second what may have been turned back
    # wrongly.
    keys, moved = _turn_back(model, tokens, candidates, posteriors, weighed)
    again = mixture.likelihood_ratios(model.log_ratios(keys, moved, family))
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
