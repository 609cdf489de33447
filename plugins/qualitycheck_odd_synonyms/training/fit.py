"""Training: clean documents go through simulated channels, and the model learns to tell what was put there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from qualitycheck_odd_synonyms.training import loops
from qualitycheck_odd_synonyms.training.clusters import cluster, genres, vocabulary
from qualitycheck_odd_synonyms.training.corpus import Source
from qualitycheck_odd_synonyms.training.tables import Tables, ragged

CLUSTER_BITS = 18
_VOCABULARY = 40_000
_VOCABULARY_SAMPLE = 6_000_000  # tokens of each source
_GENRE_SAMPLE = 20_000  # documents
_STEP = 0.15  # AdaGrad's; one pass over much text generalises better than two over less


@dataclass(frozen=True, slots=True)
class Options:
    """``mix`` is the share of documents that each family spins (the rest stays clean); the bits are table sizes."""

    mix: Sequence[float]
    detect_bits: int = 23
    restore_bits: int = 22
    seed: int = 1
    batches: int = 20


@dataclass(frozen=True, slots=True)
class Fitted:
    """What training gives: weights, clusters, and sums (candidates, substituted, loss, ranked, ranked right)."""

    detect: np.ndarray
    restore: np.ndarray
    cluster_check: np.ndarray
    cluster_ids: np.ndarray
    genres: np.ndarray
    sums: np.ndarray


def fit(sources: Sequence[Source], tables: Tables, options: Options, progress: Callable[[str], None]) -> Fitted:
    """Train on all sources in one pass; the same input and options give the same bytes."""
    progress("clustering words")
    words = vocabulary([source.keys[:_VOCABULARY_SAMPLE] for source in sources], _VOCABULARY)
    check, ids = cluster_table(words, cluster([source.keys for source in sources], words, seed=options.seed))
    keys = np.concatenate([source.keys for source in sources])
    forms = np.concatenate([source.forms for source in sources])
    starts = np.cumsum([0, *np.concatenate([source.lengths for source in sources])]).astype(np.int64)
    order = np.random.default_rng(options.seed).permutation(len(starts) - 1)
    weights = tuple(
        np.zeros(1 << bits, np.float32)
        for bits in (options.detect_bits, options.detect_bits, options.restore_bits, options.restore_bits)
    )
    families = np.array([sum(1 << family for family in each) for each in tables.families], np.int64)
    candidates = (*tables.observed.table(), tables.observed.keys, families)
    owners = (*ragged(tables.owners), tables.originals.keys)
    clusters = (CLUSTER_BITS, check, ids.astype(np.uint64))
    kinds = genres(_histograms(keys, starts, order[:_GENRE_SAMPLE], check, ids), seed=options.seed)
    total = np.zeros(5)
    for number, batch in enumerate(np.array_split(order, options.batches), 1):
        sums = loops.train_pass(
            keys, forms, starts, batch, options.seed + number, tables.channels, np.array(options.mix), candidates,
            owners, clusters, kinds, weights, _STEP,
        )  # fmt: skip
        total += sums
        progress(
            f"{number}/{options.batches}: {total[0] / 1e6:.1f} M candidates, {sums[1] / sums[0]:.1%} substituted, "
            f"loss {sums[2] / sums[0]:.4f}, originals ranked right {sums[4] / max(sums[3], 1):.1%}"
        )
    return Fitted(weights[0], weights[2], check, ids, kinds, total)


def _histograms(
    keys: np.ndarray, starts: np.ndarray, documents: np.ndarray, check: np.ndarray, ids: np.ndarray
) -> np.ndarray:
    """The square roots of each document's counts of word clusters."""
    rows = []
    size = int(ids.max()) + 1
    for document in documents:
        piece = keys[starts[document] : starts[document + 1]]
        slot = (piece >> np.uint64(64 - CLUSTER_BITS)).astype(np.int64)
        numbers = ids[slot] * (check[slot] == piece.astype(np.uint32))
        rows.append(np.sqrt(np.bincount(numbers, minlength=size).astype(np.float32)))
    return np.array(rows)


def cluster_table(words: np.ndarray, numbers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Clusters by the top bits of a word's key, with its low bits as a check; where two collide the commoner stays."""
    check = np.zeros(1 << CLUSTER_BITS, np.uint32)
    ids = np.zeros(1 << CLUSTER_BITS, np.uint16)
    slots = (words >> np.uint64(64 - CLUSTER_BITS)).astype(np.int64)
    check[slots[::-1]] = words[::-1].astype(np.uint32)
    ids[slots[::-1]] = numbers[::-1]
    return check, ids
