"""How long each check takes."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterable, Iterator

from qualitycheck.document import Document

_UNTIMED = contextlib.nullcontext()

#: What every check reads, computed when it is first asked for; without a row of its own the first check would pay.
SHARED = "tokens and language"


def untimed(name: str) -> contextlib.AbstractContextManager[None]:
    """What a runner without a clock does around a check: nothing."""
    return _UNTIMED


class Clock:
    """Adds up seconds by name: ``with clock("braces"): …``. It is not for several threads at once."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.bytes = 0
        self._started = time.perf_counter()

    @contextlib.contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        """Add the time until the block is left to what ``name`` has taken so far."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - started

    def watch(self, documents: Iterable[Document]) -> Iterator[Document]:
        """The documents, counted, with what checks share computed on the clock."""
        for document in documents:
            self.bytes += len(document.text.encode("utf-8", "surrogatepass"))
            with self(SHARED):
                _ = document.tokens, document.language
            yield document

    def table(self) -> list[str]:
        """A line for each name, the slowest first, with seconds, share of the whole run and megabytes a second."""
        whole = time.perf_counter() - self._started
        rows = sorted(self.seconds.items(), key=lambda row: -row[1])
        rest = max(whole - sum(self.seconds.values()), 0.0)
        lines = [f"{'seconds':>9}  {'share':>6}  {'MB/s':>7}  check"]
        for name, seconds in [*rows, ("reading, scoring and reporting", rest), ("all", whole)]:
            rate = f"{self.bytes / seconds / 1e6:7.1f}" if seconds else f"{'':7}"
            lines.append(f"{seconds:9.3f}  {seconds / whole:6.1%}  {rate}  {name}")
        return lines
