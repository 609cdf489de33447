"""Edits of a text as a unified diff, straight from where they are: no search for what is the same is needed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

Edit = tuple[int, int, str]  # start, end and new text
_Block = tuple[int, int, list[Edit]]  # first line, the one after the last, and what is replaced in them

_CONTEXT = 3  # lines around what is changed


def unified_diff(text: str, edits: Sequence[Edit], name: str, new_name: str) -> Iterator[str]:
    """The lines of a diff that ``patch`` applies.

    ``edits`` are in order and do not overlap. Lines end in LF; a CR before it belongs to the line.
    """
    bounds = [0, *(place + 1 for place, letter in enumerate(text) if letter == "\n")]
    if bounds[-1] != len(text):
        bounds.append(len(text))
    lines = [text[start:end] for start, end in pairwise(bounds)]
    hunks = _hunks(_blocks(bounds, edits))
    if hunks:
        yield f"--- {name}\n"
        yield f"+++ {new_name}\n"
    shift = 0
    for hunk in hunks:
        first, last = max(hunk[0][0] - _CONTEXT, 0), min(hunk[-1][1] + _CONTEXT, len(lines))
        body: list[str] = []
        place, added = first, 0
        for begin, end, own in hunk:
            new = _lines(_rewritten(text, bounds[begin], bounds[end], own))
            body += (f" {line}" for line in lines[place:begin])
            body += (f"-{line}" for line in lines[begin:end])
            body += (f"+{line}" for line in new)
            added += len(new) - (end - begin)
            place = end
        body += (f" {line}" for line in lines[place:last])
        yield f"@@ -{first + 1},{last - first} +{first + 1 + shift},{last - first + added} @@\n"
        yield from (line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in body)
        shift += added


def _blocks(bounds: Sequence[int], edits: Sequence[Edit]) -> list[_Block]:
    """The runs of lines that edits touch."""
    blocks: list[_Block] = []
    for edit in edits:
        first = bisect_right(bounds, edit[0]) - 1
        last = max(bisect_right(bounds, edit[1] - 1), first + 1)
        if blocks and first < blocks[-1][1]:
            begin, end, own = blocks.pop()
            blocks.append((begin, max(end, last), [*own, edit]))
        else:
            blocks.append((first, last, [edit]))
    return blocks


def _hunks(blocks: Sequence[_Block]) -> list[list[_Block]]:
    """The blocks, those together whose context would meet."""
    hunks: list[list[_Block]] = []
    for block in blocks:
        if hunks and block[0] - hunks[-1][-1][1] <= 2 * _CONTEXT:
            hunks[-1].append(block)
        else:
            hunks.append([block])
    return hunks


def _rewritten(text: str, start: int, end: int, edits: Sequence[Edit]) -> str:
    parts: list[str] = []
    place = start
    for first, last, new in edits:
        parts += text[place:first], new
        place = last
    return "".join((*parts, text[place:end]))


def _lines(text: str) -> list[str]:
    parts = text.split("\n")
    return [f"{part}\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])
