"""Where a report goes: standard output, or a file that appears only when it is complete."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from qualitycheck.atomic import replacing
from qualitycheck.errors import SettingsError


@contextlib.contextmanager
def open_output(path: Path | None) -> Iterator[TextIO]:
    """A text stream to ``path``, or to standard output where it is None.

    A file is replaced when the report is complete, and left as it was where it never is. Raises SettingsError where it
    cannot be written.
    """
    if path is None:
        yield sys.stdout
        return
    with contextlib.ExitStack() as stack:
        try:
            binary = stack.enter_context(replacing(path))
        except OSError as error:
            raise SettingsError(f"--output {path}: cannot be written: {error.strerror}") from None
        stream = io.TextIOWrapper(binary, encoding="utf-8")
        yield stream
        stream.flush()
        stream.detach()
