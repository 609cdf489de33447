"""The arithmetic of ``docs/terabytes.md``: what it takes to filter a crawl, and what failures and stragglers add.

``python benchmarks/terabytes.py`` prints the tables of that page. Every assumption is an option; what is measured and
not assumed are the rates of one core, which ``--measure FILE.jsonl...`` measures anew on this machine, on such
documents, and uses.
"""

from __future__ import annotations

import argparse
import gzip
import heapq
import itertools
import lzma
import math
import random
import time
from dataclasses import dataclass

#: Megabytes of text that one core gets through a second of CPU, as ``--measure`` found them; see the page for where.
RATES = {"judge": 3.37, "decompress": 210.94, "parse": 389.93, "write": 81.85}


@dataclass(frozen=True)
class Plan:
    """A crawl and what is to filter it. Sizes in bytes of text, not compressed; times in seconds; money in dollars."""

    terabytes: float = 100.0
    shard: float = 1e9
    compression: float = 3.0
    nodes: int = 100
    cores: int = 64
    core_hour: float = 0.04
    network: float = 1.25e9
    start: float = 20.0
    spread: float = 0.35
    failures: float = 0.01
    repair: float = 300.0
    retries: int = 3

    @property
    def workers(self) -> int:
        """All cores."""
        return self.nodes * self.cores

    @property
    def shards(self) -> int:
        """How many files there are."""
        return math.ceil(self.terabytes * 1e12 / self.shard)


def stages(rates: dict[str, float]) -> dict[str, float]:
    """Seconds of CPU that a gigabyte of text costs, by what it is spent on."""
    return {name: 1000 / rate for name, rate in rates.items()}


def simulate(plan: Plan, seconds: float, seed: int = 8) -> dict[str, float]:
    """Play the run through: shards of ``seconds`` on average, workers that fail and come back, and shards done again.

    Shards differ in cost as a log-normal variable does. Nodes fail as a Poisson process; every worker of a node loses
    the shard that it is at and is back after the repair. A shard that fails ``retries`` times more is given up.
    """
    chance = random.Random(seed)
    free = [(plan.start, worker) for worker in range(plan.workers)]
    heapq.heapify(free)
    rate = plan.failures / 3600
    waiting = [_cost(chance, plan, seconds) for _ in range(plan.shards)]
    failed: list[tuple[float, float, int]] = []
    failing = [chance.expovariate(rate) if rate else math.inf for _ in range(plan.nodes)]
    busy = lost = end = 0.0
    again = given_up = 0
    first_idle = math.inf
    while free:
        now, worker = heapq.heappop(free)
        if failed and failed[0][0] <= now:
            _, cost, tries = heapq.heappop(failed)
        elif waiting:
            cost, tries = waiting.pop(), 0
        else:
            first_idle = min(first_idle, now)
            if failed:
                heapq.heappush(free, (failed[0][0], worker))
            continue
        node = worker // plan.cores
        while failing[node] + plan.repair <= now:
            failing[node] += plan.repair + chance.expovariate(rate)
        done = now + cost
        if now < failing[node] + plan.repair and done > failing[node]:
            lost += max(0.0, failing[node] - now)
            if tries < plan.retries:
                again += 1
                heapq.heappush(failed, (failing[node], cost, tries + 1))
            else:
                given_up += 1
            heapq.heappush(free, (failing[node] + plan.repair, worker))
            continue
        busy += cost
        end = max(end, done)
        heapq.heappush(free, (done, worker))
    return {
        "end": end,
        "busy": busy,
        "lost": lost,
        "again": again,
        "given_up": given_up,
        "idle": end - min(end, first_idle),
    }


def _cost(chance: random.Random, plan: Plan, seconds: float) -> float:
    """What a shard costs: ``seconds`` on average."""
    return seconds * chance.lognormvariate(-(plan.spread**2) / 2, plan.spread)


