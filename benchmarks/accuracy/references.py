"""The reference documents, marked by hand, as the script that comes with the marking counts them."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tables import Table

_FAMILIES = ("SYN", "BRC", "QUO", "BPL")
_SUMMARY = re.compile(r"strict recall (\S+)\s+precision (\S+)\s+original named (\S+)\s*$")


def references(shared: Path) -> Table:
    """One row for each family of rules."""
    table = Table("references", ("rules", "recall", "precision", "original named"))
    files = sorted(map(str, (shared / "seeds").glob("*.txt")))
    command = [sys.executable, "-m", "qualitycheck", "check", "--isolated", "--exit-zero", "--output-format", "json"]
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        subprocess.run([*command, "--output", str(report), *files], check=True)
        truth = str(shared / "seeds/ground_truth.jsonl")
        for family in _FAMILIES:
            score = [sys.executable, str(shared / "tools/score_spans.py"), str(report), truth, "--family", family]
            printed = subprocess.run(score, check=True, capture_output=True, text=True).stdout
            match = _SUMMARY.search(printed)
            table.add(family, *(match.groups() if match else ("–", "–", "–")))
    return table
