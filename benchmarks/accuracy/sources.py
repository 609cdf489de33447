"""The texts that are measured on: none of them was trained on."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from qualitycheck import Document

#: Where each source begins that models have not seen: sources held back whole, and halves.
HELD_OUT = {
    "news_bbc_2004_2005": 0.0,
    "news_fnc1_2014_2015": 0.0,
    "news_reuters21578_1987": 0.0,
    "mixed_gum": 0.0,
    "legal_au_fca_2006_2009": 0.5,
    "gov_fed_speeches_1996_2022": 0.5,
    "science_cdc_mmwr_pcd_1985_2024": 0.5,
}
LEXICONS = Path("plugins/qualitycheck_odd_synonyms/lexicon")


def documents(corpus: Path, name: str, limit: int) -> Iterator[Document]:
    """Documents of a source, from where it was not trained on."""
    path = corpus / f"{name}.jsonl.xz"
    with lzma.open(path, "rt", encoding="utf-8") as file:
        skip = int(sum(1 for _ in file) * HELD_OUT[name])
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for line in islice(file, skip, skip + limit):
            record = json.loads(line)
            yield Document(record["text"], id=record["id"], path=path.name)


def records(path: Path) -> list[dict[str, Any]]:
    """The rows of a JSONL file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def pairs(family: str) -> list[tuple[str, str]]:
    """A lexicon's pairs (original, observed)."""
    lines = (LEXICONS / f"{family}.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return [(original, observed) for original, observed, *_ in (line.split("\t") for line in lines)]
