"""The plugins of this distribution, whatever else is installed beside it."""

from __future__ import annotations

import functools

from qualitycheck.plugins import LoadedPlugin, load_plugins
from qualitycheck.settings import Settings


@functools.cache
def bundled() -> tuple[LoadedPlugin, ...]:
    """The plugins that come with qualitycheck, by name. Raises RuntimeError where one does not load."""
    found = load_plugins(Settings())
    for failed in found.failed:
        raise RuntimeError(f"plugin {failed.name} does not load: {failed.reason}")
    return tuple(each for each in found.loaded if each.origin.startswith("qualitycheck "))
