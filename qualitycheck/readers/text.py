"""Plain text: all of it is prose."""

from __future__ import annotations


class TextReader:
    """Takes the text as it is, but for a byte order mark."""

    name = "text"
    suffixes: tuple[str, ...] = (".txt", ".text")

    def prose(self, text: str) -> str:
        """The text, with a byte order mark at its start blanked."""
        return " " + text[1:] if text.startswith("\ufeff") else text
