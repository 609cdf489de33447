r"""Text made fit for a terminal: harmless, on one line, and in characters that the stream can carry.

Documents and file names are hostile text: they may hold escape sequences that move the cursor, marks that turn the
direction of writing, and characters that no one sees. None of them may reach the terminal; each is shown as its
escape (``\x1b``, ``\u202e``), so that a reader also sees what is there.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

_BREAKS = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
# Persian, Hindi and many emoji are written with the two joiners.
_JOINERS = "\u200c\u200d"
_LOOK_ALIKES = str.maketrans(
    {"…": "...", "“": '"', "”": '"', "‘": "'", "’": "'", "·": "|", "−": "-", "–": "-", "→": "->", "─": "-"}
)

# SGR codes. Errors and rejects are bold red, warnings and reviews yellow, info cyan, what is good green.
_STYLES = {
    "bold": "1",
    "dim": "2",
    "error": "1;31",
    "warning": "33",
    "info": "36",
    "reject": "1;31",
    "review": "1;33",
    "accept": "32",
    "help": "32",
}
# Families of rules, by turns; none of them looks like a severity or a verdict.
_FAMILIES = ("35", "36", "94", "95", "96", "34")


def escape(text: str) -> str:
    r"""Every character of ``text`` as an escape: ``\x1b``, ``\u200b``, ``\U000e0041``."""
    return "".join(_escape(character) for character in text)


def harmless(text: str) -> str:
    """``text`` with every control, format, unassigned character, line separator and lone surrogate escaped."""
    if text.isprintable():
        return text
    return "".join(character if _is_shown(character) else _escape(character) for character in text)


class Screen:
    """What a stream with this encoding, and with colour or without, can show.

    Everything else, and everything harmful, comes out as an escape.
    """

    def __init__(self, encoding: str | None, *, color: bool = False) -> None:
        name = codecs.lookup(encoding or "utf-8").name
        self._encoding = None if name.startswith("utf") else name
        self._color = color

    def paint(self, text: str, style: str) -> str:
        """``text``, which must be harmless by now, in a style: ``dim``, ``bold``, or what a severity or verdict has."""
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if self._color and text else text

    def paint_family(self, text: str, place: int, *, bold: bool = False) -> str:
        """``text``, which must be harmless by now, in the colour of a family of rules, by its place in their list."""
        style = _FAMILIES[place % len(_FAMILIES)]
        return f"\x1b[{'1;' if bold else ''}{style}m{text}\x1b[0m" if self._color and text else text

    def exact(self, text: str) -> str:
        """``text`` from a document, on one line, with what is harmful or cannot be shown escaped."""
        text = harmless(text)
        if self._encoding is not None:
            text = text.encode(self._encoding, "backslashreplace").decode(self._encoding)
        return text

    def words(self, text: str) -> str:
        """A message on one line; curly quotes and the like become ASCII where the stream cannot show them."""
        text = _BREAKS.sub(" ", text)
        if self._encoding is not None:
            try:
                text.encode(self._encoding)
            except UnicodeEncodeError:
                text = text.translate(_LOOK_ALIKES)
        return self.exact(text)


def _is_shown(character: str) -> bool:
    return character.isprintable() or character in _JOINERS or unicodedata.category(character) in ("Zs", "Co")


def _escape(character: str) -> str:
    code = ord(character)
    if character in _SHORT:
        return _SHORT[character]
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
