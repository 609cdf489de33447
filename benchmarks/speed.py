"""Throughput on one core: ``python benchmarks/speed.py FILE.jsonl[.xz] [MEGABYTES]``.

Reads text fields, takes them through all checks and through each check alone, and prints megabytes of UTF-8 a second
and the ratio to a plain regular-expression word split of the same text in the same run.
"""

from __future__ import annotations

import json
import lzma
import re
import sys
import time
from pathlib import Path

from qualitycheck import Document, Runner, Settings
from qualitycheck.tokens import tokenize


def texts(path: Path, size: int) -> list[str]:
    """Texts from the start of the file, ``size`` bytes of them."""
    found: list[str] = []
    with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as file:
        for line in file:
            found.append(json.loads(line)["text"])
            size -= len(found[-1].encode())
            if size <= 0:
                break
    return found


def main() -> None:
    """Print the table."""
    path, megabytes = Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 20.0
    found = texts(path, int(megabytes * 1e6))
    size = sum(len(text.encode()) for text in found) / 1e6
    print(f"{len(found)} documents, {size:.1f} MB\n\n| what | MB/s | of a word split |\n|---|---|---|")
    runner = Runner()
    names = {check.name: tuple(rule.code for rule in check.rules) for check in runner.plugins.checks}
    runners = {"all checks": runner}
    for name, codes in names.items():
        runners[f"{name} alone"] = Runner(Settings(select=codes))
    for each in runners.values():
        each.check(found[0])

    word = re.compile(r"\w+|[^\w\s]")
    started = time.perf_counter()
    for text in found:
        word.findall(text)
    split = size / (time.perf_counter() - started)
    print(f"| regex word split | {split:.1f} | 1 |")
    started = time.perf_counter()
    for text in found:
        tokenize(text)
    print(f"| token pass | {(rate := size / (time.perf_counter() - started)):.1f} | {rate / split:.2f} |")
    for name, each in runners.items():
        started = time.perf_counter()
        for _ in each.run(Document(text) for text in found):
            pass
        rate = size / (time.perf_counter() - started)
        print(f"| {name} | {rate:.1f} | {rate / split:.2f} |", flush=True)


if __name__ == "__main__":
    main()
