"""Other machines than the news spinner: how many of their documents are found, beside the human text they were fed."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from sources import documents, pairs, records
from spinner import Spinner
from tables import Table, share
from wordnet import FOLDER, Thesaurus

from qualitycheck import Document, Runner, Settings
from qualitycheck_odd_synonyms.check import OddSynonyms
from qualitycheck_odd_synonyms.diagnosis import diagnose

_WORDS = 200
_SOURCES = ("news_bbc_2004_2005", "mixed_gum", "science_cdc_mmwr_pcd_1985_2024")


def machines(shared: Path, limit: int) -> Table:
    """One row for each machine; “human” is the same kind of text before the machine."""
    columns = ("machine", "texts", "found", "human texts", "of them called spun", "found at 1 alarm in 1,000 of those")
    table = Table("machines", columns)
    runner = Runner(Settings(select=("SYN010",)))
    spinbot = [row["text"] for row in records(shared / "eval/synscipass_spinbot.jsonl")]
    table.add("SpinBot, fragments of science", *_compared(runner, spinbot, _fragments(shared, spinbot, limit)))
    human = [
        " ".join(words[:_WORDS])
        for name in _SOURCES
        for document in documents(shared / "corpus", name, limit)
        if len(words := document.text.split()) >= _WORDS
    ][: 3 * limit]
    makers: list[tuple[str, Callable[[str, int], str]]] = []
    if FOLDER.is_dir():
        thesaurus = Thesaurus()
        makers.append(("WordNet, 30 % of content words", lambda text, seed: thesaurus.rewrite(text, 0.3, seed)[0]))
    mangler = Spinner(pairs("mangler"))
    makers.append(("mangler, full rate", lambda text, seed: mangler.spin(text, 1.0, seed)[0]))
    makers.append(("mangler, half rate", lambda text, seed: mangler.spin(text, 0.5, seed)[0]))
    for name, make in makers:
        texts = [make(text, seed) for seed, text in enumerate(human)]
        table.add(f"{name}, {_WORDS} words", *_compared(runner, texts, human))
    return table


def _compared(runner: Runner, texts: list[str], human: list[str]) -> tuple[object, ...]:
    alarms = sorted(_strengths(human), reverse=True)[round(len(human) / 1000)]
    return (
        len(texts), share(_found(runner, texts), len(texts)), len(human), share(_found(runner, human), len(human)),
        share(sum(strength > alarms for strength in _strengths(texts)), len(texts)),
    )  # fmt: skip


def _found(runner: Runner, texts: Iterable[str]) -> int:
    return sum(bool(runner.check(text).findings) for text in texts)


def _strengths(texts: list[str]) -> list[float]:
    """The evidence against each text as a share of what it takes, of the family that has most."""
    models = OddSynonyms().models("en")
    return [
        max(channel.evidence / channel.least for channel in diagnosis.channels)
        for diagnosis in diagnose(models, [Document(text).tokens for text in texts])
    ]


def _fragments(shared: Path, like: list[str], limit: int) -> list[str]:
    """Human science text, lower-cased, tokenised and cut to lengths drawn from those of ``like``."""
    choose = random.Random(1)
    lengths = [len(text.split()) for text in like]
    texts = [each.text for each in documents(shared / "corpus", "science_cdc_mmwr_pcd_1985_2024", limit)]
    texts += [row["text"] for row in records(shared / "eval/detectrl.jsonl") if row["label"] == "human"]
    fragments = []
    for text in texts:
        words = re.findall(r"\w+|[^\w\s]", text.lower())
        while len(words) > 20 and len(fragments) < 5 * limit:
            length = choose.choice(lengths)
            fragments.append(" ".join(words[:length]))
            words = words[length:]
    return fragments
