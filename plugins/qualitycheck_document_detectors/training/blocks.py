"""All texts as blocks: those of one source to which the same was done."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from qualitycheck_document_detectors.grams import Vocabulary
from qualitycheck_document_detectors.training.features import Rows, rows, stacked
from qualitycheck_document_detectors.training.fit import FOLDS, folds
from qualitycheck_document_detectors.training.human import Masks, Source
from qualitycheck_document_detectors.training.labelled import Example
from qualitycheck_document_detectors.training.scored import ROUND_TRIPS
from qualitycheck_document_detectors.training.translate import PIVOTS

_COLLECTIONS = dict.fromkeys(("arxiv", "writing_prompt", "xsum", "yelp"), "detectrl")


@dataclass(frozen=True, slots=True)
class Block:
    """Texts of one source. ``label`` and ``kind`` are what was done to them, as in ``labelled.Example``.

    ``collection`` is what is kept from a detector to see how it does on what is wholly new to it.

    Texts of the corpus have the kind “part” (which is learnt from) or “document” (which is only scored). ``pairs``
    tells versions of one text, and ``fold`` is when each is held out.
    """

    source: str
    kind: str
    label: str
    rows: Rows
    pairs: Sequence[str]
    fold: np.ndarray
    collection: str

    @property
    def human(self) -> bool:
        """Whether people wrote it."""
        return self.label == "human"


def corpus_blocks(found: Sequence[Source], words: Vocabulary, masks: Masks) -> Iterator[Block]:
    """Parts and whole documents; all of a source are held out together."""
    for number, source in enumerate(found):
        for kind, texts in (("part", source.windows), ("document", source.documents)):
            made = rows(texts, words, masks, number)
            fold = np.full(len(texts), number % FOLDS)
            yield Block(source.name, kind, "human", made, [source.name] * len(texts), fold, source.name)


def labelled_blocks(known: Sequence[Example], words: Vocabulary, masks: Masks) -> Iterator[Block]:
    """The labelled texts; all versions of a text are held out together."""
    groups: dict[tuple[str, str, str], list[Example]] = {}
    for each in known:
        groups.setdefault((each.domain, each.kind, each.label), []).append(each)
    for (domain, kind, label), group in sorted(groups.items()):
        made = rows([each.text for each in group], words, masks, None)
        pairs = [each.pair for each in group]
        yield Block(domain, kind, label, made, pairs, folds(pairs), _COLLECTIONS.get(domain, domain))


def round_trip_blocks(folder: Path, found: Sequence[Source], words: Vocabulary, masks: Masks) -> Iterator[Block]:
    """What was sent through a translator by rules, and what came back; all of a source are held out together."""
    numbers: Mapping[str, int] = {source.name: number for number, source in enumerate(found)}
    for name in ("sent", *PIVOTS):
        records = [json.loads(line) for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
        parts, fold = [], []
        for source, number in numbers.items():
            own = [record["text"] for record in records if record["source"] == source]
            if own:
                parts.append(rows(own, words, masks, number))
                fold += [number % FOLDS] * len(own)
        kind, label = ("human", "human") if name == "sent" else (name, "rules")
        yield Block(ROUND_TRIPS, kind, label, stacked(parts), [name] * len(fold), np.array(fold), name)
