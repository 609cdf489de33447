"""Clean text as token arrays: what the channels are trained on."""

from __future__ import annotations

import hashlib
import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from qualitycheck import InputError
from qualitycheck.tokens import Tokens, tokenize

_PIECE = 1500  # tokens; longer documents are cut, so that one rate of replacement does not rule a whole book


@dataclass(frozen=True, slots=True)
class Source:
    """One file of clean text: its token keys, their kinds and shapes in one byte, and where each piece starts."""

    name: str
    documents: int
    keys: np.ndarray
    forms: np.ndarray
    lengths: np.ndarray
    digest: str


def read_source(path: Path, share: float = 1.0) -> Source:
    """The first ``share`` of the documents of a JSONL file (plain or xz) with a ``text`` field.

    Raises InputError, naming file and line, where a line is not such an object.
    """
    texts = list(_texts(path))
    texts = texts[: int(len(texts) * share)]
    if not texts:
        raise InputError(f"{path}: no documents to train on")
    keys, forms, lengths = [], [], []
    for text in texts:
        tokens = tokenize(text)
        keys.append(tokens.key)
        forms.append((tokens.kind << 4 | tokens.shape).astype(np.uint8))
        left = len(tokens)
        while left > 1.5 * _PIECE:
            lengths.append(_PIECE)
            left -= _PIECE
        lengths.append(left)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Source(
        path.name.split(".")[0], len(texts), np.concatenate(keys), np.concatenate(forms), np.array(lengths), digest
    )


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


def _texts(path: Path) -> Iterator[str]:
    with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            try:
                text = json.loads(line)["text"]
            except (json.JSONDecodeError, KeyError, TypeError):
                text = None
            if not isinstance(text, str):
                raise InputError(f"{path}:{number}: expected an object with a “text” field")
            yield text
