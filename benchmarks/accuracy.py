"""Measures the checks on text that was not used for training: ``python benchmarks/accuracy.py ../shared``.

Prints, in Markdown, false alarms by source, what is found of text spun with the whole lexicon, and the score against
the hand-marked reference documents. ``--documents N`` bounds the documents of each source (default 2,000).
"""

from __future__ import annotations

import argparse
import json
import lzma
import math
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from spinner import Spinner, Substitution

from qualitycheck import Document, DocumentReport, Runner, Settings

HELD_OUT = {
    "news_bbc_2004_2005": 0.0,
    "news_fnc1_2014_2015": 0.0,
    "news_reuters21578_1987": 0.0,
    "mixed_gum": 0.0,
    "legal_au_fca_2006_2009": 0.5,
    "gov_fed_speeches_1996_2022": 0.5,
    "science_cdc_mmwr_pcd_1985_2024": 0.5,
}
LEXICON = Path("plugins/qualitycheck_odd_synonyms/lexicon/news-spinner.tsv")


def documents(path: Path, skip: float, limit: int) -> Iterator[Document]:
    """Documents of a source, from the part that was not trained on."""
    with lzma.open(path, "rt", encoding="utf-8") as file:
        total = sum(1 for _ in file)
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for line in islice(file, int(total * skip), int(total * skip) + limit):
            record = json.loads(line)
            yield Document(record["text"], id=record["id"], path=path.name)


def upper_bound(alarms: int, count: int) -> float:
    """The upper end of the 95 % interval of a rate (Wilson's score interval)."""
    z, share = 1.96, alarms / count
    centre = share + z * z / (2 * count)
    spread = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return (centre + spread) / (1 + z * z / count)


def false_alarms(runner: Runner, corpus: Path, limit: int) -> None:
    """One line for each held-out source."""
    print(
        "| source | documents | SYN010 | 95 % at most | SYN findings | not accept | reject |\n"
        "|---|---|---|---|---|---|---|"
    )
    for name, skip in HELD_OUT.items():
        counts = Counter[str]()
        for _, report in runner.run(documents(corpus / f"{name}.jsonl.xz", skip, limit)):
            counts["documents"] += 1
            counts["spun"] += any(finding.code == "SYN010" for finding in report.findings)
            counts["findings"] += sum(finding.code.startswith("SYN") for finding in report.findings)
            counts["not accept"] += report.verdict != "accept"
            counts["reject"] += report.verdict == "reject"
        bound = upper_bound(counts["spun"], counts["documents"])
        print(
            f"| {name} | {counts['documents']} | {counts['spun']} | {bound:.2%} | {counts['findings']} "
            f"| {counts['not accept']} | {counts['reject']} |",
            flush=True,
        )


def overlaps(start: int, end: int, substitution: Substitution) -> bool:
    """Whether a finding hits a substitution: they overlap, and it is at most twice as long and five more."""
    touching = start < substitution.end and substitution.start < end
    return touching and end - start <= 2 * (substitution.end - substitution.start) + 5


def restores(text: str, start: int, end: int, suggestion: str, substitution: Substitution) -> bool:
    """Whether the suggestion, put in place of the finding, gives what stood there before."""
    before, after = text[substitution.start : max(start, substitution.start)], text[end : max(end, substitution.end)]
    restored = f"{before}{suggestion}{after}"
    return restored.lower().replace("’", "'") == substitution.original.lower().replace("’", "'")


def matched(text: str, report: DocumentReport, substitutions: list[Substitution]) -> tuple[int, int, int]:
    """Findings, findings that hit a substitution, and those of which one of three suggestions restores the original."""
    findings = hits = named = 0
    for finding in report.findings:
        if finding.start is None or finding.end is None:
            continue
        findings += 1
        near = [each for each in substitutions if overlaps(finding.start, finding.end, each)]
        hits += bool(near)
        named += any(
            restores(text, finding.start, finding.end, suggestion.text, each)
            for each in near
            for suggestion in finding.suggestions[:3]
        )
    return findings, hits, named


def spun(corpus: Path, limit: int) -> None:
    """What is found of held-out news spun with the lexicon, by rate; simulates, since the channel is our own."""
    runner = Runner(Settings(select=("SYN",), max_findings=100_000))
    rows = [line.split("\t")[:2] for line in LEXICON.read_text(encoding="utf-8").splitlines()[1:]]
    spinner = Spinner([(original, observed) for original, observed in rows])
    print(
        "\n| rate | length | documents | found | recall | precision | original named |\n|---|---|---|---|---|---|---|"
    )
    sources = ("news_bbc_2004_2005", "news_fnc1_2014_2015")
    originals = [d for name in sources for d in documents(corpus / f"{name}.jsonl.xz", 0.0, limit)]
    for rate, least in ((1.0, 150), (0.5, 150), (0.1, 500)):
        found = total = findings = hits = named = replaced = 0
        for number, document in enumerate(originals):
            if document.words < least:
                continue
            text, substitutions = spinner.spin(document.text, rate, number)
            report = runner.check(text)
            total += 1
            found += any(finding.code == "SYN010" for finding in report.findings)
            each = matched(text, report, substitutions)
            findings, hits, named = findings + each[0], hits + each[1], named + each[2]
            replaced += len(substitutions)
        print(
            f"| {rate:.0%} | {least}+ | {total} | {found / total:.1%} | {hits / replaced:.3f} "
            f"| {hits / max(findings, 1):.3f} | {named / max(hits, 1):.3f} |",
            flush=True,
        )


def references(shared: Path) -> None:
    """The score against the hand-marked reference documents."""
    files = sorted(map(str, (shared / "seeds").glob("*.txt")))
    command = [sys.executable, "-m", "qualitycheck", "check", "--isolated", "--exit-zero", "--output-format", "json"]
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        subprocess.run([*command, "--output", str(report), *files], check=True)
        score = [sys.executable, str(shared / "tools/score_spans.py"), str(report)]
        for family in ("SYN", "BRC", "QUO"):
            print(f"\n{family}:", flush=True)
            subprocess.run([*score, str(shared / "seeds/ground_truth.jsonl"), "--family", family], check=True)


def main() -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--documents", type=int, default=2000)
    options = parser.parse_args()
    corpus = options.shared / "corpus"
    false_alarms(Runner(), corpus, options.documents)
    spun(corpus, min(options.documents, 500))
    references(options.shared)


if __name__ == "__main__":
    main()
