"""By which settings a test is judged: the project's, then pytest's ini file, its command line, and the test's markers.

Each replaces what comes before it.
"""

from __future__ import annotations

from typing import Any

import pytest

from qualitycheck.errors import SettingsError
from qualitycheck.pytest_plugin import ini_folder
from qualitycheck.settings import Settings, find_settings_file, load_settings
from qualitycheck.standard import adjusted

_BASE = pytest.StashKey[Settings]()
_NAMES = ("select", "ignore", "fail_on", "min_score", "baseline")


def settings_of(config: pytest.Config) -> Settings:
    """The settings of a run, before markers. Raises SettingsError, naming where a value comes from."""
    if _BASE not in config.stash:
        file = find_settings_file(config.rootpath)
        settings = load_settings(file, isolated=file is None)
        settings = adjusted(settings, _from_ini(config), str(config.inipath))
        given = {name: config.getoption(f"qualitycheck_{name}") for name in _NAMES}
        if given["baseline"]:
            given["baseline"] = str(config.invocation_params.dir / given["baseline"])
        config.stash[_BASE] = adjusted(settings, given, "the command line")
    return config.stash[_BASE]


def settings_for(node: pytest.Item) -> Settings:
    """The settings for one test; the nearest marker has the last word. Raises SettingsError as above."""
    settings = settings_of(node.config)
    for mark in reversed(list(node.iter_markers("qualitycheck"))):
        source = f"marker qualitycheck of {node.nodeid}"
        if mark.args:
            raise SettingsError(f"{source}: settings are given by name, as in qualitycheck(min_score=80)")
        settings = adjusted(settings, mark.kwargs, source)
    return settings


def _from_ini(config: pytest.Config) -> dict[str, Any]:
    values: dict[str, Any] = {name: config.getini(f"qualitycheck_{name}") or None for name in _NAMES}
    if values["baseline"]:
        values["baseline"] = str(ini_folder(config) / values["baseline"])
    if score := values["min_score"]:
        try:
            values["min_score"] = float(score)
        except ValueError:
            raise SettingsError(f"{config.inipath}: qualitycheck_min_score “{score}” is no number") from None
    return values
