"""The batch interface, and Arrow on it."""

import json
import pickle
import subprocess
import sys
import threading

import engine_corpus
import pyarrow as pa
import pyarrow.parquet
import pytest

from qualitycheck import QualityCheckError, Settings, SettingsError
from qualitycheck.engines import batch
from qualitycheck.engines.arrow import ArrowJudge
from qualitycheck.engines.batch import BatchJudge, accepted, cause
from qualitycheck.engines.extras import MissingEngine, require
from qualitycheck.filtering.options import FilterSettings

FAST = Settings(select=("BRC",))


def test_two_thousand_documents_are_judged_as_the_plain_filter_does(documents, chosen, expected):
    found = BatchJudge(chosen).qualities(documents)
    engine_corpus.assert_same(
        {row["id"]: engine_corpus.comparable(each) for row, each in zip(documents, found, strict=True)}, expected
    )


def test_arrow_gets_what_the_filter_writes_for_parquet(columns, fast, tmp_path):
    table = pa.table(columns)
    path = tmp_path / "documents.parquet"
    pyarrow.parquet.write_table(table, path)
    expected = engine_corpus.plain(tmp_path / "plain", path, fast)
    judge = ArrowJudge(fast)
    made = [judge.add_to(each) for each in table.to_batches(max_chunksize=700)]
    assert {each.schema for each in made} == {judge.schema(table.schema)}
    together = pa.Table.from_batches(made)
    assert together.select(columns).equals(table), "what was there stays as it is"
    found = {row["id"]: engine_corpus.comparable(row["quality"]) for row in together.to_pylist()}
    engine_corpus.assert_same(found, expected)


def test_a_quality_has_every_part_whatever_came_out():
    judge = BatchJudge(FAST)
    good, bad, empty, none, odd = judge.qualities(["Fine.", "A fine {text|essay} here.", "", {"text": None}, 7])
    assert [tuple(each) for each in (good, bad, empty, none, odd)] == [batch.FIELDS] * 5
    assert good == {
        **dict.fromkeys(batch.FIELDS),
        "folder": "accepted",
        "score": 100.0,
        "verdict": "accept",
        "points": {},
    }
    assert accepted(good) and not accepted(bad)
    assert [cause(each) for each in (bad, empty, none, odd)] == [
        "review_braces",
        "rejected_empty",
        "quarantine_text-is-no-text",
        "quarantine_not-an-object",
    ]
    assert none["message"] == "the field “text” is null, and not text"


def test_the_settings_decide_as_in_the_filter():
    options = FilterSettings(text_field="a.b", where="source == 'x'", keep=("review",), annotate=True, workers=7)
    judge = BatchJudge(Settings(select=("BRC",), filter=options))
    given = [{"a": {"b": text}, "source": "x"} for text in ("Fine.", "A fine {text|essay} here.")]
    found = judge.qualities([given[0], {"a": {"b": "Fine."}}, given[1]])
    assert [(each["folder"], each["reason"]) for each in found] == [
        ("accepted", None),
        ("rejected", "where"),
        ("accepted", None),  # review, which is kept here
    ]


def test_batches_are_lazy_and_bounded():
    taken = []

    def texts():
        for number in range(100_000):
            taken.append(number)
            yield "Fine."

    next(BatchJudge(FAST).judged(texts()))
    assert len(taken) <= 64


def test_a_pickle_carries_settings_and_no_model():
    judge = BatchJudge(FAST)
    judge.warm_up()
    data = pickle.dumps(judge)
    assert len(data) < 2000 and data == pickle.dumps(BatchJudge(FAST))
    one, two = pickle.loads(data), pickle.loads(data)
    texts = ["A fine {text|essay} here."]
    assert one.qualities(texts) == two.qualities(texts) == judge.qualities(texts)
    assert one._judge is two._judge, "one process loads once"


