"""From texts to a model folder, with the figures that say what it does."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from qualitycheck_document_detectors.measures import NAMES
from qualitycheck_document_detectors.training.blocks import Block, corpus_blocks, labelled_blocks, round_trip_blocks
from qualitycheck_document_detectors.training.features import LEAST_SOURCES, stacked
from qualitycheck_document_detectors.training.figures import figures
from qualitycheck_document_detectors.training.fit import Fitted, Scale, Texts, fit, held_out
from qualitycheck_document_detectors.training.human import Source, many, sources, vocabulary, written
from qualitycheck_document_detectors.training.labelled import examples
from qualitycheck_document_detectors.training.scored import ROUND_TRIPS, Scored
from qualitycheck_document_detectors.training.thresholds import LENGTHS, least_scores

SEED = 1
_LEAST_SPREAD = 1e-6  # of a measure that is the same in all texts
_OUTLIERS = 1e-4  # the share of weights that is cut when eight bits have to do
#: What all of the corpus weighs beside all positive texts, by which it is told what people write.
_CORPUS = 2.0

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a detector learns: the label it finds, in which sources, and how much each kind of text counts.

    Kinds that are not named count for ``other``. ``rate`` is the share of documents by people that may reach its least
    score, in every source, and ``caution`` is added to that; ``measures`` are the columns that it looks at.
    """

    label: str
    sources: frozenset[str]
    rate: float
    kinds: Mapping[str, float]
    other: float = 0.7
    measures: tuple[int, ...] = tuple(range(len(NAMES)))
    caution: float = 0.0


_MIXED = frozenset({"arxiv", "writing_prompt", "xsum", "yelp"})
#: The detectors. Two share MTX010, so each may be wrong half as often.
PLANS = {
    "rewritten-by-model": Plan(
        "llm",
        _MIXED | {"apt", "raidar"},
        0.001,
        # A paraphraser's text (dipper) is no language model's answer; what was hardly touched is hardly a rewrite.
        {"major": 1.0, "slight_major": 1.0, "minor": 0.6, "extreme_minor": 0.15, "polish": 1.0, "dipper": 0.0},
    ),
    # Learners write what translators write, and of grown-up ones there is no collection to set a least score by.
    "translated-by-network": Plan("backtranslated", _MIXED | {"asap", "synscipass"}, 0.0005, {}, caution=1.0),
    "translated-by-rules": Plan("rules", frozenset({ROUND_TRIPS}), 0.0005, {}),
}


def train(
    corpus: Path, labelled: Path, round_trips: Path, output: Path, progress: Progress = lambda line: None
) -> None:
    """Train all detectors and write the folder. Raises OSError for files that are not there."""
    found = sources(corpus, SEED)
    progress(f"{len(found)} sources, {sum(len(source.documents) for source in found)} documents")
    words = vocabulary(found)
    masks = written(found, words)
    held = [many(each, LEAST_SOURCES) for each in masks]
    progress(f"{int((words.table > 0).sum())} words; people write {[int(each.sum()) for each in held]} grams")
    known = [each for each in examples(labelled) if each.text.strip()]
    blocks = [
        *labelled_blocks(known, words, masks),
        *round_trip_blocks(round_trips, found, words, masks),
        *corpus_blocks(found, words, masks),
    ]
    progress(f"{len(known)} labelled texts, {sum(len(block.fold) for block in blocks)} in all")
    measures = np.concatenate([block.rows.measures for block in blocks if block.kind == "part"])
    mean, spread = measures.mean(axis=0), np.maximum(measures.std(axis=0), _LEAST_SPREAD)
    manifest: dict[str, Any] = {"measures": {"mean": mean.tolist(), "spread": spread.tolist()}, "detectors": {}}
    weights = []
    for name, plan in PLANS.items():
        scored, least, fitted = _detector(plan, blocks, Scale(mean, spread, plan.measures))
        step, small = quantise(fitted.grams)
        weights.append(small)
        manifest["detectors"][name] = {
            "scale": step,
            "bias": fitted.bias,
            "measures": fitted.measures.tolist(),
            "words": list(LENGTHS),
            "least": [round(each, 4) for each in least.tolist()],
            "measured": figures(scored, least),
        }
        progress(name)
    seen = np.stack([np.packbits(each, bitorder="little") for each in held])
    _write(output, {"vocabulary": words.table, "seen": seen, "weights": np.stack(weights)}, manifest, found)
    progress(f"written to {output}")


