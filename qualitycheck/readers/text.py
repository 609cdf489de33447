"""Plain text: all of it is prose."""

from __future__ import annotations


def prose(text: str) -> str:
    """The text, with a byte order mark at its start blanked."""
    return " " + text[1:] if text.startswith("\ufeff") else text