def test_another_version_in_a_worker_is_refused(monkeypatch):
    data = pickle.dumps(BatchJudge(FAST))
    monkeypatch.setattr(batch, "__version__", "99.0")
    with pytest.raises(SettingsError, match=r"this worker has qualitycheck 99\.0, and was sent work for"):
        pickle.loads(data)


def test_one_judge_under_many_threads():
    judge = BatchJudge(FAST)
    texts = [f"A fine {{text|essay}} here {number}." if number % 3 else "Fine." for number in range(100)]
    expected = BatchJudge(FAST).qualities(texts)
    found = []
    threads = [threading.Thread(target=lambda: found.append(judge.qualities(texts))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 4


def test_a_column_that_is_taken_is_an_error_and_a_missing_one_is_quarantine():
    judge = ArrowJudge(FAST)
    with pytest.raises(SettingsError, match="there is a column “quality” already"):
        judge.add_to(pa.table({"text": ["Fine."], "quality": [1]}))
    with pytest.raises(SettingsError, match="there is a column “quality” already"):
        judge.schema(pa.schema([("quality", pa.int64())]))
    for table, reason in (
        (pa.table({"body": ["Fine.", "Fine."]}), "no-text"),
        (pa.table({"text": [1, 2]}), "text-is-no-text"),
        (pa.table({"text": [b"Fine.", b"\xff"]}), "text-is-no-text"),
    ):
        assert [each["reason"] for each in judge.add_to(table)["quality"].to_pylist()] == [reason] * 2
    assert judge.add_to(pa.table({"text": pa.array([], pa.string())})).num_rows == 0


def test_bytes_that_are_no_text_cost_their_row_alone():
    offsets, data = pa.array([0, 5, 7, 12], pa.int32()).buffers()[1], pa.py_buffer(b"Fine.\xff\xfeFine.")
    texts = pa.StringArray.from_buffers(3, offsets, data)
    made = ArrowJudge(FAST).add_to(pa.record_batch({"text": texts})).column("quality").to_pylist()
    assert [each["folder"] for each in made] == ["accepted", "quarantine", "accepted"]
    assert made[1]["reason"] == "invalid-utf8" and "at byte 0" in made[1]["message"]


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.string())])
def test_texts_of_any_arrow_type(kind):
    table = pa.table({"a": pa.array([{"b": "A fine {text|essay} here."}]), "text": pa.array(["Fine."]).cast(kind)})
    nested = Settings(select=("BRC",), filter=FilterSettings(text_field="a.b"))
    assert ArrowJudge(FAST).add_to(table)["quality"][0].as_py()["folder"] == "accepted"
    assert ArrowJudge(nested).add_to(table)["quality"][0].as_py()["folder"] == "review"


def test_findings_hold_what_no_column_of_text_could():
    judge = ArrowJudge(Settings(select=("BRC",), filter=FilterSettings(findings=True)))
    quality = batch.as_text(judge.qualities(["A fine {te\ud800xt|essay} here."])[0])
    quality["findings"].encode()
    assert json.loads(quality["findings"])[0]["code"] == "BRC001"


def test_what_is_not_installed_is_named_with_its_extra():
    with pytest.raises(MissingEngine, match=r"needs no_such_engine, .*pip install 'qualitycheck\[ray\]'") as caught:
        require("no_such_engine", "ray")
    assert isinstance(caught.value, QualityCheckError) and isinstance(caught.value, ImportError)
    assert "\n" not in str(caught.value)


def test_nothing_imports_an_engine_on_its_own():
    code = (
        "import sys, qualitycheck; from qualitycheck import Filter, Runner; import qualitycheck.cli.filter;"
        "import qualitycheck.engines.batch, qualitycheck.engines.arrow;"
        "from qualitycheck.engines import pandas, polars, datasets;"
        "names = {'ray', 'pyspark', 'datatrove', 'dolma', 'datasets', 'pandas', 'polars', 'nemo_curator', 'pyarrow'};"
        "print(sorted(names & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
