"""The two functions most people need."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from qualitycheck.errors import PluginError
from qualitycheck.report import DocumentReport
from qualitycheck.runner import Runner
from qualitycheck.settings import Settings


def check(text: str, settings: Settings | None = None) -> DocumentReport:
    """The quality report for a text, with every installed plugin.

    Raises PluginError where a plugin does not load, SettingsError where the settings name what does not exist.
    """
    return runner_for(settings or Settings()).check(text)


def check_file(path: str | PathLike[str], settings: Settings | None = None) -> DocumentReport:
    """The quality report for a file, read as its suffix says (plain text, Markdown, HTML, or what readers declare).

    Raises InputError where the file cannot be read as text, and what :func:`check` raises.
    """
    from qualitycheck.inputs import read_file

    runner = runner_for(settings or Settings())
    return runner.check(read_file(Path(path), runner.plugins))


_runners: dict[str, Runner] = {}


def runner_for(settings: Settings) -> Runner:
    """One runner for equal settings, so that plugins are not loaded anew for each text.

    Raises what :func:`check` raises.
    """
    digest = settings.digest()
    if digest not in _runners:
        runner = Runner(settings)
        for plugin in runner.plugins.failed:
            raise PluginError(f"plugin “{plugin.name}” from {plugin.origin} does not load: {plugin.reason}")
        if len(_runners) >= 8:
            _runners.clear()
        _runners[digest] = runner
    return _runners[digest]
