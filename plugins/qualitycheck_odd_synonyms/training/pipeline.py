"""From lexicons and clean text to a model folder, in steps of which each is kept."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from qualitycheck import InputError, QualityCheckError
from qualitycheck_odd_synonyms.lexicon import LexiconError, Pair, read_lexicon
from qualitycheck_odd_synonyms.model import Model
from qualitycheck_odd_synonyms.training import texts
from qualitycheck_odd_synonyms.training.corpus import Size, Source, Store, Text, language_of, store_text
from qualitycheck_odd_synonyms.training.export import CAUTIOUS, export, hashed_weights
from qualitycheck_odd_synonyms.training.fit import Options, fit
from qualitycheck_odd_synonyms.training.measure import measure
from qualitycheck_odd_synonyms.training.tables import build
from qualitycheck_odd_synonyms.training.work import Work

#: The share of the pieces of text that are spun where the shares of the families are not given.
SPUN = 0.8
_MOST_FAMILIES = 16
_FORMAT = 1  # of what a working folder holds
_UNSPACED = {"ja": "Japanese", "km": "Khmer", "lo": "Lao", "my": "Burmese", "th": "Thai", "zh": "Chinese"}

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Family:
    """A kind of channel: its lexicon file, and the share of the text that it spins in training.

    ``least`` is the evidence that it must have against a text, see ``export``.
    """

    path: Path
    share: float
    least: tuple[float, float] = CAUTIOUS

    @property
    def name(self) -> str:
        """The file's name without its suffix."""
        return self.path.stem


def train(
    lexicons: Sequence[Path | Family],
    sources: Sequence[Path | Text],
    output: Path,
    *,
    language: str | None = None,
    seed: int = 1,
    options: Options | None = None,
    overwrite: bool = False,
    progress: Progress = lambda line: None,
) -> dict[str, Any]:
    """Train a model and write its folder; what is returned is its manifest.

    Each of ``lexicons`` is a file of pairs and becomes a family named after it; each of ``sources`` is a file or folder
    of clean text, counted as a genre of its own, of which the last twentieth is kept for measuring. ``language`` is
    the ISO 639 code of the texts that the model is for, by default that of most of the text. ``progress`` is called
    with lines for people. The same inputs and seed give the same bytes.

    What is done is kept in ``output`` + ``.part``, so that a run that was stopped goes on there when it is called with
    the same inputs again; the model appears when it is complete. Memory is bounded, at about a gigabyte.

    Raises InputError for text that cannot be read or is too little, LexiconError for a lexicon, QualityCheckError where
    ``output`` exists and ``overwrite`` is not set, or cannot be written.
    """
    if output.exists() and not overwrite:
        raise QualityCheckError(f"{output} exists already; name another folder, or overwrite it")
    if output.exists() and not (output / "manifest.json").is_file():
        raise QualityCheckError(f"{output} is not a model folder, so it is not overwritten")
    families = _families(lexicons)
    text = [each if isinstance(each, Text) else Text(each) for each in sources]
    if not text:
        raise InputError("no text to train on")
    if twice := _repeated([each.name for each in text]):
        raise InputError(f"two texts are called “{twice}”; rename one of them")
    pairs = {family.name: read_lexicon(family.path) for family in families}
    tables = build(list(pairs.values()))
    for number, family in enumerate(families):
        if not any(number in each for each in tables.families):
            raise LexiconError(f"{family.path}: no pair that could be used")
    progress(f"{len(tables.observed.texts)} phrases that stand for {len(tables.originals.texts)} originals")
    language = language or language_of(text)
    if language is None:
        raise InputError("the language of the text is not recognised; name it")
    if language in _UNSPACED:
        raise InputError(f"{_UNSPACED[language]} is written without spaces, which the engine needs to find words")

    digests = {each.name: texts.digest(each.path) for each in text}
    lexicon_digests = {family.name: texts.digest(family.path) for family in families}
    inputs = [
        _FORMAT, seed, language, repr(options), list(digests.items()), [each.share for each in text],
        list(lexicon_digests.items()), [(family.share, family.least) for family in families],
    ]  # fmt: skip
    fingerprint = hashlib.sha256(json.dumps(inputs).encode()).hexdigest()
    work = Work(output.with_name(f"{output.name}.part"), fingerprint)
    if work.resumed:
        progress(f"going on with what {work.folder} holds")
    whole, trained, held = _tokens(text, digests, work, progress)
    options = options or Options.fitting([family.share for family in families], len(whole.keys), seed)
    fitted = fit(whole, trained, tables, options, work, progress)
    provenance = {
        "language": language,
        "lexicons": {
            family.name: {
                "pairs": len(pairs[family.name]), "sha256": lexicon_digests[family.name], "share": family.share,
            }
            for family in families
        },
        "sources": {
            source.name: {"documents": source.documents, "tokens": len(source.keys), "sha256": source.digest}
            for source in trained
        },
        "seed": options.seed,
        "candidates": int(fitted.sums[0]),
        "loss": round(fitted.sums[2] / fitted.sums[0], 4),
    }  # fmt: skip
    made = work.folder / "model"
    shutil.rmtree(made, ignore_errors=True)
    names = [family.name for family in families]
    manifest = export(
        made, hashed_weights(fitted, tables), tables, names, trained, provenance,
        lambda model: measure(model, tables, held, seed, progress),
        [family.least for family in families], options.seed,
    )  # fmt: skip
    _install(made, output)
    work.clear()
    progress(f"written to {output}")
    return manifest


