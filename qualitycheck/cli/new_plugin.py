"""``qualitycheck new-plugin``: a plugin to begin with."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("new-plugin")
@click.argument("name")
@click.option("--code", metavar="CODE", help="The code of its first rule; from the name unless told.")
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    metavar="DIR",
    help="Where to put it; the working directory unless told.",
)
def new_plugin(name: str, code: str | None, folder: Path) -> int:
    """Write a plugin called NAME: a check, its documentation, cases and tests, ready to be installed.

    It goes into a new folder, qualitycheck-NAME.
    """
    from qualitycheck.errors import SettingsError
    from qualitycheck.plugins import load_plugins
    from qualitycheck.scaffold import Plan, code_for
    from qualitycheck.settings import Settings

    chosen = code or code_for(name)
    try:
        plan = Plan(name, chosen)
    except ValueError as error:
        raise SettingsError(str(error)) from None
    for plugin in load_plugins(Settings()).loaded:
        if plugin.name == name:
            raise SettingsError(f"there is a plugin “{name}” already, from {plugin.origin}; choose another name")
        for rule in (rule for check in plugin.checks for rule in check.rules):
            if rule.family == chosen[:3]:
                raise SettingsError(
                    f"{rule.code} is a rule of plugin “{plugin.name}”; choose other letters with --code"
                )
    try:
        written = plan.write(folder)
    except FileExistsError:
        raise SettingsError(f"{folder / plan.distribution}: there is one already; choose another name") from None
    for path in written:
        click.echo(path)
    click.echo(f'Next: cd {folder / plan.distribution} && pip install -e ".[test]" && pytest')
    return 0
