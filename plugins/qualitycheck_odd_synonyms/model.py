"""The trained model: which phrases are candidates, and how odd each is where it stands.

A model is a folder of ``.npy`` arrays, memory-mapped so that worker processes share them, a list of originals and a
manifest that says what it was trained on. What weighs the contexts is a scorer, of which there are two kinds: weights
of hashed features, which know what surrounds the common phrases word by word, and vectors of words, which know
something of the rare ones, too. Inference needs numpy and nothing else.
"""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from qualitycheck import QualityCheckError
from qualitycheck.phrases import PhraseTable
from qualitycheck.tokens import Tokens, tokenize
from qualitycheck_odd_synonyms.dense import DenseScorer
from qualitycheck_odd_synonyms.features import Indices, Keys
from qualitycheck_odd_synonyms.hashed import HashedScorer
from qualitycheck_odd_synonyms.phrases import Candidates, find_candidates
from qualitycheck_odd_synonyms.screening import Screen

Floats = npt.NDArray[np.float64]

#: No text needs more evidence than this, in nats, however long.
MOST_EVIDENCE = 80.0

_SCORERS: dict[str, type[HashedScorer | DenseScorer]] = {"hashed": HashedScorer, "dense": DenseScorer}


class ModelError(QualityCheckError):
    """A model folder cannot be used."""


@dataclass(frozen=True, slots=True, eq=False)
class Restorations:
    """For each candidate (``column``) each original that may have stood there (``owner``) with its probability."""

    column: Indices
    owner: Indices
    probability: Floats

    def mean(self, other: Restorations) -> Restorations:
        """The geometric mean of two accounts of the same candidates."""
        return Restorations(self.column, self.owner, np.sqrt(self.probability * other.probability)).normalised()

    def normalised(self) -> Restorations:
        """The same with probabilities that add up to 1 for each candidate."""
        if not len(self.column):
            return self
        total = np.bincount(self.column, self.probability)
        return Restorations(self.column, self.owner, self.probability / np.maximum(total[self.column], 1e-300))


class Model:
    """A model folder, loaded. Raises ModelError where a file is missing or does not fit."""

    def __init__(self, folder: Path) -> None:
        def array(name: str) -> Any:
            # Still mapped, but a plain array: the subclass costs at every look.
            return np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r"))

        try:
            self.manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
            self.phrase_keys: Keys = np.array(array("phrase_keys"))
            self.offsets = np.array(array("family_offsets"), np.float64)
            self.families = np.array(array("phrase_families"))
            self.owner_starts = np.array(array("owner_starts"))
            self.owners = np.array(array("owners"))
            self.original_keys: Keys = np.array(array("original_keys"))
            self.owner_families = np.array(array("owner_families"))
            self.phrases = _table(self.phrase_keys, array("phrase_first"), array("phrase_lengths"))
            self._original = _table(self.original_keys, array("original_first"), array("original_lengths"))
            self.originals = (folder / "originals.txt").read_text(encoding="utf-8").splitlines()
            self.family_names: list[str] = self.manifest["families"]
            kind = self.manifest.get("scorer", "hashed")
            if kind not in _SCORERS:
                raise ValueError(f"“{kind}” is no kind of scorer that this version knows")
            self._scorer = _SCORERS[kind](array, self.manifest)
            #: The k-th odd occurrence of a phrase counts one over k to this power.
            self.repetition = float(self.manifest.get("repetition", 1.0))
            self._least: dict[str, list[float]] = {
                name: self.manifest["least_evidence"][name] for name in self.family_names
            }
            self.screen = Screen(np.array(array("screen")), float(self.manifest["screen_least"]))
        except (OSError, ValueError) as error:
            raise ModelError(f"the model in {folder} cannot be loaded: {error}") from None
        except IndexError:
            raise ModelError(f"the files of the model in {folder} do not fit each other") from None
        except (KeyError, TypeError) as error:
            raise ModelError(f"the manifest of the model in {folder} lacks {error}") from None
        if not self._fits():
            raise ModelError(f"the files of the model in {folder} do not fit each other")

    def _fits(self) -> bool:
        phrases, originals = len(self.phrase_keys), len(self.original_keys)
        return (
            self._scorer.fits(phrases, originals, len(self.family_names))
            and len(self.families) == len(self.owner_starts) - 1 == len(self.screen) == phrases
            and len(self.owners) == len(self.owner_families) == self.owner_starts[-1]
            and len(self.originals) == originals > int(self.owners.max(initial=-1))
            and len(self.offsets) == len(self.family_names)
        )

    def least_evidence(self, family: str, candidates: int = 0) -> float:
        """The evidence, in nats, from which a text with so many candidates counts as the work of this family.

        So much for each candidate up to a limit, since the habits of an author or a genre that training has not seen
        add up over a long text.
        """
        least, each = self._least[family]
        return min(least + each * candidates, MOST_EVIDENCE)

    def candidates(self, tokens: Tokens) -> Candidates:
        """The listed phrases in a text, longest first at each place and none within another."""
        return find_candidates(self.phrases, tokens)

    def survivors(self, tokens: Tokens) -> Candidates:
        """The same for the originals: where a text still has words that a channel would have replaced."""
        return find_candidates(self._original, tokens)

    @functools.lru_cache(maxsize=1 << 14)  # noqa: B019  a model lives as long as its process
    def original_tokens(self, number: int) -> Keys:
        """The token keys of an original."""
        return tokenize(self.originals[number]).key

    def log_ratios(self, keys: Keys, candidates: Candidates, family: int) -> Floats:
        """For each candidate, the log of how much likelier it is put there by this family than natural, in nats.

        ``keys`` are those of the tokens it stands among; the family must be one that uses the candidate's phrase.
        """
        scores = self._scorer.scores(keys, candidates, self.phrase_keys[candidates.phrase], family)
        return np.asarray(scores - self.offsets[family])

    def restorations(self, keys: Keys, candidates: Candidates, family: int) -> Restorations:
        """What may have stood where each candidate stands among these tokens, if this family put it there."""
        begin = self.owner_starts[candidates.phrase]
        count = self.owner_starts[candidates.phrase + 1] - begin
        column = np.repeat(np.arange(len(candidates)), count)
        place = np.repeat(begin, count) + np.arange(len(column)) - np.repeat(np.cumsum(count) - count, count)
        own = self.owner_families[place] >> family & 1 > 0
        column, owner = column[own], self.owners[place[own]]
        score = self._scorer.original_scores(keys, candidates, column, owner, self.original_keys[owner])
        return Restorations(column, owner, np.exp(score)).normalised()


def _table(keys: Keys, first: Keys, lengths: Any) -> PhraseTable:
    """Phrases by their keys; ``first`` are the keys of the first words of those that have several."""
    firsts = np.array(keys)
    firsts[lengths > 1] = first
    return PhraseTable(keys, firsts, lengths)


def language_of(folder: Path) -> str:
    """The ISO 639 code of the language that a model is for. Raises ModelError where the folder is none."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        return str(manifest.get("language", "en"))
    except OSError as error:
        raise ModelError(f"{folder} is no model folder: its manifest.json cannot be read: {error.strerror}") from None
    except (ValueError, AttributeError):
        raise ModelError(f"{folder} is no model folder: its manifest.json is not what training writes") from None


@functools.cache
def load_model(folder: Path) -> Model:
    """The model in a folder, loaded once a process."""
    return Model(folder)
