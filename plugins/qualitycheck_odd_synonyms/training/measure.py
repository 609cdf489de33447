"""How well a model does on documents that it was not trained on: the figures that its manifest holds.

Each document is taken clean, which shows the false alarms, and spun in full by each family, which shows what is found.
The channels are those of the training, so what is measured is what the model makes of unknown texts, not of unknown
pairs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from qualitycheck.tokens import Tokens
from qualitycheck_odd_synonyms.diagnosis import Diagnosis, diagnose
from qualitycheck_odd_synonyms.model import Model
from qualitycheck_odd_synonyms.training.corpus import Source, pieces, tokens_of
from qualitycheck_odd_synonyms.training.simulate import spun
from qualitycheck_odd_synonyms.training.tables import Tables

#: Documents with fewer tokens are left out: there is too little in them to tell.
LEAST_TOKENS = 150
_SPUN = 50  # documents of each source that are spun by each family
_RATE = 1.0


def measure(
    model: Model, tables: Tables, sources: Sequence[Source], seed: int, progress: Callable[[str], None]
) -> dict[str, Any]:
    """Counts and shares for the manifest.

    ``clean`` has for each source how many documents there were and how many were held to be spun; ``spun`` for each
    family how many were spun in full and how many of them found, and of the replaced phrases the recall, the
    precision, and the share whose original is named first.
    """
    clean, found = {}, {}
    for source in sources:
        each = _documents(source)
        alarms = sum(diagnosis.spun for diagnosis in diagnose([model], each))
        clean[source.name] = {"documents": len(each), "held to be spun": alarms}
        progress(f"{source.name}: {alarms} of {len(each)} clean documents held to be spun")
    for number, family in enumerate(model.family_names):
        found[family] = _found(model, tables, sources, number, seed)
        progress(f"{family}: {found[family]}")
    return {"least tokens": LEAST_TOKENS, "clean": clean, "spun": found}


def _documents(source: Source, limit: int | None = None) -> list[Tokens]:
    """The documents of a source that are long enough, up to so many; each is one piece."""
    long = [bounds for bounds in pieces(source) if bounds[1] - bounds[0] >= LEAST_TOKENS]
    return [tokens_of(source, *bounds) for bounds in long[:limit]]


def _found(model: Model, tables: Tables, sources: Sequence[Source], family: int, seed: int) -> dict[str, Any]:
    documents = found = replaced = reported = right = named = 0
    number = 0
    for source in sources:
        for tokens in _documents(source, _SPUN):
            number += 1
            written, originals = spun(tokens, tables.channels[family], _RATE, seed + number)
            truth = {int(place): int(originals[place]) for place in np.flatnonzero(originals >= 0)}
            if not truth:
                continue
            [diagnosis] = diagnose([model], [written])
            documents += 1
            found += diagnosis.spun
            replaced += len(truth)
            counts = _matches(diagnosis, truth, originals, tables.originals.texts)
            reported, right, named = reported + counts[0], right + counts[1], named + counts[2]
    return {
        "documents": documents,
        "found": found,
        "recall": _share(right, replaced),
        "precision": _share(right, reported),
        "original named": _share(named, right),
    }


def _matches(
    diagnosis: Diagnosis, truth: dict[int, int], originals: np.ndarray, names: Sequence[str]
) -> tuple[int, int, int]:
    """Phrases reported, those of them that touch a replaced one, and those whose original is named first."""
    right = named = 0
    for each in diagnosis.replacements:
        place = each.first
        while place > 0 and originals[place] == -2:
            place -= 1
        if place in truth or any(inside in truth for inside in range(each.first, each.last + 1)):
            right += 1
            named += place in truth and each.originals[0][0] == names[truth[place]]
    return len(diagnosis.replacements), right, named


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
