"""Findings of each rule per 1,000 documents, by source: ``python benchmarks/false_alarms.py ../shared``.

Takes up to 2,000 documents, spread over each source of the corpus, through all checks with the default profile (with
``--select`` through these rules alone). Prints how many documents are not accepted, and what each rule finds; with
``--write`` it renews both tables in ``benchmarks/false_alarms.md``. ``--refused FILE`` lists what is not accepted, a
line of JSON for each document: these are what to read.
"""

from __future__ import annotations

import argparse
import json
import lzma
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from accuracy.tables import Table, write_into

from qualitycheck import Document, Runner, Settings
from qualitycheck.report import DocumentReport

PAGE = Path(__file__).with_suffix(".md")


@dataclass
class Source:
    """What came out for one source of the corpus."""

    name: str
    verdicts: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)

    @property
    def title(self) -> str:
        """A short name."""
        return self.name.rstrip("0123456789_")

    def rate(self, count: int) -> str:
        """So many per 1,000 documents."""
        return f"{1000 * count / self.verdicts.total():.1f}" if count else ""


def spread(path: Path, count: int) -> list[tuple[int, bytes]]:
    """At most ``count`` lines of a file with their numbers, at even distances."""
    kept: list[tuple[int, bytes]] = []
    step = 1
    with lzma.open(path, "rb") as lines:
        for number, line in enumerate(lines):
            if number % step == 0:
                kept.append((number, line))
                if len(kept) > 2 * count:
                    kept, step = kept[::2], 2 * step
    number = min(count, len(kept))
    return [kept[place * len(kept) // number] for place in range(number)]


def refused(source: Source, number: int, document: Document, report: DocumentReport) -> dict[str, Any]:
    """What one wants to know of a document that is not accepted."""
    points = {name: round(result.points, 1) for name, result in report.checks.items() if result.points}
    codes = dict(Counter(finding.code for finding in report.findings))
    return {
        "source": source.name,
        "line": number,
        "verdict": report.verdict,
        "score": round(report.score, 1),
        "points": points,
        "codes": codes,
        "words": report.words,
        "text": document.text[:300],
    }


def budget(sources: list[Source]) -> Table:
    """How many documents are not accepted."""
    table = Table("budget", ["source", "documents", "not accept per 1,000", "reject per 1,000"])
    for each in sources:
        verdicts = each.verdicts
        total = verdicts.total()
        left = total - verdicts["accept"]
        table.add(each.title, total, f"{1000 * left / total:.1f}", f"{1000 * verdicts['reject'] / total:.1f}")
    return table


def by_rule(sources: list[Source], runner: Runner) -> Table:
    """What each rule finds; rules that find nothing anywhere are left out."""
    table = Table("rules", ["rule", *(each.title.replace("_", " ") for each in sources)])
    for code in sorted(runner.selected):
        if any(each.findings[code] for each in sources):
            table.add(f"{code} {runner.rules[code].name}", *(each.rate(each.findings[code]) for each in sources))
    return table


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--select", default="", help="only these rules, codes or prefixes joined by commas")
    parser.add_argument("--documents", type=int, default=2000, help="of each source")
    parser.add_argument("--refused", type=Path, help="where to list what is not accepted")
    parser.add_argument("--write", action="store_true", help="renew the tables on the page")
    given = parser.parse_args()
    runner = Runner(Settings(select=tuple(given.select.split(","))) if given.select else Settings())
    sources: list[Source] = []
    listed: list[str] = []
    for path in sorted((given.shared / "corpus").glob("*.jsonl.xz")):
        source = Source(path.name.split(".")[0])
        sources.append(source)
        numbered = spread(path, given.documents)
        documents = (Document(json.loads(line)["text"]) for _, line in numbered)
        for (number, _), (document, report) in zip(numbered, runner.run(documents), strict=True):
            source.findings.update(finding.code for finding in report.findings)
            source.verdicts[report.verdict] += 1
            if report.verdict != "accept":
                listed.append(json.dumps(refused(source, number, document, report), ensure_ascii=False))
        print(f"{source.title}: {source.verdicts}", flush=True)
    tables = [budget(sources), by_rule(sources, runner)]
    print("\n" + "\n".join(table.markdown() for table in tables))
    silent = [code for code in sorted(runner.selected) if not any(each.findings[code] for each in sources)]
    print(f"No finding in any source: {', '.join(silent)}.")
    if given.refused:
        given.refused.write_text("".join(f"{line}\n" for line in listed), encoding="utf-8")
    if given.write:
        write_into(PAGE, tables)


if __name__ == "__main__":
    main()
