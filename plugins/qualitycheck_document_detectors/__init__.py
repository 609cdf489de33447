"""The document detectors as a plugin: text that a language model rewrote, text that was translated there and back."""

from __future__ import annotations

from qualitycheck import Check, Settings, hookimpl


@hookimpl
def qualitycheck_checks(settings: Settings) -> list[Check]:
    """The checks; their module is imported only here, so that start-up stays cheap."""
    from qualitycheck_document_detectors.check import RewrittenByModel, RoundTripTranslation

    return [RewrittenByModel(), RoundTripTranslation()]
