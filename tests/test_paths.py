"""Files, folders and globs."""

import os
from pathlib import Path

import pytest

from qualitycheck.errors import InputError
from qualitycheck.paths import expand

SUFFIXES = [".txt", ".md"]


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("b.txt", "a.md", "c.log", "x/2.txt", "x/10.TXT", "x/y/z.md", ".hidden/h.txt", "x/.h.txt", "e/n.log"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text("text")
    return tmp_path


def found(given):
    return [str(item) if isinstance(item, Path) else f"! {item}" for item in expand(given, SUFFIXES)]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("b.txt", ["b.txt"]),
        ("c.log", ["c.log"]),
        (".hidden/h.txt", [".hidden/h.txt"]),
        ("x", ["x/10.TXT", "x/2.txt", "x/y/z.md"]),
        ("x/", ["x/10.TXT", "x/2.txt", "x/y/z.md"]),
        (".", ["a.md", "b.txt", "x/10.TXT", "x/2.txt", "x/y/z.md"]),
        (".hidden", [".hidden/h.txt"]),
        ("*.txt", ["b.txt"]),
        ("*.log", ["c.log"]),
        ("*", ["a.md", "b.txt", "x/10.TXT", "x/2.txt", "x/y/z.md"]),
        ("**/*.md", ["a.md", "x/y/z.md"]),
        ("x/**", ["x/10.TXT", "x/2.txt", "x/y/z.md"]),
        ("**", ["a.md", "b.txt", "x/10.TXT", "x/2.txt", "x/y/z.md"]),
        (".h*/*.txt", [".hidden/h.txt"]),
        ("./x/../?.md", ["x/../a.md"]),
        ("[ab].*", ["a.md", "b.txt"]),
    ],
)
def test_expand(given, expected):
    assert found(given) == expected


def test_an_absolute_glob(folder):
    assert found(f"{folder}/x/*.txt") == [f"{folder}/x/2.txt"]


def test_a_path_that_exists_is_not_read_as_a_glob(folder):
    (folder / "a[1].txt").write_text("x")
    (folder / "a1.txt").write_text("x")
    assert found("a[1].txt") == ["a[1].txt"]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("e", "nothing to check in e (suffixes read: .md, .txt)"),
        ("*.xyz", "nothing to check in *.xyz (suffixes read: .md, .txt)"),
        ("nowhere/*.md", "nothing to check in nowhere/*.md (suffixes read: .md, .txt)"),
        ("b.tx", "no such file or folder: b.tx; did you mean “b.txt”?"),
        ("x/22.txt", "no such file or folder: x/22.txt; did you mean “2.txt”?"),
        ("nowhere/a.md", "no such file or folder: nowhere/a.md"),
        ("b.txt/c", "no such file or folder: b.txt/c"),
        ("", "no such file or folder: “”"),
        ("a\x00b", "no such file or folder: a\\x00b"),
        ("qqq\udcff\x1b\n", "no such file or folder: qqq\\udcff\\x1b\\n"),
        ("q" * 5000, f"{'q' * 5000}: cannot be read: File name too long"),
        ("a**b", "a**b: “**” must stand alone between slashes"),
    ],
)
def test_errors(given, message):
    assert found(given) == [f"! {message}"]


def test_a_link_to_nothing(folder):
    (folder / "gone.txt").symlink_to("nowhere")
    assert found("gone.txt") == ["! gone.txt: a symbolic link to what does not exist"]


def test_links_lead_neither_in_circles_nor_out_of_the_folder(folder):
    (folder / "x" / "loop").symlink_to(folder / "x")
    (folder / "x" / "out").symlink_to("/")
    (folder / "x" / "self.txt").symlink_to("self.txt")
    (folder / "x" / "file.md").symlink_to(folder / "a.md")
    assert found("x") == ["x/10.TXT", "x/2.txt", "x/file.md", "x/self.txt", "x/y/z.md"]
    assert found("x/**/*.md") == ["x/file.md", "x/y/z.md"]
    assert found("x/loop/y") == ["x/loop/y/z.md"]
    assert found("x/self.txt") == ["! x/self.txt: cannot be read: Too many levels of symbolic links"]


def test_a_folder_that_cannot_be_listed_costs_no_other_its_files(folder, monkeypatch):
    scandir = os.scandir

    def refuse(path):
        if Path(path).name == "x":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert found(".") == ["a.md", "b.txt", "! x: cannot be read: Permission denied"]


def test_folders_are_listed_lazily(folder, monkeypatch):
    seen = []
    scandir = os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: (seen.append(str(path)), scandir(path))[1])
    first = next(expand(".", SUFFIXES))
    assert str(first) == "a.md"
    assert seen == ["."]


def test_a_deep_tree(folder):
    depth = 300
    for _ in range(depth):
        Path("d").mkdir()
        os.chdir("d")
    Path("end.txt").write_text("x")
    os.chdir(folder)
    assert found("d")[-1] == "d/" * depth + "end.txt"
    assert not any(isinstance(item, InputError) for item in expand("d", SUFFIXES))
