"""How much memory the filter takes: ``python benchmarks/filter_memory.py [line|shard|bomb|long]...``.

Makes inputs that would fill the memory of a careless program (one line of a gigabyte, a shard of two million documents,
a compressed file that expands a thousandfold, documents as long as the limit allows), runs the command on each with two
workers, and prints the memory of all its processes over time: the sum of their proportional set sizes, which counts
what they share once.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

_POINTS = 10
_WORKERS = 2
_GOOD = json.dumps({"id": "good", "text": "The council met on Tuesday to talk about the ferry. " * 5}).encode() + b"\n"


def line(path: Path) -> list[str]:
    """A gigabyte without a line end, between good lines."""
    with path.open("wb") as stream:
        stream.write(_GOOD * 100 + b'{"text": "')
        for _ in range(1000):
            stream.write(b"x" * 1_000_000)
        stream.write(b'"}\n' + _GOOD * 100)
    return []


def shard(path: Path) -> list[str]:
    """Two million documents of a few words, or as many as the variable DOCUMENTS says."""
    with path.open("wb") as stream:
        for number in range(int(os.environ.get("DOCUMENTS", "2000000")) // 1000):
            stream.write(b'{"id": "%d", "text": "It rained on the day of the fair."}\n' % number * 1000)
    return ["--select", "BRC"]


def bomb(path: Path) -> list[str]:
    """A compressed file of two gigabytes of spaces behind a good line."""
    with gzip.open(path.with_suffix(".jsonl.gz"), "wb", compresslevel=9) as stream:
        stream.write(_GOOD)
        for _ in range(2000):
            stream.write(b" " * 1_000_000)
    return ["--max-ratio", "100000"]


def long(path: Path) -> list[str]:
    """Documents as long as the limits allow."""
    sentence = "The council met on Tuesday, and Mayor Verholt said that the ferry would run again in May. "
    text = (sentence * (2_000_000 // len(sentence) + 1))[:2_000_000]
    path.write_text((json.dumps({"text": text}) + "\n") * 6)
    return []


def tree(root: int) -> list[int]:
    """A process and all below it."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents.setdefault(int((entry / "stat").read_text().rpartition(")")[2].split()[1]), []).append(
                    int(entry.name)
                )
            except OSError:
                continue
    found = [root]
    for process in found:
        found += parents.get(process, [])
    return found


def memory(root: int) -> float:
    """Megabytes of a process and all below it."""
    total = 0
    for process in tree(root):
        try:
            rows = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += next((int(row.split()[1]) for row in rows if row.startswith("Pss:")), 0)
    return total / 1000


def main() -> None:
    """Print a row for each input."""
    print("| input | documents | s | peak MB | MB over time |\n|---|---|---|---|---|")
    for name in sys.argv[1:] or ["line", "shard", "bomb", "long"]:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "in.jsonl"
            options = globals()[name](path)
            given = str(path if path.exists() else path.with_suffix(".jsonl.gz"))
            arguments = [sys.executable, "-m", "qualitycheck", "filter", given, "--output", f"{folder}/out", "--quiet"]
            started = time.monotonic()
            process = subprocess.Popen([*arguments, "--isolated", "--workers", str(_WORKERS), *options])
            samples: list[float] = []
            ended = threading.Event()
            watcher = threading.Thread(target=_watch, args=(process.pid, samples, ended))
            watcher.start()
            process.wait()
            seconds = time.monotonic() - started
            ended.set()
            watcher.join()
            told = json.loads(Path(folder, "out", "summary.json").read_text())
        step = max(1, len(samples) // _POINTS)
        curve = " ".join(f"{each:.0f}" for each in samples[::step])
        counts = ", ".join(f"{number:,} {what}" for what, number in told["folders"].items())
        print(
            f"| {name}: {counts} | {told['documents']:,} | {seconds:.0f} | {max(samples):.0f} | {curve} |", flush=True
        )


def _watch(process: int, samples: list[float], ended: threading.Event) -> None:
    while not ended.wait(0.1):
        samples.append(memory(process))


if __name__ == "__main__":
    main()
