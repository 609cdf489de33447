"""pandas and Polars: a column function each."""

import engine_corpus
import pytest

from qualitycheck import InputError, Settings, SettingsError
from qualitycheck.engines.batch import BatchJudge

FAST = Settings(select=("BRC",))


def test_pandas_says_what_the_filter_says(documents, fast, expected_fast):
    pd = pytest.importorskip("pandas")
    from qualitycheck.engines.pandas import judge

    # A column of objects holds numbers and lists too, and a row without the field a missing value.
    frame = pd.DataFrame(documents, columns=["id", "source", "text"]).set_index("id", drop=False)
    made = judge(frame, fast)
    assert made.index.equals(frame.index)
    found = {
        name: engine_corpus.comparable(row._asdict()) for name, row in zip(made.index, made.itertuples(), strict=True)
    }
    engine_corpus.assert_same(found, expected_fast)


def test_pandas_knows_many_ways_to_say_nothing():
    pd = pytest.importorskip("pandas")
    from qualitycheck.engines.pandas import judge

    texts = pd.Series(["Fine.", None, float("nan"), pd.NA, pd.NaT, 5], index=list("abcdef"), dtype=object)
    made = judge(texts, BatchJudge(FAST))
    assert made.folder.tolist() == ["accepted"] + ["quarantine"] * 5
    assert made.message["b":"e"].unique().tolist() == ["the field “text” is null, and not text"]
    assert list(texts.to_frame("text").join(made).columns) == ["text", *BatchJudge().fields]
    assert judge(pd.Series([], dtype=object), FAST).columns.tolist() == list(BatchJudge().fields)
    with pytest.raises(InputError, match="there is no column “text”"):
        judge(pd.DataFrame({"body": ["Fine."]}), FAST)


def test_polars_says_what_the_filter_says(columns, fast, expected_fast):
    pl = pytest.importorskip("polars")
    from qualitycheck.engines.polars import judge

    frame = pl.DataFrame(columns)
    made = judge(frame, fast)
    assert made.drop("quality").equals(frame)
    found = {row["id"]: engine_corpus.comparable(row["quality"]) for row in made.to_dicts()}
    engine_corpus.assert_same(found, expected_fast)


def test_polars_takes_series_lazy_queries_and_columns_of_anything():
    pl = pytest.importorskip("polars")
    from qualitycheck.engines.polars import judge, quality

    frame = pl.DataFrame({"body": ["Fine.", None, "A fine {text|essay} here."]})
    folders = ["accepted", "quarantine", "review"]
    assert judge(frame["body"], FAST).struct.field("folder").to_list() == folders
    query = frame.lazy().with_columns(quality("body", FAST))
    assert query.collect_schema()["quality"] == judge(frame["body"], FAST).dtype
    assert query.collect()["quality"].struct.field("folder").to_list() == folders
    kept = query.filter(pl.col("quality").struct.field("folder") == "accepted").collect()
    assert kept["body"].to_list() == ["Fine."]
    assert judge(pl.Series([1, 2]), FAST).struct.field("reason").to_list() == ["text-is-no-text"] * 2
    assert judge(pl.Series([], dtype=pl.String), FAST).len() == 0
    with pytest.raises(InputError, match="there is no column “text”"):
        judge(frame, FAST)
    with pytest.raises(SettingsError, match="there is a column “quality” already"):
        judge(pl.DataFrame({"text": ["a"], "quality": [1]}), FAST)
