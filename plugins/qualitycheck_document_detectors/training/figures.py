"""What a detector finds, and what it wrongly finds, as figures for its manifest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.stats import mannwhitneyu

from qualitycheck_document_detectors.measures import Floats
from qualitycheck_document_detectors.training.scored import Scored
from qualitycheck_document_detectors.training.thresholds import LENGTHS, reached

#: Lengths in words by which recall is told apart.
_BANDS = ((100, 150), (150, 250), (250, 10**9))


def figures(scored: Sequence[Scored], least: Floats) -> dict[str, Any]:
    """Alarms by source, and recall by source, kind and length; texts below the least length are left out."""
    alarms: dict[str, list[int]] = {}
    recall: list[dict[str, Any]] = []
    human = {(each.source, each.new): each for each in scored if each.human and each.kind == "human"}
    corpus = np.concatenate([_long(each) for each in scored if each.human and each.kind in ("part", "document")])
    # Fragments of science have no human versions; abstracts are the nearest kind of text.
    for new in (False, True):
        if ("arxiv", new) in human:
            human.setdefault(("synscipass", new), human["arxiv", new])
    for each in scored:
        judged = each.words >= LENGTHS[0]
        found = reached(each.scores, each.words, least) & judged
        if each.human and not each.new:
            kind = f"{each.source} ({each.kind}s)" if each.kind in ("part", "document") else f"{each.source} (human)"
            alarms[kind] = [int(judged.sum()), int(found.sum())]
        elif not each.human and judged.any():
            row: dict[str, Any] = {"source": each.source, "kind": each.kind, "new": each.new}
            row["texts"], row["found"] = int(judged.sum()), int(found.sum())
            row["auc"] = _auc(_long(each), _long(human[each.source, each.new]))
            row["auc_corpus"] = _auc(_long(each), corpus)
            row["lengths"] = {}
            for low, high in _BANDS:
                band = (each.words >= low) & (each.words < high)
                row["lengths"][str(low)] = [int(band.sum()), int(found[band].sum())]
            recall.append(row)
    return {"alarms": alarms, "recall": recall}


def _long(scored: Scored) -> Floats:
    return scored.scores[scored.words >= LENGTHS[0]]


def _auc(positive: Floats, negative: Floats) -> float | None:
    """The probability that a text of the one scores above one of the other."""
    if not len(positive) or not len(negative):
        return None
    return round(float(mannwhitneyu(positive, negative).statistic) / (len(positive) * len(negative)), 4)