def report(plan: Plan, rates: dict[str, float]) -> str:
    """The page's tables."""
    parts = stages(rates)
    gigabyte = sum(parts.values())
    hours = gigabyte * plan.terabytes * 1000 / 3600
    shard = gigabyte * plan.shard / 1e9
    moved = plan.shard / plan.compression * (1 + 1)  # read once, written once
    wanted = plan.cores / shard * moved
    played = simulate(plan, shard)
    calm = simulate(Plan(**{**vars(plan), "failures": 0.0}), shard)
    lines = ["| a gigabyte of text | CPU seconds | share |", "|---|---|---|"]
    lines += [f"| {name} | {value:,.1f} | {100 * value / gigabyte:.1f} % |" for name, value in parts.items()]
    lines += [f"| together | {gigabyte:,.1f} | 100 % |", ""]
    lines += ["| the crawl | |", "|---|---|"]
    lines += [
        f"| text, shards | {plan.terabytes:,.0f} TB, {plan.shards:,} of {plan.shard / 1e9:g} GB |",
        f"| workers | {plan.workers:,}: {plan.nodes:,} nodes of {plan.cores} cores |",
        f"| core-hours | {hours:,.0f}, or {hours / plan.terabytes:,.1f} a terabyte |",
        f"| cost at ${plan.core_hour:g} a core-hour | ${hours * plan.core_hour:,.0f}, or "
        f"${hours * plan.core_hour / plan.terabytes:,.2f} a terabyte |",
        f"| a shard on one core | {shard / 60:,.1f} minutes |",
        f"| with every core busy to the end | {hours / plan.workers:,.2f} hours |",
        f"| network of a node, of {plan.network * 8 / 1e9:g} Gbit/s | {wanted / 1e6:,.1f} MB/s, "
        f"{100 * wanted / plan.network:.1f} % |",
        "",
        "| played through | no failures | with failures |",
        "|---|---|---|",
        f"| hours until the last shard is done | {calm['end'] / 3600:,.2f} | {played['end'] / 3600:,.2f} |",
        f"| of these with a core idle | {calm['idle'] / 3600:,.2f} | {played['idle'] / 3600:,.2f} |",
        f"| shards done again | {calm['again']:,} | {played['again']:,} |",
        f"| core-hours lost | {calm['lost'] / 3600:,.0f} | {played['lost'] / 3600:,.0f} |",
        f"| shards given up | {calm['given_up']:,} | {played['given_up']:,} |",
        f"| cost of all cores to the end | ${_bill(plan, calm):,.0f} | ${_bill(plan, played):,.0f} |",
        "",
        "| shards of | hours to the end | core-hours lost | done again |",
        "|---|---|---|---|",
    ]
    for size in (0.3e9, 1e9, 3e9, 10e9):
        other = Plan(**{**vars(plan), "shard": size})
        found = simulate(other, gigabyte * size / 1e9)
        lines.append(
            f"| {size / 1e9:g} GB | {found['end'] / 3600:,.2f} | {found['lost'] / 3600:,.0f} | {found['again']:,} |"
        )
    return "\n".join(lines)


def _bill(plan: Plan, played: dict[str, float]) -> float:
    return played["end"] / 3600 * plan.workers * plan.core_hour


def measure(files: list[str], documents: int = 2000) -> dict[str, float]:
    """The rates of one core of this machine, on the first documents of files of JSON lines, in equal shares."""
    from qualitycheck import Settings
    from qualitycheck.filtering.formats import make_format
    from qualitycheck.filtering.inputs import Input
    from qualitycheck.filtering.judging import Judge
    from qualitycheck.filtering.records import Record
    from qualitycheck.filtering.splits import Split

    judge = Judge(Settings())
    judge.warm_up()
    lines: list[bytes] = []
    for name in files:
        with (lzma.open if name.endswith(".xz") else open)(name, "rb") as stream:
            lines += [line.strip() for line in itertools.islice(stream, documents // len(files))]
    form = make_format("jsonl", Settings().filter, judge.runner.plugins)
    split = Split(Input("-", "jsonl"), "", "", records=[Record(0, 1, len(line), raw=line) for line in lines])
    times, started = {}, time.process_time()
    records = list(form.records(split))
    times["parse"] = time.process_time() - started
    for _ in range(2):  # what is loaded when it is first wanted is not of the rate
        started = time.process_time()
        judged = [each for place in range(0, len(records), 64) for each in judge.judge(records[place : place + 64])]
        times["judge"] = time.process_time() - started
    kept = [each for each in judged if each.folder != "quarantine"]
    started = time.process_time()
    data = gzip.compress(form.encode(kept), 1)
    times["write"], started = time.process_time() - started, time.process_time()
    gzip.decompress(data)
    times["decompress"] = time.process_time() - started
    size = sum(len(record.text.encode()) for record in records) / 1e6
    return {name: size / times[name] for name in RATES}


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, value in vars(Plan()).items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(value), default=value)
    parser.add_argument("--measure", nargs="+", metavar="FILE.jsonl", help="measure the rates of a core, and use them")
    given = vars(parser.parse_args())
    files = given.pop("measure")
    rates = measure(files) if files else RATES
    if rates is not RATES:
        print("RATES =", {name: round(rate, 2) for name, rate in rates.items()}, end="\n\n")
    print(report(Plan(**given), rates))


if __name__ == "__main__":
    main()
