"""Writes what was trained as a model folder, with a manifest that says where it comes from."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from typing import Any

import numpy as np

from qualitycheck_odd_synonyms.dense import NEAR
from qualitycheck_odd_synonyms.mixture import likelihood_ratios
from qualitycheck_odd_synonyms.model import Model
from qualitycheck_odd_synonyms.screening import ALWAYS
from qualitycheck_odd_synonyms.training.corpus import Source, pieces, tokens_of
from qualitycheck_odd_synonyms.training.fit import Fitted
from qualitycheck_odd_synonyms.training.network import Network
from qualitycheck_odd_synonyms.training.screening import least_evidence, log_ratios
from qualitycheck_odd_synonyms.training.tables import Phrases, Tables, ragged

#: The least evidence of a family that has not been measured.
CAUTIOUS = (22.0, 0.03)

_NATURAL_SAMPLE = 300_000  # tokens of each source
_UNSEEN_BONUS = 3.0  # nats, at most; a hundred million words without a phrase would allow for more
_RARE = 1e-6  # a phrase that clean text may well hold stands in it once in a million words
_OUTLIERS = 1e-4  # the share of weights that is cut when eight bits have to do
_COARSE = 40  # steps do for vectors, which take a fifth less of a wheel then


@dataclass(frozen=True, slots=True)
class Weights:
    """What a scorer needs of a model folder: its arrays by name, and its lines of the manifest."""

    arrays: Mapping[str, np.ndarray]
    manifest: Mapping[str, Any]


def export(
    folder: Path, weights: Weights, tables: Tables, families: Sequence[str], sources: Sequence[Source],
    provenance: Mapping[str, Any], measured: Callable[[Model], Mapping[str, Any]],
    least: Sequence[tuple[float, float]] | None = None, seed: int = 1,
) -> dict[str, Any]:  # fmt: skip
    """Write the model folder.

    ``provenance`` goes into the manifest, which is returned, and so does what ``measured`` says of the model.
    ``least`` is the evidence, in nats, that each family must have against a text: a constant, and so much for each
    candidate. It is found by looking at clean text that was not trained on; cautious where it is not given.
    """
    folder.mkdir(parents=True, exist_ok=True)
    owner_starts, owners = ragged(tables.owners)
    arrays = {
        **weights.arrays,
        "phrase_families": np.array([_bits(each) for each in tables.families], np.uint16),
        "owner_starts": owner_starts,
        "owners": owners,
        "owner_families": np.array([bits for each in tables.owner_families for bits in each], np.uint16),
        "family_offsets": np.zeros(len(families), np.float32),
        "screen": np.zeros((len(families), len(tables.observed.texts)), np.float32),
        **_phrases("phrase", tables.observed),
        **_phrases("original", tables.originals),
    }
    (folder / "originals.txt").write_text("".join(f"{text}\n" for text in tables.originals.texts), encoding="utf-8")
    manifest: dict[str, Any] = {
        "families": list(families), **weights.manifest, "screen_least": ALWAYS, "least_evidence": {
            name: list(each) for name, each in zip(families, least or repeat(CAUTIOUS), strict=False)
        },
        **provenance, "files": {},
    }  # fmt: skip
    _write(folder, arrays, manifest)
    # These are measured with the model as it is written, and then written into it.
    if "phrase_bonus" in arrays:
        arrays["phrase_bonus"] = unseen_bonus(Model(folder), sources)
    arrays["screen"] = log_ratios(Model(folder), tables, sources)
    arrays["family_offsets"] = natural_offsets(Model(folder), sources)
    _write(folder, arrays, manifest)
    manifest["screen_least"] = round(least_evidence(Model(folder), tables, sources, seed), 3)
    manifest["version"] = hashlib.sha256(b"".join(array.tobytes() for array in arrays.values())).hexdigest()[:12]
    _write(folder, arrays, manifest)
    manifest["files"] = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
        if path.name != "manifest.json"
    }
    manifest["measured"] = measured(Model(folder))
    _write(folder, {}, manifest)
    return manifest


def hashed_weights(fitted: Fitted, tables: Tables) -> Weights:
    """The weights of ``hashed.HashedScorer``, as signed bytes."""
    detect, detect_scale = quantise(fitted.detect)
    restore, restore_scale = quantise(fitted.restore)
    arrays = {
        "detect": detect,
        "restore": restore,
        "cluster_check": fitted.cluster_check,
        "cluster_ids": fitted.cluster_ids,
        "genres": fitted.genres,
        "phrase_bonus": np.zeros(len(tables.observed.texts), np.float32),
    }
    return Weights(arrays, {"scorer": "hashed", "detect_scale": detect_scale, "restore_scale": restore_scale})


def dense_weights(network: Network, vocabulary: np.ndarray, rows: np.ndarray) -> Weights:
    """The weights of ``dense.DenseScorer``: vectors as signed bytes, and one row for all that are zero.

    ``rows`` are those of the words that stand for the originals.
    """
    words, word_scale = quantise(network.words, _COARSE)
    kept = np.flatnonzero(network.phrases.any(axis=1))
    phrase_rows = np.zeros(len(network.phrases), np.int32)
    phrase_rows[kept] = np.arange(1, len(kept) + 1)
    phrases, phrase_scale = quantise(np.vstack([np.zeros_like(network.phrases[:1]), network.phrases[kept]]), _COARSE)
    vectors = np.ones((len(network.detect_layer), 1), np.float32)
    vectors[: 2 * NEAR * network.words.shape[1]] = word_scale
    vectors[-1 - network.words.shape[1] : -1] = word_scale
    arrays = {
        "vocabulary": vocabulary,
        "word_vectors": words,
        "detect_layer": network.detect_layer * vectors,
        "phrase_rows": phrase_rows,
        "phrase_vectors": phrases,
        "phrase_priors": network.priors.astype(np.float16),
        "restore_layer": network.restore_layer * vectors,
        "restore_out": network.restore_out * np.float32(word_scale),
        "original_rows": rows.astype(np.int32),
        "original_priors": network.original_priors.astype(np.float16),
    }
    # What a text is about is odd to the network each time it is said: “gadget” in a list of gadgets.
    return Weights(arrays, {"scorer": "dense", "phrase_scale": phrase_scale, "repetition": 2.0})


def _write(folder: Path, arrays: Mapping[str, np.ndarray], manifest: Mapping[str, Any]) -> None:
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array)
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _phrases(name: str, phrases: Phrases) -> dict[str, np.ndarray]:
    return {
        f"{name}_keys": phrases.keys,
        # That of a single word is the phrase's own.
        f"{name}_first": np.array([each[0] for each in phrases.tokens if len(each) > 1], np.uint64),
        f"{name}_lengths": phrases.lengths,
    }


def _bits(numbers: set[int]) -> int:
    return sum(1 << number for number in numbers)


def quantise(weights: np.ndarray, most: int = 127) -> tuple[np.ndarray, float]:
    """Weights as signed bytes up to ``most``, and the value of one step."""
    sizes = np.abs(weights[weights != 0])
    scale = float(np.quantile(sizes, 1.0 - _OUTLIERS)) / most if len(sizes) else 1.0
    return np.clip(np.round(weights / scale), -most, most).astype(np.int8), scale


def unseen_bonus(model: Model, sources: Sequence[Source]) -> np.ndarray:
    """What is added to the score of phrases that no clean text holds (“counterfeit consciousness”).

    Their originals may be as rare, so that training says little of them; never to be seen in much text says much.
    """
    seen = np.zeros(len(model.families), np.int64)
    for source in sources:
        for start, end in pieces(source):
            candidates = model.candidates(tokens_of(source, start, end))
            seen += np.bincount(candidates.phrase, minlength=len(seen))
    tokens = sum(len(source.keys) for source in sources)
    bonus = min(max(math.log(tokens * _RARE), 0.0), _UNSEEN_BONUS)
    return np.where(seen == 0, bonus, 0.0).astype(np.float32)


def natural_offsets(model: Model, sources: Sequence[Source]) -> np.ndarray:
    """For each family, what must be taken off its scores: under natural text a likelihood ratio has a mean of 1.

    The mean is taken over sources, so that each genre counts alike.
    """
    scores: list[list[np.ndarray]] = [[] for _ in model.family_names]
    for source in sources:
        gathered: list[list[np.ndarray]] = [[] for _ in model.family_names]
        for start, end in pieces(source, _NATURAL_SAMPLE):
            tokens = tokens_of(source, start, end)
            candidates = model.candidates(tokens)
            listed = model.families[candidates.phrase]
            for number in range(len(model.family_names)):
                own = candidates.only(listed >> number & 1 > 0)
                gathered[number].append(model.log_ratios(tokens.key, own, number))
        for number, each in enumerate(gathered):
            scores[number].append(np.concatenate(each))
    return np.array([_offset([each for each in family if len(each)]) for family in scores], np.float32)


def _offset(scores: Sequence[np.ndarray]) -> float:
    if not scores:
        return 0.0
    low, high = -20.0, 20.0
    for _ in range(40):
        middle = (low + high) / 2.0
        mean = np.mean([likelihood_ratios(each - middle).mean() for each in scores])
        low, high = (middle, high) if mean > 1.0 else (low, middle)
    return low
