"""Errors that are meant for people: each message is one line that says what, where, and what to do."""

from __future__ import annotations


class QualityCheckError(Exception):
    """The base of all errors that qualitycheck raises on purpose."""


class SettingsError(QualityCheckError):
    """A setting, option or rule name is not right."""


class InputError(QualityCheckError):
    """Something that was to be read cannot be."""


class PluginError(QualityCheckError):
    """A plugin does not load, or does not keep to the interface."""


def nearest(word: str, known: list[str]) -> str:
    """``; did you mean “…”?`` where one of the known words is close, else nothing."""
    import difflib

    close = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    return f"; did you mean “{close[0]}”?" if close else ""
