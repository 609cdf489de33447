"""Training: clean documents go through simulated channels, and the model learns to tell what was put there."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from qualitycheck import InputError
from qualitycheck_odd_synonyms.training import loops
from qualitycheck_odd_synonyms.training.clusters import cluster, genres, vocabulary
from qualitycheck_odd_synonyms.training.corpus import Source
from qualitycheck_odd_synonyms.training.tables import Tables, ragged
from qualitycheck_odd_synonyms.training.work import Work

CLUSTER_BITS = 18
_VOCABULARY = 40_000
_VOCABULARY_SAMPLE = 6_000_000  # tokens of each source
_GENRE_SAMPLE = 20_000  # documents
_LEAST_WORDS = 20
_WEIGHTS = ("detect", "detect_squares", "restore", "restore_squares")
_STEP = 0.15  # AdaGrad's; one pass over much text generalises better than two over less


@dataclass(frozen=True, slots=True)
class Options:
    """``mix`` is the share of pieces that each family spins (the rest stays clean); the bits are table sizes.

    ``batches`` is in how many steps the text is taken; after each the weights are kept.
    """

    mix: Sequence[float]
    detect_bits: int = 23
    restore_bits: int = 22
    seed: int = 1
    batches: int = 20

    @classmethod
    def fitting(cls, mix: Sequence[float], tokens: int, seed: int = 1) -> Options:
        """Options for so many tokens of text: small tables for little text, the largest from a hundred million."""
        bits = min(max(math.ceil(math.log2(max(tokens, 1))) - 4, 18), 23)
        return cls(mix, bits, bits - 1, seed, max(20, math.ceil(tokens / 6_500_000)))


@dataclass(frozen=True, slots=True)
class Fitted:
    """What training gives: weights, clusters, and sums (candidates, substituted, loss, ranked, ranked right)."""

    detect: np.ndarray
    restore: np.ndarray
    cluster_check: np.ndarray
    cluster_ids: np.ndarray
    genres: np.ndarray
    sums: np.ndarray


def fit(
    whole: Source, sources: Sequence[Source], tables: Tables, options: Options, work: Work,
    progress: Callable[[str], None],
) -> Fitted:  # fmt: skip
    """Train on all sources in one pass; the same input and options give the same bytes.

    ``whole`` are the sources one after another. What ``work`` holds already is not done again. Raises InputError where
    the channels have nothing to replace in the text.
    """
    starts = np.cumsum([0, *whole.lengths]).astype(np.int64)
    order = np.random.default_rng(options.seed).permutation(len(starts) - 1)
    clusters = _clusters(whole, sources, starts, order, options, work, progress)
    check, ids, kinds = clusters["check"], clusters["ids"], clusters["genres"]
    families = np.array([sum(1 << family for family in each) for each in tables.families], np.int64)
    candidates = (*tables.observed.table(), tables.observed.keys, families)
    owners = (*ragged(tables.owners), tables.originals.keys)
    state, done = _state(options, work)
    weights = tuple(state[name] for name in _WEIGHTS)
    total = state["sums"]
    for number, batch in enumerate(np.array_split(order, options.batches), 1):
        if number <= done:
            continue
        sums = loops.train_pass(
            whole.keys, whole.forms, starts, batch, options.seed + number, tables.channels, np.array(options.mix),
            candidates, owners, (CLUSTER_BITS, check, ids.astype(np.uint64)), kinds, weights, _STEP,
        )  # fmt: skip
        total += sums
        work.keep(f"batch-{number}", state, [f"batch-{number - 1}"])
        work.record("batches", number)
        progress(
            f"{number}/{options.batches}: {total[0]:,.0f} candidates, {sums[1] / max(sums[0], 1):.1%} "
            f"substituted, loss {sums[2] / max(sums[0], 1):.4f}, "
            f"originals ranked right {sums[4] / max(sums[3], 1):.1%}"
        )
    if not total[1]:
        raise InputError("no lexicon has a word that stands in the text, so there is nothing to learn")
    return Fitted(state["detect"], state["restore"], check, ids, kinds, total)


def _clusters(
    whole: Source, sources: Sequence[Source], starts: np.ndarray, order: np.ndarray, options: Options, work: Work,
    progress: Callable[[str], None],
) -> dict[str, np.ndarray]:  # fmt: skip
    """The table of word clusters and the kinds of documents, as an array each."""
    if (known := work.arrays("clusters")) is not None:
        return known
    progress("clustering words")
    words = vocabulary([source.keys[:_VOCABULARY_SAMPLE] for source in sources], _VOCABULARY)
    if len(words) < _LEAST_WORDS:
        raise InputError(f"the text has {len(words)} words that are not rare; that is too little to train on")
    check, ids = cluster_table(words, cluster([source.keys for source in sources], words, seed=options.seed))
    kinds = genres(_histograms(whole.keys, starts, order[:_GENRE_SAMPLE], check, ids), seed=options.seed)
    found = {"check": check, "ids": ids, "genres": kinds}
    work.keep("clusters", found)
    return found


def _state(options: Options, work: Work) -> tuple[dict[str, np.ndarray], int]:
    """The weights and sums after the last batch that was kept, and its number; zeros and 0 at the start."""
    done = work.fact("batches") or 0
    kept = work.arrays(f"batch-{done}")
    if kept is not None:
        return kept, done
    sizes = (options.detect_bits, options.detect_bits, options.restore_bits, options.restore_bits)
    state = {name: np.zeros(1 << bits, np.float32) for name, bits in zip(_WEIGHTS, sizes, strict=True)}
    return {**state, "sums": np.zeros(5)}, 0


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
