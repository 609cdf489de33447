"""False alarms: what the checks say of text that is as its writers left it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from sources import HELD_OUT, documents, records
from tables import Table, interval

from qualitycheck import Document, Runner


def false_alarms(shared: Path, limit: int) -> Table:
    """One row for each held-out source and each collection of human text among the labelled sets."""
    table = Table(
        "false-alarms",
        ("source", "documents", "SYN010", "95 % at most", "SYN findings per 1,000 words", "not accept", "reject"),
    )
    runner = Runner()
    for name in HELD_OUT:
        _add(table, name, runner, list(documents(shared / "corpus", name, limit)))
    for path in sorted((shared / "eval").glob("*.jsonl")):
        human = [Document(row["text"], id=row["id"]) for row in records(path) if row["label"] == "human"]
        if human:
            _add(table, f"{path.stem} (human)", runner, human[:limit])
    return table


def _add(table: Table, name: str, runner: Runner, texts: list[Document]) -> None:
    counts = Counter[str]()
    for document, report in runner.run(texts):
        counts["words"] += document.words
        counts["spun"] += any(finding.code == "SYN010" for finding in report.findings)
        counts["findings"] += sum(finding.code.startswith("SYN") for finding in report.findings)
        counts[report.verdict] += 1
    bound = interval(counts["spun"], len(texts))[1]
    rate = 1000 * counts["findings"] / max(counts["words"], 1)
    refused = counts["review"] + counts["reject"]
    table.add(name, len(texts), counts["spun"], f"{bound:.2%}", f"{rate:.3f}", refused, counts["reject"])
