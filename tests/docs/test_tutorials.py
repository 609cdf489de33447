"""The tutorials, done from top to bottom: every file saved, every command given, every line of output looked for."""

import os
import re
import shlex

import pytest
from click.testing import CliRunner
from pages import ROOT, commands, fences
from strangers import VARIABLES, Environment

from qualitycheck.cli.group import qualitycheck


class Reader:
    """Follows a tutorial in a folder of its own; what is installed there is installed in an environment of its own."""

    def __init__(self, folder):
        self.folder = folder
        self.environment = None

    def follow(self, page):
        """Do all that the page says."""
        for fence in fences((ROOT / "docs" / "tutorial" / page).read_text(encoding="utf-8")):
            if fence.caption:
                path = self.folder / fence.caption
                # A package that is not there would be written by a command that failed.
                assert path.parent.is_dir(), f"{fence.caption}: no folder for it"
                path.write_text(fence.text, encoding="utf-8")
            elif fence.language == "console":
                self._console(fence)

    def _console(self, fence):
        sessions = re.split(r"^\$ .*\n", fence.text, flags=re.MULTILINE)[1:]
        for command, expected in zip(commands(fence), sessions, strict=True):
            printed = self._run(command)
            lines = iter(printed.splitlines())
            for line in expected.splitlines():
                assert any(line in each for each in lines), f"{command} prints no “{line}” there:\n{printed}"

    def _run(self, command):
        words = shlex.split(command)
        if words[0] == "cd":
            self.folder = self.folder / words[1]
            return ""
        if words[:2] == ["ls", "dist"]:
            return "\n".join(path.name for path in (self.folder / "dist").iterdir())
        if command.startswith(("python3 -m venv", ". env/", "pip install qualitycheck")):
            return ""  # this is such an environment
        if words[0] == "pip":
            return self._pip(words[1:])
        if self.environment is not None or words[0] != "qualitycheck":
            words = ["-m", *words] if words[0] in ("qualitycheck", "pytest") else words[1:]
            environment = self.environment or self._make_environment()
            return environment.run(*words, folder=self.folder)
        os.chdir(self.folder)
        result = CliRunner(env={"NO_COLOR": "1", "COLUMNS": "100"}).invoke(qualitycheck, words[1:])
        # Without --exit-zero, a text with errors in it is status 1.
        assert result.exit_code in (0, 1), result.output
        return result.stdout

    def _pip(self, words):
        self.environment = self.environment or self._make_environment()
        offline = ["--no-build-isolation", "--no-index", "--no-deps", "--quiet", "--disable-pip-version-check"]
        given = [word.replace('".[test]"', ".") for word in words if word != "--no-deps"]
        return self.environment.run("-m", "pip", *given, *offline, folder=self.folder)

    def _make_environment(self):
        return Environment(self.folder.parent / "env")


@pytest.fixture
def reader(tmp_path, monkeypatch):
    folder = tmp_path / "new"
    folder.mkdir()
    monkeypatch.chdir(folder)  # and back, whatever the reader does
    assert not any(name.startswith("PYTHON") for name in VARIABLES)
    return Reader(folder)


@pytest.mark.parametrize("page", ["first-steps.md", "plugin.md"])
def test_a_reader_who_does_as_told_gets_there(reader, page):
    reader.follow(page)


def test_a_tutorial_that_promises_too_much_is_noticed(reader, tmp_path, monkeypatch):
    monkeypatch.setattr("test_tutorials.ROOT", tmp_path)
    (tmp_path / "docs" / "tutorial").mkdir(parents=True)
    page = tmp_path / "docs" / "tutorial" / "page.md"
    page.write_text("```console\n$ qualitycheck rule BRC002\n# BRC001\n```\n")
    with pytest.raises(AssertionError, match="prints no “# BRC001” there"):
        reader.follow("page.md")
