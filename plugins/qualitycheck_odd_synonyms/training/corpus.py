"""Clean text as token arrays on disk: what the channels are trained on, and what is kept back to measure them with.

The arrays are files of a working folder, mapped and not loaded, so that memory does not grow with the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np

from qualitycheck import InputError
from qualitycheck.tokens import Tokens, tokenize
from qualitycheck_odd_synonyms.training import texts

_PIECE = 1500  # tokens; longer documents are cut, so that one rate of replacement does not rule a whole book
_MEASURED = 200  # documents of each source that are kept for measuring, at most
_DETECTED = 50  # documents of a source that say in what language it is


@dataclass(frozen=True, slots=True)
class Text:
    """A source of clean text: a file or folder, and the share of its documents, from the start, that is trained on.

    The rest is kept for measuring.
    """

    path: Path
    share: float = 0.95

    @property
    def name(self) -> str:
        """The name without suffixes."""
        return self.path.name.split(".")[0] or "text"


@dataclass(frozen=True, slots=True)
class Source:
    """Documents as arrays: their token keys, kinds and shapes in one byte, and the length of each piece."""

    name: str
    documents: int
    keys: np.ndarray
    forms: np.ndarray
    lengths: np.ndarray
    digest: str


def pieces(source: Source, limit: int | None = None) -> Iterator[tuple[int, int]]:
    """Start and end of the pieces of a source, from its start up to so many tokens."""
    start = 0
    for length in source.lengths.tolist():
        if limit is not None and start >= limit:
            return
        yield start, start + length
        start += length


def tokens_of(source: Source, start: int, end: int) -> Tokens:
    """Some of a source's tokens; where they stood is not known any more."""
    keys, forms = source.keys[start:end], source.forms[start:end]
    nowhere = np.zeros(len(keys), np.int64)
    return Tokens(nowhere, nowhere, keys, forms >> np.uint8(4), forms & np.uint8(15))


@dataclass(frozen=True, slots=True)
class Size:
    """How much a store holds."""

    documents: int = 0
    tokens: int = 0
    pieces: int = 0


class Store:
    """Token arrays in three files, which grow document by document and are read as memory maps."""

    def __init__(self, folder: Path, name: str) -> None:
        self._paths = [folder / f"{name}.{column}" for column in ("keys", "forms", "lengths")]
        self._files: list[IO[bytes]] = []
        self.size = Size()

    def open(self, size: Size) -> None:
        """Make ready for more, and forget what was written after the store had this size."""
        self.size = size
        for path, length in zip(self._paths, (size.tokens * 8, size.tokens, size.pieces * 8), strict=True):
            path.touch()
            file = path.open("r+b")
            file.truncate(length)
            file.seek(length)
            self._files.append(file)

    def add(self, text: str, piece: int | None) -> None:
        """Append a document, cut into pieces of so many tokens (None: whole)."""
        tokens = tokenize(text)
        lengths = []
        left = len(tokens)
        while piece is not None and left > 1.5 * piece:
            lengths.append(piece)
            left -= piece
        lengths.append(left)
        forms = (tokens.kind << 4 | tokens.shape).astype(np.uint8)
        columns = [tokens.key.tobytes(), forms.tobytes(), np.array(lengths, np.int64).tobytes()]
        for file, column in zip(self._files, columns, strict=True):
            file.write(column)
        size = self.size
        self.size = Size(size.documents + 1, size.tokens + len(tokens), size.pieces + len(lengths))

    def flush(self) -> None:
        """Hand everything to the system."""
        for file in self._files:
            file.flush()

    def close(self) -> None:
        """Close the files."""
        for file in self._files:
            file.close()
        self._files = []

    def source(self, name: str, digest: str, first: Size, last: Size) -> Source:
        """What was added between two sizes; the store must be closed."""
        types = (np.uint64, np.uint8, np.int64)
        bounds = ((first.tokens, last.tokens), (first.tokens, last.tokens), (first.pieces, last.pieces))
        keys, forms, lengths = (
            np.asarray(np.memmap(path, dtype, "r")[slice(*bound)]) if path.stat().st_size else np.empty(0, dtype)
            for path, dtype, bound in zip(self._paths, types, bounds, strict=True)
        )
        return Source(name, last.documents - first.documents, keys, forms, lengths, digest)


def store_text(text: Text, trained: Store | None, held: Store) -> None:
    """Write the documents of a source, those to train on into one store (or nowhere), some of the others into another.

    Raises InputError where there is no document, or one cannot be read.
    """
    count = None
    if 0.0 < text.share < 1.0:
        count = int(sum(1 for _ in texts.documents(text.path)) * text.share)
    number = 0
    for number, document in enumerate(texts.documents(text.path), 1):
        if text.share >= 1.0 or (count is not None and number <= count):
            if trained is not None:
                trained.add(document, _PIECE)
        elif number - (count or 0) <= _MEASURED:
            held.add(document, None)
        else:
            break
    if not number:
        raise InputError(f"{text.path}: no documents to train on")
    for store in (trained, held):
        if store is not None:
            store.flush()


def language_of(sources: Sequence[Text]) -> str | None:
    """The ISO 639 code of the language that most of the first documents are in; None where none is recognised.

    Raises InputError where a source has no document.
    """
    from collections import Counter
    from itertools import islice

    from qualitycheck import Document

    counts = Counter[Any]()
    for source in sources:
        found = [Document(text[:5000]).language for text in islice(texts.documents(source.path), _DETECTED)]
        if not found:
            raise InputError(f"{source.path}: no documents to train on")
        counts.update(found)
    counts.pop(None, None)
    return counts.most_common(1)[0][0] if counts else None
