"""Measures the rules DUP: ``python benchmarks/duplicates.py ../shared``.

Takes documents of all sources of the corpus in random order (50,000 unless told), rewrites some of them with spinners
that share no code with training, and puts the rewrites at the end. Prints how many are linked to their originals, by
machine and by length, and how many other links there are; what the links cost in seconds of CPU and in memory, for a
quarter of the documents and for all; and, with ``--show``, every link that was not put there, to be read.

The first 50,000 documents of the order are those that DUP010 was fitted on; they are passed over.
"""

from __future__ import annotations

import argparse
import json
import lzma
import multiprocessing
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "accuracy"))

from sources import pairs
from spinner import Spinner
from tables import share
from wordnet import FOLDER, Thesaurus

from qualitycheck import Document, Finding, Seen, Signal
from qualitycheck_duplicates.check import Duplicates

_SEED, _FITTED = 7, 50_000
_SHOWN = 1500  # code points of each text of a link that is to be read
_LENGTHS = (30, 60, 100, 200, 500)
_MACHINES = (("news-spinner", 1.0), ("news-spinner", 0.5), ("news-spinner", 0.25), ("thesaurus-spinner", 1.0),
             ("formal-rewriter", 1.0), ("science-paraphraser", 1.0))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Text:
    """A document and the source it is from."""

    source: str
    name: str
    text: str


@dataclass(slots=True)
class Links:
    """What the rules said: the number of the other document by the number of the later one, by rule."""

    copies: dict[int, str]
    near: dict[int, str]
    rewrites: dict[int, str]


def corpus(shared: Path, passed: int, count: int) -> list[Text]:
    """So many documents of the corpus after the first ``passed``, in an order that is the same every time."""
    paths = sorted((shared / "corpus").glob("*.jsonl.xz"))
    places = [(path, number) for path in paths for number, _ in enumerate(_lines(path))]
    random.Random(_SEED).shuffle(places)
    chosen = places[passed : passed + count]
    wanted = set(chosen)
    texts = {}
    for path in paths:
        for number, line in enumerate(_lines(path)):
            if (path, number) in wanted:
                row = json.loads(line)
                texts[path, number] = Text(path.name.removesuffix(".jsonl.xz"), row["id"], row["text"])
    return [texts[place] for place in chosen]


def _lines(path: Path) -> Iterator[bytes]:
    with lzma.open(path) as file:
        yield from file


def sketched(text: str) -> tuple[int, bytes]:
    """The words of a text and its sketch; empty where it is too short for the check."""
    document = Document(text)
    check = Duplicates()
    return document.words, check.sketch(document) if document.words >= check.min_words else b""


def links(names: Sequence[str], sketches: Sequence[tuple[int, bytes]]) -> Links:
    """What the rules say of documents."""
    numbers = [number for number, (_, sketch) in enumerate(sketches) if sketch]
    seen = [Seen(names[number], sketches[number][1], sketches[number][0], frozenset()) for number in numbers]
    found = Links({}, {}, {})
    others: dict[int, str] = {}
    for place, item in Duplicates().resolve(seen):
        if isinstance(item, Signal) and item.name in ("copy_of", "rewritten_from"):
            others[numbers[place]] = str(item.value)
        if isinstance(item, Finding):
            rule = {"DUP001": found.copies, "DUP002": found.near, "DUP010": found.rewrites}[item.code]
            rule[numbers[place]] = others[numbers[place]]
    return found


def machines() -> list[tuple[str, Callable[[str, int], str]]]:
    """Each machine by name: a function of a text and a seed."""
    made: list[tuple[str, Callable[[str, int], str]]] = []
    for family, rate in _MACHINES:
        spinner = Spinner(pairs(family))
        made.append((f"{family}, {rate:.0%}", lambda text, seed, s=spinner, r=rate: s.spin(text, r, seed)[0]))  # type: ignore[misc]
    if FOLDER.is_dir():
        thesaurus = Thesaurus()
        made.append(("WordNet, 50 % of content words", lambda text, seed: thesaurus.rewrite(text, 0.5, seed)[0]))
    return made


