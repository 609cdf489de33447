"""Text that people wrote, source by source: the words looked at, what people write, and documents to tell by."""

from __future__ import annotations

import json
import lzma
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

import numpy as np
import numpy.typing as npt
import regex

from qualitycheck import Document
from qualitycheck.batch import Batch, batches
from qualitycheck.tokens import LOWER, WORD, tokenize
from qualitycheck_document_detectors.grams import Vocabulary, grams, streams
from qualitycheck_document_detectors.measures import KEPT, SEEN_BITS, slots

#: Documents of each source that are looked at closely, at most, and code points of each.
DOCUMENTS, LONGEST = 2000, 20_000
#: Parts of documents of each source that are learnt from, at most.
WINDOWS = 1000
#: Sources that must hold a word, and documents.
_SOURCES, _HOLDING = 8, 40
_COMMONEST, _USUAL = 400, 2600
_READ = 20_000_000  # code points of each source that say what people write
_TOGETHER = 800_000  # code points that are looked at together
_SHORTEST_WINDOW, _LONGEST_WINDOW = 100, 500  # words
_REPEATED = 6  # windows of a document, at most
_LETTERS = 6  # of a word and the space after it, about
_WORD = regex.compile(r"\S++")

Masks = npt.NDArray[np.uint16]


@dataclass(frozen=True, slots=True)
class Source:
    """A source: some of its documents whole, and a stretch of 100 to 500 words of each."""

    name: str
    path: Path
    documents: list[str]
    windows: list[str]


def sources(folder: Path, seed: int) -> list[Source]:
    """The ``.jsonl.xz`` files of a folder, by name."""
    return [_source(path, seed) for path in sorted(folder.glob("*.jsonl.xz"))]


def _source(path: Path, seed: int) -> Source:
    with lzma.open(path, "rb") as file:
        lines = file.read().splitlines()
    choose = random.Random(f"{seed} {path.name}")
    chosen = sorted(choose.sample(range(len(lines)), min(DOCUMENTS, len(lines))))
    texts: list[str] = [json.loads(lines[number])["text"] for number in chosen]
    windows: list[str] = []
    for _ in range(min(_REPEATED, -(-DOCUMENTS // len(texts)))):
        windows += [window for text in texts if (window := _window(text, choose))]
    kept = windows[:: max(1, len(windows) // WINDOWS)][:WINDOWS]
    return Source(path.name.partition(".")[0], path, [text[:LONGEST] for text in texts], kept)


def texts_of(path: Path) -> Iterator[str]:
    """The texts of a source."""
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)["text"]


def _window(text: str, choose: random.Random) -> str | None:
    """Some of the words of a text, one after another; None where there are too few."""
    length = int(_SHORTEST_WINDOW * (_LONGEST_WINDOW / _SHORTEST_WINDOW) ** choose.random())
    start = choose.randrange(max(1, len(text) - _LETTERS * length))
    start = max(text.find(" ", start), 0)
    words = list(islice(_WORD.finditer(text, start), length))
    return text[words[0].start() : words[-1].end()] if len(words) >= _SHORTEST_WINDOW else None


def vocabulary(found: Sequence[Source]) -> Vocabulary:
    """The words that most sources hold, in small letters, commonest first."""
    holding, holders = Counter[int](), Counter[int]()
    for source in found:
        own = Counter[int]()
        for text in source.documents:
            tokens = tokenize(text)
            own.update(np.unique(tokens.key[(tokens.kind == WORD) & (tokens.shape == LOWER)]).tolist())
        holding.update(own)
        holders.update(own.keys())
    kept = [key for key, count in holding.items() if count >= _HOLDING and holders[key] >= _SOURCES]
    return Vocabulary.of(np.array(sorted(kept, key=lambda key: (-holding[key], key)), np.uint64), _COMMONEST, _USUAL)


def written(found: Sequence[Source], words: Vocabulary) -> Masks:
    """For each table of grams, and each slot, the sources that hold one, a bit each."""
    masks = np.zeros((len(KEPT), 1 << SEEN_BITS), np.uint16)
    for number, source in enumerate(found):
        for batch in in_batches(_first(texts_of(source.path), _READ)):
            seen = streams(batch, words)
            for table, kind in zip(masks, KEPT, strict=True):
                table[slots(grams(seen, kind).key)] |= np.uint16(1 << number)
    return masks


def many(masks: Masks, least: int) -> npt.NDArray[np.bool_]:
    """Which slots so many sources hold."""
    return np.bitwise_count(masks) >= least


def in_batches(texts: Iterable[str]) -> Iterator[Batch]:
    """The texts joined, some at a time."""
    together: list[Document] = []
    size = 0
    for text in chain(texts, [None]):
        if together and (text is None or size + len(text) > _TOGETHER):
            yield from batches(together)
            together, size = [], 0
        if text is not None:
            together.append(Document(text))
            size += len(text)


def _first(texts: Iterator[str], most: int) -> Iterator[str]:
    for text in texts:
        yield text
        most -= len(text)
        if most < 0:
            return
