"""What a change of the prose is in its file, where the prose is masked.

Entities count as the characters that they stand for, and markup is never touched: where a change would take away
characters on both sides of some, there is no such edit.
"""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Iterator
from typing import NamedTuple

import regex

from qualitycheck.document import Document
from qualitycheck.edits import Edit, narrowed
from qualitycheck.readers.entities import REFERENCE, decode
from qualitycheck.tokens import FILLER

_REFERENCE = regex.compile(REFERENCE, regex.VERBOSE)
_LONGEST = 1_000  # code points of a span with markup in it: to tell what of it stays takes the square of its length


class _Unit(NamedTuple):
    """What shows as ``shown``, a character or those of an entity, and where it stands; markup is ``fixed``."""

    shown: str
    start: int
    end: int
    fixed: bool = False


def masked_edits(document: Document, change: Edit) -> list[Edit] | None:
    """The edits by which the prose comes to read as ``change`` wants it; None where markup is in the way.

    Their texts are prose too: how the file's format writes it is not their business.
    """
    start, end, wanted = change._replace(end=document.whole_entity(change.end))
    if document.text[start:end] == document.prose[start:end]:
        return [narrowed(change, document.text)]
    units = _units(document, start, end) if end - start <= _LONGEST else []
    shown = [unit for unit in units for _ in unit.shown]
    if not shown:
        return None
    visible = "".join(unit.shown for unit in units)
    edits = []
    for kind, first, last, begin, stop in difflib.SequenceMatcher(None, visible, wanted, autojunk=False).get_opcodes():
        if kind != "equal":
            place = _place(shown, first, last)
            if place is None:
                return None
            edits.append(Edit(*place, wanted[begin:stop]))
    return edits


def _units(document: Document, start: int, end: int) -> list[_Unit]:
    """What shows from ``start`` to before ``end``; white space that is markup in part shows as one space."""
    units: list[_Unit] = []
    for space, run in itertools.groupby(_all_units(document, start, end), lambda unit: unit.shown.isspace()):
        row = list(run)
        if space and any(unit.fixed for unit in row):
            row = [min(row, key=lambda unit: unit.fixed)._replace(shown=" ")]
        units += row
    return units


def _all_units(document: Document, start: int, end: int) -> Iterator[_Unit]:
    while start < end:
        written, shown = document.text[start], document.prose[start]
        stop = start + 1
        if shown == FILLER:  # markup of no width
            pass
        elif written == "&" and (length := _reference(document, start)):
            stop = start + length
            yield _Unit(document.excerpt(start, stop), start, stop, fixed=stop > end)
        else:
            yield _Unit(shown, start, stop, fixed=written != shown)
        start = stop


def _reference(document: Document, start: int) -> int:
    """How long the character reference at ``start`` is; 0 where “&” is one and stands for nothing else."""
    if document.prose[start] == "&" and document.prose[start + 1 : start + 2] != FILLER:
        return 0
    match = _REFERENCE.match(document.text, start)
    return decode(match.group())[1] if match else 0


def _place(shown: list[_Unit], first: int, last: int) -> tuple[int, int] | None:
    """Where in the file the visible characters from ``first`` to before ``last`` stand, if they can be replaced."""
    if any(0 < place < len(shown) and shown[place - 1] is shown[place] for place in (first, last)):
        return None  # a part of an entity
    if first == last:
        # Beside a character that is one: where markup ends, nobody tells.
        beside = [unit.end for unit in shown[max(first - 1, 0) : first] if not unit.fixed]
        beside += [unit.start for unit in shown[first : first + 1] if not unit.fixed]
        return (beside[0], beside[0]) if beside else None
    units = shown[first:last]
    whole = all(before is after or before.end == after.start for before, after in itertools.pairwise(units))
    return (units[0].start, units[-1].end) if whole and not any(unit.fixed for unit in units) else None
