"""Old fiction to train on: four of Jane Austen's novels, which no other source resembles.

What an author of that time writes is odd to a model of today's news: without them, of her two other novels whole
chapters were held to be spun. They are in the public domain. Debian's ``r-cran-janeaustenr`` holds them as a lazy-load
database of R: compressed stretches, each with its length before it, of serialised vectors of strings.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from qualitycheck import InputError

FOLDER = Path("/usr/lib/R/site-library/janeaustenr")
_STRING = b"\x00\x04\x00\x09"  # what R writes before the length of a string in ASCII
_LEAST_LINES = 1000
_TRAINED = 4  # novels; “Pride and Prejudice” and “Sense and Sensibility” are kept back for measuring
_PART = 6000  # characters of a document
_TIMES = 3  # each is taken, since there is little of it


def write(path: Path, folder: Path = FOLDER) -> None:
    """Write the novels as JSON lines, in parts. Raises InputError where they are not installed there."""
    try:
        data = (folder / "data" / "Rdata.rdb").read_bytes()
    except OSError as error:
        raise InputError(f"{error.filename}: {error.strerror}; install Debian's r-cran-janeaustenr") from None
    parts = [part for lines in islice(_novels(data), _TRAINED) for part in _parts(lines)]
    path.write_text("".join(json.dumps({"text": part}) + "\n" for part in parts) * _TIMES, encoding="utf-8")


def _novels(data: bytes) -> Iterator[list[str]]:
    """The lines of each book."""
    place = 0
    while place < len(data):
        stretch = zlib.decompressobj()
        lines = list(_strings(stretch.decompress(data[place + 4 :])))
        if len(lines) >= _LEAST_LINES:
            yield lines
        place = len(data) - len(stretch.unused_data)


def _strings(data: bytes) -> Iterator[str]:
    place = data.find(_STRING)
    while place >= 0:
        start = place + len(_STRING) + 4
        end = start + int.from_bytes(data[start - 4 : start])
        yield data[start:end].decode()
        place = data.find(_STRING, end)


def _parts(lines: list[str]) -> Iterator[str]:
    """Paragraphs put together to documents."""
    part: list[str] = []
    for paragraph in re.split(r"\n\s*\n", "\n".join(lines)):
        part.append(" ".join(paragraph.split()))
        if sum(map(len, part)) > _PART:
            yield "\n\n".join(part)
            part = []
    if part:
        yield "\n\n".join(part)
