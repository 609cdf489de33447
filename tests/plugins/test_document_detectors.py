"""What the document detectors do that case files cannot say: badness, form, order, and what is shared."""

import json
import shutil
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qualitycheck_document_detectors
from qualitycheck import Document, Evidence, Finding, Runner
from qualitycheck.batch import batches
from qualitycheck.settings import make_settings
from qualitycheck.testing import load_cases
from qualitycheck.tokens import token_key
from qualitycheck_document_detectors.check import LEAST_WORDS, MOST_NAMED, RewrittenByModel, RoundTripTranslation
from qualitycheck_document_detectors.grams import Vocabulary, streams
from qualitycheck_document_detectors.model import FOLDER, Model, ModelError, load_model

CASES = Path(__file__).parent.parent / "cases"
TEXTS = [case.text for case in load_cases(CASES / "LLM010.toml") if len(case.text) < 3000]
REWRITTEN = next(case.text for case in load_cases(CASES / "LLM010.toml") if case.kind == "fail")
REFERENCES = Path(__file__).parents[2].parent / "shared" / "seeds"
PLUGINS = [qualitycheck_document_detectors]
RUNNER = Runner(make_settings({"select": ["LLM010", "LLM011", "MTX010"]}), PLUGINS, entry_points=False)
BOTH = [RewrittenByModel(), RoundTripTranslation()]

words = st.sampled_from(["the", "a", "of", "however", ",", ".", "cat", "said", "emphasized", "—", "“", "15"])
texts = st.lists(words, max_size=300).map(" ".join) | st.text(max_size=2000) | st.sampled_from(TEXTS)


def margins(*given_texts):
    found = load_model().margins([Document(text) for text in given_texts])
    return np.stack([found[name] for name in sorted(found)])


@given(st.sampled_from(BOTH), st.lists(st.floats(0, 1), min_size=1), st.floats(0, 1), st.integers(0, 100_000))
def test_one_more_finding_never_lowers_badness(check, confidences, another, length):
    def badness(values):
        found = [Finding(check.code, confidence=value) for value in values]
        return check.badness(Evidence(found, [], {rule.code: rule.severity for rule in check.rules}, length))

    assert 0.0 <= badness(confidences) <= badness([*confidences, another]) + 1e-12 <= 1.0 + 1e-12


@given(st.lists(texts, min_size=1, max_size=6))
@settings(deadline=None, max_examples=40)
def test_a_document_is_judged_alike_alone_and_among_others(several):
    together = margins(*several)
    for number, text in enumerate(several):
        np.testing.assert_allclose(margins(text)[:, 0], together[:, number], rtol=1e-9, atol=1e-9)


@given(st.sampled_from([text for text in TEXTS if "ß" not in text]), st.sampled_from([str.upper, str.lower, str.title]))
@settings(deadline=None)
def test_capitals_tell_nothing(text, shape):
    text = text.replace("’", "'").replace("'", "")  # “they'Ll” is two words to str.title
    np.testing.assert_allclose(margins(shape(text)), margins(text), atol=1e-9)


@pytest.mark.parametrize(
    ("mark", "other"), [("“", '"'), ("”", '"'), ("“", ""), (" — ", " "), ("(", ""), ("'", "’"), ("\n\n", " ")]
)
def test_quotation_marks_dashes_brackets_and_lines_tell_nothing(mark, other):
    text = f"{REWRITTEN} “He said so” — (she did not) and they can't."
    np.testing.assert_allclose(margins(text.replace(mark, other)), margins(text), atol=1e-9)


def test_only_the_worse_of_the_two_counts_and_nothing_is_refused_for_them():
    reports = [RUNNER.check(text) for text in TEXTS]
    assert {check.group for check in BOTH} == {BOTH[0].group}
    assert all(report.score >= 50.0 and report.verdict != "reject" for report in reports)
    assert any(report.verdict == "review" for report in reports)


@given(texts)
@settings(deadline=None, max_examples=50)
def test_any_text(text):
    report = RUNNER.check(text)
    assert not report.errors
    found = [finding for finding in report.findings if finding.code == "LLM011"]
    assert len(found) <= MOST_NAMED
    assert not found or any(finding.code == "LLM010" for finding in report.findings)
    for before, after in pairwise(sorted(found, key=lambda finding: finding.start)):
        assert before.end <= after.start


