"""Readers: one file an input format. A reader tells which part of a file is prose."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

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
        """``text`` with everything that is not prose blanked, code point for code point; newlines stay."""
        ...


def all_readers(plugins: Plugins) -> list[Reader]:
    """The bundled readers and those of plugins; a later one wins a suffix."""
    from qualitycheck.readers.html import HtmlReader
    from qualitycheck.readers.markdown import MarkdownReader
    from qualitycheck.readers.text import TextReader

    readers: list[Reader] = [TextReader(), MarkdownReader(), HtmlReader()]
    for result in plugins.manager.hook.qualitycheck_readers(settings=plugins.settings):
        readers += result
    return readers


def read_text(text: str, format: str, plugins: Plugins, path: str | None = None) -> Document:
    """A document from the text of a file in a format named by its reader. Raises InputError for an unknown format."""
    readers = {reader.name: reader for reader in all_readers(plugins)}
    if format not in readers:
        raise InputError(f"unknown format “{format}”{nearest(format, list(readers))}")
    return Document(text, prose=readers[format].prose(text), path=path)
