"""Profiles: named sets of settings for a kind of text, or for parity with another tool.

A profile is a file ``NAME.toml`` that holds settings as ``qualitycheck.toml`` does, in an installed package that an
entry point of the group ``qualitycheck.profiles`` names: ``news = "my_package"`` stands for ``my_package/news.toml``.
It lies under the settings file and the command line, which both win over it.
"""

from __future__ import annotations

import importlib.metadata
import importlib.resources
import tomllib
from typing import Any

from qualitycheck.errors import SettingsError, nearest

GROUP = "qualitycheck.profiles"


def profile_names() -> list[str]:
    """The names of all profiles that are installed, sorted."""
    return sorted({entry.name for entry in importlib.metadata.entry_points(group=GROUP)})


def load_profile(name: str) -> dict[str, Any]:
    """The settings of a profile as plain values.

    Raises SettingsError for an unknown name (with the nearest known one) or a file that cannot be read.
    """
    entries = importlib.metadata.entry_points(group=GROUP)
    package = next((entry.value for entry in entries if entry.name == name), None)
    if package is None:
        known = profile_names()
        near = nearest(str(name), known) or f": there are {', '.join(known) or 'none'}"
        raise SettingsError(f"unknown profile “{name}”{near}")
    try:
        text = (importlib.resources.files(package) / f"{name}.toml").read_text(encoding="utf-8")
        return tomllib.loads(text)
    except (ImportError, OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"profile “{name}” of {package}: cannot be read: {error}") from None
