"""Splits spread over worker processes, and what to do when one hangs or dies.

Each worker has one split at a time and says before each batch that it begins. One that takes too long is killed, one
that dies is noticed, and either is replaced by a worker that goes on behind the last finished batch, judging the
records of the batch at fault one by one. A record that does it again, alone, is condemned to quarantine. What was
finished is not done again, and the bytes that come out are those of an undisturbed run.

Processes are forked from a server that was spawned for it and has no threads, as a fork of this process, with its
threads (numpy's, a notebook's), could hang. They share what the server has loaded; see ``preload``.
"""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import multiprocessing.connection
import os
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from multiprocessing import forkserver, resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from qualitycheck.errors import QualityCheckError
from qualitycheck.filtering.batches import Batch, Batches, Task, lost_rest
from qualitycheck.filtering.records import Fault
from qualitycheck.filtering.splits import Split, Unreadable
from qualitycheck.settings import Settings
from qualitycheck.threads import THREAD_VARIABLES

_START = 120.0  # seconds that a worker may take until it is ready
_BOARD = 100  # bytes for the name of the check that a worker is at
_TRIES = 3  # times a worker may die alone, without a record to blame, before something is given up

#: What comes out of a pool: a batch of a split, its end (None), or an input that cannot be opened.
Event = tuple[Split, Batch | None] | Unreadable


