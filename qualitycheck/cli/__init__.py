"""The command line: one file a subcommand, imported only when it is called."""

from __future__ import annotations

from typing import NoReturn


def main() -> NoReturn:
    """Run the command that ``sys.argv`` names, and exit with its status."""
    from qualitycheck.cli.group import qualitycheck

    qualitycheck.main(prog_name="qualitycheck")
