"""Rebuilds the model: ``python -m qualitycheck_document_detectors.training CORPUS LABELLED ROUND_TRIPS [OUTPUT]``.

CORPUS holds text by people, one ``.jsonl.xz`` file a source; LABELLED the collections that ``labelled.py`` reads;
ROUND_TRIPS what ``python -m qualitycheck_document_detectors.training.translate CORPUS ROUND_TRIPS`` wrote. Takes about
three minutes of one core and three gigabytes of memory; the same inputs give the same bytes.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from qualitycheck_document_detectors.model import FOLDER
from qualitycheck_document_detectors.training.pipeline import train


def main(arguments: list[str]) -> int:
    """Train and write the model."""
    if len(arguments) not in (3, 4):
        print(__doc__, file=sys.stderr)  # noqa: T201
        return 2
    paths = [Path(each) for each in arguments]
    started = time.process_time()

    def progress(line: str) -> None:
        print(f"{time.process_time() - started:6.0f} s  {line}", file=sys.stderr, flush=True)  # noqa: T201

    corpus, labelled, round_trips = paths[:3]
    train(corpus, labelled, round_trips, paths[3] if len(paths) == 4 else FOLDER, progress)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (OSError, ValueError) as error:
        sys.exit(f"error: {error}")
