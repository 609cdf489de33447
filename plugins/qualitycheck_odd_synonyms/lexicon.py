"""Lexicons: which words and phrases a kind of channel puts in place of which.

A lexicon is a UTF-8 file of tab separated lines ``original, observed, source`` under a header, one pair a line; the
first pairs of an original are the commoner ones. ``source`` says where the pair is known from: ``own`` (written from
knowledge of how such machines replace), ``start`` (the team's first list), ``reference`` (seen in the reference
documents and nowhere else). The file name is the name of the family.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from qualitycheck import QualityCheckError

LONGEST = 5  # tokens in a phrase


class LexiconError(QualityCheckError):
    """A lexicon file is not what it should be."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One substitution: the channel writes ``observed`` where ``original`` stood. ``source`` is its provenance."""

    original: str
    observed: str
    source: str


def read_lexicon(path: Path) -> list[Pair]:
    """The pairs of one file, in order. Raises LexiconError, naming file and line, for a malformed one."""
    return [pair for _, pair in read_numbered(path)]


def read_numbered(path: Path) -> Iterator[tuple[int, Pair]]:
    """The same with the line that each stands in, counted from 1."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows: Iterator[list[str]] = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            for number, row in enumerate(rows, 1):
                if number == 1 and row[:2] == ["original", "observed"]:
                    continue
                if len(row) not in (2, 3) or not row[0].strip() or not row[1].strip():
                    raise LexiconError(f"{path}:{number}: expected “original TAB observed TAB source”, found {row!r}")
                yield number, Pair(row[0].strip(), row[1].strip(), row[2].strip() if len(row) == 3 else "own")
    except OSError as error:
        raise LexiconError(f"{path}: cannot be read: {error.strerror}") from None
    except csv.Error as error:
        raise LexiconError(f"{path}: {error}") from None
    except UnicodeDecodeError as error:
        raise LexiconError(f"{path}: not UTF-8 at byte {error.start}") from None


def write_lexicon(path: Path, pairs: Iterable[Pair]) -> None:
    """Write pairs as :func:`read_lexicon` reads them."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", quoting=csv.QUOTE_NONE, lineterminator="\n", quotechar=None)
        writer.writerow(["original", "observed", "source"])
        writer.writerows((pair.original, pair.observed, pair.source) for pair in pairs)