def measure_again(
    folder: Path, lexicons: Sequence[Sequence[Pair]], sources: Sequence[Path | Text], *, seed: int = 1,
    progress: Progress = lambda line: None,
) -> dict[str, Any]:  # fmt: skip
    """The measured figures of a model of either kind that is there already, on what its training kept back.

    ``lexicons`` are those it was trained with, in the same order. Raises what :func:`train` raises.
    """
    tables = build(lexicons)
    with tempfile.TemporaryDirectory() as name:
        held = Store(Path(name), "held")
        held.open(Size())
        bounds = [held.size]
        text = [each if isinstance(each, Text) else Text(each) for each in sources]
        for each in text:
            store_text(each, None, held)
            bounds.append(held.size)
        held.close()
        kept = [held.source(each.name, "", *bound) for each, bound in zip(text, pairwise(bounds), strict=True)]
        return measure(Model(folder), tables, [each for each in kept if each.documents], seed, progress)


def _families(lexicons: Sequence[Path | Family]) -> list[Family]:
    families = [each if isinstance(each, Family) else Family(each, SPUN / len(lexicons)) for each in lexicons]
    if not 1 <= len(families) <= _MOST_FAMILIES:
        raise LexiconError(f"{len(families)} lexicons; a model has one at least, {_MOST_FAMILIES} at most")
    if twice := _repeated([family.name for family in families]):
        raise LexiconError(f"two lexicons are called “{twice}”; rename one of them")
    if not all(family.share > 0.0 for family in families) or sum(family.share for family in families) >= 1.0:
        raise LexiconError("the shares of the families must be above 0, and add up to less than 1")
    return families


def _repeated(names: Sequence[str]) -> str | None:
    return next((name for place, name in enumerate(names) if name in names[:place]), None)


def _tokens(
    text: Sequence[Text], digests: Mapping[str, str], work: Work, progress: Progress
) -> tuple[Source, list[Source], list[Source]]:
    """All that is trained on in one, the same source by source, and what is kept back for measuring."""
    trained, held = Store(work.folder, "trained"), Store(work.folder, "held")
    sizes = [(Size(*first), Size(*second)) for first, second in work.fact("sizes") or []]
    bounds = [(Size(), Size()), *sizes]
    trained.open(bounds[-1][0])
    held.open(bounds[-1][1])
    for each in text[len(sizes) :]:
        store_text(each, trained, held)
        bounds.append((trained.size, held.size))
        work.record("sizes", [(astuple(first), astuple(second)) for first, second in bounds[1:]])
        first, last = bounds[-2][0], bounds[-1][0]
        count, tokens = last.documents - first.documents, last.tokens - first.tokens
        progress(f"{each.name}: {count} documents, {tokens / 1e6:.1f} M tokens")
    trained.close()
    held.close()
    named = [(each.name, digests[each.name]) for each in text]
    parts = [
        [
            store.source(*name, before[side], after[side])
            for name, (before, after) in zip(named, pairwise(bounds), strict=True)
        ]
        for side, store in enumerate((trained, held))
    ]
    whole = trained.source("all", "", Size(), bounds[-1][0])
    return whole, *([source for source in part if source.documents] for part in parts)  # type: ignore[return-value]


def _install(made: Path, output: Path) -> None:
    """Put a complete model folder in its place, the manifest last."""
    if not output.exists():
        made.rename(output)
        return
    new = {path.name for path in made.iterdir()}
    for name in sorted(new, key=lambda name: name == "manifest.json"):
        (made / name).replace(output / name)
    for path in output.glob("*.npy"):
        if path.name not in new:
            path.unlink()
