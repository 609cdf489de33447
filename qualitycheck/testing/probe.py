"""Whether a check says the same about a text whenever it is asked, and how fast it is."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from qualitycheck.document import Document
from qualitycheck.plugins import Plugins
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
        f"text {place}: {_difference(*pair, runner.plugins)}"
        for place, pair in enumerate(zip(first, second, strict=True), start=1)
        if pair[0] != pair[1]
    ]
    size = sum(len(text.encode(errors="surrogatepass")) for text in given) / 1e6
    return Probe(size, seconds, tuple(differences))


def _difference(first: dict[str, Any], second: dict[str, Any], plugins: Plugins) -> str:
    """Which checks differ, of which plugin, and in what."""
    parts = []
    for plugin in plugins.loaded:
        for check in plugin.checks:
            said = [_difference_of_rule(rule.code, first, second) for rule in check.rules]
            said = [each for each in said if each]
            if not said and first["checks"].get(check.name) != second["checks"].get(check.name):
                said = ["another status, signal or badness"]
            if said:
                parts.append(f"check “{check.name}” of plugin “{plugin.name}”: {', '.join(said)}")
    return "; ".join(parts) or "the reports differ, though no check does: a plugin prepares documents or gives verdicts"


def _difference_of_rule(code: str, first: dict[str, Any], second: dict[str, Any]) -> str:
    found = [[each for each in report["findings"] if each["code"] == code] for report in (first, second)]
    if len(found[0]) != len(found[1]):
        return f"{code} found {len(found[0])} and {len(found[1])} times"
    return f"{code} in other places or with other words" if found[0] != found[1] else ""
