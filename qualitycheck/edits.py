"""Edits of a text, kept against the text as it was at first, however often it is edited."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple


class Edit(NamedTuple):
    """``text`` takes the place of what stands from ``start`` to before ``end``; code points, half open."""

    start: int
    end: int
    text: str


def apply(text: str, edits: Sequence[Edit]) -> str:
    """The text with all edits made, which are in order of place and do not overlap."""
    parts: list[str] = []
    at = 0
    for edit in edits:
        parts += text[at : edit.start], edit.text
        at = edit.end
    return "".join([*parts, text[at:]])


def narrowed(edit: Edit, text: str) -> Edit:
    """The edit without what it leaves as it is at its start and at its end."""
    start, end, new = edit
    same = 0
    while same < min(end - start, len(new)) and text[start + same] == new[same]:
        same += 1
    start, new = start + same, new[same:]
    same = 0
    while same < min(end - start, len(new)) and text[end - 1 - same] == new[len(new) - 1 - same]:
        same += 1
    return Edit(start, end - same, new[: len(new) - same])


class EditedText:
    """A text that is edited several times over; ``edits`` are what it all comes to, against ``original``."""

    def __init__(self, original: str) -> None:
        self.original = original
        self.text = original
        #: The parts of the text: spans of the original, and what was put in.
        self._parts: list[range | str] = [range(len(original))] if original else []

    def apply(self, edits: Sequence[Edit]) -> None:
        """Make edits of the text as it is now, which are in order of place and do not overlap."""
        rest = deque(self._parts)
        parts: list[range | str] = []
        at = 0
        for start, end, text in edits:
            parts += _take(rest, start - at)
            _take(rest, end - start)
            parts += [text] if text else []
            at = end
        self._parts = [*parts, *rest]
        self.text = apply(self.text, edits)

    @property
    def edits(self) -> list[Edit]:
        """What became of the original, in order of place and without what became nothing."""
        return [edit for edit in map(self._narrowed, self._gaps()) if edit.start < edit.end or edit.text]

    def _narrowed(self, edit: Edit) -> Edit:
        return narrowed(edit, self.original)

    def _gaps(self) -> Iterator[Edit]:
        """What stands between the spans of the original that are left, in its place."""
        at, new = 0, ""
        for part in [*self._parts, range(len(self.original), len(self.original))]:
            if isinstance(part, str):
                new += part
            else:
                yield Edit(at, part.start, new)
                at, new = part.stop, ""


def _take(parts: deque[range | str], length: int) -> list[range | str]:
    """The first parts, of this length together; they are taken away, the last of them cut where need be."""
    taken: list[range | str] = []
    while length:
        part = parts.popleft()
        if len(part) > length:
            parts.appendleft(part[length:])
            part = part[:length]
        taken.append(part)
        length -= len(part)
    return taken
