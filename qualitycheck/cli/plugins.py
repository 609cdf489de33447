"""``qualitycheck plugins``: what is loaded, from where, what it brings, and what failed to load."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from qualitycheck.cli.options import settings_from, settings_options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qualitycheck.plugins import FailedPlugin, LoadedPlugin, Plugins


@click.command()
@click.option(
    "--output-format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Text for people, or JSON for programs.",
)
@settings_options
def plugins(output_format: str, **options: Any) -> int:
    """List the plugins: what is loaded, from where, what it brings, and what failed to load."""
    from qualitycheck.plugins import load_plugins
    from qualitycheck.screen import Screen

    found = load_plugins(settings_from(**options))
    if output_format == "json":
        click.echo(json.dumps(_plain(found), indent=2))
    else:
        screen = Screen(sys.stdout.encoding)
        for line in _lines(found):
            click.echo(screen.words(line))
    return 2 if found.failed else 0


def _plain(found: Plugins) -> dict[str, Any]:
    return {
        "loaded": [
            {
                "name": each.name,
                "origin": each.origin,
                "version": each.version or None,
                "checks": {check.name: [rule.code for rule in check.rules] for check in each.checks},
                "hooks": _hooks(each, found),
            }
            for each in found.loaded
        ],
        "failed": [{"name": each.name, "origin": each.origin, "reason": each.reason} for each in found.failed],
        "blocked": list(found.settings.block),
    }


def _lines(found: Plugins) -> Iterator[str]:
    from qualitycheck.reporters.summary import count

    for each in found.loaded:
        yield from _loaded(each, found)
    for failed in found.failed:
        yield from _failed(failed)
    if found.settings.block:
        yield f"blocked: {', '.join(found.settings.block)}"
    if found.loaded or found.failed:
        brought = f"{count(len(found.checks), 'check')}, {count(len(found.rules), 'rule')}"
        yield f"{count(len(found.loaded), 'plugin')} loaded, {len(found.failed)} failed; {brought}."
    else:
        yield "There are no plugins, so there are no checks."


def _loaded(each: LoadedPlugin, found: Plugins) -> Iterator[str]:
    yield f"{each.name}, from {each.origin}"
    for check in each.checks:
        yield f"  check {check.name}"
        for rule in check.rules:
            yield f"    {rule.code} {rule.name} ({rule.severity.value})"
    others = [hook for hook in _hooks(each, found) if hook != "qualitycheck_checks"]
    if others:
        yield f"  also {', '.join(others)}"
    yield ""


def _failed(each: FailedPlugin) -> Iterator[str]:
    yield f"{each.name}, from {each.origin}"
    yield f"  failed to load: {each.reason}"
    yield ""


def _hooks(each: LoadedPlugin, found: Plugins) -> list[str]:
    """The hooks that the plugin implements, by name."""
    callers = found.manager.get_hookcallers(found.manager.get_plugin(each.name)) or []
    return sorted(caller.name for caller in callers)
