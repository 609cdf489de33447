"""Whether a check says the same about a text whenever it is asked, and how fast it is."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from qualitycheck.document import Document
from qualitycheck.runner import Runner
from qualitycheck.settings import Settings


@dataclass(frozen=True, slots=True)
class Probe:
    """What a probe saw: ``megabytes`` of UTF-8 judged in ``seconds``, and one line for each text that got two reports.

    The time is that of the selected checks and of what they ask of a document; the words are found beforehand.
    """

    megabytes: float
    seconds: float
    differences: tuple[str, ...]

    @property
    def speed(self) -> float:
        """Megabytes a second."""
        return self.megabytes / self.seconds if self.seconds else 0.0


def probe(texts: Iterable[str], *, select: Iterable[str] = (), plugins: Sequence[object] = ()) -> Probe:
    """Judge texts in order together, then in reverse one by one with the same checks, and compare the reports.

    What differs is a check that remembers what it saw before, or that depends on its neighbours in a batch. ``select``
    and ``plugins`` are as in :func:`qualitycheck.testing.assert_findings`. Raises SettingsError for an unknown rule.
    """
    given = list(texts)
    runner = Runner(Settings(select=tuple(select)), plugins)
    runner.check("Warm up: what a check loads is no part of its speed.")
    documents = [Document(text) for text in given]
    for document in documents:
        _ = document.tokens, document.language
    started = time.perf_counter()
    first = [report.to_dict() for _, report in runner.run(documents)]
    seconds = time.perf_counter() - started
    second = [runner.check(text).to_dict() for text in reversed(given)][::-1]
    differences = [
        f"text {place}: {_difference(*pair)}"
        for place, pair in enumerate(zip(first, second, strict=True), start=1)
        if pair[0] != pair[1]
    ]
    size = sum(len(text.encode(errors="surrogatepass")) for text in given) / 1e6
    return Probe(size, seconds, tuple(differences))


def _difference(first: dict[str, Any], second: dict[str, Any]) -> str:
    """Which checks differ, and in what: their findings are counted by code, the rest is named."""
    parts = []
    counts = [
        {code: sum(each["code"] == code for each in report["findings"]) for code in _codes(first, second)}
        for report in (first, second)
    ]
    parts += [f"{code} found {counts[0][code]} and {counts[1][code]} times" for code in counts[0]]
    parts = [part for part, code in zip(parts, counts[0], strict=True) if counts[0][code] != counts[1][code]]
    for name, check in first["checks"].items():
        if check != second["checks"].get(name):
            parts.append(f"check “{name}” gave another result")
    return "; ".join(parts) or "the findings are in other places or say other things"


def _codes(*reports: dict[str, Any]) -> list[str]:
    return sorted({finding["code"] for report in reports for finding in report["findings"]})
