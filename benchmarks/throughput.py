"""The filter's throughput, and that of a peer in the same run: ``python benchmarks/throughput.py FILE.jsonl[.xz]...``.

Reads documents from the files (20,000 unless told), writes them to one file of JSON lines, and measures on it: the
filter's judge on one core, for all checks and for the families that hold the rules of Gopher, C4 and FineWeb; the whole
command with one worker and with one a core; and datatrove's four filters, where it is installed, in the same process
and on the same documents. Prints documents and megabytes of UTF-8 a second. A second of CPU is counted as well as one
of the clock, as a machine that does other work makes the clock worthless.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import lzma
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qualitycheck import Filter, Runner, Settings
from qualitycheck.filtering import worker
from qualitycheck.filtering.pool import start_server

#: The families whose rules are ours for what datatrove's four filters look at.
PEER_FAMILIES = ("REP", "STA")

_STANDING_BY = 3.0  # seconds


@dataclass
class Measure:
    """How long something took for so many documents and bytes."""

    name: str
    documents: int
    size: float
    wall: float
    cpu: float

    def row(self, base: Measure | None) -> str:
        """A row of the table; the last column is the ratio of megabytes a CPU second to that of ``base``."""
        ratio = f"{self.size / self.cpu / (base.size / base.cpu):.1f}" if base else ""
        rates = f"{self.documents / self.wall:,.0f} | {self.size / self.wall:.2f} | {self.size / self.cpu:.2f}"
        return f"| {self.name} | {self.documents:,} | {rates} | {ratio} |"


def measure(name: str, texts: list[str], work: Callable[[Iterable[str]], Any]) -> Measure:
    """Time ``work`` in this process."""
    size = sum(len(text.encode()) for text in texts) / 1e6
    wall, cpu = time.perf_counter(), time.process_time()
    work(texts)
    return Measure(name, len(texts), size, time.perf_counter() - wall, time.process_time() - cpu)


def command(path: Path, texts: list[str], workers: int, options: list[str], name: str) -> Measure:
    """Time the whole command, start and all, in processes of its own."""
    size = sum(len(text.encode()) for text in texts) / 1e6
    wall = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        arguments = [sys.executable, "-m", "qualitycheck", "filter", str(path), "--output", f"{folder}/out", "--quiet"]
        subprocess.run([*arguments, "--isolated", "--workers", str(workers), *options], check=False)
        wall = time.perf_counter() - wall
        told = json.loads(Path(folder, "out", "summary.json").read_text())
        if told["documents"] != len(texts):
            raise SystemExit(f"{told['documents']:,} documents came out of {len(texts):,}")
    return Measure(name, len(texts), size, wall, told["run"]["cpu_seconds"])


def read(paths: list[Path], count: int) -> list[str]:
    """Texts, as many from each file as there are."""
    texts: list[str] = []
    share = -(-count // len(paths))
    for path in paths:
        with lzma.open(path, "rb") if path.suffix == ".xz" else path.open("rb") as stream:
            for taken, line in enumerate(stream):
                if taken >= share or len(texts) >= count:
                    break
                texts.append(json.loads(line)["text"])
    return texts


def judge(settings: Settings) -> Callable[[Iterable[str]], None]:
    """All of the filter but files: what every way of running shares."""
    made = Filter(settings)
    made.check("The council met on Tuesday, and the mayor said that the ferry would run again. " * 10)
    made.check("Der Rat tagte am Dienstag, und die Fähre fährt nun wieder.")

    def work(texts: Iterable[str]) -> None:
        for _ in made.run(texts):
            pass

    return work


def datatrove() -> Callable[[Iterable[str]], None] | None:
    """The four filters of datatrove, each on every document; None where it is not installed."""
    if importlib.util.find_spec("datatrove") is None or importlib.util.find_spec("spacy") is None:
        return None
    from datatrove.data import Document
    from datatrove.pipeline.filters import (
        C4QualityFilter,
        FineWebQualityFilter,
        GopherQualityFilter,
        GopherRepetitionFilter,
    )

    filters = [
        GopherRepetitionFilter(),
        GopherQualityFilter(),
        C4QualityFilter(filter_no_terminal_punct=True),
        FineWebQualityFilter(),
    ]

    def work(texts: Iterable[str]) -> None:
        for number, text in enumerate(texts):
            for each in filters:
                each.filter(Document(text=text, id=str(number)))

    work(["Warm up. " * 30])
    return work


def peers(texts: list[str], few: list[str]) -> list[str]:
    """The table of what is measured in one process."""
    lines = [
        "| one core, in process | documents | documents/s | MB/s | MB a CPU second | ratio |",
        "|---|---|---|---|---|---|",
    ]
    peer = datatrove()
    base = measure("datatrove 0.10: Gopher quality, repetition, C4, FineWeb", few, peer) if peer else None
    if base:
        lines.append(base.row(base))
    families = {code[:3] for code in Runner().rules}
    ours = [family for family in PEER_FAMILIES if family in families]
    if ours:
        lines.append(
            measure(f"qualitycheck, {' and '.join(ours)}", texts, judge(Settings(select=tuple(ours)))).row(base)
        )
    lines.append(
        measure(f"qualitycheck, all checks ({', '.join(sorted(families))})", texts, judge(Settings())).row(base)
    )
    word = re.compile(r"\w+|[^\w\s]")
    lines.append(
        measure("a regular expression's word split", texts, lambda given: [word.findall(t) for t in given]).row(base)
    )
    return lines


def commands(path: Path, texts: list[str], options: list[str]) -> list[str]:
    """The table of the command with one worker and with one a core."""
    lines = [
        "| qualitycheck filter | documents | documents/s | MB/s | MB a CPU second | ratio |",
        "|---|---|---|---|---|---|",
    ]
    cores = len(os.sched_getaffinity(0))
    one = command(path, texts, 1, options, "1 worker")
    lines.append(one.row(one))
    many = command(path, texts, cores, options, f"{cores} workers")
    lines.append(many.row(one))
    lines.append(f"\n{cores} workers finish {one.wall / many.wall:.2f} times as fast as one by the clock")
    return lines


def start() -> str:
    """How long a worker takes until it asks for work, once the process that it is forked from stands by."""
    context = start_server()
    time.sleep(_STANDING_BY)
    taken = []
    for _ in range(5):
        ours, theirs = context.Pipe()
        board = context.Array("c", 100, lock=False)
        began = time.perf_counter()
        process = context.Process(target=worker.main, args=(theirs, Settings(), False, board))
        process.start()
        theirs.close()
        ours.recv()
        taken.append(time.perf_counter() - began)
        process.terminate()
        process.join()
    return f"a worker is ready after {sorted(taken)[len(taken) // 2]:.2f} s"


def growth(texts: list[str], options: list[str], folder: Path) -> list[str]:
    """How the cost grows with the input: the same documents once, four times and sixteen times."""
    lines = ["| input | documents | s | CPU s | CPU s a time |", "|---|---|---|---|---|"]
    for times in (1, 4, 16):
        path = write(folder / f"times-{times}.jsonl", texts * times)
        each = command(path, texts * times, 1, options, f"{times} ×")
        lines.append(f"| {times} × | {each.documents:,} | {each.wall:.1f} | {each.cpu:.1f} | {each.cpu / times:.2f} |")
        path.unlink()
    return lines


def write(path: Path, texts: list[str]) -> Path:
    """A file of JSON lines."""
    with path.open("w", encoding="utf-8") as stream:
        for number, text in enumerate(texts):
            stream.write(json.dumps({"id": number, "text": text}, ensure_ascii=False) + "\n")
    return path


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--peer-documents", type=int, default=400, help="how many of them the peer gets")
    parser.add_argument("--growth", type=int, default=400, help="how many of them are taken once, 4 and 16 times")
    parser.add_argument("--select", default="", help="only these rules in the measures of the command")
    parser.add_argument("--only", choices=["peers", "commands", "start", "growth"], help="only this table")
    given = parser.parse_args()
    texts = read(given.files, given.documents)
    print(f"{len(texts):,} documents, {sum(len(text.encode()) for text in texts) / 1e6:.1f} MB\n")
    options = ["--select", given.select] if given.select else []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if given.only in (None, "peers"):
            step = max(1, len(texts) // given.peer_documents)
            print("\n".join(peers(texts, texts[::step][: given.peer_documents])), flush=True)
        if given.only in (None, "commands"):
            print("\n" + "\n".join(commands(write(folder / "corpus.jsonl", texts), texts, options)), flush=True)
        if given.only in (None, "start"):
            print(f"\n{start()}", flush=True)
        if given.only in (None, "growth"):
            print("\n" + "\n".join(growth(texts[: given.growth], options, folder)))


if __name__ == "__main__":
    main()
