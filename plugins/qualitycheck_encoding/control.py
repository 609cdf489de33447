r"""ENC007: control characters, which tell a terminal or a printer what to do and a reader nothing.

What is found in text was mostly something else before: Windows-1252 read as Latin-1 (\x93 was “), or a character whose
upper byte was lost (\x19 is what is left of ’).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from qualitycheck_encoding.scan import INVISIBLE, Rare

_END_OF_FILE = "\x1a"
_ESCAPE_SEQUENCE = regex.compile(r"\x1b\[[0-9;]{0,20}[A-Za-z]")
_CUT_SHORT = {chr(code): chr(0x2000 + code) for code in (0x13, 0x14, 0x18, 0x19, 0x1C, 0x1D)} | {"\x0b": "\n"}


@dataclass(frozen=True, slots=True)
class Control:
    """A run of control characters; ``printed`` is what should stand in its place, often nothing."""

    start: int
    end: int
    printed: str
    message: str


def is_control(character: str) -> bool:
    """Whether a character is a control character; line ends and tabs never get here."""
    return character < "\xa0"


def find(text: str, rare: Rare) -> Iterator[Control]:
    """The runs of control characters in ``text``, but for the mark that ends a file."""
    reached = 0
    for first, last in rare.runs(INVISIBLE):
        start = max(first, reached)
        while start < last:
            if not is_control(text[start]):
                start += 1
                continue
            end = start + 1
            while end < last and is_control(text[end]):
                end += 1
            escape = _ESCAPE_SEQUENCE.match(text, end - 1)
            reached = end = escape.end() if escape else end
            if text[start:] != _END_OF_FILE:
                printed = "" if escape and end - start == len(escape[0]) else _printed(text[start:end])
                yield Control(start, end, printed, _message(text[start:end], printed))
            start = end


def _printed(run: str) -> str:
    kept = []
    for character in run:
        if "\x80" <= character <= "\x9f":
            character = character.encode("latin-1").decode("cp1252", "replace")
            kept.append(character if character != "\ufffd" else "")
        else:
            kept.append(_CUT_SHORT.get(character, ""))
    return "".join(kept)


def _message(run: str, printed: str) -> str:
    name = f"U+{ord(run[0]):04X} {unicodedata.name(run[0], 'control character')}"
    if printed.strip():
        return f"{name} stands in place of a printed character"
    more = f" and {len(run) - 1} more" if len(run) > 1 and run[0] != "\x1b" else ""
    return f"{name}{more}: no part of a text"