def test_the_phrases_are_named_and_cost_nothing():
    report = RUNNER.check(REWRITTEN)
    named = [finding for finding in report.findings if finding.code == "LLM011"]
    assert 3 <= len(named) <= MOST_NAMED
    assert all(REWRITTEN[finding.start : finding.end] == finding.text for finding in named)
    alone = Runner(make_settings({"select": ["LLM010"]}), PLUGINS, entry_points=False).check(REWRITTEN)
    assert alone.score == report.score


def test_short_texts_and_other_languages_are_skipped():
    short = " ".join(REWRITTEN.split()[: LEAST_WORDS - 10])
    assert {RUNNER.check(short).checks[check.name].status for check in BOTH} == {"skipped"}
    german = next(text for text in TEXTS if "Brücke" in text)
    assert {RUNNER.check(german).checks[check.name].status for check in BOTH} == {"skipped"}


@given(st.lists(st.text(st.sampled_from("abcdefgh"), min_size=1, max_size=8), unique=True, min_size=1, max_size=50))
def test_a_word_of_the_vocabulary_is_known_unless_an_earlier_one_has_its_place(listed):
    keys = np.array([token_key(word) for word in listed], np.uint64)
    known, common, unusual = Vocabulary.of(keys, 3, 6).look(keys)
    places = keys >> np.uint64(47)
    first = {int(place): number for number, place in reversed(list(enumerate(places)))}
    assert all(known[number] for number in first.values())
    assert not ((common | unusual) & ~known).any()
    assert all(common[number] == (number < 3) for number in first.values())
    assert all(unusual[number] == (number >= 6) for number in first.values())


@given(st.lists(st.sampled_from(["Meticulous", "carefuLLY", "naïveté", "doesn’t", "DOESN'T", "cat", "15,000", "über"])))
def test_letters_are_of_long_words_and_capitals_and_apostrophes_tell_nothing(listed):
    def letters(text):
        (batch,) = batches([Document(text)]) if text else (None,)
        return [] if batch is None else streams(batch, Vocabulary(np.zeros(1 << 17, np.uint16))).letters.tolist()

    text = " ".join(listed)
    assert len(letters(text)) == listed.count("Meticulous") + listed.count("carefuLLY")
    assert letters(text) == letters(text.upper()) == letters(text.replace("’", "'"))


def test_the_model_is_what_its_manifest_says():
    import hashlib

    manifest = load_model().manifest
    assert {path.name for path in FOLDER.glob("*.npy")} == set(manifest["files"])
    for name, digest in manifest["files"].items():
        assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == digest


@pytest.mark.parametrize("damage", ["missing array", "missing fact", "wrong shape", "no JSON"])
def test_a_damaged_model_is_refused_in_one_line(tmp_path, damage):
    folder = tmp_path / "model"
    shutil.copytree(FOLDER, folder)
    if damage == "missing array":
        (folder / "seen.npy").unlink()
    elif damage == "wrong shape":
        np.save(folder / "weights.npy", np.zeros((3, 4), np.int8))
    elif damage == "no JSON":
        (folder / "manifest.json").write_text("{", encoding="utf-8")
    else:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        del manifest["detectors"]["rewritten-by-model"]["bias"]
        (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(ModelError) as raised:
        Model(folder)
    assert str(folder) in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_document_longer_than_a_batch_is_judged_by_all_its_parts():
    text = "\n".join([REWRITTEN] * 900)
    assert len(text) > 1_000_000
    once, many = margins(REWRITTEN), margins(text)
    assert np.isfinite(many).all()
    assert (many != once).any()


@pytest.mark.skipif(not REFERENCES.is_dir(), reason="needs ../shared")
@pytest.mark.parametrize("number", range(5))
def test_reference_documents(number):
    (path,) = REFERENCES.glob(f"00{number}_*.txt")
    report = RUNNER.check(path.read_text(encoding="utf-8"))
    assert (report.verdict == "review") == (number in (3, 4))
    assert ("LLM010" in {finding.code for finding in report.findings}) == (number in (3, 4))
