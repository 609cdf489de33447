"""Our variants of Gopher, C4 and FineWeb beside datatrove's: ``python benchmarks/filters.py FILE.jsonl[.xz] [MB]``.

Prints documents and megabytes of UTF-8 for each second of processor time on one core, and the ratio to datatrove's four
filters, each run on every document. datatrove is measured where it is installed (``pip install -e ".[parity]"``), on a
tenth of the text.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from speed import texts

from qualitycheck import Document, Runner, Settings


def rate(work: Callable[[Sequence[str]], object], found: Sequence[str]) -> tuple[float, float]:
    """Documents and megabytes a second."""
    started = time.process_time()
    work(found)
    seconds = time.process_time() - started
    return len(found) / seconds, sum(len(text.encode()) for text in found) / 1e6 / seconds


def ours(*codes: str) -> Callable[[Sequence[str]], object]:
    """Everything from a text to a report, with these rules alone."""
    runner = Runner(Settings(select=codes))
    runner.check("Ready, steady, go.")
    return lambda found: sum(1 for _ in runner.run(Document(text) for text in found))


def datatrove() -> Callable[[Sequence[str]], object] | None:
    """The four filters of datatrove; None where it is not installed."""
    try:
        from datatrove import data
        from datatrove.pipeline import filters
    except ImportError:
        return None
    names = ("GopherQualityFilter", "GopherRepetitionFilter", "C4QualityFilter", "FineWebQualityFilter")
    each = [getattr(filters, name)() for name in names]
    return lambda found: [one.filter(data.Document(text=text, id="")) for text in found for one in each]


def main() -> None:
    """Print the table."""
    path, megabytes = Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 10.0
    found = texts(path, int(megabytes * 1e6))
    size = sum(len(text.encode()) for text in found)
    print(f"{len(found)} documents of {size / len(found):.0f} bytes on average\n")
    print("| what | documents/s | MB/s | of datatrove |\n|---|---|---|---|")
    peer = datatrove()
    base = 0.0
    if peer is not None:
        documents, base = rate(peer, found[::10])
        print(f"| datatrove's four filters | {documents:.0f} | {base:.2f} | 1 |", flush=True)
    for label, codes in (
        ("the same verdicts: DTV", ("DTV",)),
        ("our variants: repetition and statistics", ("REP", "STA")),
        ("repetition alone", ("REP",)),
        ("statistics alone", ("STA",)),
    ):
        documents, speed = rate(ours(*codes), found)
        print(f"| {label} | {documents:.0f} | {speed:.2f} | {f'{speed / base:.0f}' if base else ''} |", flush=True)


if __name__ == "__main__":
    main()
