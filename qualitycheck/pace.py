"""Which checks are slow: measured always, since it costs two looks at a clock, and said at the end of a run."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from qualitycheck.document import Document

#: Seconds that a check may take in all, or over one document, before its pace is looked at.
GRACE = 2.0


@dataclass(slots=True)
class _Taken:
    """What a check has taken so far, and the call that was furthest beyond what it may take."""

    seconds: float = 0.0
    characters: int = 0
    documents: int = 0
    excess: float = 0.0
    worst: str = ""


class Pace:
    """Notes how long each check takes for how much text.

    ``least`` is the number of characters a second below which a check is slow; 0 means that none is. ``now`` is the
    clock, in seconds. Loading what a check needs (``setup``) does not count.
    """

    def __init__(self, least: int, now: Callable[[], float] = time.perf_counter) -> None:
        self.least = least
        self._now = now
        #: Told the name of each check before it looks at documents, and an empty one after.
        self.announce: Callable[[str], None] = lambda name: None
        self._taken: dict[str, _Taken] = {}

    @contextlib.contextmanager
    def of(self, check: str, documents: Sequence[Document]) -> Iterator[None]:
        """Count the time until the block is left as what the check took for these documents, also where it raises."""
        self.announce(check)
        started = self._now()
        try:
            yield
        finally:
            self._add(check, documents, self._now() - started)
            self.announce("")

    def _add(self, check: str, documents: Sequence[Document], seconds: float) -> None:
        taken = self._taken.setdefault(check, _Taken())
        characters = sum(map(len, documents))
        taken.seconds += seconds
        taken.characters += characters
        taken.documents += len(documents)
        excess = seconds - self._allowed(characters) if self.least else 0.0
        if excess > taken.excess:
            first = documents[0].path or documents[0].id or "a text"
            where = first if len(documents) == 1 else f"{first} and {len(documents) - 1} more"
            taken.excess = excess
            taken.worst = f"{seconds:.1f} seconds for the {characters:,} characters of {where}"

    def _allowed(self, characters: int) -> float:
        return GRACE + characters / self.least

    def notes(self, owners: Mapping[str, str]) -> list[str]:
        """One line for each slow check; ``owners`` are the names of the plugins that bring them, by check."""
        found = []
        for name, taken in sorted(self._taken.items()):
            said = ""
            if self.least and taken.seconds > self._allowed(taken.characters):
                rate = taken.characters / taken.seconds
                said = f"{taken.seconds:.1f} seconds for {taken.documents:,} documents, {rate:,.0f} characters a second"
            elif taken.worst:
                said = taken.worst
            if said:
                owner = owners.get(name, "")
                least = f"slow-check in the settings asks for {self.least:,} a second"
                found.append(f"check “{name}” of plugin “{owner}” is slow: {said}; {least}")
        return found
