"""From a report to a folder: the verdict, what counts as accepted, and a condition of the user's own."""

from __future__ import annotations

from typing import Any

from qualitycheck.filtering.expressions import Expression, Unknown
from qualitycheck.filtering.options import FilterSettings
from qualitycheck.filtering.records import ACCEPTED, ANNOTATED, REJECTED, REVIEW, Fault

_FOLDERS = {"accept": ACCEPTED, "review": REVIEW, "reject": REJECTED}


class Decision:
    """Says where a document belongs. Raises SettingsError for a condition that is none."""

    def __init__(self, options: FilterSettings) -> None:
        self._kept = options.keep
        self._where = Expression(options.where) if options.where else None

    def __call__(self, verdict: str, values: dict[str, Any]) -> tuple[str, Fault | None]:
        """The verdict with the user's condition in it, and why where it is not that of the score.

        A document that lacks what the condition asks for (a signal of a check that skipped it) is for a person to see:
        at best ``review``.
        """
        if self._where is None or verdict == "reject":
            return verdict, None
        try:
            if self._where(values):
                return verdict, None
        except Unknown as unknown:
            return "review", Fault("where-unknown", f"where: {unknown}")
        return "reject", Fault("where", f"not true of this document: {self._where.text}")

    def folder(self, verdict: str) -> str:
        """The folder for a verdict."""
        return ACCEPTED if verdict in self._kept else _FOLDERS[verdict]


def folder_for(decision: Decision, verdict: str, options: FilterSettings) -> str:
    """The folder for a verdict in a run with these options."""
    return ANNOTATED if options.annotate else decision.folder(verdict)
