"""The OddSynonyms check as a plugin."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualitycheck import Check, Settings, hookimpl

if TYPE_CHECKING:
    import click

    from qualitycheck_odd_synonyms.restoration import Restoration, Restored, restore
    from qualitycheck_odd_synonyms.training import train

__all__ = ["Restoration", "Restored", "restore", "train"]

_HOMES = {"Restoration": "restoration", "Restored": "restoration", "restore": "restoration", "train": "training"}


@hookimpl
def qualitycheck_checks(settings: Settings) -> list[Check]:
    """The check; its module is imported only here, so that start-up stays cheap."""
    from qualitycheck_odd_synonyms.check import OddSynonyms

    models = [Path(folder) for folder in settings.models]
    return [OddSynonyms(models, [Path(file) for file in settings.lexicons])]


@hookimpl
def qualitycheck_commands() -> Sequence[click.Command]:
    """``train`` and ``restore``."""
    from qualitycheck_odd_synonyms.commands import restore, train

    return [restore, train]


def __getattr__(name: str) -> Any:
    """The functions for Python, imported when they are first asked for: training needs what checking does not."""
    import importlib

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
