"""The substitutions of a comparison as lexicon lines: ``original TAB observed TAB source``, one pair a line.

Trainers of substitution models read such files. Pairs stand by original, the commoner ones first; the source says which
files they come from, and how often.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from qualitycheck.comparison.result import Comparison, Counted


def lexicon_lines(comparison: Comparison) -> Iterator[str]:
    """The lines of a lexicon, its header first."""
    yield "original\tobserved\tsource"
    source = f"{_name(comparison.original.path)} > {_name(comparison.rewritten.path)}"
    for row in sorted(comparison.substitutions, key=lambda row: (row.original, -row.count, row.rewritten)):
        yield f"{_cell(row.original)}\t{_cell(row.rewritten)}\t{_cell(f'{source}, {_times(row)}')}"


def _name(path: str | None) -> str:
    return Path(path).name if path else "text"


def _times(row: Counted) -> str:
    return "once" if row.count == 1 else f"{row.count} times"


def _cell(text: str) -> str:
    """A text on one line, without what would end a cell, and with straight apostrophes."""
    return " ".join(text.replace("’", "'").split())
