"""Finds the texts that a run of pytest is asked for, and hands them to it as tests."""

from __future__ import annotations

import glob
import itertools
import os
import warnings
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import pytest

from qualitycheck.errors import InputError, QualityCheckError
from qualitycheck.pytest_items import TextFile
from qualitycheck.pytest_plugin import ini_folder


class Texts:
    """The part of the plugin that collects; only a run that is asked for texts has it.

    Texts that ``qualitycheck_files`` names are collected as tests are: all of them where pytest is given no path, else
    those below the paths that it is given. Texts that ``--qualitycheck`` names are always collected.
    """

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._named: list[str] = config.getoption("qualitycheck")
        self._patterns: list[str] = config.getini("qualitycheck_files")
        self._folder = ini_folder(config)
        self._everything = config.args_source is not pytest.Config.ArgsSource.ARGS
        places = [(config.invocation_params.dir, name) for name in self._named]
        places += [(self._folder, name) for name in self._patterns]
        self._bounds = [_bounds(folder, name) for folder, name in places]
        self._collected: set[Path] = set()

    def pytest_sessionstart(self) -> None:
        """Say at once what is wrong with a setting or a path, and not after an hour of tests."""
        try:
            for _ in self._asked_for():
                pass
        except QualityCheckError as error:
            raise pytest.UsageError(str(error)) from None

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
        """The text in a file that pytest comes across."""
        # Pytest comes across every file beside its way to a test, and most can be told from texts at no cost.
        if not any(file_path.is_relative_to(base) and file_path.name.endswith(end) for base, end in self._bounds):
            return None
        try:
            if file_path not in self._on_command_line and file_path not in self._in_ini:
                return None
        except QualityCheckError as error:
            # What is wrong in the ini file must not cost the tests that are asked for; a run of everything refuses it.
            warnings.warn(pytest.PytestConfigWarning(str(error)), stacklevel=1)
            self._in_ini = {}
            return None
        file: TextFile = TextFile.from_parent(parent, path=file_path)
        return file

    def pytest_collectstart(self, collector: pytest.Collector) -> None:
        """Note the texts that pytest collects: of those that it comes across it drops some again."""
        if isinstance(collector, TextFile):
            self._collected.add(collector.path)

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, session: pytest.Session, items: list[pytest.Item]) -> None:
        """Add the texts that pytest did not come across, before anything is selected by keyword or marker.

        They are not handed to pytest as further paths, since the doctest plugin runs the examples in such files.
        """
        for path in self._asked_for():
            if path not in self._collected and not _is_ignored(session, path):
                items += session.genitems(TextFile.from_parent(session, path=path))

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say what the settings suppress in vain. Processes of xdist see a part of the texts, and cannot tell."""
        if self._collected:
            from qualitycheck.api import runner_for
            from qualitycheck.pytest_settings import settings_of

            if notes := runner_for(settings_of(self._config)).notes():
                terminalreporter.section("qualitycheck")
                for note in notes:
                    terminalreporter.line(note)

    def _asked_for(self) -> Iterator[Path]:
        """The texts to collect, whatever paths pytest is given. Raises QualityCheckError."""
        yield from self._on_command_line
        if self._everything:
            # Without a path, pytest means the project, or the folder below it that it was started in.
            below = self._config.args_source is pytest.Config.ArgsSource.INVOCATION_DIR
            for path in self._in_ini:
                if not below or path.is_relative_to(self._config.invocation_params.dir):
                    yield path

    @cached_property
    def _on_command_line(self) -> dict[Path, None]:
        """The texts that ``--qualitycheck`` names, in order. Raises QualityCheckError."""
        for given in self._named:
            if "::" in given or given.endswith(".py"):
                raise InputError(f"--qualitycheck: {given} is no text; name tests before --qualitycheck")
        return dict.fromkeys(self._expand(self._named, "", "--qualitycheck"))

    @cached_property
    def _in_ini(self) -> dict[Path, None]:
        """The texts that ``qualitycheck_files`` names, in order. Raises QualityCheckError."""
        return dict.fromkeys(self._expand(self._patterns, str(self._folder), "qualitycheck_files"))

    def _expand(self, given: list[str], folder: str, source: str) -> Iterator[Path]:
        """The files, with absolute paths, that names from ``folder`` stand for."""
        if not given:
            return
        from qualitycheck.api import runner_for
        from qualitycheck.paths import expand
        from qualitycheck.pytest_settings import settings_of
        from qualitycheck.readers import all_readers
        from qualitycheck.rows import SUFFIXES

        readers = all_readers(runner_for(settings_of(self._config)).plugins)
        suffixes = [*SUFFIXES, *(suffix for reader in readers for suffix in reader.suffixes)]
        for name in given:
            place = os.path.join(glob.escape(folder) if glob.has_magic(name) else folder, name)  # noqa: PTH118
            for path in expand(place, suffixes):
                if isinstance(path, InputError):
                    raise InputError(f"{source}: {path}")
                yield Path(os.path.abspath(path))  # noqa: PTH100 (as in pytest, links are not followed)


def _bounds(folder: Path, name: str) -> tuple[Path, str]:
    """The folder, or the file, that all files a name stands for are in, and how their names end, if it says so."""
    parts = Path(name).parts
    literal = list(itertools.takewhile(lambda part: not glob.has_magic(part), parts))
    suffix = Path(name).suffix if len(literal) < len(parts) else ""
    return Path(os.path.abspath(folder.joinpath(*literal))), "" if glob.has_magic(suffix) else suffix  # noqa: PTH100


def _is_ignored(session: pytest.Session, path: Path) -> bool:
    """Whether pytest is told to leave a file, or a folder above it, alone."""
    ignored = {Path(os.path.abspath(each)) for each in session.config.getoption("ignore") or ()}  # noqa: PTH100
    if not ignored.isdisjoint([path, *path.parents]):
        return True
    return bool(session.ihook.pytest_ignore_collect(collection_path=path, config=session.config))
