"""Options that several subcommands share: where settings come from, which plugins are loaded, how things look."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

import click

from qualitycheck.cli.group import DEBUG

if TYPE_CHECKING:
    from qualitycheck.plugins import Plugins
    from qualitycheck.settings import Settings

Command = TypeVar("Command", bound=Callable[..., Any])

_UNITS = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9, "ki": 2**10, "mi": 2**20, "gi": 2**30}


def size(value: str) -> int:
    """The number of bytes that ``50MB``, ``1GB``, ``64KiB`` or ``1000`` names."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([kmg]i?|)b?", value.strip().lower())
    number = int(float(match[1]) * _UNITS[match[2]]) if match else 0
    if number < 1:
        raise click.BadParameter(f"“{value}” is not a size; write for example 50MB, 1GiB or 1000")
    return number


def names(value: str) -> list[str]:
    """The names in a list separated by commas."""
    found = [name.strip() for name in value.split(",")]
    if not all(found):
        raise click.BadParameter(f"“{value}” has an empty name in it")
    return found


def flatten(lists: Sequence[Sequence[str]]) -> list[str]:
    """One list of the names that an option was given, in one go or in several."""
    return [name for each in lists for name in each]


def settings_options(command: Command) -> Command:
    """Add the options that say where settings come from and which plugins are loaded."""
    for decorate in reversed(_SETTINGS_OPTIONS):
        command = decorate(command)
    return command


def _set_debug(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value:
        import logging

        context.meta[DEBUG] = True
        logging.basicConfig(format="%(name)s: %(message)s", force=True)
        logging.getLogger("qualitycheck").setLevel(logging.DEBUG)


_SETTINGS_OPTIONS: list[Callable[[Any], Any]] = [
    click.option(
        "-p",
        "--plugin",
        "plugin",
        multiple=True,
        metavar="FILE",
        help="Load a plugin from a Python file or a module; no:NAME blocks one. Repeatable.",
    ),
    click.option("--block", multiple=True, type=names, metavar="NAME", help="Do not load this plugin; repeatable."),
    click.option(
        "--profile",
        metavar="NAME",
        help="Lay this profile under the settings: web, news, docs, strict, gopher, c4, fineweb or datatrove.",
    ),
    click.option(
        "--model",
        multiple=True,
        metavar="FOLDER",
        help="Load a trained model beside the shipped ones; repeatable.",
    ),
    click.option(
        "--config",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        metavar="FILE",
        help="Take the settings from this file.",
    ),
    click.option("--isolated", is_flag=True, help="Take no settings from any file."),
    click.option(
        "--debug", is_flag=True, expose_value=False, callback=_set_debug, help="Show the traceback of every error."
    ),
]


#: Where a command writes to; ``open_output`` opens it.
output_option = click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write to this file, complete or not at all; to standard output unless told.",
)

#: When a command uses colour; ``wants_color`` decides.
color_option = click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    help="When to use colour; auto means on a terminal.",
)


def reading_options(command: Command) -> Command:
    """Add the options that say how files are read; both are settings."""
    for decorate in reversed(_READING_OPTIONS):
        command = decorate(command)
    return command


_READING_OPTIONS: list[Callable[[Any], Any]] = [
    click.option("--encoding", metavar="NAME", help="The encoding of the files; utf-8 unless told."),
    click.option("--max-size", type=size, metavar="SIZE", help="Refuse files larger than this; 50MB unless told."),
]


def settings_from(
    plugin: Sequence[str],
    block: Sequence[Sequence[str]],
    config: Path | None,
    isolated: bool,
    model: Sequence[str] = (),
    folder: Path | None = None,
    **overrides: Any,
) -> Settings:
    """The settings of the file that applies, with what the command line says on top; None says nothing.

    The file is searched from ``folder`` upwards, from the working directory where it is None.
    """
    from qualitycheck.settings import load_settings

    if config is not None and isolated:
        raise click.UsageError("--config and --isolated exclude each other", click.get_current_context())
    given = {name.replace("_", "-"): value for name, value in overrides.items() if value is not None}
    blocked = [*flatten(block), *(each.removeprefix("no:") for each in plugin if each.startswith("no:"))]
    loaded = [each for each in plugin if not each.startswith("no:")]
    lists = {"plugins": loaded, "block": blocked, "models": list(model)}
    return load_settings(config, {**given, **lists}, isolated=isolated, folder=folder)


def failures(plugins: Plugins) -> list[str]:
    """One line for each plugin that did not load."""
    return [f"plugin “{each.name}” from {each.origin} does not load: {each.reason}" for each in plugins.failed]


def wants_color(stream: TextIO, choice: str = "auto") -> bool:
    """Whether to use colour: ``always``, ``never``, or for ``auto`` on a terminal, unless the environment objects."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def columns() -> int:
    """The width of the terminal, or what COLUMNS says, or 100."""
    import shutil

    return max(shutil.get_terminal_size((100, 24)).columns, 40)
