"""``qualitycheck filter --engine ray``: the same run, its files spread over the actors of a Ray cluster.

A file is the unit of work. An actor cuts it into splits, judges them and writes what comes out into the output folder,
as the plain filter does and with the same names and bytes; this process keeps the journal. So a run can be broken off
and taken up again, with or without Ray. Inputs and output must have the same paths on every node, or be URLs (inputs).

Each actor has one worker process of its own: a document that hangs or kills it costs that document, and not the actor.
"""

from __future__ import annotations

import contextlib
import os
import pickle
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qualitycheck.engines.extras import require
from qualitycheck.errors import InputError, QualityCheckError, SettingsError
from qualitycheck.filtering.inputs import Input
from qualitycheck.filtering.journal import Done, Journal
from qualitycheck.filtering.judging import Judge
from qualitycheck.filtering.pool import Pool
from qualitycheck.filtering.progress import Progress
from qualitycheck.filtering.run import Outcome, Run
from qualitycheck.filtering.splits import Planner, Unreadable
from qualitycheck.filtering.tally import Tally
from qualitycheck.filtering.targets import FolderTarget
from qualitycheck.plugins import Plugins, one_line
from qualitycheck.settings import Settings

_FORMATS = {"jsonl", "parquet", "csv", "tsv"}


@dataclass(slots=True)
class FileDone:
    """What one file came to; ``done`` are the splits finished now, ``seen`` the keys of all it has."""

    done: list[Done] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    cpu: float = 0.0
    failure: str = ""

    def record(self, done: Done) -> None:
        """A split is done: for the journal, which is elsewhere."""
        self.done.append(done)


class FileWorker:
    """Does one file after the other, in an actor; ``folder`` is where the parent works."""

    def __init__(self, settings: Settings, output: Path, configuration: str, folder: str) -> None:
        with contextlib.suppress(OSError):
            os.chdir(folder)  # relative paths, of inputs and plugins, are the parent's
        self._settings, self._output, self._configuration = settings, output, configuration
        self._pool = Pool(1, settings)

    def __call__(self, row: dict[str, Any]) -> list[dict[str, Any]]:
        """The row with what came of its file."""
        given, known = pickle.loads(row["work"])
        outcome = FileDone()
        before = self._pool.cpu
        try:
            self._do(given, known, outcome)
        except (OSError, QualityCheckError) as error:
            outcome.failure = one_line(error) if isinstance(error, OSError) else str(error)
        outcome.cpu = self._pool.cpu - before
        return [{"outcome": pickle.dumps(outcome)}]

    def _do(self, given: Input, known: dict[str, int], outcome: FileDone) -> None:
        options = self._settings.filter
        planner = Planner(options, self._configuration, known)
        target = FolderTarget(self._output, outcome, self._configuration, options)
        with contextlib.closing(target):
            for event in self._pool.run(planner.plan([given]), lambda: True):
                if isinstance(event, Unreadable):
                    outcome.unreadable.append(str(event))
                    if event.split is not None:
                        target.drop(event.split)
                    continue
                split, batch = event
                if batch is None:
                    target.finish(split)
                else:
                    target.write(split, batch)
                    outcome.complaints += batch.complaints[: 20 - len(outcome.complaints)]
        outcome.seen = planner.seen


@dataclass(slots=True)
class RayRun(Run):
    """One call of the filter with ``--engine ray``; ``workers`` in the settings is the most actors at work.

    Raises MissingEngine where Ray is not installed.
    """

    _cores: int = 1

    def _judge(self) -> Judge:
        require("ray.data", "ray")
        if self.settings.filter.limit:
            raise SettingsError("--engine ray takes whole files; leave --limit out, or name fewer files")
        if self.settings.filter.corpus_checks:
            raise SettingsError("--engine ray looks at each file by itself; leave --corpus-checks or --engine out")
        return Judge(self.settings)

    def _find(self, plugins: Plugins) -> list[Input]:
        inputs = Run._find(self, plugins)
        for given in inputs:
            if given.is_stdin or given.format not in _FORMATS:
                raise InputError(f"{given.path}: --engine ray reads files of JSON lines, Parquet, CSV and TSV alone")
        return inputs

    def into_stream(self, stream: Any) -> Outcome:
        """Raises SettingsError: actors write files."""
        raise SettingsError("--engine ray writes to a folder that all nodes share; name it with --output DIR")

    def _work(
        self, planner: Planner, target: FolderTarget, outcome: Outcome, total: Tally, inputs: list[Input]
    ) -> None:
        progress = Progress(None, total.bytes, shown=self.progress)
        with contextlib.closing(progress):
            for each in self._outcomes(target, inputs):
                for line in each.unreadable:
                    progress.clear()
                    outcome.unreadable.append(line)
                    self.complain(line)
                for done in each.done:
                    target.journal.record(done)
                    total.merge(done.tally, self.settings.filter.sample)
                    progress.advance(done.tally, total)
                self._tell(each.complaints, progress)
                planner.seen += each.seen
                self._cpu += each.cpu
                if each.failure:
                    raise QualityCheckError(each.failure)

    def _outcomes(self, target: FolderTarget, inputs: list[Input]) -> Iterator[FileDone]:
        ray = require("ray", "ray")
        data = require("ray.data", "ray")
        started = not ray.is_initialized()
        if started:
            ray.init(logging_level="ERROR", log_to_driver=False)
        self._cores = int(ray.cluster_resources().get("CPU", 1))
        data.DataContext.get_current().enable_progress_bars = False
        known = _done_by_label(target)
        work = [{"work": pickle.dumps((given, known.get(given.label(), {})))} for given in inputs]
        actors = data.ActorPoolStrategy(min_size=1, max_size=self.settings.filter.workers or None)
        files = data.from_items(work, override_num_blocks=len(work)).flat_map(
            FileWorker,
            fn_constructor_args=(self.settings, target.folder.resolve(), target.configuration, str(Path.cwd())),
            compute=actors,
            num_cpus=1,
        )
        try:
            for row in files.iter_rows():
                yield pickle.loads(row["outcome"])
        except ray.exceptions.RayError as error:
            text = f"Ray broke off: {one_line(error)}; what is finished is kept: run the same command again"
            raise QualityCheckError(text) from None
        finally:
            if started:
                ray.shutdown()

    def _workers(self) -> int:
        """The most actors at work."""
        return self.settings.filter.workers or self._cores


def _done_by_label(target: FolderTarget) -> dict[str, dict[str, int]]:
    """For each file, by the label that begins its splits' names, the keys of those that are done."""
    assert isinstance(target.journal, Journal)
    known: dict[str, dict[str, int]] = {}
    for key, done in target.journal.done.items():
        known.setdefault(done.name.rpartition("-")[0], {})[key] = done.line_ends
    return known
