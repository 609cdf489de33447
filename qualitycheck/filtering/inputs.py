"""What the filter is given becomes a list of inputs, each with the format, the compression and what tells it apart."""

from __future__ import annotations

import hashlib
import io
import os
import re
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from qualitycheck.errors import InputError
from qualitycheck.filtering.compression import SUFFIXES, suffix_of
from qualitycheck.paths import expand, missing
from qualitycheck.screen import harmless

STDIN = "<stdin>"

#: Formats that hold many documents a file, by suffix. Anything else is a plain file: one document.
RECORD_FORMATS = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",  # C4 and dolma call their JSON lines so
    ".parquet": "parquet",
    ".csv": "csv",
    ".tsv": "tsv",
}
FORMATS = ("jsonl", "parquet", "csv", "tsv", "text")


@dataclass(frozen=True, slots=True)
class Input:
    """One file to read. ``path`` is a local path or an fsspec URL; ``size`` in bytes, None for standard input.

    ``stamp`` is what changes when the file does: its time of change, or what the file system offers.
    """

    path: str
    format: str
    compression: str = ""
    size: int | None = None
    stamp: str = ""

    @property
    def is_stdin(self) -> bool:
        """Whether this is standard input."""
        return self.path == STDIN

    @property
    def is_local(self) -> bool:
        """Whether a worker can open the file by its path."""
        return not self.is_stdin and not _is_url(self.path)

    def identity(self) -> list[Any]:
        """What a finished split is known by: path, size and stamp."""
        return [self.path, self.format, self.size, self.stamp]

    def label(self) -> str:
        """A name for output files: the file's own, and enough of a hash to tell it from its namesakes."""
        name = self.path.rstrip("/").rpartition("/")[2].removesuffix(self.compression)
        stem = re.sub(r"[^\w.-]+", "_", name.rpartition(".")[0] or name, flags=re.ASCII).strip("._")[:60] or "input"
        return f"{stem}-{hashlib.sha256(self.path.encode(errors='surrogateescape')).hexdigest()[:8]}"

    def open(self) -> BinaryIO:
        """The bytes as they are stored. Raises OSError."""
        if self.is_stdin:
            if sys.stdin is None:
                raise OSError(0, "standard input is closed")
            return sys.stdin.buffer
        if self.is_local:
            return Path(self.path).open("rb")
        import fsspec

        # What a store gives has no readline with a limit, and a line can be as long as the file.
        return io.BufferedReader(fsspec.open(self.path, "rb").open())


def find_inputs(given: Iterable[str], text_suffixes: Collection[str], input_format: str | None) -> list[Input]:
    """All inputs that paths, folders, globs, URLs and ``-`` name, each once.

    Raises InputError for what does not exist or names nothing: a mistyped path must not pass for a finished run.
    """
    wanted = {base + packed for base in (*RECORD_FORMATS, *text_suffixes) for packed in ("", *SUFFIXES)}
    found: dict[str, Input] = {}
    for name in given:
        for each in _expand(name, wanted, input_format):
            found.setdefault(os.path.realpath(each.path) if each.is_local else each.path, each)
    if not found:
        raise InputError("nothing was found to filter")
    return list(found.values())


def _expand(name: str, wanted: Collection[str], input_format: str | None) -> Iterator[Input]:
    if name == "-":
        yield Input(STDIN, input_format or "jsonl")
    elif _is_url(name):
        yield from _expand_url(name, wanted, input_format)
    else:
        for path in expand(name, wanted):
            if isinstance(path, InputError):
                raise path
            yield _local(path, input_format)


def _local(path: Path, input_format: str | None) -> Input:
    try:
        status = path.stat()
    except OSError as error:
        raise InputError(missing(str(path), error)) from None
    form, packed = _format_of(path.name, input_format)
    return Input(str(path), form, packed, status.st_size, str(status.st_mtime_ns))


def _expand_url(url: str, wanted: Collection[str], input_format: str | None) -> Iterator[Input]:
    import fsspec

    try:
        system, path = fsspec.core.url_to_fs(url)
        if hasattr(system, "local_file") or "file" in _protocols(system):
            for local in expand(path, wanted):
                if isinstance(local, InputError):
                    raise local
                yield _local(local, input_format)
            return
        for each in _paths(system, path, url, wanted):
            facts = system.info(each)
            form, packed = _format_of(each, input_format)
            yield Input(system.unstrip_protocol(each), form, packed, facts.get("size"), _stamp(facts))
    except InputError:
        raise
    except ImportError as error:
        raise InputError(
            f"{harmless(url)}: {error}; install qualitycheck[s3], [gcs] or [azure] for object stores"
        ) from None
    except (OSError, ValueError) as error:
        raise InputError(f"{harmless(url)}: cannot be read: {error}") from None


def _paths(system: Any, path: str, url: str, wanted: Collection[str]) -> list[str]:
    """The files that a path of a store stands for: what a pattern matches, what a folder holds, or itself."""
    if any(sign in path for sign in "*?["):
        found = sorted(system.glob(path))
        if not found:
            raise InputError(f"{harmless(url)}: no file matches")
        return found
    if system.isdir(path):
        return sorted(each for each in system.find(path) if each.lower().endswith(tuple(wanted)))
    return [path]


def _stamp(facts: Mapping[str, Any]) -> str:
    """What tells one state of a file from the next, as its store tells it."""
    known = ("ETag", "etag", "md5Hash", "mtime", "LastModified", "created")
    return next((str(facts[key]) for key in known if facts.get(key)), "")


def _protocols(system: Any) -> tuple[str, ...]:
    protocol = system.protocol
    return (protocol,) if isinstance(protocol, str) else tuple(protocol)


def _format_of(name: str, input_format: str | None) -> tuple[str, str]:
    packed = suffix_of(name)
    ending = "." + name.lower().removesuffix(packed).rpartition(".")[2]
    return input_format or RECORD_FORMATS.get(ending, "text"), packed


def _is_url(name: str) -> bool:
    return "://" in name or name.startswith("memory:")
