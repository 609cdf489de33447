"""The document detectors: what they find, and what they wrongly find, as their training measured it.

No shipped detector is scored on texts that it was fitted to. Training fits each fourteen times more, every time without
a fourteenth of the labelled texts and one source of the corpus, and scores those; and once without each collection. The
figures are in the model's manifest, and this puts them into tables.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tables import Table, interval, share

MANIFEST = Path("plugins/qualitycheck_document_detectors/model/manifest.json")
_NAMES = {
    "apt": "blogs, mail, news, reviews (`apt_eval`)",
    "arxiv": "abstracts (`detectrl`)",
    "writing_prompt": "stories (`detectrl`)",
    "xsum": "news (`detectrl`)",
    "yelp": "reviews (`detectrl`)",
    "raidar": "news, five sentences together (`raidar`)",
    "asap": "learners' essays (`asap_essays_bt`)",
    "synscipass": "fragments of science (`synscipass`)",
    "apertium": "all sources of the corpus",
}
_KINDS = {
    "major": "major polish",
    "slight_major": "slightly major polish",
    "minor": "minor polish",
    "extreme_minor": "extremely minor polish",
    "polish": "polish",
    "dipper": "paraphraser (dipper)",
    "backtranslated": "there and back",
    "Chinese": "Google, Chinese",
    "French": "Google, French",
    "google_zhen_backtranslate": "Google, Chinese",
    "opus-es-en-backtranslations": "OPUS, Spanish",
    "opus-es-en-scielo-backtranslations": "OPUS trained on science, Spanish",
    "spa": "Apertium, Spanish",
    "cat": "Apertium, Catalan",
    "epo": "Apertium, Esperanto",
}


def detectors() -> Iterator[Table]:
    """Recall and alarms of the detector of rewrites, then of those of translations."""
    found = json.loads(MANIFEST.read_text(encoding="utf-8"))["detectors"]
    for name, parts in (
        ("rewrites", ["rewritten-by-model"]),
        ("translations", ["translated-by-network", "translated-by-rules"]),
    ):
        measured = [found[part]["measured"] for part in parts]
        yield _recall(name, measured)
        yield _alarms(f"{name}-alarms", measured)


def _recall(name: str, measured: list[dict[str, Any]]) -> Table:
    columns = (
        "text",
        "what was done",
        "texts",
        "AUC",
        "AUC, corpus",
        "found",
        "100–149 words",
        "150–249",
        "250 and more",
    )
    table = Table(name, (*columns, "found, AUC where the collection was new"))
    for each in measured:
        strange = {(row["source"], row["kind"]): row for row in each["recall"] if row["new"]}
        for row in each["recall"]:
            if row["new"]:
                continue
            other = strange.get((row["source"], row["kind"]))
            table.add(
                _NAMES[row["source"]],
                _KINDS.get(row["kind"], f"“{row['kind']}”"),
                row["texts"],
                _number(row["auc"]),
                _number(row["auc_corpus"]),
                share(row["found"], row["texts"]),
                *(share(hits, count) for count, hits in row["lengths"].values()),
                f"{other['found'] / other['texts']:.1%}, {_number(other['auc'])}" if other else "–",
            )
    return table


def _alarms(name: str, measured: list[dict[str, Any]]) -> Table:
    table = Table(name, ("source", "texts", "alarms", "95 % at most"))
    for source in measured[0]["alarms"]:
        count = max(each["alarms"][source][0] for each in measured if source in each["alarms"])
        alarms = sum(each["alarms"][source][1] for each in measured if source in each["alarms"])
        if count:
            table.add(source, count, alarms, f"{interval(alarms, count)[1]:.2%}")
    return table


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
