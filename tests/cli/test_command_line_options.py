import io

import click
import pytest

from qualitycheck.cli.options import flatten, names, size, wants_color
from qualitycheck.cli.output import open_output
from qualitycheck.errors import SettingsError


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1000", 1000),
        ("50MB", 50_000_000),
        ("1gb", 10**9),
        ("64KiB", 65536),
        ("2 MiB", 2**21),
        ("1.5k", 1500),
        ("7B", 7),
        ("1GiB", 2**30),
    ],
)
def test_sizes(text, number):
    assert size(text) == number


@pytest.mark.parametrize("text", ["", "0", "-1", "MB", "1TB", "ten", "1e6", "0.1B", "1,000"])
def test_what_is_no_size(text):
    with pytest.raises(click.BadParameter, match="is not a size"):
        size(text)


def test_lists_of_names():
    assert names("SYN, BRC001 ,odd-word") == ["SYN", "BRC001", "odd-word"]
    assert flatten([["a", "b"], ["c"]]) == ["a", "b", "c"]
    with pytest.raises(click.BadParameter, match="empty name"):
        names("a,,b")


@pytest.mark.parametrize(
    ("environment", "choice", "terminal", "color"),
    [
        ({}, "auto", True, True),
        ({}, "auto", False, False),
        ({"NO_COLOR": "1"}, "auto", True, False),
        ({"NO_COLOR": ""}, "auto", True, True),
        ({"FORCE_COLOR": "1"}, "auto", False, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, "auto", True, False),
        ({"TERM": "dumb"}, "auto", True, False),
        ({"NO_COLOR": "1"}, "always", False, True),
        ({"FORCE_COLOR": "1"}, "never", True, False),
    ],
)
def test_color(monkeypatch, environment, choice, terminal, color):
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert wants_color(Terminal() if terminal else io.StringIO(), choice) is color


def test_a_file_appears_complete(folder):
    target = folder / "report.txt"
    with open_output(target) as stream:
        stream.write("“new”\n")
        assert not target.exists()
    assert target.read_bytes() == "“new”\n".encode()
    assert sorted(path.name for path in folder.iterdir()) == ["report.txt", "words.py"]


def test_a_failure_leaves_the_old_file(folder):
    target = folder / "report.txt"
    target.write_text("old")
    with pytest.raises(KeyboardInterrupt), open_output(target) as stream:
        stream.write("half")
        raise KeyboardInterrupt
    assert target.read_text() == "old"
    assert sorted(path.name for path in folder.iterdir()) == ["report.txt", "words.py"]


def test_permissions_are_those_of_any_new_file_or_of_the_old_one(folder):
    (folder / "plain").touch()
    with open_output(folder / "new"):
        pass
    assert (folder / "new").stat().st_mode == (folder / "plain").stat().st_mode
    (folder / "plain").chmod(0o640)
    with open_output(folder / "plain"):
        pass
    assert (folder / "plain").stat().st_mode & 0o777 == 0o640


def test_a_link_stays_a_link(folder):
    (folder / "real").write_text("old")
    (folder / "link").symlink_to("real")
    with open_output(folder / "link") as stream:
        stream.write("new")
    assert (folder / "link").is_symlink() and (folder / "real").read_text() == "new"


def test_a_device_is_written_to_directly():
    from pathlib import Path

    with open_output(Path("/dev/null")) as stream:
        stream.write("x")
    assert Path("/dev/null").is_char_device()


@pytest.mark.parametrize("place", ["missing/report.txt", "."])
def test_a_place_that_cannot_be_written(folder, place):
    with pytest.raises(SettingsError, match=r"--output .* cannot be written"), open_output(folder / place):
        pass
