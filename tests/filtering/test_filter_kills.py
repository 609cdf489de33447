"""Killed at random moments and started again: nothing is lost, nothing doubled, nothing half written is ever seen."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest
from corpora import INSTALLED, contents, filter_to, ids, lines, rows, settings, summary, write_jsonl

KILLS = 40
COUNT = 400


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """A corpus with faults in it, and what a run that nobody disturbs makes of it."""
    home = tmp_path_factory.mktemp("undisturbed")
    records = rows(COUNT)
    records[100]["text"] += " BOOM"
    records[301]["text"] = ""
    path = write_jsonl(home / "corpus.jsonl", records)
    path.write_bytes(path.read_bytes() + b"not json\n")
    chosen = settings(home, split_size=6000)
    filter_to(home / "out", path, chosen)
    started = time.monotonic()
    filter_to(home / "out", path, chosen, overwrite=True)
    return home, path, time.monotonic() - started


def fork(work):
    """A process that does ``work`` and nothing else."""
    process = os.fork()
    if process == 0:
        try:
            work()
            os._exit(0)
        except BaseException as error:
            sys.stderr.write(f"{type(error).__name__}: {error}\n")
        os._exit(1)
    return process


def kill(process):
    """Whether the process lived to be killed."""
    os.kill(process, signal.SIGKILL)
    _, status = os.waitpid(process, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def assert_nothing_half_written(folder, complete):
    """What is under its final name is what an undisturbed run has there, byte for byte."""
    for name, data in contents(folder).items():
        assert complete[name] == data, name


def test_killed_forty_times_at_random_moments(undisturbed, tmp_path):
    home, path, duration = undisturbed
    complete = contents(home / "out")
    chosen = settings(home, split_size=6000)
    chance = random.Random(7)
    patience = duration  # the longest time until a kill: shorter where runs end before it, longer where none begins
    killed = runs = 0
    while killed < KILLS:
        out = tmp_path / f"out-{runs}"
        runs += 1
        assert runs <= 2 * KILLS, "kills come too late to disturb anything"
        for _ in range(8):
            done = journaled(out)
            process = fork(lambda out=out: filter_to(out, path, chosen))
            time.sleep(chance.uniform(0, patience))
            was_alive = kill(process)
            assert_nothing_half_written(out, complete)
            killed += was_alive
            if not was_alive:
                patience *= 0.6
                break
            patience *= 1.5 if journaled(out) == done else 0.9
        before = journaled(out)
        outcome, _ = filter_to(out, path, chosen)
        assert contents(out) == complete
        assert summary(out) == summary(home / "out"), "the summary counts what earlier runs did"
        assert bool(outcome.resumed) == bool(before)


def journaled(out):
    """How many splits are done for good."""
    journal = out / ".qualitycheck" / "journal.jsonl"
    return journal.read_bytes().count(b"\n") if journal.exists() else 0


def command(path, out, home, workers):
    plugin = ["--isolated", "--plugin", str(home / "words.py"), *(f"--block={name}" for name in INSTALLED)]
    options = ["--split-size", "6000", "--workers", str(workers), "--quiet"]
    return [sys.executable, "-m", "qualitycheck", "filter", str(path), "--output", str(out), *plugin, *options]


def descendants(process):
    """The processes below one, by their ids."""
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process)], capture_output=True, text=True, check=False)
    below = [int(each) for each in found.stdout.split()]
    return [*below, *(each for child in below for each in descendants(child))]


def test_killed_with_workers_which_die_too_and_resumed_with_another_number(undisturbed, tmp_path):
    home, path, _ = undisturbed
    complete, out = contents(home / "out"), tmp_path / "out"
    chance = random.Random(3)
    killed = 0
    for workers in (2, 3, 1, 2):
        process = subprocess.Popen(command(path, out, home, workers), stderr=subprocess.DEVNULL)
        limit = time.monotonic() + 60
        done = len(lines(out, "ledger"))
        while process.poll() is None and len(lines(out, "ledger")) == done and time.monotonic() < limit:
            time.sleep(0.02)  # until it has done something
        time.sleep(chance.uniform(0, 0.05))
        orphans = descendants(process.pid)
        process.kill()
        killed += process.wait() == -signal.SIGKILL
        limit = time.monotonic() + 5
        while any(os.path.exists(f"/proc/{each}") for each in orphans) and time.monotonic() < limit:
            time.sleep(0.01)
        assert not any(os.path.exists(f"/proc/{each}") for each in orphans), "an orphan works on"
        assert_nothing_half_written(out, complete)
    finished = subprocess.run(command(path, out, home, 2), capture_output=True, text=True, check=False)
    assert finished.returncode == 2, finished.stderr  # two documents are in quarantine
    assert contents(out) == complete and summary(out)["folders"] == summary(home / "out")["folders"]
    assert killed >= 2


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_any_number_of_workers_gives_the_same_bytes(undisturbed, tmp_path, workers):
    home, path, _ = undisturbed
    filter_to(tmp_path / "out", path, settings(home, split_size=6000, workers=workers), in_process=False)
    assert contents(tmp_path / "out") == contents(home / "out")
    assert summary(tmp_path / "out") == summary(home / "out")


def test_the_same_command_again_does_nothing_again(undisturbed, tmp_path):
    home, path, _ = undisturbed
    chosen = settings(home, split_size=6000)
    filter_to(tmp_path / "out", path, chosen)
    before = {each: each.stat().st_mtime_ns for each in (tmp_path / "out").rglob("*-0*.jsonl")}
    outcome, said = filter_to(tmp_path / "out", path, chosen)
    assert outcome.resumed == COUNT + 1 and not said and outcome.status == 2, "the status of the whole is told again"
    assert before == {each: each.stat().st_mtime_ns for each in (tmp_path / "out").rglob("*-0*.jsonl")}


def test_a_journal_cut_off_in_a_line_and_files_that_are_gone_are_done_anew(undisturbed, tmp_path):
    home, path, _ = undisturbed
    chosen, out = settings(home, split_size=6000), tmp_path / "out"
    filter_to(out, path, chosen)
    complete = contents(out)
    journal = out / ".qualitycheck" / "journal.jsonl"
    journal.write_bytes(journal.read_bytes()[:-200])
    next((out / "accepted").iterdir()).unlink()
    next((out / "review").iterdir()).write_text("{}")
    outcome, _ = filter_to(out, path, chosen)
    assert contents(out) == complete and 0 < outcome.resumed < COUNT
    assert ids(out)["doc-0"] == 1
