"""The Datatrove check as a plugin: the verdicts of datatrove 0.10, for those who need the same."""

from __future__ import annotations

from qualitycheck import Check, Settings, hookimpl


@hookimpl
def qualitycheck_checks(settings: Settings) -> list[Check]:
    """The check; its module is imported only here, so that start-up stays cheap."""
    from qualitycheck_datatrove.check import Datatrove

    return [Datatrove()]
