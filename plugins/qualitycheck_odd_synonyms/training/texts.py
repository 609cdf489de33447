"""Clean text as it lies about: files and folders of plain text and of JSON lines, compressed or not, as a stream."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import json
import lzma
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from qualitycheck import InputError

_PLAIN = (".txt", ".text")
_LINES = (".jsonl", ".ndjson")
_COMPRESSED: dict[str, Callable[..., IO[Any]]] = {".gz": gzip.open, ".bz2": bz2.open, ".xz": lzma.open}
_LONGEST_LINE = 100_000_000  # code points; what is longer is no document, and would have to be held in memory
#: Code points after which a plain text is cut at the next line end, so that a book is many documents.
_PART = 10_000


def documents(path: Path) -> Iterator[str]:
    """The documents of a file, or of all text files of a folder in the order of their names, one after another.

    A line of a JSON lines file (``.jsonl``, ``.ndjson``) is an object with a ``text``; a plain text file (any other
    name; in a folder ``.txt`` and ``.text``) is cut into documents of about 10,000 characters. Each may be compressed
    (``.gz``, ``.bz2``, ``.xz``). Raises InputError, naming file and line, for what cannot be read.
    """
    for file in files(path):
        yield from _json_lines(file) if _bare(file).suffix in _LINES else _parts(file)


def files(path: Path) -> list[Path]:
    """The file, or the text files below a folder, sorted. Raises InputError where there is none."""
    if not path.is_dir():
        if not path.exists():
            raise InputError(f"{path}: there is no such file or folder")
        return [path]
    found = sorted(
        each
        for each in path.rglob("*")
        if _bare(each).suffix in (*_PLAIN, *_LINES) and each.is_file() and not each.name.startswith(".")
    )
    if not found:
        raise InputError(f"{path}: no text in this folder (suffixes read: {', '.join((*_PLAIN, *_LINES))})")
    return found


def digest(path: Path) -> str:
    """A SHA-256 of a file, or of the names and hashes of the text files of a folder."""
    if not path.is_dir():
        return _file_digest(path)
    lines = [f"{each.relative_to(path).as_posix()} {_file_digest(each)}\n" for each in files(path)]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _file_digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from None


def _bare(path: Path) -> Path:
    """The path without the suffix of its compression."""
    return path.with_suffix("") if path.suffix in _COMPRESSED else path


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a file with their numbers, from 1."""
    number = 0
    try:
        opened = _COMPRESSED.get(path.suffix, open)(path, "rt", encoding="utf-8-sig")
        with opened as file:
            while line := file.readline(_LONGEST_LINE):
                number += 1
                if len(line) == _LONGEST_LINE:
                    raise InputError(f"{path}:{number}: a line of more than {_LONGEST_LINE:,} characters")
                yield number, line
    except UnicodeDecodeError:
        raise InputError(f"{path}: not UTF-8 after line {number}") from None
    except (OSError, EOFError, lzma.LZMAError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{path}: cannot be read: {reason}") from None


def _json_lines(path: Path) -> Iterator[str]:
    for number, line in _lines(path):
        if line.isspace():
            continue
        try:
            text = json.loads(line)["text"]
        except (json.JSONDecodeError, KeyError, TypeError, RecursionError):
            text = None
        if not isinstance(text, str):
            raise InputError(f"{path}:{number}: expected an object with a “text” field")
        yield text


def _parts(path: Path) -> Iterator[str]:
    part: list[str] = []
    size = 0
    for _, line in _lines(path):
        part.append(line)
        size += len(line)
        if size >= _PART:
            yield "".join(part)
            part, size = [], 0
    if part:
        yield "".join(part)
