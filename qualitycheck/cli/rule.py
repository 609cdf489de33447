"""``qualitycheck rule`` and ``qualitycheck rules``: what each rule finds, and who brings it."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from qualitycheck.cli.messages import complain
from qualitycheck.cli.options import columns, failures, settings_from, settings_options, wants_color

if TYPE_CHECKING:
    from qualitycheck.plugins import LoadedPlugin, Plugins
    from qualitycheck.rule import Rule


@click.command()
@click.argument("code", metavar="CODE|NAME")
@settings_options
def rule(code: str, **options: Any) -> int:
    """Explain one rule: what it finds, why it matters, an example, its known false alarms."""
    from qualitycheck.errors import SettingsError
    from qualitycheck.plugins import load_plugins
    from qualitycheck.selection import find_rule

    plugins = load_plugins(settings_from(**options))
    try:
        found = find_rule(code, plugins.rules)
    except SettingsError:
        # The rule may be that of a plugin that did not load.
        for failure in failures(plugins):
            complain(failure)
        raise
    text = _documentation(found, _owner(found, plugins))
    if sys.stdout.isatty():
        _render(text)
    else:
        click.echo(text)
    return 0


@click.command()
@click.option(
    "--output-format",
    type=click.Choice(["table", "tsv", "json"]),
    help="How to list them; a table on a terminal and tab-separated lines elsewhere, unless told.",
)
@settings_options
def rules(output_format: str | None, **options: Any) -> int:
    """List all rules: code, name, severity and message."""
    from qualitycheck.plugins import load_plugins

    plugins = load_plugins(settings_from(**options))
    found = plugins.rules
    shape = output_format or ("table" if sys.stdout.isatty() else "tsv")
    if shape == "json":
        click.echo(json.dumps([_plain(each, _owner(each, plugins)) for each in found], indent=2))
    elif shape == "tsv":
        for each in found:
            click.echo("\t".join([each.code, each.name, each.severity.value, each.message]))
    else:
        _table(found)
    for failure in failures(plugins):
        complain(failure)
    return 2 if plugins.failed else 0


def _owner(found: Rule, plugins: Plugins) -> LoadedPlugin:
    return next(plugin for plugin in plugins.loaded for check in plugin.checks if found in check.rules)


def _plain(found: Rule, owner: LoadedPlugin) -> dict[str, str]:
    return {
        "code": found.code,
        "name": found.name,
        "severity": found.severity.value,
        "fix": found.fix.value,
        "message": found.message,
        "plugin": owner.name,
        "origin": owner.origin,
    }


def _documentation(found: Rule, owner: LoadedPlugin) -> str:
    """The documentation as Markdown; below its title stand the severity, the fix and the plugin."""
    title, _, body = found.help().strip().partition("\n")
    if not title.startswith("# "):
        title, body = f"# {found.code} {found.name}", found.help().strip()
    facts = f"Severity: {found.severity.value}. Fix: {found.fix.value}. Plugin: {owner.name}, from {owner.origin}."
    return f"{title}\n\n{facts}\n\n{body.strip()}"


def _render(text: str) -> None:
    from rich.console import Console
    from rich.markdown import Markdown

    color = wants_color(sys.stdout)
    console = Console(width=min(columns(), 100), force_terminal=color, no_color=not color)
    console.print(Markdown(text, hyperlinks=False))


def _table(found: list[Rule]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from qualitycheck.screen import Screen

    color = wants_color(sys.stdout)
    screen = Screen(sys.stdout.encoding, color=color)
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for title in ("code", "name", "severity"):
        table.add_column(title, no_wrap=True)
    table.add_column("message")
    for each in found:
        severity = Text.from_ansi(screen.paint(each.severity.value, each.severity.value))
        table.add_row(each.code, Text(each.name), severity, Text(screen.words(each.message)))
    Console(width=columns(), force_terminal=color, no_color=not color).print(table)
