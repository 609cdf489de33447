"""Where a report goes: standard output, or a file that appears only when it is complete."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from qualitycheck.errors import SettingsError


@contextlib.contextmanager
def open_output(path: Path | None) -> Iterator[TextIO]:
    """A text stream to ``path``, or to standard output where it is None.

    The file is written beside its place under another name and put there at the end, so that nobody ever reads half
    a report and a run that fails leaves the old one. What is no file (a pipe, ``/dev/null``) is written to directly.

    Raises SettingsError where it cannot be written.
    """
    if path is None:
        yield sys.stdout
        return
    target = Path(os.path.realpath(path))
    part = target
    try:
        mode = target.stat().st_mode if target.exists() else stat.S_IFREG | 0o666 & ~_umask()
        if stat.S_ISREG(mode):
            descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
            os.close(descriptor)
            part = Path(name)
        stream = part.open("w", encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"--output {path}: cannot be written: {error.strerror}") from None
    try:
        with stream:
            yield stream
        if part != target:
            part.chmod(stat.S_IMODE(mode))
            part.replace(target)
    except BaseException:
        if part != target:
            part.unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
