"""A worker process: takes tasks from a pipe, and sends back batches. It writes no file.

So a worker that outlives its parent can do no harm; it does not live long either: the kernel ends it on Linux, and
elsewhere a thread that watches the parent does.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import gc
import logging
import multiprocessing
import multiprocessing.connection
import os
import signal
import sys
import threading
import time
from multiprocessing.connection import Connection
from typing import Any

from qualitycheck.filtering.batches import Batches
from qualitycheck.plugins import FOREIGN_ERRORS, one_line
from qualitycheck.settings import Settings

_PR_SET_PDEATHSIG = 1


def main(pipe: Connection, settings: Settings, debug: bool, board: Any) -> None:
    """Answer tasks until the parent closes the pipe; the name of the check at work stands on ``board``.

    What is sent: ``("ready",)``, or ``("failed", reason)`` where plugins do not load; for each task
    ``("begin", n)`` before n records are judged, ``("batch", Batch)``, and at last ``("end", CPU seconds so far)`` or,
    where the split cannot be read, ``("unreadable", reason)``, or ``("broken", reason)`` where that is its own fault.
    """
    _die_with_parent()
    # Ctrl-C reaches the whole group; the parent decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if debug:
        logging.basicConfig(format="%(name)s: %(message)s", force=True)
        logging.getLogger("qualitycheck").setLevel(logging.DEBUG)
    # What a plugin prints must not get into a document stream on standard output.
    os.dup2(2, 1)
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        try:
            batches = Batches(settings)
            batches.judge.runner.pace.announce = functools.partial(_write, board)
            batches.judge.warm_up()
            # Models and plugins stay: looking through them for what could go takes a twentieth of the time.
            gc.collect()
            gc.freeze()
        except FOREIGN_ERRORS as error:
            pipe.send(("failed", one_line(error)))
            return
        pipe.send(("ready",))
        while True:
            task = pipe.recv()
            try:
                for batch in batches.run(task, lambda records: pipe.send(("begin", records))):
                    pipe.send(("batch", batch))
                pipe.send(("end", time.process_time()))
            except (BrokenPipeError, ConnectionResetError):
                raise
            except OSError as error:
                pipe.send(("unreadable", error.strerror or one_line(error)))
            except (*FOREIGN_ERRORS, MemoryError) as error:
                pipe.send(("broken", one_line(error)))


def _write(board: Any, name: str) -> None:
    board.value = name.encode()[: len(board) - 1]


def _die_with_parent() -> None:
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_watch, args=(parent.sentinel,), daemon=True).start()


def _watch(sentinel: int) -> None:
    multiprocessing.connection.wait([sentinel])
    os._exit(1)
