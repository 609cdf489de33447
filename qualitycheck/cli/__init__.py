"""The command line: one file a subcommand, imported only when it is called."""

from __future__ import annotations

from typing import NoReturn

from qualitycheck.threads import one_thread


def main() -> NoReturn:
    """Run the command that ``sys.argv`` names, and exit with its status."""
    one_thread()
    from qualitycheck.cli.group import qualitycheck

    qualitycheck.main(prog_name="qualitycheck")
