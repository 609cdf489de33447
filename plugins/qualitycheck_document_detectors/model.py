"""The trained detectors: a folder of ``.npy`` arrays, memory-mapped so that worker processes share them.

A detector is linear: each gram of a text adds its weight times the root of how often it occurs, over the root of the
number of all grams, and each measure its own. What is reported is how far the sum is above what one of a thousand
documents by people reaches at that length.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from qualitycheck import Document, QualityCheckError
from qualitycheck.batch import Batch, batches, total
from qualitycheck.tokens import Keys, Offsets
from qualitycheck_document_detectors.grams import KINDS, WORDS, Grams, Streams, Vocabulary, grams, streams
from qualitycheck_document_detectors.measures import KEPT, NAMES, SEEN_BITS, Floats, Seen, measure

FOLDER = Path(__file__).parent / "model"
#: A detector has two to this power weights.
BITS = 18
#: Measures count up to so many standard deviations from their mean.
_MOST = 3.0


class ModelError(QualityCheckError):
    """The model folder cannot be used."""


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """A batch as the detectors see it.

    ``slot`` and ``count`` are the different grams of each part, part by part as ``bounds`` says, and the root of how
    often each occurs; ``norm`` is the root of the number of all. ``measures`` has a row for each part.
    """

    batch: Batch
    streams: Streams
    slot: Offsets
    count: Floats
    bounds: Offsets
    norm: Floats
    measures: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Detector:
    """One detector. ``lengths`` and ``least`` are points of the least score by the logarithm of the words."""

    weights: npt.NDArray[np.int8]
    scale: float
    bias: float
    measures: Floats
    lengths: Floats
    least: Floats

    def scores(self, view: View) -> Floats:
        """The score of each part, before the least is taken off."""
        sums = sums_between(self.weights[view.slot] * view.count, view.bounds)
        # Not a product of matrices, which may round by how many parts there are.
        return np.asarray(sums * self.scale / view.norm + (view.measures * self.measures).sum(axis=1) + self.bias)

    def least_at(self, words: Offsets) -> Floats:
        """The least score that is held against a document of so many words."""
        return np.asarray(np.interp(np.log(np.maximum(words, 1)), self.lengths, self.least))


def sums_between(values: Floats, bounds: Offsets) -> Floats:
    """The sums of the values between one bound and the next, each as if it stood alone."""
    sums = np.zeros(len(bounds) - 1)
    filled = np.flatnonzero(np.diff(bounds))
    if len(filled):
        sums[filled] = np.add.reduceat(values, bounds[:-1][filled])
    return sums


class Model:
    """A model folder, loaded. Raises ModelError where a file is missing or does not fit."""

    def __init__(self, folder: Path = FOLDER) -> None:
        def array(name: str) -> Any:
            # Still mapped, but a plain array: the subclass costs at every look.
            return np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r"))

        try:
            self.manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
            self.vocabulary = Vocabulary(np.array(array("vocabulary")))
            seen = array("seen")
            self.seen = Seen(seen)
            self.mean, self.spread = (np.array(self.manifest["measures"][name]) for name in ("mean", "spread"))
            weights = array("weights")
            self.detectors = {
                name: Detector(
                    weights[place], each["scale"], each["bias"], np.array(each["measures"]),
                    np.log(each["words"]), np.array(each["least"]),
                )
                for place, (name, each) in enumerate(self.manifest["detectors"].items())
            }  # fmt: skip
        except (OSError, ValueError) as error:
            raise ModelError(f"the model in {folder} cannot be loaded: {error}") from None
        except (KeyError, TypeError, IndexError) as error:
            raise ModelError(f"the manifest of the model in {folder} does not fit: {error}") from None
        fits = weights.shape[1:] == (1 << BITS,) and seen.shape == (len(KEPT), 1 << SEEN_BITS - 3)
        if not fits or not len(self.mean) == len(self.spread) == len(NAMES):
            raise ModelError(f"the files of the model in {folder} do not fit each other")

    def view(self, batch: Batch) -> View:
        """What is looked at in a batch."""
        seen = streams(batch, self.vocabulary)
        found = {kind: grams(seen, kind) for kind in KINDS}
        new = {kind: self.seen.lacks(found[kind], kind) for kind in KEPT}
        slot, count, bounds, distinct = counted(found, len(batch))
        measures = measure(batch, seen, found, new, distinct)
        norm = np.sqrt(np.maximum(total(count, bounds), 1))
        return View(batch, seen, slot, np.sqrt(count), bounds, norm, self.standard(measures))

    def standard(self, measures: Floats) -> Floats:
        """Measures in standard deviations from the mean of what people write."""
        return np.asarray(np.clip((measures - self.mean) / self.spread, -_MOST, _MOST))

    def margins(self, documents: Sequence[Document]) -> dict[str, Floats]:
        """For each detector how far each document is above the least score; −∞ for one without a token."""
        return _margins(self, tuple(documents))


@functools.cache
def load_model() -> Model:
    """The shipped model, loaded once a process."""
    return Model()


@functools.lru_cache(maxsize=1)
def _margins(model: Model, documents: tuple[Document, ...]) -> dict[str, Floats]:
    """The margins by all detectors at once, for the checks that ask one after the other."""
    words = np.array([document.words for document in documents], np.int64)
    sums = {name: np.zeros(len(documents)) for name in model.detectors}
    share = np.zeros(len(documents))
    for batch in batches(documents):
        view = model.view(batch)
        # A document of several parts has the mean of their scores, each part by its length.
        length = np.diff(batch.bounds).astype(np.float64)
        np.add.at(share, batch.document, length)
        for name, detector in model.detectors.items():
            np.add.at(sums[name], batch.document, detector.scores(view) * length)
    return {
        name: np.where(share > 0, sums[name] / np.maximum(share, 1.0), -np.inf) - detector.least_at(words)
        for name, detector in model.detectors.items()
    }


def counted(found: dict[int, Grams], parts: int) -> tuple[Offsets, Offsets, Offsets, Offsets]:
    """The different grams of each part by slot, how often each occurs, the parts' bounds, and the different words.

    A word counts as different where its gram's key is, up to 40 bits.
    """
    kind = np.uint32 if parts < 1 << 32 - BITS else np.uint64  # half the numbers, sorted in half the time
    packed = np.concatenate([gram_slots(each.key).astype(kind) | _marked(each, BITS, kind) for each in found.values()])
    packed.sort()
    first = _first(packed)
    count = np.diff(first, append=len(packed))
    packed = packed[first]
    bounds = packed.searchsorted((np.arange(parts + 1, dtype=np.uint64) << np.uint64(BITS)).astype(kind))
    word = found[WORDS].key >> np.uint64(24) | _marked(found[WORDS], 40, np.uint64)
    word.sort()
    distinct = np.diff(_first(word).searchsorted(found[WORDS].bounds))
    return (packed & kind((1 << BITS) - 1)).astype(np.int64), count, bounds, distinct


def _marked(grams: Grams, bits: int, kind: type[np.unsignedinteger[Any]]) -> npt.NDArray[Any]:
    """The part of each gram, above so many bits."""
    number = np.diff(grams.bounds)
    return np.repeat((np.arange(len(number)) << bits).astype(kind), number)


def _first(values: npt.NDArray[Any]) -> Offsets:
    """Where a value stands for the first time; they are sorted."""
    new = np.ones(len(values), bool)
    np.not_equal(values[1:], values[:-1], out=new[1:])
    return np.flatnonzero(new)


def gram_slots(keys: Keys) -> Keys:
    """The places of grams among the weights."""
    return keys >> np.uint64(64 - BITS)
