"""Every hook on one screen. A plugin implements those it needs, marked with ``@hookimpl``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    import click

    from qualitycheck.checks import Check
    from qualitycheck.document import Document
    from qualitycheck.preparation import Preparation
    from qualitycheck.readers import Reader
    from qualitycheck.report import DocumentReport
    from qualitycheck.reporters import Reporter
    from qualitycheck.settings import Settings

#: The version of the plugin interface: hooks, the classes that they hand over, and the names of ``qualitycheck``. A
#: plugin says which it is written for as ``qualitycheck_interface = 1``, and one for a newer interface is refused.
INTERFACE = 1

hookspec = pluggy.HookspecMarker("qualitycheck")
hookimpl = pluggy.HookimplMarker("qualitycheck")


@hookspec
def qualitycheck_checks(settings: Settings) -> Sequence[Check]:  # type: ignore[empty-body]
    """The checks that the plugin brings."""


@hookspec
def qualitycheck_readers(settings: Settings) -> Sequence[Reader]:  # type: ignore[empty-body]
    """Readers for further file formats."""


@hookspec
def qualitycheck_reporters(settings: Settings) -> Sequence[type[Reporter]]:  # type: ignore[empty-body]
    """Reporters for further output formats."""


@hookspec
def qualitycheck_commands() -> Sequence[click.Command]:  # type: ignore[empty-body]
    """Further subcommands; what they need is imported when they run, since ``--help`` makes them all."""


@hookspec
def qualitycheck_prepare(document: Document, settings: Settings) -> Preparation | None:
    """What is known of a document before any check sees it: what in it is no prose, or quoted, and its language.

    It is asked once for each document, and told as a :class:`qualitycheck.Preparation`; None says nothing. The text and
    its offsets stay as they are.
    """


@hookspec(firstresult=True)
def qualitycheck_verdict(report: DocumentReport, settings: Settings) -> str | None:
    """``accept``, ``review`` or ``reject`` in place of the verdict that the score gives; None leaves it."""
