"""``python -m qualitycheck`` is ``qualitycheck``."""

from qualitycheck.cli import main

main()
