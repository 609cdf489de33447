"""A regular expression from the settings, as a check of its own: one that is too slow costs the others nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import regex

from qualitycheck.errors import PluginError
from qualitycheck.finding import Finding
from qualitycheck.patterns.costs import SettingsCheck
from qualitycheck.patterns.entries import PatternEntry

if TYPE_CHECKING:
    from qualitycheck.document import Document

#: Seconds that a pattern may search in one document, and what it gets on top for each million of code points.
SECONDS, SECONDS_PER_MILLION = 2.0, 1.0


class Expression(SettingsCheck):
    """Finds what one regular expression matches."""

    def __init__(self, entry: PatternEntry) -> None:
        self._entry = entry
        self._pattern = regex.compile(entry.pattern)

    def inspect(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each match that is not empty."""
        template = self._entry.suggestion
        limit = SECONDS + SECONDS_PER_MILLION * len(document) / 1e6
        matches = document.finditer(self._pattern, timeout=limit)
        while True:
            try:
                match = next(matches, None)
            except TimeoutError:
                raise PluginError(f"the pattern of {self._entry.code} took more than {limit:.1f} s") from None
            if match is None:
                return
            if match.end() > match.start():
                suggestions = [] if template is None else [match.expand(template)]
                yield self.finding(self._entry.code, match.span(), suggestions=suggestions)


def expression_check(entry: PatternEntry) -> Expression:
    """The check for one entry with a pattern."""
    attributes = {
        "name": f"pattern-{entry.name}",
        "rules": (entry.rule(),),
        "languages": frozenset(entry.languages) or None,
    }
    made: Expression = type("Expression", (Expression,), attributes)(entry)
    return made