@dataclass(eq=False, slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    board: Any
    ready: bool = False
    since: float = field(default_factory=time.monotonic)
    judging: int = 0
    task: Task | None = None
    deaths: int = 0
    cpu: float = 0.0

    @property
    def place(self) -> str:
        """Where it is, or was when it ended, as the end of a sentence."""
        check = self.board.value.decode(errors="replace")
        return f", in check “{check}”" if check else ""

    def deadline(self, timeout: float) -> float | None:
        """When the worker has taken too long; None where it may take its time."""
        if not self.ready:
            return self.since + _START
        return self.since + timeout if self.judging and timeout else None


def run_in_process(splits: Iterator[Split | Unreadable], settings: Settings) -> Generator[Event, None, None]:
    """The events of all splits, in this process: no timeout, and a check that kills the process ends the run."""
    batches = Batches(settings)
    for split in splits:
        if isinstance(split, Unreadable):
            yield split
            continue
        try:
            for batch in batches.run(Task(split)):
                yield split, batch
        except OSError as error:
            yield Unreadable(split.input, error, split)
            continue
        yield split, None


def start_server() -> Any:
    """Start the process that workers are forked from, if it does not run yet, and do not wait for it.

    What processes are started with; where there is no such server, each is spawned.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["qualitycheck.filtering.preload"])
    with _environment():
        resource_tracker.ensure_running()
        forkserver.ensure_running()
    return context


@contextlib.contextmanager
def _environment() -> Iterator[None]:
    """Let the Python processes that are started within take no modules from the working directory, and one core each.

    The directory may be that of a downloaded corpus, which must not bring a ``regex.py`` of its own.
    """
    added = {"PYTHONSAFEPATH": "1"} | {name: "1" for name in THREAD_VARIABLES if name not in os.environ}
    before = {name: os.environ.get(name) for name in added}
    os.environ.update(added)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


class Pool:
    """``count`` workers. Use it as a context manager: on leaving it, every worker is gone."""

    def __init__(self, count: int, settings: Settings) -> None:
        self._settings = settings
        self._timeout = settings.filter.timeout
        self._context = start_server()
        self._debug = logging.getLogger("qualitycheck").isEnabledFor(logging.DEBUG)
        self._count = count
        self._workers: list[_Worker] = []
        self._failed_starts = 0
        #: Seconds of CPU that the workers took for the splits they finished.
        self.cpu = 0.0
        #: Workers that were replaced, with the reason, for whoever wants to tell.
        self.on_replaced: Callable[[str], None] = lambda reason: None

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *error: object) -> None:
        for worker in self._workers:
            _end(worker)
        self._workers.clear()

    def run(self, splits: Iterator[Split | Unreadable], may_start: Callable[[], bool]) -> Generator[Event, None, None]:
        """The events of all splits; those of one split are in order, and splits overlap.

        ``may_start`` can hold back the next split. Raises QualityCheckError where no worker can be started.
        """
        waiting = next(splits, None)
        while True:
            if isinstance(waiting, Unreadable):
                yield waiting
                waiting = next(splits, None)
            elif waiting is not None and may_start() and self._hand_out(waiting):
                # Read ahead while the workers are busy, by one split and no more.
                waiting = next(splits, None)
            elif waiting is None and not any(worker.task for worker in self._workers):
                return
            else:
                yield from self._listen()

    def _hand_out(self, split: Split) -> bool:
        """Give a split to a worker that has none, or to a new one; whether there was one."""
        for worker in self._workers:
            if worker.ready and worker.task is None:
                self._give(worker, Task(split))
                return True
        if len(self._workers) < self._count:
            self._workers.append(self._start())
            self._workers[-1].task = Task(split)  # sent when it is ready
            return True
        return False

    def _start(self) -> _Worker:
        from qualitycheck.filtering.worker import main

        ours, theirs = self._context.Pipe()
        board = self._context.RawArray("c", _BOARD)
        process = self._context.Process(target=main, args=(theirs, self._settings, self._debug, board), daemon=True)
        with _environment():  # the server is started anew where something has ended it
            process.start()
        theirs.close()
        return _Worker(process, ours, board)

    def _give(self, worker: _Worker, task: Task) -> None:
        worker.task, worker.judging, worker.since = task, 0, time.monotonic()
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # a dead one is noticed in listening
            worker.pipe.send(task)

    def _listen(self) -> Iterator[Event]:
        """Wait for something to happen, and say what."""
        deadlines = [limit for worker in self._workers if (limit := worker.deadline(self._timeout)) is not None]
        patience = max(0.0, min(deadlines) - time.monotonic()) if deadlines else None
        heard = multiprocessing.connection.wait([worker.pipe for worker in self._workers], patience)
        for worker in [worker for worker in self._workers if worker.pipe in heard]:
            try:
                message = worker.pipe.recv()
            except (EOFError, OSError):
                worker.process.join(5)
                yield from self._replace(worker, _obituary(worker.process.exitcode))
                continue
            yield from self._hear(worker, message)
        now = time.monotonic()
        for worker in list(self._workers):
            limit = worker.deadline(self._timeout)
            if limit is not None and now >= limit and not worker.pipe.poll():
                yield from self._replace(worker, None)

    def _hear(self, worker: _Worker, message: tuple[object, ...]) -> Iterator[Event]:
        worker.since = time.monotonic()
        match message:
            case ("ready",):
                worker.ready = True
                self._failed_starts = 0
                if worker.task is not None:
                    self._give(worker, worker.task)
            case ("failed", str(reason)):
                raise QualityCheckError(f"workers cannot be started: {reason}")
            case ("begin", int(records)):
                worker.judging = records
            case ("batch", Batch() as batch) if worker.task is not None:
                worker.judging = worker.deaths = 0
                worker.task.done += batch.records
                yield worker.task.split, batch
            case ("end", float(seconds)) if worker.task is not None:
                self.cpu += seconds - worker.cpu
                worker.cpu = seconds
                split, worker.task = worker.task.split, None
                yield split, None
            case ("unreadable", str(reason)) if worker.task is not None:
                split, worker.task = worker.task.split, None
                yield Unreadable(split.input, reason, split)
            case ("broken", str(reason)) if worker.task is not None:
                yield from self._give_up(worker, reason)

    def _replace(self, worker: _Worker, death: str | None) -> Iterator[Event]:
        """Put another worker in the place of one that died (``death`` says how) or hangs (None)."""
        _end(worker)
        task = worker.task
        if not worker.ready:
            self._failed_starts += 1
            if self._failed_starts >= _TRIES:
                raise QualityCheckError(f"workers cannot be started: {death or 'not ready in two minutes'}")
        fresh = self._start()
        self._workers[self._workers.index(worker)] = fresh
        if task is None:
            return
        fresh.task = task
        self.on_replaced(death or "it took too long")
        if worker.judging == 0:
            fresh.deaths = worker.deaths + worker.ready
            if fresh.deaths >= _TRIES:
                yield from self._give_up(fresh, f"the worker process that reads it {death}")
        elif worker.judging > 1 or (death is not None and worker.deaths == 0):
            # Who it was is not known yet; and a death, unlike a hang, may have come from outside.
            task.singly = max(task.singly, task.done + worker.judging)
            fresh.deaths = int(worker.judging == 1)
        elif death is None:
            message = f"it took longer than the {self._timeout:g} seconds that --timeout allows{worker.place}"
            task.condemned = {**task.condemned, task.done: Fault("timeout", message)}
        else:
            message = f"the worker process {death} while it was checked, twice{worker.place}"
            task.condemned = {**task.condemned, task.done: Fault("worker-died", message)}

    def _give_up(self, worker: _Worker, reason: str) -> Iterator[Event]:
        """Close a split that cannot be read: what is left of it is one fault."""
        task = worker.task
        assert task is not None
        worker.task, worker.deaths = None, 0
        fault = Fault("unreadable", f"what follows cannot be read: {reason}")
        yield task.split, lost_rest(task.split, fault, self._settings)
        yield task.split, None


def _end(worker: _Worker) -> None:
    worker.process.kill()
    worker.process.join()
    worker.pipe.close()


def _obituary(code: int | None) -> str:
    if code is not None and code < 0:
        return f"was killed by signal {-code}"
    return f"ended with status {code}"
