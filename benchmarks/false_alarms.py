"""Findings of each rule per 1,000 documents, by source: ``python benchmarks/false_alarms.py ../shared RULES [STEP]``.

``RULES`` are codes or prefixes, joined by commas; every STEP-th document of each source of the corpus is read. Prints
one table in Markdown, and how many documents were not accepted with these rules alone.
"""

from __future__ import annotations

import json
import lzma
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from qualitycheck import Document, Runner, Settings


def documents(path: Path, step: int) -> Iterator[Document]:
    """Every ``step``-th document of a source."""
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for line in islice(file, 0, None, step):
            yield Document(json.loads(line)["text"])


def main() -> None:
    """Print the table."""
    shared, rules = Path(sys.argv[1]), tuple(sys.argv[2].split(","))
    step = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    runner = Runner(Settings(select=rules))
    codes = sorted(runner.selected)
    print(f"| source | documents | {' | '.join(codes)} | not accept | reject |\n|---|---|{'---|' * (len(codes) + 2)}")
    for path in sorted((shared / "corpus").glob("*.jsonl.xz")):
        found: Counter[str] = Counter()
        verdicts: Counter[str] = Counter()
        for _, report in runner.run(documents(path, step)):
            found.update(finding.code for finding in report.findings)
            verdicts[report.verdict] += 1
        read = verdicts.total()
        rates = " | ".join(f"{1000 * found[code] / read:.1f}" for code in codes)
        refused = f"{read - verdicts['accept']} | {verdicts['reject']}"
        print(f"| {path.name.split('.')[0]} | {read} | {rates} | {refused} |", flush=True)


if __name__ == "__main__":
    main()
