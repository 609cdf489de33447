"""Readers: one file an input format. A reader tells which part of a file is prose."""

from __future__ import annotations

import importlib
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from qualitycheck.comments import MARK
from qualitycheck.document import Document
from qualitycheck.errors import InputError, nearest
from qualitycheck.plugins import Plugins


@runtime_checkable
class Reader(Protocol):
    """Turns the text of a file into its prose.

    ``name`` is what ``--stdin-format`` and case files call the format; ``suffixes`` are those of its files, with dot.
    """

    name: str
    suffixes: tuple[str, ...]

    def prose(self, text: str) -> str:
        """``text`` with everything that is not prose blanked, code point for code point; newlines stay.

        A blank is a space; FILLER within a word, and OBJECT for a thing within a sentence: see ``mask.Mask``.
        """
        ...


def make_document(reader: Reader, text: str, path: str | None = None) -> Document:
    """A document from the text of a file.

    A reader may have two methods besides: ``comments(text)`` gives start and end of each comment in the file that
    speaks to qualitycheck; ``escape(text)`` writes text so that it shows as it is and is no markup.
    """
    comments: Sequence[tuple[int, int]] = ()
    find = getattr(reader, "comments", None)
    if find is not None and MARK in text:
        comments = list(itertools.islice(find(text), _MOST_COMMENTS))
    return Document(text, prose=reader.prose(text), path=path, comments=comments)


@dataclass(slots=True)
class _Bundled:
    """A reader of this package; its parser is imported with the first text, since most runs need one or none."""

    name: str
    suffixes: tuple[str, ...]

    def prose(self, text: str) -> str:
        """The text with all that is not prose blanked."""
        module = importlib.import_module(f"qualitycheck.readers.{self.name}")
        masked: str = module.prose(text)
        return masked

    def comments(self, text: str) -> list[tuple[int, int]]:
        """Start and end of each comment that speaks to qualitycheck, in a format that has comments."""
        module = importlib.import_module(f"qualitycheck.readers.{self.name}")
        return list(module.comments(text)) if hasattr(module, "comments") else []

    def escape(self, text: str) -> str:
        """The text as the format writes it."""
        module = importlib.import_module(f"qualitycheck.readers.{self.name}")
        return str(module.escape(text)) if hasattr(module, "escape") else text


_MOST_COMMENTS = 10_000  # of one document that are heeded

#: What a file is read as when no reader declares its suffix.
PLAIN_TEXT: Reader = _Bundled("text", (".txt", ".text"))
_BUNDLED = (
    PLAIN_TEXT,
    _Bundled("markdown", (".md", ".markdown")),
    _Bundled("html", (".html", ".htm", ".xhtml")),
)


def all_readers(plugins: Plugins) -> list[Reader]:
    """The bundled readers and those of plugins; a later one wins a suffix."""
    readers: list[Reader] = [*_BUNDLED]
    for plugin in plugins.loaded:
        readers += plugin.readers
    return readers


def read_text(text: str, format: str, plugins: Plugins, path: str | None = None) -> Document:  # noqa: A002
    """A document from the text of a file in a format named by its reader. Raises InputError for an unknown format."""
    readers = {reader.name: reader for reader in all_readers(plugins)}
    if format not in readers:
        raise InputError(f"unknown format “{format}”{nearest(format, list(readers))}")
    return make_document(readers[format], text, path)
