"""A sign of life on standard error for work that takes longer than a second."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator

DELAY = 1.0


@contextlib.contextmanager
def progress(*, shown: bool) -> Iterator[Callable[[int], None]]:
    """A function to call with the number of documents done; after a second it starts to show them.

    Nothing is shown, or imported, where ``shown`` is false, and nothing is left on the screen at the end.
    """
    started = time.monotonic()
    update: Callable[[int], None] | None = None
    with contextlib.ExitStack() as stack:

        def advance(done: int) -> None:
            nonlocal update
            if shown and update is None and time.monotonic() - started >= DELAY:
                update = stack.enter_context(_display())
            if update is not None:
                update(done)

        yield advance


@contextlib.contextmanager
def _display() -> Iterator[Callable[[int], None]]:
    from rich.console import Console
    from rich.live import Live
    from rich.spinner import Spinner

    spinner = Spinner("dots")
    # Standard output belongs to the report, so it is left alone; messages on standard error go above the spinner.
    with Live(spinner, console=Console(file=sys.stderr), transient=True, redirect_stdout=False):
        yield lambda done: spinner.update(text=f"{done:,} document{'' if done == 1 else 's'} checked")
