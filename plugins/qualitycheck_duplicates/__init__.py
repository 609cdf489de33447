"""The Duplicates check as a plugin."""

from __future__ import annotations

from qualitycheck import Check, Settings, hookimpl


@hookimpl
def qualitycheck_checks(settings: Settings) -> list[Check]:
    """The check; its module is imported only here, so that start-up stays cheap."""
    from qualitycheck_duplicates.check import Duplicates

    return [Duplicates()]
