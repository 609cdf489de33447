"""Pairs of a user's own list, which no model has seen: what they add in spun text, and how often they are right.

News are spun with the news spinner's table and, at once, with a list that the shipped model has never seen; that list
is what the settings name as ``lexicons``.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

from sources import documents, pairs
from spinner import Spinner
from spun import hits, restores
from tables import Table, share

from qualitycheck import Runner, Settings

_SOURCES = ("news_bbc_2004_2005", "news_fnc1_2014_2015")
_LISTS = ("formal-rewriter", "thesaurus-spinner")
_LEAST_WORDS = 150


def listed_pairs(shared: Path, limit: int) -> Table:
    """Of the places where a list's pairs were put, how many are found, and how many findings of the list are right."""
    table = Table("listed", ("list", "pairs", "rate", "documents", "recall", "right", "original named"))
    news = pairs("news-spinner")
    known = {observed.lower() for _, observed in news}
    clean = [each for name in _SOURCES for each in documents(shared / "corpus", name, limit)]
    for name in _LISTS:
        own = [pair for pair in pairs(name) if pair[1].lower() not in known]
        observed = {pair[1].lower() for pair in own}
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"{name}.tsv"
            path.write_text("".join(f"{original}\t{put}\n" for original, put in own), encoding="utf-8")
            runner = Runner(Settings(select=("SYN",), max_findings=100_000, lexicons=(str(path),)))
        spinner = Spinner([*news, *own])
        for rate in (1.0, 0.5):
            counts = Counter[str]()
            for number, document in enumerate(clean):
                if document.words < _LEAST_WORDS:
                    continue
                text, substitutions = spinner.spin(document.text, rate, number)
                counts["documents"] += 1
                counts["put"] += sum(text[each.start : each.end].lower() in observed for each in substitutions)
                for finding in runner.check(text).findings:
                    if path.name in finding.message:
                        near = [each for each in substitutions if hits(finding, each)]
                        counts["found"] += 1
                        counts["right"] += bool(near)
                        counts["named"] += any(restores(text, finding, each) for each in near)
            table.add(
                name, len(own), f"{rate:.0%}", counts["documents"], share(counts["right"], counts["put"]),
                share(counts["right"], counts["found"]), share(counts["named"], counts["right"]),
            )  # fmt: skip
    return table
