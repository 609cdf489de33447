"""Spark in local mode: the same verdicts for every document, in a frame whose schema is known beforehand."""

import os
import shutil
import sys

import engine_corpus
import pytest

from qualitycheck import InputError, Settings, SettingsError

pytest.importorskip("pyspark")
if shutil.which("java") is None:
    pytest.skip("Spark needs Java", allow_module_level=True)

from pyspark.sql import SparkSession

from qualitycheck.engines.spark import QualityMap, with_quality
from qualitycheck.filtering.options import FilterSettings

FAST = Settings(select=("BRC",))


@pytest.fixture(scope="module")
def spark():
    os.environ["PYSPARK_PYTHON"] = sys.executable  # not the first python3 on the path
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", "300").getOrCreate()
    yield session
    session.stop()


def test_spark_says_what_the_filter_says(spark, columns, chosen, expected_columns):
    rows = list(zip(columns["id"], columns["source"], columns["text"], strict=True))
    frame = spark.createDataFrame(rows, "id string, source string, text string").repartition(2)
    made = with_quality(frame, chosen)
    collected = made.collect()
    assert {row["id"]: row["text"] for row in collected} == dict(zip(columns["id"], columns["text"], strict=True))
    found = {row["id"]: engine_corpus.comparable(row["quality"].asDict(recursive=True)) for row in collected}
    engine_corpus.assert_same(found, expected_columns)


def test_columns_of_any_kind_pass_and_what_is_no_text_is_quarantined(spark, tmp_path):
    frame = spark.createDataFrame([(1, [1, 2], 7), (2, [], None)], "id long, list array<long>, text long")
    made = with_quality(frame, FAST)
    path = str(tmp_path / "out.parquet")
    made.write.parquet(path)
    again = spark.read.parquet(path)
    assert [field.dataType for field in again.schema] == [field.dataType for field in made.schema]
    quarantine = again.where("quality.folder = 'quarantine'").orderBy("id").collect()
    assert [(row["id"], row["list"], row["quality"]["reason"]) for row in quarantine] == [
        (1, [1, 2], "text-is-no-text"),
        (2, [], "text-is-no-text"),
    ]
    nested = spark.createDataFrame([(("Fine.",),)], "content struct<body: string>")
    chosen = Settings(select=("BRC",), filter=FilterSettings(text_field="content.body", quality_field="q"))
    assert with_quality(nested, chosen).first()["q"]["verdict"] == "accept"


def test_mistakes_are_told_before_a_job_starts(spark):
    frame = spark.createDataFrame([("a", 1)], "body string, quality long")
    with pytest.raises(InputError, match="there is no column “text”"):
        with_quality(frame, FAST)
    with pytest.raises(SettingsError, match="there is a column “quality” already"):
        QualityMap(FAST).spark_schema(frame.schema)
