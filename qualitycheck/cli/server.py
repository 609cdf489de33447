"""``qualitycheck server``: the language server for editors, over standard input and output."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from qualitycheck.cli.options import reading_options, settings_from, settings_options
from qualitycheck.settings import Settings


@click.command()
@click.option("--stdio", is_flag=True, expose_value=False, hidden=True, help="What some editors say; there is no else.")
@reading_options
@settings_options
def server(**options: Any) -> int:
    """Check texts in an editor, as a language server that speaks over standard input and output.

    Settings are searched from the folder that is open in the editor; they can load plugins, so open folders that you
    trust, or say --isolated.
    """
    try:
        from qualitycheck.server.session import Session
    except ImportError as error:
        if (error.name or "").split(".")[0] not in ("pygls", "lsprotocol"):
            raise
        raise click.UsageError('the server needs pygls; install it with pip install "qualitycheck[server]"') from None

    def settings_for(folder: Path | None) -> Settings:
        return settings_from(**options, folder=folder)

    settings_for(None)  # what is wrong on the command line is said at once
    session = Session(settings_for)
    # Only the protocol may go to standard output, whatever a plugin prints.
    output, sys.stdout = sys.stdout, sys.stderr
    session.start_io(stdout=output.buffer)
    return 0
