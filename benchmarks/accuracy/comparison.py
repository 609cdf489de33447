"""Measures ``compare``: ``python benchmarks/accuracy/comparison.py ../shared``.

Held-out news are spun, so that every substitution is known: how many are listed, and how many of the listed are right.
Then the verdict, on texts of which it is known how they were rewritten; and the time for a megabyte.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import time
from collections import Counter, defaultdict
from itertools import islice, pairwise
from pathlib import Path

from spinner import Spinner, Substitution

from qualitycheck import compare
from qualitycheck.comparison import Kind

LEXICONS = Path("plugins/qualitycheck_odd_synonyms/lexicon")
NEWS = "news_bbc_2004_2005"
_MEGABYTE = 1_000_000


def spinner(name: str) -> Spinner:
    """A spinner with one of our own tables."""
    rows = [line.split("\t")[:2] for line in (LEXICONS / f"{name}.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    return Spinner([(original, observed) for original, observed in rows])


def news(shared: Path, count: int) -> list[str]:
    """News items that nothing was fitted to."""
    with lzma.open(shared / "corpus" / f"{NEWS}.jsonl.xz", "rt", encoding="utf-8") as file:
        return [json.loads(line)["text"] for line in islice(file, 200, 200 + count)]


def known(text: str, substitution: Substitution) -> tuple[int, int, str] | None:
    """What was replaced, without the words that both sides share at either end; None where only words were put in."""
    original, observed = substitution.original.split(), text[substitution.start : substitution.end].split()
    start, end = substitution.start, substitution.end
    while original and observed and original[0].lower() == observed[0].lower():
        start += len(observed[0]) + 1
        original, observed = original[1:], observed[1:]
    while original and observed and original[-1].lower() == observed[-1].lower():
        end -= len(observed[-1]) + 1
        original, observed = original[:-1], observed[:-1]
    return (start, end, " ".join(original).lower()) if original and observed else None


def substitutions(texts: list[str]) -> None:
    """What is listed of spun news, by rate."""
    print("| rate | replaced | listed exactly | at least touched | listed | right | touch none |")
    print("|---|---|---|---|---|---|---|")
    machine = spinner("news-spinner")
    for rate in (0.2, 0.4, 0.7, 1.0):
        counts = Counter[str]()
        for number, text in enumerate(texts):
            spun, made = machine.spin(text, rate, number)
            truth = {each for each in (known(spun, one) for one in made) if each is not None}
            found = [
                (*change.rewritten_span, change.original.lower())
                for change in compare(text, spun).changes
                if change.kind is Kind.SUBSTITUTION
            ]
            places = [(one.start, one.end) for one in made]
            counts["truth"] += len(truth)
            counts["exact"] += len(truth.intersection(found))
            counts["touched"] += sum(any(start < f[1] and f[0] < end for f in found) for start, end, _ in truth)
            counts["found"] += len(found)
            counts["wrong"] += sum(not any(start < f[1] and f[0] < end for start, end in places) for f in found)
        truth, found = counts["truth"], counts["found"]
        print(
            f"| {rate:.0%} | {truth:,} | {counts['exact'] / truth:.1%} | {counts['touched'] / truth:.1%} | {found:,} "
            f"| {counts['exact'] / found:.1%} | {counts['wrong'] / found:.2%} |",
            flush=True,
        )


def pairs(shared: Path, texts: list[str], count: int) -> dict[str, list[tuple[str, str]]]:
    """Pairs of texts, by how the second was made of the first."""
    made: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name in ("news-spinner", "thesaurus-spinner", "science-paraphraser", "formal-rewriter"):
        machine = spinner(name)
        for rate in (0.5, 1.0):
            spun = [machine.spin(text, rate, number)[0] for number, text in enumerate(texts[:count])]
            made[f"{name}, {rate:.0%}"] = list(zip(texts[:count], spun, strict=True))
    made["another text"] = list(pairwise(texts[: count + 1]))
    names = {
        "asap_essays_bt": lambda record: f"essays through {record['source'].split()[-1]}",
        "apt_eval": lambda record: f"polished by a model, {record['id'].split('-')[2].rsplit('_', 1)[0]}",
        "raidar_news_sentences": lambda record: "single sentences rewritten by a model",
        "detectrl": lambda record: "rewritten or continued by a model",
    }
    for name, kind in names.items():
        with (shared / "eval" / f"{name}.jsonl").open(encoding="utf-8") as file:
            records = [json.loads(line) for line in file]
        human = {each["pair_id"]: each["text"] for each in records if each["label"] == "human" and "pair_id" in each}
        for each in records:
            if each["label"] != "human" and each.get("pair_id") in human:
                made[kind(each)].append((human[each["pair_id"]], each["text"]))
    return made


def verdicts(made: dict[str, list[tuple[str, str]]], count: int) -> None:
    """What each kind of rewrite is held to be."""
    kinds = ("copy", "edit", "spin", "paraphrase", "unrelated")
    print(f"\n| made by | pairs | {' | '.join(kinds)} |\n|---|---|---|---|---|---|---|")
    for name, each in made.items():
        chosen = random.Random(1).sample(each, min(count, len(each)))
        found = Counter(compare(*pair).verdict.value for pair in chosen)
        print(f"| {name} | {len(chosen)} | {' | '.join(str(found[kind]) for kind in kinds)} |", flush=True)


def speed(texts: list[str]) -> None:
    """The time for a megabyte."""
    original = "\n\n".join(texts)[:_MEGABYTE]
    machine = spinner("news-spinner")
    print("\n| a megabyte and | seconds |\n|---|---|")
    for rate in (0.0, 0.4, 1.0):
        spun = machine.spin(original, rate, 1)[0]
        started = time.perf_counter()
        compare(original, spun)
        print(f"| its spin at {rate:.0%} | {time.perf_counter() - started:.1f} |", flush=True)


def main() -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--documents", type=int, default=60)
    options = parser.parse_args()
    texts = news(options.shared, max(options.documents + 1, 500))
    substitutions(texts[: options.documents])
    verdicts(pairs(options.shared, texts, options.documents), options.documents)
    speed(texts)


if __name__ == "__main__":
    main()