def _detector(plan: Plan, blocks: Sequence[Block], scale: Scale) -> tuple[list[Scored], np.ndarray, Fitted]:
    """Scores of everything by detectors that did not see it, the least scores, and the detector of all texts."""
    blocks = [block for block in blocks if block.label in ("human", plan.label)]
    texts = Texts(
        stacked([block.rows for block in blocks]),
        np.concatenate([np.full(len(block.fold), not block.human) for block in blocks]),
        np.concatenate(_weights(plan, blocks)),
        np.concatenate([block.fold for block in blocks]),
    )
    scored = list(_scored(blocks, held_out(texts, scale), new=False))
    human = [each for each in scored if each.human]
    least = least_scores(human, plan.rate) + plan.caution
    owner = np.concatenate([np.full(len(block.fold), block.collection, object) for block in blocks])
    for collection in sorted(
        {block.collection for block in blocks if not block.human and block.source in plan.sources}
    ):
        scores = fit(texts, np.flatnonzero((texts.weight > 0) & (owner != collection)), scale).scores(texts.rows, scale)
        kept = {block.source for block in blocks if block.collection == collection}
        scored += [
            each
            for block, each in zip(blocks, _scored(blocks, scores, new=True), strict=True)
            if block.collection == collection or (block.human and block.source in kept)
        ]
    return scored, least, fit(texts, np.flatnonzero(texts.weight > 0), scale)


def _scored(blocks: Sequence[Block], scores: np.ndarray, *, new: bool) -> Sequence[Scored]:
    """The scores block by block."""
    bounds = np.cumsum([0, *(len(block.fold) for block in blocks)])
    return [
        Scored(block.source, block.kind, block.human, scores[first:last], block.rows.words, new)
        for block, first, last in zip(blocks, bounds[:-1], bounds[1:], strict=True)
    ]


def _weights(plan: Plan, blocks: Sequence[Block]) -> list[np.ndarray]:
    """How much each text counts.

    A human text weighs what its versions do together, so that no topic tells a label; each source of the corpus counts
    alike.
    """
    versions: dict[str, float] = {}
    total = 0.0
    for block in blocks:
        if not block.human and block.source in plan.sources:
            each = plan.kinds.get(block.kind, plan.other)
            total += each * len(block.pairs)
            for pair in block.pairs:
                versions[pair] = versions.get(pair, 0.0) + each
    parts = sum(block.kind == "part" for block in blocks)
    weights = []
    for block in blocks:
        count = len(block.pairs)
        if block.kind in ("part", "document"):
            weights.append(np.full(count, total * _CORPUS / parts / count if block.kind == "part" else 0.0))
        elif block.source not in plan.sources:
            weights.append(np.zeros(count))
        elif not block.human:
            weights.append(np.full(count, plan.kinds.get(block.kind, plan.other)))
        elif block.source == ROUND_TRIPS:
            weights.append(np.full(count, total / count))
        else:
            weights.append(np.array([versions.get(pair, 0.0) for pair in block.pairs]))
    return weights


def quantise(weights: np.ndarray) -> tuple[float, np.ndarray]:
    """The value of one step, and weights as signed bytes."""
    sizes = np.abs(weights[weights != 0])
    step = float(np.quantile(sizes, 1.0 - _OUTLIERS)) / 127.0
    return step, np.clip(np.round(weights / step), -127, 127).astype(np.int8)


def _write(output: Path, arrays: Mapping[str, np.ndarray], manifest: dict[str, Any], found: Sequence[Source]) -> None:
    """Write the folder, the manifest last."""
    output.mkdir(parents=True, exist_ok=True)
    for name, array in arrays.items():
        np.save(output / f"{name}.npy", array)
    digest = hashlib.sha256(b"".join(array.tobytes() for array in arrays.values()))
    digest.update(json.dumps(manifest).encode())
    manifest["version"] = digest.hexdigest()[:12]
    manifest["seed"] = SEED
    manifest["sources"] = {source.name: len(source.documents) for source in found}
    manifest["files"] = {
        f"{name}.npy": hashlib.sha256((output / f"{name}.npy").read_bytes()).hexdigest() for name in sorted(arrays)
    }
    text = json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"
    (output / "manifest.json").write_text(text, encoding="utf-8")
