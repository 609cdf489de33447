"""The command ``qualitycheck``: finds its subcommands, and turns whatever goes wrong into one line and a status."""

from __future__ import annotations

import contextlib
import importlib
import io
import os
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from qualitycheck.cli.messages import complain, describe
from qualitycheck.errors import QualityCheckError, nearest
from qualitycheck.version import __version__

if TYPE_CHECKING:
    from qualitycheck.cli.plugin_commands import PluginCommands

ERROR = 2
INTERRUPTED = 130  # what a shell reports for a program that Ctrl-C ended
BROKEN_PIPE = 141  # and for one whose reader went away

#: Where a context keeps whether tracebacks are asked for.
DEBUG = "qualitycheck.debug"
#: And where it keeps the commands of plugins.
BROUGHT = "qualitycheck.brought"

#: Each subcommand with the module that holds it under its own name, and what ``--help`` says about it.
COMMANDS = {
    "check": ("check", "Check documents and report what is wrong with them."),
    "diff-runs": ("diff_runs", "Show what two runs of filter judge differently."),
    "filter": ("filter", "Sort a corpus into accepted, review and rejected."),
    "explain": ("explain", "Tell which evidence weighed how much, and why."),
    "compare": ("compare", "Compare a text with what was made of it."),
    "measure": ("measure", "Measure how often rules object to good text."),
    "new-plugin": ("new_plugin", "Write a plugin to begin with."),
    "plugins": ("plugins", "List the plugins: what is loaded, from where, and what failed."),
    "report": ("report", "Make a report, an HTML page for one, of reports saved before."),
    "rule": ("rule", "Explain one rule."),
    "rules": ("rule", "List all rules."),
    "server": ("server", "Check texts in an editor: a language server."),
}


class Commands(click.Group):
    """A group that imports a subcommand when it is called, and never ends in a traceback unless asked to."""

    def list_commands(self, context: click.Context) -> list[str]:
        """The names of all subcommands."""
        return sorted([*COMMANDS, *_brought(context).commands])

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """The subcommand of this name, imported now; None where there is none."""
        if name not in COMMANDS:
            return _brought(context).commands.get(name)
        command: click.Command = getattr(
            importlib.import_module(f"qualitycheck.cli.{COMMANDS[name][0]}"), name.replace("-", "_")
        )
        return command

    def resolve_command(
        self, context: click.Context, arguments: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The subcommand that the arguments ask for, or a usage error that says what was probably meant."""
        name = arguments[0]
        if name not in COMMANDS and not name.startswith("-") and name not in _brought(context).commands:
            for failure in _brought(context).failures:
                complain(failure)  # the command may be that of a plugin that does not load
            near = nearest(name, self.list_commands(context))
            if not near and Path(name).exists():
                near = f"; to check a file, say qualitycheck check {name}"
            raise click.UsageError(f"there is no command “{name}”{near}", context)
        return super().resolve_command(context, arguments)

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """List the subcommands without importing our own."""
        rows = {name: text for name, (_, text) in COMMANDS.items()}
        rows.update((name, command.get_short_help_str(80)) for name, command in _brought(context).commands.items())
        with formatter.section("Commands"):
            formatter.write_dl(sorted(rows.items()))

    def invoke(self, context: click.Context) -> Any:
        """Run the subcommand; its status, whatever happens in it."""
        try:
            status = super().invoke(context)
            sys.stdout.flush()
        except (click.ClickException, click.exceptions.Exit):
            raise
        except KeyboardInterrupt:
            complain("interrupted", kind="")
            return INTERRUPTED
        except BrokenPipeError:
            _abandon_output()
            return BROKEN_PIPE
        except Exception as error:
            if context.meta.get(DEBUG):
                traceback.print_exception(error)
            complain(str(error) if isinstance(error, QualityCheckError) else describe(error))
            return ERROR
        return status

    def main(self, *arguments: Any, **options: Any) -> NoReturn:
        """Parse the arguments, run, and exit with the status; a usage error is one line."""
        _open_closed_streams()
        try:
            status = super().main(*arguments, **{**options, "standalone_mode": False})
        except click.Abort:
            status = INTERRUPTED
        except click.ClickException as error:
            complain(_in_one_line(error))
            status = ERROR
        sys.exit(status)


def _brought(context: click.Context) -> PluginCommands:
    """The commands of plugins, which are imported once a run."""
    if BROUGHT not in context.meta:
        from qualitycheck.cli.plugin_commands import plugin_commands

        context.meta[BROUGHT] = plugin_commands(COMMANDS)
    brought: PluginCommands = context.meta[BROUGHT]
    return brought


def _in_one_line(error: click.ClickException) -> str:
    if isinstance(error, click.NoSuchOption) and error.possibilities:
        return f"there is no option “{error.option_name}”; did you mean “{error.possibilities[0]}”?"
    text = error.format_message().removesuffix(".")
    text = text[:1].lower() + text[1:]
    if isinstance(error, click.UsageError) and error.ctx is not None and "did you mean" not in text:
        return f"{text}; {error.ctx.command_path} --help tells more"
    return text


def _open_closed_streams() -> None:
    """Let what is written to a stream that the caller closed (``>&-``) go nowhere; the status tells the result."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8"))


def _abandon_output() -> None:
    """Let Python's last flush at exit go nowhere, since the reader of the output is gone."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.group(cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.pass_context
def qualitycheck(context: click.Context) -> None:
    """Reads text, finds what is wrong with it, and gives each document a quality report."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    if context.invoked_subcommand is None:
        click.echo(context.get_help(), err=True)
        context.exit(ERROR)
