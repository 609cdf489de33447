"""Ray in local mode: the class for ``map_batches``, and the filter on its actors."""

import json
from pathlib import Path

import engine_corpus
import pytest

from qualitycheck import InputError, QualityCheckError, Settings, SettingsError

ray = pytest.importorskip("ray")

import pyarrow as pa  # noqa: E402
import pyarrow.parquet  # noqa: E402

from qualitycheck.engines.ray import with_quality  # noqa: E402
from qualitycheck.engines.ray_run import RayRun  # noqa: E402
from qualitycheck.filtering.options import FilterSettings  # noqa: E402
from qualitycheck.filtering.run import Run  # noqa: E402

FAST = Settings(select=("BRC",))
FOLDERS = ("accepted", "review", "rejected", "quarantine", "ledger")


@pytest.fixture(scope="module", autouse=True)
def cluster():
    ray.init(num_cpus=2, include_dashboard=False, logging_level="ERROR", log_to_driver=False)
    ray.data.DataContext.get_current().enable_progress_bars = False
    yield
    ray.shutdown()


def contents(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for name in FOLDERS
        for path in sorted((folder / name).glob("*"))
    }


def test_map_batches_says_what_the_filter_says(columns, chosen, expected_columns, tmp_path):
    table = pa.table(columns)
    for shard in range(4):
        pyarrow.parquet.write_table(table.slice(shard * 500, 500), tmp_path / f"{shard}.parquet")
    made = with_quality(ray.data.read_parquet(str(tmp_path)), chosen, actors=(1, 2), batch_size=100)
    made.write_parquet(str(tmp_path / "out"))
    rows = pyarrow.parquet.read_table(tmp_path / "out").to_pylist()
    assert {row["id"]: row["text"] for row in rows} == dict(zip(columns["id"], columns["text"], strict=True))
    engine_corpus.assert_same({row["id"]: engine_corpus.comparable(row["quality"]) for row in rows}, expected_columns)


@pytest.fixture(scope="module")
def shards(documents, columns, tmp_path_factory):
    """The documents in shards of JSON lines and Parquet, and among them lines that are no documents."""
    folder = tmp_path_factory.mktemp("shards")
    for shard in range(4):
        rows = documents[shard * 250 : (shard + 1) * 250]
        lines = [json.dumps(row).encode() for row in rows]
        (folder / f"{shard}.jsonl").write_bytes(b"\n".join([*lines, b'{"broken', b'{"text": "\xff"}', b"[1]"]) + b"\n")
    table = pa.table(columns)
    for shard in range(4, 8):
        pyarrow.parquet.write_table(table.slice(shard * 250, 250), folder / f"{shard}.parquet", row_group_size=100)
    return folder


def test_the_engine_writes_the_bytes_of_the_plain_filter(shards, chosen, tmp_path):
    given = Settings(plugins=chosen.plugins, filter=FilterSettings(max_document=12_000, workers=2, split_size=200_000))
    plain = Run(given, [str(shards)], in_process=True, progress=False).into_folder(tmp_path / "plain")
    said = []
    run = RayRun(given, [str(shards)], progress=False, complain=said.append)
    outcome = run.into_folder(tmp_path / "ray")
    assert outcome.status == plain.status == 2 and outcome.summary["documents"] == 2012
    here, there = contents(tmp_path / "plain"), contents(tmp_path / "ray")
    assert here.keys() == there.keys() and len(here) > 30
    for name, data in here.items():
        if name.endswith(".parquet"):  # row groups, and so bytes, may differ; what is in them may not
            one, two = (pyarrow.parquet.read_table(tmp_path / side / name) for side in ("plain", "ray"))
            assert one.equals(two), name
        else:
            assert data == there[name], name
    for facts in ("folders", "verdicts", "reasons", "points", "rules", "score_histogram", "worst", "borderline"):
        assert outcome.summary[facts] == plain.summary[facts]
    assert len(said) == 21 and said[-1].startswith("there are more")
    # Again: nothing is done a second time, with Ray or without.
    again = RayRun(given, [str(shards)], progress=False).into_folder(tmp_path / "ray")
    assert again.resumed == 2012
    assert Run(given, [str(shards)], in_process=True, progress=False).into_folder(tmp_path / "ray").resumed == 2012


def test_a_run_that_was_broken_off_goes_on(shards, tmp_path):
    given = Settings(select=("BRC",), filter=FilterSettings(max_document=12_000, workers=1))
    RayRun(given, [str(shards)], progress=False).into_folder(tmp_path / "ray")
    before = contents(tmp_path / "ray")
    journal = tmp_path / "ray" / ".qualitycheck" / "journal.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join(lines[:3]) + lines[3][:40])
    outcome = RayRun(given, [str(shards)], progress=False).into_folder(tmp_path / "ray")
    assert 0 < outcome.resumed < 2012 and outcome.summary["documents"] == 2012
    assert contents(tmp_path / "ray").keys() == before.keys()


HARM = """
import os, signal, time
from qualitycheck import Check, Rule, hookimpl


class Harm(Check):
    rules = (Rule("HRM001", "harm", "Harm."),)

    def inspect(self, document):
        if "HANG" in document.text:
            time.sleep(600)
        if "DIE" in document.text:
            os.kill(os.getpid(), signal.SIGKILL)
        return []


@hookimpl
def qualitycheck_checks(settings):
    return [Harm()]
"""


def test_a_document_that_hangs_or_kills_costs_itself_alone(tmp_path):
    (tmp_path / "harm.py").write_text(HARM)
    texts = ["Fine.", "HANG", "Fine.", "DIE", "Fine."]
    rows = [json.dumps({"id": str(number), "text": text}) for number, text in enumerate(texts)]
    (tmp_path / "shard.jsonl").write_text("\n".join(rows) + "\n")
    chosen = Settings(select=("HRM",), plugins=(str(tmp_path / "harm.py"),), filter=FilterSettings(timeout=5))
    RayRun(chosen, [str(tmp_path / "shard.jsonl")], progress=False).into_folder(tmp_path / "out")
    found = engine_corpus.read_back(tmp_path / "out")
    assert [found[str(number)]["reason"] for number in range(5)] == [None, "timeout", None, "worker-died", None]


def test_relative_paths_are_those_of_the_caller(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shard.jsonl").write_text('{"text": "Fine."}\n')
    assert RayRun(FAST, ["shard.jsonl"], progress=False).into_folder(Path("out")).status == 0
    assert len(list((tmp_path / "out" / "accepted").iterdir())) == 1


def test_what_ray_cannot_do_is_said_in_a_line(tmp_path):
    (tmp_path / "plain.txt").write_text("Fine.")
    (tmp_path / "shard.jsonl").write_text('{"text": "Fine."}\n')
    with pytest.raises(InputError, match="reads files of JSON lines, Parquet, CSV and TSV alone"):
        RayRun(FAST, [str(tmp_path / "plain.txt")], progress=False).into_folder(tmp_path / "out")
    with pytest.raises(SettingsError, match="takes whole files"):
        limited = Settings(filter=FilterSettings(limit=1))
        RayRun(limited, [str(tmp_path / "shard.jsonl")], progress=False).into_folder(tmp_path / "out")
    with pytest.raises(SettingsError, match="a folder that all nodes share"):
        RayRun(FAST, [str(tmp_path / "shard.jsonl")], progress=False).into_stream(None)
    with pytest.raises(QualityCheckError, match="does not load"):
        RayRun(Settings(plugins=("no_such_module",)), [str(tmp_path)], progress=False).into_folder(tmp_path / "out")
