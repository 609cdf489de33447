"""NeMo Curator: a document filter and a stage, each with the verdicts of the plain filter."""

import engine_corpus
import pytest

from qualitycheck import Settings, SettingsError
from qualitycheck.filtering.options import FilterSettings

pytest.importorskip("nemo_curator")

import pandas as pd
from nemo_curator.stages.text.filters import ScoreFilter
from nemo_curator.tasks import DocumentBatch

from qualitycheck.engines.nemo import QualityCheckFilter, QualityStage

FAST = Settings(select=("BRC",))


def batch_of(documents):
    frame = pd.DataFrame(documents, columns=["id", "source", "text"])
    return DocumentBatch(dataset_name="test", data=frame)


def test_the_filter_keeps_what_the_plain_filter_accepts(documents, chosen, expected_columns):
    stage = ScoreFilter(QualityCheckFilter(chosen), score_field="quality_score")
    stage.setup()
    kept = stage.process(batch_of(documents)).to_pandas()
    accepted = {name: each["score"] for name, each in expected_columns.items() if each["folder"] == "accepted"}
    assert dict(zip(kept["id"], kept["quality_score"], strict=True)) == accepted


def test_the_stage_says_what_the_plain_filter_says(documents, chosen, expected_columns):
    stage = QualityStage(chosen)
    stage.setup()
    made = stage.process(batch_of(documents)).to_pandas()
    parts = [name for name in made if name.startswith("quality_")]
    found = {}
    for _, row in made.iterrows():
        quality = {name.removeprefix("quality_"): row[name] for name in parts}
        quality["points"] = engine_corpus._plain(quality["points"])
        quality["reason"] = None if pd.isna(quality["reason"]) else quality["reason"]
        quality["verdict"] = None if pd.isna(quality["verdict"]) else quality["verdict"]
        found[row["id"]] = engine_corpus.comparable(quality)
    engine_corpus.assert_same(found, expected_columns)


def test_the_stage_can_drop_and_its_output_can_be_arrow():
    given = [
        {"id": number, "text": text} for number, text in enumerate(["Fine.", None, 5, "A fine {text|essay} here."])
    ]
    stage = QualityStage(FAST, filter=True)
    made = stage.process(batch_of(given))
    assert made.to_pandas()["id"].tolist() == [0] and made.to_pyarrow()["quality_points"].to_pylist() == ["{}"]
    assert set(stage.outputs()[1]) <= set(made.to_pandas().columns)


def test_the_filter_refuses_what_a_score_cannot_tell(chosen):
    for options in ({"where": "words > 3"},):
        with pytest.raises(SettingsError, match="take QualityStage"):
            QualityCheckFilter(Settings(filter=FilterSettings(**options)))
    keeps = [
        QualityCheckFilter(Settings(select=("BRC",), filter=FilterSettings(keep=keep)))
        for keep in ((), ("review",), ("reject",))
    ]
    assert [[each.keep_document(score) for score in (-1.0, 0.0, 39.9, 40.0, 75.0)] for each in keeps] == [
        [False, False, False, False, True],
        [False, False, False, True, True],
        [False, True, True, True, True],
    ]
