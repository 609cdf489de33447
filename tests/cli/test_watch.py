import os
import pty
import select
import signal
import subprocess
import time
from pathlib import Path

import pytest
from processes import command_line, write

from qualitycheck.cli.watch import _roots

pytest.importorskip("watchfiles")


class Watching:
    """A process that watches, and what it printed."""

    def __init__(self, *arguments):
        self.master, slave = pty.openpty()
        command = command_line("check", "--watch", *arguments)
        self.process = subprocess.Popen(command, stdout=slave, stderr=slave, env={**os.environ, "TERM": "dumb"})
        os.close(slave)
        self.shown = ""

    def wait_for(self, text, seconds=30):
        """What was printed up to ``text``, which must come."""
        ends = time.monotonic() + seconds
        while text not in self.shown:
            assert time.monotonic() < ends, self.shown
            if select.select([self.master], [], [], 0.2)[0]:
                self.shown += os.read(self.master, 65536).decode().replace("\r\n", "\n")
        before, _, self.shown = self.shown.partition(text)
        return before


@pytest.fixture
def watching():
    started = []

    def start(*arguments):
        started.append(Watching(*arguments))
        return started[-1]

    yield start
    for each in started:
        each.process.kill()
        each.process.wait()
        os.close(each.master)


def test_what_changes_is_checked_again(watching, folder):
    (folder / "texts").mkdir()
    os.chdir(folder / "texts")
    write(a="odd", b="dull")
    os.chdir(folder)
    watched = watching("texts", "--output-format", "concise")
    first = watched.wait_for("waiting for changes; Ctrl-C ends it")
    assert "texts/a.txt:1:1: WRD001" in first and "texts/b.txt:1:1: WRD002" in first

    # As editors save: another file takes the name.
    (folder / "new").write_text("Fine now.")
    (folder / "new").replace(folder / "texts/a.txt")
    second = watched.wait_for("waiting for changes")
    assert "WRD001" not in second and "b.txt:1:1" not in second
    assert "2 documents, 3 words: 2 accept; 1 finding (1 warning)." in second

    Path("texts/c.txt").write_text("odd")
    assert "texts/c.txt:1:1: WRD001" in watched.wait_for("waiting for changes")
    Path("texts/b.txt").unlink()
    assert "2 documents, 3 words" in watched.wait_for("waiting for changes")

    watched.process.send_signal(signal.SIGINT)
    assert watched.process.wait(timeout=30) == 0


def test_what_cannot_be_read_is_said_and_the_watch_goes_on(watching):
    write(a="odd")
    watched = watching("a.txt", "--output-format", "concise")
    watched.wait_for("waiting for changes")
    Path("a.txt").write_bytes(b"\xff")
    assert "not valid utf-8" in watched.wait_for("waiting for changes")
    write(a="dull")
    assert "a.txt:1:1: WRD002" in watched.wait_for("waiting for changes")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["a.txt", "--fix"], "--watch excludes --fix, --diff and --write-baseline"),
        (["a.txt", "--diff"], "--watch excludes --fix, --diff and --write-baseline"),
        (["a.txt", "--write-baseline", "b.json"], "--watch excludes --fix, --diff and --write-baseline"),
        (["-"], "--watch needs files or folders: standard input does not change"),
        (["a.txt", "--output-format", "json"], "--watch prints what changes: it goes with full and concise"),
        (["a.txt", "--output", "x"], "--watch prints what changes: it goes with full and concise"),
    ],
)
def test_mistakes_are_one_line(run, arguments, message):
    write(a="odd")
    result = run("check", "--watch", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr and len(result.stderr.splitlines()) == 1


def test_without_the_package_it_says_which(run, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "watchfiles", None)
    write(a="odd")
    result = run("check", "--watch", "a.txt")
    assert result.exit_code == 2
    assert "--watch needs one more package: pip install qualitycheck[watch]" in result.stderr


def test_the_folders_that_are_watched(folder):
    (folder / "texts").mkdir()
    write(a="odd")
    assert list(_roots(["a.txt", "texts", "texts/*.md", "**/*.txt"])) == [
        Path(),
        Path("texts"),
        Path("texts"),
        Path(),
    ]
