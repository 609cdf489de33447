"""A run of the filter, from inputs to a summary: the line that the other modules stand in."""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from qualitycheck.errors import InputError, SettingsError
from qualitycheck.filtering import second_pass
from qualitycheck.filtering.attributes import gather
from qualitycheck.filtering.identity import describe
from qualitycheck.filtering.inputs import Input, find_inputs
from qualitycheck.filtering.journal import Journal, as_error, write_atomically
from qualitycheck.filtering.judging import Judge
from qualitycheck.filtering.parts import prepare, sweep
from qualitycheck.filtering.pool import Event, Pool, run_in_process, start_server
from qualitycheck.filtering.progress import Progress
from qualitycheck.filtering.records import QUARANTINE
from qualitycheck.filtering.second_pass import SplitOutcomes
from qualitycheck.filtering.splits import Planner, Split, Unreadable
from qualitycheck.filtering.summary import as_dict
from qualitycheck.filtering.tally import Tally
from qualitycheck.filtering.targets import FolderTarget, StreamTarget, Target
from qualitycheck.plugins import Plugins
from qualitycheck.readers import all_readers
from qualitycheck.runner import Runner
from qualitycheck.settings import Settings

_MOST_COMPLAINTS = 20


@dataclass(slots=True)
class Outcome:
    """What a run came to. ``unreadable`` are inputs that could not be opened, in one line each.

    ``resumed`` are documents that an earlier run had done.
    """

    summary: dict[str, Any]
    unreadable: list[str] = field(default_factory=list)
    resumed: int = 0

    @property
    def status(self) -> int:
        """0 where every document was judged, 2 where one is in quarantine or an input could not be opened."""
        return 2 if self.unreadable or self.summary["folders"].get(QUARANTINE) else 0