def rewritten(texts: list[Text], sketches: list[tuple[int, bytes]], count: int, show: bool) -> None:
    """How many rewrites are linked to their originals, and which other links there are."""
    names = [str(number) for number in range(len(texts))]
    base = links(names, sketches)
    same = base.copies | base.near
    print(f"\nWithout rewrites: {len(base.copies)} exact duplicates, {len(base.near)} near ones, and of the rest")
    print(
        f"{len(base.rewrites)} links of DUP010: {10_000 * len(base.rewrites) / len(texts):.2f} in 10,000 documents.\n"
    )
    if show:
        for number, other in base.rewrites.items():
            for each in (texts[int(other)], texts[number]):
                print(f"    {each.source} {each.name}: {each.text[:_SHOWN]!r}")
            print()
    print(
        f"| machine | rewrites | linked to the original | to another | {' | '.join(f'{n}+ words' for n in _LENGTHS)} |"
    )
    print("|---|---|---|---|" + "---|" * len(_LENGTHS))
    fitting = [number for number, (words, _) in enumerate(sketches) if words >= _LENGTHS[0]]
    chosen = random.Random(1).sample([number for number in fitting if number not in same], count)
    for machine, make in machines():
        made = [sketched(make(texts[number].text, number)) for number in chosen]
        found = links(names + [f"rewritten {number}" for number in chosen], sketches + made)
        hits, totals, wrong = Counter[int](), Counter[int](), 0
        for place, number in enumerate(chosen, len(texts)):
            other = found.rewrites.get(place) or found.near.get(place)
            wrong += other not in (None, str(number))
            step = max(length for length in _LENGTHS if length <= sketches[number][0])
            totals[step] += 1
            hits[step] += other == str(number)
        cells = [share(hits[length], totals[length]) for length in _LENGTHS]
        print(f"| {machine} | {count} | {share(hits.total(), count)} | {wrong} | {' | '.join(cells)} |", flush=True)


def scaling(texts: list[Text]) -> list[tuple[int, bytes]]:
    """The time and memory for a quarter of the documents and for all; the sketches of all."""
    print("| documents | MB | sketches: s of CPU | sketches: MB | resolving: s of CPU | peak MB |")
    print("|---|---|---|---|---|---|", flush=True)
    made: list[tuple[int, bytes]] = []
    for size in (len(texts) // 4, len(texts)):
        before = _children()
        with multiprocessing.Pool(2) as pool:
            made += pool.map(sketched, (each.text for each in texts[len(made) : size]), chunksize=64)
            pool.close()
            pool.join()
        seconds = (_children() - before) * size / (size - (0 if size < len(texts) else size // 4))
        started = time.process_time()
        links([""] * size, made)
        ended = time.process_time()
        megabytes = sum(len(each.text.encode()) for each in texts[:size]) / 1e6
        held = sum(len(sketch) for _, sketch in made) / 1e6
        print(
            f"| {size:,} | {megabytes:.0f} | {seconds:.0f} | {held:.0f} | {ended - started:.1f} | {_peak():,.0f} |",
            flush=True,
        )
    return made


def _peak() -> float:
    """The most memory that this process ever had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def _children() -> float:
    """The seconds of CPU that processes took which this one has waited for."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(prog="duplicates", description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--documents", type=int, default=50_000)
    parser.add_argument("--rewritten", type=int, default=1000)
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    texts = corpus(options.shared, _FITTED, options.documents)
    held = sum(len(each.text) for each in texts) / 1e6
    print(f"{len(texts):,} documents of {held:.0f} M characters; {_peak():,.0f} MB by now\n", flush=True)
    rewritten(texts, scaling(texts), options.rewritten, options.show)


if __name__ == "__main__":
    main()
