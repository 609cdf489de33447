"""What goes to standard error: one line, harmless, whatever went wrong."""

from __future__ import annotations

import sys

from qualitycheck.screen import Screen


def complain(message: str, kind: str = "error: ") -> None:
    """Write one line to standard error: ``qualitycheck: error: …``."""
    screen = Screen(getattr(sys.stderr, "encoding", None))
    sys.stderr.write(f"qualitycheck: {kind}{screen.words(message)}\n")
    sys.stderr.flush()


def describe(error: Exception) -> str:
    """An error that nobody foresaw, in one line."""
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return f"{type(error).__name__}: {error}; --debug shows the traceback"
