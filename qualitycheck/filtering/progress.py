"""How far a run is: a line that changes on a terminal, a plain line every so often elsewhere."""

from __future__ import annotations

import sys
import time
from typing import TextIO

from qualitycheck.filtering.records import ACCEPTED, REJECTED
from qualitycheck.filtering.tally import Tally

_ON_TERMINAL = 0.5  # seconds between two updates
_ELSEWHERE = 30.0


class Progress:
    """Tells on standard error what was done, how fast, and how long the rest will take.

    ``total`` is the size of all inputs in bytes, None where it is not known; ``done`` what an earlier run has done.
    """

    def __init__(self, total: int | None, done: int = 0, stream: TextIO | None = None, *, shown: bool = True) -> None:
        self._stream = stream or sys.stderr
        self._total = total
        self._terminal = self._stream.isatty()
        self._shown = shown
        self._started = self._next = time.monotonic()
        self._next += 1.0 if self._terminal else _ELSEWHERE
        self._done = done
        self._bytes = 0
        self._width = 0

    def advance(self, tally: Tally, total: Tally) -> None:
        """One more batch is done; ``total`` is what the whole run came to so far."""
        self._bytes += tally.bytes
        now = time.monotonic()
        if self._shown and now >= self._next:
            self._next = now + (_ON_TERMINAL if self._terminal else _ELSEWHERE)
            self._show(self.line(total, now))

    def line(self, total: Tally, now: float) -> str:
        """One line: documents, speed, what was decided, time left."""
        seconds = max(now - self._started, 1e-6)
        rate = self._bytes / seconds
        parts = [
            f"{total.documents:,} documents",
            f"{rate / 1e6:.1f} MB/s",
            f"{total.folders.get(ACCEPTED, 0):,} accepted",
            f"{total.folders.get(REJECTED, 0):,} rejected",
        ]
        if self._total and rate:
            left = max(0.0, (self._total - self._done - self._bytes) / rate)
            parts.append(f"{_clock(left)} left")
        return ", ".join(parts)

    def close(self) -> None:
        """The run is over."""
        self.clear()

    def clear(self) -> None:
        """Leave nothing on the terminal, so that a message can be written."""
        if self._terminal and self._width:
            self._stream.write("\r" + " " * self._width + "\r")
            self._stream.flush()
            self._width = 0

    def _show(self, line: str) -> None:
        if self._terminal:
            self._stream.write("\r" + line.ljust(self._width))
            self._width = len(line)
        else:
            self._stream.write(f"qualitycheck: {line}\n")
        self._stream.flush()


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
