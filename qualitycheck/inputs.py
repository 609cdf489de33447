"""What the command line is given becomes documents.

An input that cannot be read is one error, and costs no other input its report.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from qualitycheck.decoding import decode
from qualitycheck.document import Document
from qualitycheck.errors import InputError
from qualitycheck.paths import expand, has_suffix, missing
from qualitycheck.plugins import FOREIGN_ERRORS, Plugins, one_line
from qualitycheck.readers import PLAIN_TEXT, Reader, all_readers, make_document
from qualitycheck.screen import harmless

STDIN = "<stdin>"

_PART = 1 << 20  # bytes read at a time


def read_file(path: Path, plugins: Plugins) -> Document:
    """The document in a file, read by the reader that declares its suffix, and as plain text where none does.

    Raises InputError where the file is missing, a folder, not to be read, larger than the setting ``max_size``, not
    text, or not in the settings' encoding.
    """
    return _read_file(path, plugins, readers_by_suffix(plugins))


def read_stdin(plugins: Plugins, filename: str | None = None) -> Document:
    """The document on standard input. ``filename`` chooses its reader by suffix, and names it in reports.

    Raises InputError as :func:`read_file` does.
    """
    return _read_stdin(plugins, filename, readers_by_suffix(plugins))


def read_named(name: str, plugins: Plugins) -> Document:
    """The document in a file, or on standard input for ``-``. Raises InputError where it cannot be read."""
    return read_stdin(plugins) if name == "-" else read_file(Path(name), plugins)


def read_inputs(
    inputs: Iterable[str], plugins: Plugins, *, stdin_filename: str | None = None
) -> Iterator[Document | InputError]:
    """Every document that the inputs name, lazily and once, and an error in place of what cannot be read.

    An input is a file, a folder, a glob, or ``-`` for standard input; :func:`qualitycheck.paths.expand` says what
    folders and globs stand for.
    """
    readers = readers_by_suffix(plugins)
    seen: set[str] = set()
    for given in inputs:
        found: Iterator[Path | InputError | None] = iter([None]) if given == "-" else expand(given, readers)
        for path in found:
            if isinstance(path, InputError):
                yield path
                continue
            identity = "-" if path is None else os.path.realpath(path)
            if identity in seen:
                continue
            seen.add(identity)
            try:
                if path is None:
                    yield _read_stdin(plugins, stdin_filename, readers)
                else:
                    yield _read_file(path, plugins, readers)
            except InputError as error:
                yield error


def readers_by_suffix(plugins: Plugins) -> dict[str, Reader]:
    """The reader for each suffix, in lower case; a later one wins."""
    return {suffix.lower(): reader for reader in all_readers(plugins) for suffix in reader.suffixes}


def reader_of(path: str, readers: Mapping[str, Reader]) -> Reader:
    """The reader whose suffix a path has, the longest where there are several; plain text where there is none."""
    suffixes = [suffix for suffix in readers if has_suffix(path, [suffix])]
    return readers[max(suffixes, key=len)] if suffixes else PLAIN_TEXT


def _read_file(path: Path, plugins: Plugins, readers: dict[str, Reader]) -> Document:
    name = harmless(str(path))
    limit = plugins.settings.max_size
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise InputError(f"{name}: a folder, where a file is needed")
        if status.st_size > limit:
            raise InputError(_too_large(name, status.st_size, limit))
        with path.open("rb") as stream:
            data = _read_bytes(stream, name, limit)
    except (OSError, ValueError) as error:
        raise InputError(missing(str(path), error)) from None
    return _document(data, str(path), plugins, readers)


def _read_stdin(plugins: Plugins, filename: str | None, readers: dict[str, Reader]) -> Document:
    if sys.stdin is None:
        raise InputError("standard input is closed")
    path = filename or STDIN
    try:
        data = _read_bytes(sys.stdin.buffer, harmless(path), plugins.settings.max_size)
    except (OSError, ValueError) as error:
        raise InputError(f"{harmless(path)}: standard input cannot be read: {error}") from None
    return _document(data, path, plugins, readers)


def _read_bytes(stream: BinaryIO, name: str, limit: int) -> bytearray:
    """All of a stream; no more than the limit is read, whatever size it was said to have."""
    data = bytearray()
    while len(data) <= limit and (part := stream.read(min(_PART, limit + 1 - len(data)))):
        data += part
    if len(data) > limit:
        raise InputError(f"{name}: larger than the limit of {_shown_size(limit)}; raise it with --max-size")
    return data


def _document(data: bytearray, path: str, plugins: Plugins, readers: dict[str, Reader]) -> Document:
    name = harmless(path)
    text = decode(data, plugins.settings.encoding, name)
    data.clear()
    reader = reader_of(path, readers)
    try:
        return make_document(reader, text, path)
    except FOREIGN_ERRORS as error:
        raise InputError(f"{name}: reader “{reader.name}” failed: {one_line(error)}") from None


def _too_large(name: str, size: int, limit: int) -> str:
    shown, shown_limit = _shown_size(size), _shown_size(limit)
    if shown == shown_limit:
        shown, shown_limit = f"{size:,} bytes", f"{limit:,} bytes"
    return f"{name}: {shown}, above the limit of {shown_limit}; raise it with --max-size"


def _shown_size(size: int) -> str:
    for factor, unit in ((10**9, "GB"), (10**6, "MB"), (10**3, "kB")):
        if size >= factor:
            return f"{size / factor:.3g} {unit}"
    return f"{size} bytes"
