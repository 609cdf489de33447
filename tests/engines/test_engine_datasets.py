"""``datasets``: the same verdicts, and a cache that holds as long as nothing has changed, and no longer."""

import subprocess
import sys
from pathlib import Path

import engine_corpus
import pytest

from qualitycheck import Settings, SettingsError

datasets = pytest.importorskip("datasets")

from datasets.fingerprint import Hasher  # noqa: E402

from qualitycheck.engines.datasets import QualityFilter, QualityMap, judge  # noqa: E402

FAST = Settings(select=("BRC",))


@pytest.fixture(autouse=True)
def quiet():
    datasets.disable_progress_bars()


def test_two_processes_say_what_the_filter_says(columns, chosen, expected_columns):
    made = judge(datasets.Dataset.from_dict(columns), chosen, num_proc=2)
    found = {row["id"]: engine_corpus.comparable(row["quality"]) for row in made}
    engine_corpus.assert_same(found, expected_columns)


def test_one_type_whatever_is_in_a_batch():
    texts = ["Fine.", "Fine.", None, "A fine {text|essay} here.", ""]
    made = judge(datasets.Dataset.from_dict({"text": texts}), FAST, batch_size=1, writer_batch_size=1)
    assert made["quality"][3]["points"][0]["check"] == "braces"
    assert [each["folder"] for each in made["quality"]] == ["accepted", "accepted", "quarantine", "review", "rejected"]


def test_filter_keeps_what_is_accepted_or_what_is_asked_for():
    given = datasets.Dataset.from_dict({"text": ["Fine.", None, "A fine {text|essay} here."]})
    assert given.filter(QualityFilter(FAST), batched=True)["text"] == ["Fine."]
    rest = QualityFilter(FAST, folders=("review", "quarantine"))
    assert given.filter(rest, batched=True, batch_size=1)["text"] == [None, "A fine {text|essay} here."]


def test_streams_and_dictionaries():
    given = datasets.Dataset.from_dict({"text": ["Fine.", None]})
    both = judge(datasets.DatasetDict(train=given, test=given), FAST)
    assert [both[name]["quality"][0]["folder"] for name in both] == ["accepted"] * 2
    stream = list(judge(given.to_iterable_dataset(), FAST))
    assert [each["quality"]["folder"] for each in stream] == ["accepted", "quarantine"]
    texts = ("Fine.", "A fine {text|essay} here.")
    untyped = datasets.IterableDataset.from_generator(lambda: ({"text": text} for text in texts))
    assert [each["quality"]["folder"] for each in judge(untyped, FAST)] == ["accepted", "review"]


def test_a_column_that_is_taken_is_an_error():
    with pytest.raises(SettingsError, match="there is a column “quality” already"):
        judge(datasets.Dataset.from_dict({"text": ["Fine."], "quality": [1]}), FAST)


def test_the_same_settings_have_one_fingerprint_in_every_process_and_others_another():
    used = QualityMap(FAST)
    before = Hasher.hash(used)
    used({"text": ["Fine.", "A fine {text|essay} here."]})
    code = (
        "from datasets.fingerprint import Hasher; from qualitycheck import Settings;"
        "from qualitycheck.engines.datasets import QualityMap;"
        "print(Hasher.hash(QualityMap(Settings(select=('BRC',)))))"
    )
    elsewhere = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
    assert Hasher.hash(used) == before == elsewhere
    others = [
        QualityMap(Settings(select=("BRC001",))),
        QualityMap(Settings(select=("BRC",), review_below=80)),
        QualityFilter(FAST),
        QualityFilter(FAST, folders=("review",)),
    ]
    assert len({before, *map(Hasher.hash, others)}) == 5


def test_a_plugin_that_changes_changes_the_fingerprint(tmp_path):
    plugin = tmp_path / "own.py"
    plugin.write_text(engine_corpus.PLUGIN)
    chosen = Settings(select=("FUS",), plugins=(str(plugin),))
    first, again = Hasher.hash(QualityMap(chosen)), Hasher.hash(QualityMap(chosen))
    plugin.write_text(engine_corpus.PLUGIN.replace("sizzle", "fizzle"))
    assert first == again != Hasher.hash(QualityMap(chosen))


def test_the_cache_is_used_again_and_thrown_away_when_it_must_be(tmp_path):
    given = datasets.load_dataset("json", data_files=_file(tmp_path), split="train", cache_dir=str(tmp_path / "cache"))
    first = judge(given, FAST)
    stamp = Path(first.cache_files[0]["filename"]).stat().st_mtime_ns
    second = judge(given, FAST)
    assert second.cache_files == first.cache_files
    assert Path(second.cache_files[0]["filename"]).stat().st_mtime_ns == stamp, "it was not judged again"
    assert judge(given, Settings(select=("BRC", "QUO"))).cache_files != first.cache_files


def _file(folder):
    path = folder / "given.jsonl"
    path.write_text('{"text": "Fine."}\n{"text": "A fine {text|essay} here."}\n')
    return str(path)
