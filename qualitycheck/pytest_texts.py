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
        # In objects of their own: pytest looks at every attribute of a plugin, and that would find the files.
        self._always = Named(config, config.invocation_params.dir, config.getoption("qualitycheck"), "--qualitycheck")
        self._in_ini = Named(config, ini_folder(config), config.getini("qualitycheck_files"), "qualitycheck_files")
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
        try:
            if file_path not in self._always and file_path not in self._in_ini:
                return None
        except QualityCheckError as error:
            # What is wrong in the ini file must not cost the tests that are asked for; a run of everything refuses it.
            warnings.warn(pytest.PytestConfigWarning(str(error)), stacklevel=1)
            self._in_ini.forget()
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
        yield from self._always.files
        source = self._config.args_source
        if source is pytest.Config.ArgsSource.TESTPATHS:
            yield from self._in_ini.files
        elif source is pytest.Config.ArgsSource.INVOCATION_DIR:
            # Without a path, pytest means the project, or the folder below it that it was started in.
            folder = self._config.invocation_params.dir
            yield from (path for path in self._in_ini.files if path.is_relative_to(folder))


class Named:
    """Files that names (paths from a folder, and globs) stand for; looked for when they are first needed."""

    def __init__(self, config: pytest.Config, folder: Path, names: list[str], source: str) -> None:
        self._config = config
        self._folder = folder
        self._names = names
        self._source = source
        self._bounds = [_bounds(folder, name) for name in names]

    @cached_property
    def files(self) -> dict[Path, None]:
        """The files, with absolute paths, in order. Raises QualityCheckError where a name stands for nothing."""
        return dict.fromkeys(self._find())

    def forget(self) -> None:
        """Stand for nothing from now on."""
        self._bounds = []
        self.files = {}

    def __contains__(self, path: Path) -> bool:
        # Pytest comes across every file beside its way to a test, and most are not in question.
        near = any(path.is_relative_to(base) and path.name.endswith(end) for base, end in self._bounds)
        return near and path in self.files

    def _find(self) -> Iterator[Path]:
        if not self._names:
            return
        from qualitycheck.api import runner_for
        from qualitycheck.paths import expand
        from qualitycheck.pytest_settings import settings_of
        from qualitycheck.readers import all_readers
        from qualitycheck.rows import SUFFIXES

        readers = all_readers(runner_for(settings_of(self._config)).plugins)
        suffixes = [*SUFFIXES, *(suffix for reader in readers for suffix in reader.suffixes)]
        for name in self._names:
            if "::" in name or name.endswith(".py"):
                raise InputError(f"{self._source}: {name} is no text; name tests before --qualitycheck")
            folder = "" if Path.cwd() == self._folder else str(self._folder)
            folder = glob.escape(folder) if glob.has_magic(name) else folder
            for path in expand(os.path.join(folder, name), suffixes):  # noqa: PTH118 (a Path drops what ends a name)
                if isinstance(path, InputError):
                    raise InputError(f"{self._source}: {path}")
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
