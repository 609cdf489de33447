"""The training of the document detectors: what is taken off the texts, least scores, and a small model end to end."""

import json
import lzma
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("numba", reason="needs the train extra")

from qualitycheck import Document
from qualitycheck_document_detectors.model import Model
from qualitycheck_document_detectors.training import pipeline
from qualitycheck_document_detectors.training.labelled import examples
from qualitycheck_document_detectors.training.scored import Scored
from qualitycheck_document_detectors.training.thresholds import FEW, LENGTHS, least_scores, reached

DETECTRL = "made up; domain=xsum; method={}; llm=none"
_WORDS = """the of and to in a that was on for with as it is at by he from they were this which an had but
    have not are his or be one all their when would who more will out up two time then into year made over also
    people about them some could new other after first town river house bridge street water morning council"""
COMMON = _WORDS.split()
MODEL = [*COMMON[:40], "additionally", "significant", "ensuring", "however", "highlighting", "crucial", "various"]


def written(seed, words, length=130):
    choose = random.Random(seed)
    text = " ".join(choose.choice(words) + ("." if choose.random() < 0.08 else "") for _ in range(length))
    return f"{text}."


def lines(path, rows):
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shared")
    for part in ("corpus", "eval", "trips"):
        (folder / part).mkdir()
    for source in range(9):
        with lzma.open(folder / f"corpus/source_{source}.jsonl.xz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps({"text": written(f"{source} {n}", [*COMMON, *MODEL])}) + "\n" for n in range(30))
    apt = []
    for n in range(25):
        apt.append({"id": f"apt-{n}-human", "label": "human", "text": written(n, COMMON), "pair_id": f"apt-{n}"})
        polished = "Here is the polished version:\n\n" + written(-n, MODEL)
        apt.append({"id": f"apt-{n}-major_gpt", "label": "llm", "text": polished, "pair_id": f"apt-{n}"})
    lines(folder / "eval/apt_eval.jsonl", [{**row, "source": ""} for row in apt])
    mixed = [("human", "human"), ("llm", "polish"), ("backtranslated", "backtranslated")]
    detectrl = [
        {"id": "", "label": label, "text": written(method, COMMON), "source": DETECTRL.format(method), "pair_id": "d"}
        for label, method in mixed
    ]
    lines(folder / "eval/detectrl.jsonl", detectrl)
    for name in ("raidar_news_sentences", "asap_essays_bt", "synscipass_backtranslated"):
        lines(folder / f"eval/{name}.jsonl", [])
    for name in ("sent", "spa", "cat", "epo"):
        rows = [{"source": "source_1", "text": written(f"{name} {n}", COMMON)} for n in range(5)]
        lines(folder / f"trips/{name}.jsonl", rows)
    return folder


def test_a_small_model_learns_and_comes_out_the_same_twice(shared, tmp_path, monkeypatch):
    monkeypatch.setattr(pipeline, "PLANS", {"rewritten-by-model": pipeline.PLANS["rewritten-by-model"]})
    folders = [tmp_path / "first", tmp_path / "second"]
    for folder in folders:
        pipeline.train(shared / "corpus", shared / "eval", shared / "trips", folder)
    names = {path.name for path in folders[0].iterdir()}
    assert names == {"manifest.json", "seen.npy", "vocabulary.npy", "weights.npy"}
    for name in names:
        assert (folders[0] / name).read_bytes() == (folders[1] / name).read_bytes()
    model = Model(folders[0])
    texts = [written("another", MODEL), written("another", COMMON)]
    rewritten, human = model.margins([Document(text) for text in texts])["rewritten-by-model"]
    assert rewritten > human + 1.0
    measured = model.manifest["detectors"]["rewritten-by-model"]["measured"]
    assert measured["alarms"]["source_1 (documents)"] == [30, 0]
    assert {row["kind"] for row in measured["recall"]} == {"major", "polish"}


def test_what_collections_do_to_their_texts_is_taken_off(tmp_path):
    for name in ("apt_eval", "raidar_news_sentences", "synscipass_backtranslated"):
        lines(tmp_path / f"{name}.jsonl", [])
    text = "It' s themodel that I ca n' t see.nnThe end.An apple , it' ll do , $x_1$ and nnthat."
    lines(
        tmp_path / "detectrl.jsonl",
        [{"label": "human", "text": text, "source": DETECTRL.format("human"), "pair_id": "1"}],
    )
    essay = {"label": "human", "text": "Dear @ CAPS1, hello @PERSON2.", "source": "ASAP essays", "pair_id": "2"}
    lines(tmp_path / "asap_essays_bt.jsonl", [essay])
    found = {example.domain: " ".join(example.text.split()) for example in examples(tmp_path)}
    assert found["xsum"] == "It's the model that I can't see. The end. An apple , it'll do , and that."
    assert found["asap"] == "Dear , hello ."


@given(st.lists(st.floats(-3, 3), min_size=100, max_size=400), st.integers(1, 4))
def test_no_source_has_more_alarms_than_it_may(values, parts):
    scores = np.array(values)
    words = np.resize(np.array([90, 110, 250, 700, 5000]), len(scores))
    human = [
        Scored(str(n), "document", human=True, scores=scores[n::parts], words=words[n::parts]) for n in range(parts)
    ]
    least = least_scores(human, 0.01)
    assert len(least) == len(LENGTHS)
    for each in human:
        judged = each.words >= LENGTHS[0]
        assert reached(each.scores, each.words, least)[judged].sum() <= max(FEW, 0.01 * judged.sum())


@given(st.lists(st.floats(-1e3, 1e3).filter(lambda value: abs(value) > 1e-3), min_size=1, max_size=200))
def test_a_quantised_weight_is_within_half_a_step_unless_it_is_cut(values):
    step, small = pipeline.quantise(np.array(values))
    inside = np.abs(values) <= 127 * step
    assert np.all(np.abs(small * step - values)[inside] <= step / 2 + 1e-9)
    assert small.dtype == np.int8
