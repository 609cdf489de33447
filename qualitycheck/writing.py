"""A text goes back into the file that it came from, and whatever is not changed in it stays byte for byte."""

from __future__ import annotations

import codecs
import os
import sys
from pathlib import Path

from qualitycheck.atomic import replacing
from qualitycheck.errors import InputError
from qualitycheck.screen import harmless

_MARKS = {
    "utf-8-sig": ((codecs.BOM_UTF8, "utf-8"),),
    "utf-16": ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")),
    "utf-32": ((codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be")),
}
_ORDER = "le" if sys.byteorder == "little" else "be"  # what Python takes a file without a mark for
_UNMARKED = {"utf-8-sig": "utf-8", "utf-16": f"utf-16-{_ORDER}", "utf-32": f"utf-32-{_ORDER}"}


def write_back(path: Path, old: str, new: str, encoding: str) -> None:
    """Put ``new`` in the place of ``old``, which was read from the file in ``encoding``.

    The byte order mark, the newlines and the permissions stay as they are. The file changes in one step or not at all.
    Raises InputError where the file does not hold ``old`` (any more), cannot hold ``new``, or cannot be written.
    """
    name = harmless(str(path))
    try:
        data = path.read_bytes()
        if _encode(old, encoding, data) != data:
            raise InputError(f"{name}: not fixed: the file does not hold what was checked; has it changed meanwhile?")
        changed = _encode(new, encoding, data)
        if not os.access(path, os.W_OK):
            raise InputError(f"{name}: not fixed: the file is read-only")
        with replacing(path) as stream:
            stream.write(changed)
    except UnicodeError:
        raise InputError(f"{name}: not fixed: it cannot be written in {encoding}") from None
    except OSError as error:
        raise InputError(f"{name}: not fixed: {error.strerror}") from None


def _encode(text: str, encoding: str, like: bytes) -> bytes:
    """The text as bytes, with a byte order mark where ``like`` has one, and in its order of bytes."""
    name = codecs.lookup(encoding).name
    for mark, plain in _MARKS.get(name, ()):
        if like.startswith(mark):
            return mark + text.encode(plain)
    return text.encode(_UNMARKED.get(name, name))
