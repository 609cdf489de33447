"""What the first look goes by: how much oftener each channel writes a phrase than people, and what is enough."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any

import numpy as np

from qualitycheck_odd_synonyms.diagnosis import diagnose
from qualitycheck_odd_synonyms.features import phrase_key
from qualitycheck_odd_synonyms.model import Model
from qualitycheck_odd_synonyms.screening import ALWAYS
from qualitycheck_odd_synonyms.training.corpus import Source, pieces, tokens_of
from qualitycheck_odd_synonyms.training.loops import SKEW
from qualitycheck_odd_synonyms.training.simulate import spun
from qualitycheck_odd_synonyms.training.tables import Tables

_LIMIT = 4.0  # on the log ratios: no single phrase makes a text suspect
_RAREST = 2e-8  # per token: what no text of the sample holds counts as this rare
# A phrase counts as being as common as in the source that likes it most, to this share, and else as on average: what
# is one genre's jargon is no sign of a spinner.
_DARLING = 0.3

_TRIALS = 60  # pieces of each source
_RATE = 0.15  # of what can be replaced: a text is harder to find the fewer words were
_LEAST_FOUND = 50
_MISSED = 0.005
_ENOUGH, _TOO_LITTLE = 2.5, 0.2  # nats


def log_ratios(model: Model, tables: Tables, sources: Sequence[Source]) -> np.ndarray:
    """For each family and phrase the log ratio of two shares of all candidates; −∞ where the family has it not.

    One is the phrase's share among what the channel puts into the sources, the other its share in them as they are.
    """
    natural, listed = _frequencies(model, sources)
    common = (1.0 - _DARLING) * natural.mean(axis=0) + _DARLING * natural.max(axis=0) + _RAREST
    # Phrases that differ in a number alone share a key, and the first of them is the one that is found.
    number = {int(key): index for index, key in reversed(list(enumerate(model.phrase_keys)))}
    rows = []
    for family in range(len(model.family_names)):
        own = model.families >> family & 1 > 0
        put = _put(tables.channels[family], listed.mean(axis=0), number, natural.shape[1]) + _RAREST
        row = np.log(put / put[own].sum()) - np.log(common / common[own].sum())
        rows.append(np.where(own, np.clip(row, -_LIMIT, _LIMIT), -np.inf))
    return np.array(rows, np.float32)


def _frequencies(model: Model, sources: Sequence[Source]) -> tuple[np.ndarray, np.ndarray]:
    """How often each phrase and each original stands in each source, per token."""
    natural = np.zeros((len(sources), len(model.phrase_keys)))
    listed = np.zeros((len(sources), len(model.originals)))
    for row, source in enumerate(sources):
        for start, end in pieces(source):
            tokens = tokens_of(source, start, end)
            natural[row] += np.bincount(model.candidates(tokens).phrase, minlength=natural.shape[1])
            listed[row] += np.bincount(model.survivors(tokens).phrase, minlength=listed.shape[1])
        natural[row] /= len(source.keys)
        listed[row] /= len(source.keys)
    return natural, listed


def _put(channel: tuple[Any, ...], listed: np.ndarray, number: dict[int, int], size: int) -> np.ndarray:
    """How often the channel writes each phrase, per token, if it replaces all that it can."""
    _, originals, starts, token_starts, tokens = channel
    put = np.zeros(size)
    for row, original in enumerate(originals.tolist()):
        count = int(starts[row + 1] - starts[row])
        # Earlier alternatives are drawn oftener, see loops.spin.
        chances = np.diff((np.arange(count + 1) / count) ** (1.0 / SKEW))
        for alternative, chance in enumerate(chances.tolist(), int(starts[row])):
            key = phrase_key(tokens[token_starts[alternative] : token_starts[alternative + 1]])
            put[number[key]] += listed[original] * chance
    return put


def least_evidence(model: Model, tables: Tables, sources: Sequence[Source], seed: int) -> float:
    """How little evidence the first look must have to dismiss a text, in nats.

    Texts are spun at low rates; nearly all that the close look then finds must pass the first. Where a family's words
    are as common as what they replace, words alone tell nothing, and no text is dismissed.
    """
    found = []
    for number, source in enumerate(sources):
        for piece, (start, end) in enumerate(islice(pieces(source), _TRIALS)):
            tokens = tokens_of(source, start, end)
            for family, channel in enumerate(tables.channels):
                text, _ = spun(tokens, channel, _RATE, (seed << 32) + (number << 20) + (piece << 4) + family)
                if diagnose([model], [text])[0].spun:
                    found.append(model.screen.evidence(model.candidates(text).phrase))
    if len(found) < _LEAST_FOUND:
        return ALWAYS
    least = float(np.quantile(found, _MISSED))
    return min(least, _ENOUGH) if least > _TOO_LITTLE else ALWAYS
