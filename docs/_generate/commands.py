"""The command line, taken from the commands themselves."""

from __future__ import annotations

import click

from qualitycheck.cli.group import qualitycheck


def commands() -> dict[str, click.Command]:
    """Every subcommand by name, those of bundled plugins included."""
    context = click.Context(qualitycheck, info_name="qualitycheck")
    found = {name: qualitycheck.get_command(context, name) for name in qualitycheck.list_commands(context)}
    return {name: command for name, command in found.items() if command is not None}


def page() -> str:
    """The page; sphinx-click takes arguments, options and texts from the code."""
    return """# Command line

```{eval-rst}
.. click:: qualitycheck.cli.group:qualitycheck
   :prog: qualitycheck
   :nested: full
```
"""
