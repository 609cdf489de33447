"""Edits shown as a unified diff, the format that ``patch`` and ``git apply`` read.

The edits are known, so nothing has to be compared: what they do not touch is the same.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from qualitycheck.edits import Edit, apply

_CONTEXT = 3  # lines before and after a change
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_NO_LINE_END = "\\ No newline at end of file"


class _Change(NamedTuple):
    """The lines from ``first`` to before ``last`` become ``new``."""

    first: int
    last: int
    new: list[str]


def unified_diff(name: str, text: str, edits: Sequence[Edit]) -> Iterator[str]:
    """The lines of the diff without their line ends; none where there are no edits.

    ``edits`` of ``text`` are in order of place and do not overlap. As for the programs that read diffs, a line ends
    with a line feed and nothing else.
    """
    if not edits:
        return
    yield f"--- {name}"
    yield f"+++ {name}"
    lines = _LINE.findall(text)
    shift = 0  # how many lines more the new text has before the hunk
    for hunk in _hunks(_changes(text, lines, edits)):
        first, last = max(hunk[0].first - _CONTEXT, 0), min(hunk[-1].last + _CONTEXT, len(lines))
        more = sum(len(change.new) - (change.last - change.first) for change in hunk)
        yield f"@@ -{_range(first, last - first)} +{_range(first + shift, last - first + more)} @@"
        at = first
        for change in hunk:
            yield from _marked(" ", lines[at : change.first])
            yield from _marked("-", lines[change.first : change.last])
            yield from _marked("+", change.new)
            at = change.last
        yield from _marked(" ", lines[at:last])
        shift += more


def _changes(text: str, lines: list[str], edits: Iterable[Edit]) -> Iterator[_Change]:
    """The lines that the edits touch; edits of the same lines together."""
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    groups: list[tuple[int, int, list[Edit]]] = []
    for edit in edits:
        first = max(bisect.bisect_right(starts, edit.start, hi=len(lines)) - 1, 0)
        last = min(bisect.bisect_right(starts, edit.end, hi=len(lines)), len(lines))
        if groups and first < groups[-1][1]:
            first, _, own = groups.pop()
            groups.append((first, last, [*own, edit]))
        else:
            groups.append((first, last, [edit]))
    for first, last, own in groups:
        start, end = starts[first], starts[last]
        new = _LINE.findall(apply(text[start:end], [Edit(a - start, b - start, c) for a, b, c in own]))
        while first < last and new and lines[first] == new[0]:
            first, new = first + 1, new[1:]
        while first < last and new and lines[last - 1] == new[-1]:
            last, new = last - 1, new[:-1]
        yield _Change(first, last, new)


def _hunks(changes: Iterable[_Change]) -> Iterator[list[_Change]]:
    """The changes in groups whose contexts meet."""
    hunk: list[_Change] = []
    for change in changes:
        if hunk and change.first - hunk[-1].last > 2 * _CONTEXT:
            yield hunk
            hunk = []
        hunk.append(change)
    if hunk:
        yield hunk


def _range(first: int, count: int) -> str:
    """Where lines stand, counted from 1; where there are none, the line before."""
    start = first + 1 if count else first
    return str(start) if count == 1 else f"{start},{count}"


def _marked(mark: str, lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield mark + line.removesuffix("\n")
        if not line.endswith("\n"):
            yield _NO_LINE_END
