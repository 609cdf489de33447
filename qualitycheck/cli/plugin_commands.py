"""Subcommands that plugins bring.

Plugins are imported only where no command of our own has the name that is asked for, and for ``--help``; their checks
are not made then.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

import click

from qualitycheck.errors import PluginError, SettingsError


@dataclass(slots=True)
class PluginCommands:
    """The commands of all plugins by name, and one line for each plugin that does not load."""

    commands: dict[str, click.Command] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)


def plugin_commands(taken: Collection[str]) -> PluginCommands:
    """The commands that installed plugins bring, and those that the settings name; ``taken`` are names of our own."""
    import pluggy

    from qualitycheck import hookspecs
    from qualitycheck.plugins import FOREIGN_ERRORS, GROUP, one_line, plugin_sources
    from qualitycheck.settings import load_settings

    found = PluginCommands()
    try:
        settings = load_settings()
    except SettingsError as error:
        found.failures.append(str(error))
        return found
    for name, origin, _, load in plugin_sources(settings):
        manager = pluggy.PluginManager(GROUP)
        manager.add_hookspecs(hookspecs)
        try:
            module = load()
            manager.register(module() if isinstance(module, type) else module)
            for command in [each for listed in manager.hook.qualitycheck_commands() for each in listed]:
                _add(found, command, taken)
        except FOREIGN_ERRORS as error:
            found.failures.append(f"plugin “{name}” from {origin} does not load: {one_line(error)}")
    return found


def _add(found: PluginCommands, command: object, taken: Collection[str]) -> None:
    if not isinstance(command, click.Command) or not command.name:
        raise PluginError(f"qualitycheck_commands returned {command!r}, which is no command with a name")
    if command.name in taken or command.name in found.commands:
        raise PluginError(f"there is a command “{command.name}” already")
    found.commands[command.name] = command
