"""Rules without Python: patterns and word lists from the settings, as a plugin that is there when they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qualitycheck.hookspecs import hookimpl

if TYPE_CHECKING:
    from qualitycheck.checks import Check
    from qualitycheck.settings import Settings


@hookimpl
def qualitycheck_checks(settings: Settings) -> Sequence[Check]:
    """A check for each regular expression, and one for all words."""
    from qualitycheck.patterns.expressions import expression_check
    from qualitycheck.patterns.lists import words_check

    checks = [expression_check(entry) for entry in settings.patterns if entry.pattern]
    listed = [entry for entry in settings.patterns if not entry.pattern]
    return [*checks, words_check(listed)] if listed else checks
