"""Many documents at once are judged as each alone."""

from pathlib import Path

import pytest

from qualitycheck.tokens import tokenize
from qualitycheck_odd_synonyms.check import MODEL
from qualitycheck_odd_synonyms.diagnosis import diagnose
from qualitycheck_odd_synonyms.model import load_model

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
TEXTS = [path.read_text(encoding="utf-8", errors="replace") for path in SEEDS]


@pytest.fixture(scope="module")
def model():
    return load_model(MODEL)


def test_neighbours_change_nothing(model):
    together = diagnose([model], [tokenize(text) for text in TEXTS])
    assert any(each.spun for each in together)
    assert not all(each.spun for each in together)
    for text, diagnosis in zip(TEXTS, together, strict=True):
        assert diagnose([model], [tokenize(text)]) == [diagnosis]


def test_texts_without_tokens_or_phrases(model):
    _, empty, unlisted = diagnose([model], [tokenize(TEXTS[0]), tokenize(""), tokenize("zzyzx qwrt")])
    assert [channel.evidence for channel in empty.channels] == [0.0] * len(model.family_names)
    assert not empty.spun
    assert not unlisted.spun
    assert diagnose([model], []) == []


def test_the_first_look_lets_no_spun_text_pass(model):
    spun = [text for path, text in zip(SEEDS, TEXTS, strict=True) if path.stem.startswith(("spun", "half-spun"))]
    assert len(spun) >= 2
    for diagnosis in diagnose([model], [tokenize(text) for text in spun]):
        assert diagnosis.spun


def test_two_models_report_a_place_once(model):
    text = next(text for path, text in zip(SEEDS, TEXTS, strict=True) if path.stem == "spun-news-item")
    one, two = diagnose([model], [tokenize(text)])[0], diagnose([model, model], [tokenize(text)])[0]
    assert two.replacements == one.replacements
    assert two.channels == one.channels
