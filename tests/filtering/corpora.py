"""Small corpora, a plugin that judges them fast, and a view of what came out."""

import collections
import importlib.metadata
import json
import random
from pathlib import Path

from qualitycheck import Settings
from qualitycheck.filtering.options import FilterSettings
from qualitycheck.filtering.run import Run

#: The bundled plugins, which would make these tests slow.
INSTALLED = tuple(entry.name for entry in importlib.metadata.entry_points(group="qualitycheck"))

PLUGIN = '''
"""Bad words cost points; others crash, hang, or take the process with them."""

import os
import signal
import time
from pathlib import Path

from qualitycheck import Check, Rule, Severity, Signal, hookimpl


class Words(Check):
    weight = 0.9
    rules = (Rule("WRD001", "bad-word", "A bad word.", Severity.ERROR), Rule("WRD002", "dull-word", "A dull word."))

    def inspect(self, document):
        text = document.text
        if "BOOM" in text:
            raise ValueError("the fuse blew")
        if "HANG" in text:
            time.sleep(600)
        if "SPIN" in text:
            while True:
                pass
        if "DIE" in text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "ONCE:" in text:
            flag = Path(text.partition("ONCE:")[2].split()[0])
            if not flag.exists():
                flag.touch()
                os.kill(os.getpid(), signal.SIGKILL)
        if "NAP" in text:
            time.sleep(0.01)
        yield Signal("bad_rate", text.count("bad") / max(1, document.words), "share of words")
        for word, code in (("bad", "WRD001"), ("dull", "WRD002")):
            for match in document.finditer(word):
                yield self.finding(code, match.span())

    def badness(self, evidence):
        return min(1.0, 0.25 * len(evidence.of("WRD001")) + 0.05 * len(evidence.of("WRD002")))


@hookimpl
def qualitycheck_checks(settings):
    return [Words()]


@hookimpl
def qualitycheck_verdict(report, settings):
    return "review" if report.id == "override" else None
'''

FOLDERS = ("accepted", "review", "rejected", "quarantine", "annotated")
KINDS = (
    "good words all along",
    "one bad word among others",
    "bad bad dull words",
    "bad bad bad bad words",
    "dull dull text",
)
FILL = ("tea", "sea", "naïve", "“so”", "the", "of", "and", "that")


def settings(folder, **options):
    """Settings with the plugin alone; ``options`` are those of the filter, or of Settings where it has them."""
    plugin = Path(folder) / "words.py"
    if not plugin.exists():
        plugin.write_text(PLUGIN)
    core = {name: options.pop(name) for name in list(options) if name in Settings.__struct_fields__}
    own = FilterSettings(**{"workers": 2, "split_size": 4000, **options})
    return Settings(block=INSTALLED, plugins=(str(plugin),), filter=own, **core)


def rows(count, seed=1, **more):
    """Records with id, text, and fields that must come through untouched."""
    chance = random.Random(seed)
    return [
        {
            "id": f"doc-{number}",
            "big": 2**70 + number,
            "text": f"{chance.choice(KINDS)} {' '.join(chance.choices(FILL, k=chance.randint(1, 30)))}",
            "meta": {"z": [1, None, 1.50], "a": True},
            "source": f"source-{number % 3}",
            **more,
        }
        for number in range(count)
    ]


def write_jsonl(path, records):
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")
    return path


def filter_to(folder, inputs, chosen, *, in_process=True, resume=False, overwrite=False, **more):
    """Run the filter, and give its outcome and what it complained of."""
    said = []
    given = [inputs] if isinstance(inputs, (str, Path)) else inputs
    run = Run(
        chosen, [str(each) for each in given], in_process=in_process, complain=said.append, progress=False, **more
    )
    outcome = run.into_folder(Path(folder), resume=resume, overwrite=overwrite)
    return outcome, said


def contents(folder):
    """Every output file under its final name, as bytes."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for name in (*FOLDERS, "ledger")
        for path in sorted((Path(folder) / name).glob("*"))
    }


def lines(folder, name):
    """The records in one of the folders."""
    paths = sorted((Path(folder) / name).glob("*.jsonl"))
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]


def ids(folder):
    """How often each id is in an output."""
    found = collections.Counter()
    for name in FOLDERS:
        for record in lines(folder, name):
            found[record.get("id", record.get("raw"))] += 1
    return found


def summary(folder):
    """The summary without what depends on time and processes."""
    plain = json.loads((Path(folder) / "summary.json").read_text(encoding="utf-8"))
    plain.pop("run")
    return plain
