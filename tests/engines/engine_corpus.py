"""Two thousand documents, many of them damaged or none at all, and what the plain filter says of them."""

import json
import random
import re
from pathlib import Path

from qualitycheck import Settings
from qualitycheck.filtering.options import FilterSettings
from qualitycheck.filtering.run import Run

SEEDS = Path(__file__).parent.parent.parent / "seeds"
COUNT = 2000
MOST_CHARACTERS = 12_000

#: A check that raises where a document asks for it, beside all the bundled ones.
PLUGIN = """
from qualitycheck import Check, Rule, hookimpl


class Fuse(Check):
    rules = (Rule("FUS001", "lit-fuse", "A fuse is lit."),)

    def inspect(self, document):
        if "BOOM" in document.text:
            raise ValueError("the fuse blew")
        yield from (self.finding("FUS001", match.span()) for match in document.finditer(r"\\bsizzle\\b"))


@hookimpl
def qualitycheck_checks(settings):
    return [Fuse()]
"""

DAMAGE = (
    lambda text, chance: text,
    lambda text, chance: text,
    lambda text, chance: text.replace("’", "â€™").replace("é", "Ã©"),
    lambda text, chance: text.replace("said", "mentioned").replace("won’t", "received’t"),
    lambda text, chance: re.sub(r"\bthe\b", "the the", text, count=chance.randint(1, 4)),
    lambda text, chance: text.replace(". ", ". {However|Still|Yet}, ", chance.randint(1, 3)),
    lambda text, chance: (text[:400] + "\n") * chance.randint(2, 6),
    lambda text, chance: f"As an AI language model, I cannot open links. {text}",
    lambda text, chance: text.replace("e", "\u0435", 5),
    lambda text, chance: f"{text}\n\nSubscribe to our newsletter!\nAccept all cookies\n",
    lambda text, chance: f"The wick began to sizzle. {text}",
)

#: What is no document, as a row of JSON lines and as one of a column of texts.
FAULTS = (
    lambda text: {"text": None},
    lambda text: {"text": 42.5},
    lambda text: {"text": True},
    lambda text: {"text": ["a", "list"]},
    lambda text: {"body": text},
    lambda text: {"text": ""},
    lambda text: {"text": " \n\t "},
    lambda text: {"text": "long " * (MOST_CHARACTERS // 4)},
    lambda text: {"text": f"{text} BOOM"},
)


def rows(count=COUNT):
    """The documents, each with an id and a source; one in ten is at fault."""
    chance = random.Random(8)
    texts = [path.read_text("utf-8") for path in sorted(SEEDS.glob("*.*")) if path.suffix in (".txt", ".md", ".html")]
    parts = [part for text in texts for part in text.split("\n\n") if len(part) > 60]
    made = []
    for number in range(count):
        text = "\n\n".join(chance.sample(parts, chance.randint(1, 5)))
        text = chance.choice(DAMAGE)(text, chance)
        fault = FAULTS[number // 10 % len(FAULTS)] if number % 10 == 7 else lambda text: {"text": text}
        made.append({"id": f"doc-{number}", "source": f"source-{number % 4}", **fault(text)})
    return made


def columns(documents):
    """The same for an engine whose column of texts holds nothing but text: what is none is null."""
    texts = [each.get("text") for each in documents]
    return {
        "id": [each["id"] for each in documents],
        "source": [each["source"] for each in documents],
        "text": [text if isinstance(text, str) else None for text in texts],
    }


def settings(folder, select=(), **options):
    """Settings with all checks, unless told which rules, and the one that raises, and everything in the report."""
    plugin = Path(folder) / "fuse.py"
    plugin.write_text(PLUGIN)
    given = {"max_document": MOST_CHARACTERS, "findings": True, "signals": True}
    return Settings(select=select, plugins=(str(plugin),), filter=FilterSettings(**{**given, **options}))


def plain(folder, path, chosen):
    """What ``qualitycheck filter`` says of the documents in a file, by id."""
    Run(chosen, [str(path)], in_process=True, progress=False).into_folder(Path(folder))
    return read_back(folder, chosen.filter.quality_field)


def read_back(folder, field="quality"):
    """The documents in a folder of the filter, by id: each with its folder, quality and reason."""
    found = {}
    for name in ("accepted", "review", "rejected", "quarantine"):
        for row in _rows_of(Path(folder) / name):
            name_of = row.get("id") or json.loads(row["raw"])["id"]
            assert name_of not in found, f"{name_of} is there twice"
            quality = dict(row.get(field) or {})
            found[name_of] = {
                "folder": name,
                "score": quality.get("score"),
                "verdict": quality.get("verdict"),
                "points": dict(quality.get("points") or {}),
                "reason": row["reason"] if name == "quarantine" else quality.get("reason"),
                "signals": _plain(quality.get("signals")),
                "findings": _plain(quality.get("findings")),
            }
    return found


def _rows_of(folder):
    for path in sorted(folder.glob("*.jsonl")):
        yield from map(json.loads, path.read_text("utf-8").splitlines())
    for path in sorted(folder.glob("*.parquet")):
        import pyarrow.parquet

        yield from pyarrow.parquet.read_table(path).to_pylist()


def _plain(value):
    return json.loads(value) if isinstance(value, str) else value


def comparable(quality):
    """A quality from an engine in the form of :func:`read_back`, whatever the engine makes of maps and JSON."""
    points = quality["points"]
    if not isinstance(points, dict):
        pairs = (each.values() if isinstance(each, dict) else each for each in points)
        points = dict(map(tuple, pairs))
    return {
        **{name: _none(quality[name]) for name in ("folder", "score", "verdict", "reason")},
        "points": points,
        "signals": _plain(_none(quality["signals"])),
        "findings": _plain(_none(quality["findings"])),
    }


def _none(value):
    return None if isinstance(value, float) and value != value else value


def assert_same(found, expected):
    """Every document is there once, with the same report."""
    assert len(found) == len(expected) == len({*found, *expected})
    for name, quality in expected.items():
        assert found[name] == quality, name