@dataclass(slots=True)
class Run:
    """One call of the filter.

    ``in_process`` uses no workers at all, and so has no timeout. ``complain`` gets lines for the user.
    """

    settings: Settings
    inputs: Sequence[str]
    input_format: str | None = None
    in_process: bool = False
    complain: Callable[[str], None] = lambda message: None
    progress: bool = True
    _complaints: int = 0
    _started: float = field(default_factory=time.monotonic)
    _replaced: int = 0
    _cpu: float = 0.0

    def into_folder(self, folder: Path, *, resume: bool = False, overwrite: bool = False) -> Outcome:
        """Filter into a folder, or go on where an earlier run of the same job was broken off.

        Raises InputError where an input does not exist, SettingsError where the folder holds another job or is in use,
        QualityCheckError where it cannot be written.
        """
        self._refuse_one_pass(self.inputs)
        judge = self._judge()
        judge.warm_up()  # versions of models are part of the job, and known when they are loaded
        inputs = self._find(judge.runner.plugins)
        if any(_inside(given, folder) for given in inputs):
            raise InputError(f"{folder}: an input lies in the output folder; name another folder")
        job = self._job(inputs, judge)
        journal = Journal(folder)
        journal.open(job, resume=resume, overwrite=overwrite)
        try:
            return self._fill(folder, journal, inputs, job, judge.runner)
        except OSError as error:
            raise as_error(error, folder) from None
        finally:
            journal.close()

    def _fill(
        self, folder: Path, journal: Journal, inputs: list[Input], job: dict[str, Any], runner: Runner
    ) -> Outcome:
        if any(given.is_stdin for given in inputs):
            self._refuse_to_resume(journal)
        configuration = _digest(job, without="inputs")
        journal.forget([key for key, done in journal.done.items() if done.configuration != configuration])
        journal.verify()
        prepare(folder)
        sweep(folder, {name for done in journal.done.values() for name in done.files})
        known = set(journal.done)
        options = self.settings.filter
        planner = Planner(options, configuration, {key: done.line_ends for key, done in journal.done.items()})
        outcome = Outcome({})
        self._work(planner, FolderTarget(folder, journal, configuration, options), outcome, _total(journal), inputs)
        if not outcome.unreadable:
            self._forget(folder, journal, planner.seen)
            if options.corpus_checks and runner.corpus_checks:
                splits = [journal.done[key] for key in planner.seen]
                known -= self._judge_anew(
                    folder, journal, inputs, second_pass.resolved(runner, folder, splits), outcome
                )
        if options.output_format == "dolma":
            gather(folder, journal, inputs, outcome.unreadable)
        outcome.resumed = sum(done.tally.documents for key, done in journal.done.items() if key in known)
        outcome.summary = as_dict(_total(journal, options.sample), **self._facts(inputs, job, outcome))
        write_atomically(folder / "summary.json", msgspec.json.format(msgspec.json.encode(outcome.summary)) + b"\n")
        return outcome

    def _work(
        self, planner: Planner, target: FolderTarget, outcome: Outcome, total: Tally, inputs: list[Input]
    ) -> None:
        """Do all that is not done; ``total`` is what was, and grows."""
        self._follow(planner.plan(inputs), target, outcome, total, inputs)

    def _judge_anew(
        self, folder: Path, journal: Journal, inputs: list[Input], outcomes: SplitOutcomes, outcome: Outcome
    ) -> set[str]:
        """Do the splits anew of whose documents corpus checks say something else than before; the keys of those."""
        resolutions = {key: second_pass.digest(outcomes.get(key, {})) for key in journal.done}
        changed = {key for key, done in journal.done.items() if done.resolution != resolutions[key]}
        if not changed:
            return changed
        done = {key: each.line_ends for key, each in journal.done.items() if key not in changed}
        configuration = next(iter(journal.done.values())).configuration
        self._forget(folder, journal, journal.done.keys() - changed)

        def splits() -> Iterator[Split | Unreadable]:
            for split in Planner(self.settings.filter, configuration, done).plan(inputs):
                if isinstance(split, Split):
                    split.outcomes, split.resolution = outcomes.get(split.key, {}), resolutions[split.key]
                yield split

        target = FolderTarget(folder, journal, configuration, self.settings.filter)
        self._follow(splits(), target, outcome, _total(journal), inputs, again=True)
        return changed

    def _refuse_one_pass(self, inputs: Sequence[str]) -> None:
        if self.settings.filter.corpus_checks and "-" in inputs:
            raise SettingsError(
                "--corpus-checks reads its inputs twice, and standard input can be read once; name files"
            )

    def _follow(
        self,
        splits: Iterator[Split | Unreadable],
        target: Target,
        outcome: Outcome,
        total: Tally,
        inputs: list[Input],
        *,
        again: bool = False,
    ) -> None:
        """Take all splits through the workers and to the target; ``total`` grows by what they bring.

        What is wrong with documents is told the first time, and not ``again``.
        """
        progress = Progress(_size(inputs), total.bytes, shown=self.progress)
        events = self._events(target.cut(splits), target.may_start)
        with contextlib.closing(target), contextlib.closing(progress), contextlib.closing(events):
            for event in events:
                if isinstance(event, Unreadable):
                    progress.clear()
                    outcome.unreadable.append(str(event))
                    self.complain(str(event))
                    if event.split is not None:
                        target.drop(event.split)
                    continue
                split, batch = event
                if batch is None:
                    target.finish(split)
                    continue
                target.write(split, batch)
                total.merge(batch.tally, self.settings.filter.sample)
                if not again:
                    self._tell(batch.complaints, progress)
                progress.advance(batch.tally, total)

    def _refuse_to_resume(self, journal: Journal) -> None:
        if journal.done:
            raise SettingsError(
                f"{journal.folder}: holds part of a run that read standard input, which cannot be resumed; "
                "say --overwrite to do it anew"
            )

    def _forget(self, folder: Path, journal: Journal, seen: Iterable[str]) -> None:
        """Strike, and remove, what earlier runs made of inputs and settings that are no longer part of the job."""
        journal.forget(journal.done.keys() - set(seen))
        sweep(folder, {name for done in journal.done.values() for name in done.files})

    def into_stream(self, stream: BinaryIO) -> Outcome:
        """Filter to a pipe: what is accepted, or with ``annotate`` every document, in the order of the inputs.

        Raises InputError as :meth:`into_folder` does, and for Parquet, which cannot be written to a pipe.
        """
        if self.settings.filter.corpus_checks:
            raise SettingsError("--corpus-checks judges documents twice, and a pipe takes each once; name a folder")
        options = msgspec.structs.replace(self.settings.filter, compression="none")
        self.settings = msgspec.structs.replace(self.settings, filter=options)
        judge = self._judge()
        inputs = self._find(judge.runner.plugins)
        formats = {each.format for each in inputs}
        if options.output_format == "same" and (formats & {"parquet"} or len(formats - {"text"}) > 1):
            raise InputError(f"{' and '.join(sorted(formats))} cannot go to standard output; add --output-format jsonl")
        outcome, total = Outcome({}), Tally()
        target = StreamTarget(stream, options, self._workers())
        self._follow(Planner(options, "", {}).plan(inputs), target, outcome, total, inputs)
        outcome.summary = as_dict(total, **self._facts(inputs, {}, outcome))
        return outcome

    def _judge(self) -> Judge:
        """A judge that tells whether settings and plugins are sound, while the server for workers loads beside it."""
        if not self.in_process:
            start_server()
        return Judge(self.settings)

    def _find(self, plugins: Plugins) -> list[Input]:
        suffixes = [suffix for reader in all_readers(plugins) for suffix in reader.suffixes]
        inputs = find_inputs(self.inputs, suffixes, self.input_format)
        if self.settings.filter.output_format == "dolma" and any(given.format != "jsonl" for given in inputs):
            raise InputError("attributes for dolma are made of JSON lines alone; name such files")
        if any(given.format == "parquet" for given in inputs):
            from qualitycheck.filtering.formats.parquet import arrow

            arrow()
        return inputs

    def _workers(self) -> int:
        if self.settings.filter.workers:
            return self.settings.filter.workers
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

    def _events(
        self, splits: Iterator[Split | Unreadable], may_start: Callable[[], bool]
    ) -> Generator[Event, None, None]:
        if self.in_process:
            yield from run_in_process(splits, self.settings)
            return
        with Pool(self._workers(), self.settings) as pool:
            pool.on_replaced = self._count_replaced
            try:
                yield from pool.run(splits, may_start)
            finally:
                self._cpu = pool.cpu

    def _count_replaced(self, reason: str) -> None:
        self._replaced += 1

    def _tell(self, complaints: list[str], progress: Progress) -> None:
        """Pass on the first messages; the rest are in quarantine, and a million lines would be read by nobody."""
        for complaint in complaints:
            self._complaints += 1
            if self._complaints <= _MOST_COMPLAINTS:
                progress.clear()
                self.complain(complaint)
            elif self._complaints == _MOST_COMPLAINTS + 1:
                self.complain("there are more; quarantine and the summary have all")

    def _job(self, inputs: list[Input], judge: Judge) -> dict[str, Any]:
        """All that a result follows from: settings, versions, inputs."""
        described = describe(self.settings, judge)
        described["settings"]["input-format"] = self.input_format
        return {**described, "inputs": [each.identity() for each in inputs]}

    def _facts(self, inputs: list[Input], job: dict[str, Any], outcome: Outcome) -> dict[str, Any]:
        seconds = time.monotonic() - self._started
        return {
            "settings": job.get("settings", {}),
            "versions": job.get("versions", {}),
            "inputs": len(inputs),
            "unreadable_inputs": outcome.unreadable,
            "run": {
                "seconds": round(seconds, 2),
                "workers": 0 if self.in_process else self._workers(),
                "cpu_seconds": round(self._cpu + time.process_time(), 2),
                "workers_replaced": self._replaced,
                "documents_from_earlier_runs": outcome.resumed,
            },
        }


def _inside(given: Input, folder: Path) -> bool:
    return given.is_local and Path(os.path.realpath(given.path)).is_relative_to(os.path.realpath(folder))


def _digest(job: dict[str, Any], without: str) -> str:
    """What a split's key says about everything but its input."""
    rest = {name: value for name, value in job.items() if name != without}
    return hashlib.sha256(msgspec.json.encode(rest, order="sorted")).hexdigest()


def _total(journal: Journal, sample: int = 0) -> Tally:
    """What all finished splits came to."""
    total = Tally()
    for done in sorted(journal.done.values(), key=lambda done: done.name):
        total.merge(done.tally, sample)
    return total


def _size(inputs: list[Input]) -> int | None:
    """The bytes of all inputs; None where that is not known, or not what will be counted."""
    sizes = [each.size for each in inputs]
    if any(size is None for size in sizes) or any(each.compression or each.format == "parquet" for each in inputs):
        return None
    return sum(size for size in sizes if size is not None)
