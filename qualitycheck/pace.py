"""Which checks are slow: measured always, since it costs a few looks at clocks, and said at the end of a run.

What counts is the processor's time, so that no check is blamed for a machine that is busy with other things; a check
that waits (for a network, a lock) is named when it waits ten times as long.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from qualitycheck.document import Document

#: Seconds that a check may take in all, or over one document, before its pace is looked at.
GRACE = 2.0
#: How many seconds of waiting count as one of work.
PATIENCE = 10.0


@dataclass(slots=True)
class _Taken:
    """What a check has taken so far, and the call that was furthest beyond what it may take."""

    work: float = 0.0
    wait: float = 0.0
    characters: int = 0
    documents: int = 0
    excess: float = 0.0
    worst: str = ""


class Pace:
    """Notes how long each check takes for how much text.

    ``least`` is the number of characters a second below which a check is slow; 0 means that none is. ``work`` and
    ``wall`` are clocks, in seconds: the time that the processor works for this thread, and the time that passes.
    Loading what a check needs (``setup``) does not count.
    """

    def __init__(
        self, least: int, work: Callable[[], float] = time.thread_time, wall: Callable[[], float] = time.perf_counter
    ) -> None:
        self.least = least
        self._work, self._wall = work, wall
        #: Told the name of each check before it looks at documents, and an empty one after.
        self.announce: Callable[[str], None] = lambda name: None
        self._taken: dict[str, _Taken] = {}

    @contextlib.contextmanager
    def of(self, check: str, documents: Sequence[Document]) -> Iterator[None]:
        """Count the time until the block is left as what the check took for these documents, also where it raises."""
        self.announce(check)
        work, wall = self._work(), self._wall()
        try:
            yield
        finally:
            work, wall = self._work() - work, self._wall() - wall
            self._add(check, documents, work, max(wall - work, 0.0))
            self.announce("")

    def _add(self, check: str, documents: Sequence[Document], work: float, wait: float) -> None:
        taken = self._taken.setdefault(check, _Taken())
        characters = sum(map(len, documents))
        taken.work += work
        taken.wait += wait
        taken.characters += characters
        taken.documents += len(documents)
        excess = self._excess(work, wait, characters)
        if excess > taken.excess:
            first = documents[0].path or documents[0].id or "a text"
            where = first if len(documents) == 1 else f"{first} and {len(documents) - 1} more"
            taken.excess = excess
            taken.worst = f"{_seconds(work, wait)} for the {characters:,} characters of {where}"

    def _excess(self, work: float, wait: float, characters: int) -> float:
        """How many seconds beyond what is allowed; 0 or less where it is not slow."""
        return max(work, wait / PATIENCE) - GRACE - characters / self.least if self.least else 0.0

    def notes(self, owners: Mapping[str, str]) -> list[str]:
        """One line for each slow check; ``owners`` are the names of the plugins that bring them, by check."""
        found = []
        for name, taken in sorted(self._taken.items()):
            said = taken.worst
            if self._excess(taken.work, taken.wait, taken.characters) > 0:
                rate = taken.characters / max(taken.work, taken.wait)
                count = f"{taken.documents:,} document{'' if taken.documents == 1 else 's'}"
                said = f"{_seconds(taken.work, taken.wait)} for {count}, {rate:,.0f} characters a second"
            if said:
                owner = owners.get(name, "")
                least = f"slow-check in the settings asks for {self.least:,} a second"
                found.append(f"check “{name}” of plugin “{owner}” is slow: {said}; {least}")
        return found


def _seconds(work: float, wait: float) -> str:
    return f"{work:.1f} seconds of work" if work >= wait / PATIENCE else f"{wait:.1f} seconds of waiting"
