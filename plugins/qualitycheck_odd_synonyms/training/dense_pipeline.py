"""From lexicons and clean text to a model folder with a network for its scorer."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from qualitycheck_odd_synonyms.dense import FIRST_WORD, UNKNOWN
from qualitycheck_odd_synonyms.lexicon import Pair
from qualitycheck_odd_synonyms.training import texts
from qualitycheck_odd_synonyms.training.corpus import Size, Source, Store, Text, store_text
from qualitycheck_odd_synonyms.training.examples import Examples, examples, vocabulary
from qualitycheck_odd_synonyms.training.export import dense_weights, export
from qualitycheck_odd_synonyms.training.measure import measure
from qualitycheck_odd_synonyms.training.network import fit
from qualitycheck_odd_synonyms.training.tables import Tables, build

_MOST_TOKENS = 13_000_000  # of a source: more would not change much, and all examples are in memory

Progress = Callable[[str], None]


def train_dense(
    lexicons: Mapping[str, Sequence[Pair]], shares: Sequence[float], least: Sequence[tuple[float, float]],
    sources: Sequence[Text], output: Path, *, seed: int = 1, progress: Progress = lambda line: None,
) -> dict[str, Any]:  # fmt: skip
    """Train a model for families of channels, and write its folder; what is returned is its manifest.

    ``lexicons`` are the pairs of each family, ``shares`` the share of the text that each spins in training, ``least``
    the evidence that each must have against a text (see ``export``). Takes three gigabytes of memory.

    Raises InputError for text that cannot be read, LexiconError for a lexicon.
    """
    tables = build(list(lexicons.values()))
    progress(f"{len(tables.observed.texts)} phrases that stand for {len(tables.originals.texts)} originals")
    with tempfile.TemporaryDirectory(dir=output.parent) as name:
        trained, held = _sources(Path(name), sources, progress)
        words = vocabulary(trained)
        rows = _original_rows(tables, words)
        seen = 0

        def draw(turn: int) -> Examples:
            nonlocal seen
            found = examples(trained, tables, shares, words, seed, turn)
            seen += len(found)
            progress(f"{len(found)} examples, {found.put.mean():.1%} of them put there by a channel")
            return found

        network = fit(draw, tables, len(words), rows, seed, progress)
        provenance = {
            "language": "en",
            "lexicons": {
                family: {"pairs": len(pairs), "share": share}
                for (family, pairs), share in zip(lexicons.items(), shares, strict=True)
            },
            "sources": {
                source.name: {"documents": source.documents, "tokens": len(source.keys), "sha256": source.digest}
                for source in trained
            },
            "seed": seed, "candidates": seen, "loss": round(network.loss, 4),
        }  # fmt: skip
        made = Path(name) / "model"
        manifest = export(
            made, dense_weights(network, words, rows), tables, list(lexicons), trained, provenance,
            lambda model: measure(model, tables, held, seed, progress), least, seed,
        )  # fmt: skip
        shutil.rmtree(output, ignore_errors=True)
        shutil.move(made, output)
    progress(f"written to {output}")
    return manifest


def _sources(folder: Path, sources: Sequence[Text], progress: Progress) -> tuple[list[Source], list[Source]]:
    """What is trained on and what is kept back, source by source."""
    stores = Store(folder, "trained"), Store(folder, "held")
    for store in stores:
        store.open(Size())
    bounds = [(Size(), Size())]
    for each in sources:
        store_text(each, *stores)
        bounds.append((stores[0].size, stores[1].size))
        progress(f"{each.name}: {(bounds[-1][0].tokens - bounds[-2][0].tokens) / 1e6:.1f} M tokens")
    for store in stores:
        store.close()
    parts: list[list[Source]] = []
    for side, store in enumerate(stores):
        found = [
            store.source(each.name, texts.digest(each.path), before[side], after[side])
            for each, (before, after) in zip(sources, pairwise(bounds), strict=True)
        ]
        parts.append([_beginning(source) for source in found if source.documents])
    return parts[0], parts[1]


def _beginning(source: Source) -> Source:
    """As much of a source as is trained on."""
    pieces = int(np.cumsum(source.lengths).searchsorted(_MOST_TOKENS, side="right"))
    lengths = source.lengths[:pieces]
    tokens = int(lengths.sum())
    return replace(source, keys=source.keys[:tokens], forms=source.forms[:tokens], lengths=lengths)


def _original_rows(tables: Tables, words: np.ndarray) -> np.ndarray:
    """For each original the row of the word vector that stands for it: that of its last word that is known."""
    rows = np.full(len(tables.originals.texts), UNKNOWN, np.int64)
    for number, keys in enumerate(tables.originals.tokens):
        place = np.minimum(words.searchsorted(keys), len(words) - 1)
        known = np.flatnonzero(words[place] == keys)
        if len(known):
            rows[number] = place[known[-1]] + FIRST_WORD
    return rows
