"""Decisions without code: thresholds, what is kept, conditions, a plugin's word, and all of that again afterwards."""

import json

import pytest
from corpora import contents, filter_to, ids, lines, rows, settings, write_jsonl
from hypothesis import given
from hypothesis import strategies as st

from qualitycheck import InputError, SettingsError
from qualitycheck.filtering.diff import compare
from qualitycheck.filtering.expressions import Expression, Unknown
from qualitycheck.filtering.what_if import decide_anew, parse

VALUES = {
    "score": 55.0,
    "verdict": "review",
    "words": 12,
    "language": "en",
    "id": "x",
    "source": None,
    "signals": {"words.bad_rate": 0.1, "words.kind": "news"},
    "points": {"words": 45.0},
    "findings": {"WRD001": 2},
}

TRUE = (
    "score >= 50",
    "score >= 50 and signals['words.bad_rate'] < .2",
    "not (score < 50) and (words > 10 or language == 'de')",
    "0 < words <= 12",
    "language in ('en', 'de')",
    "points['words'] / 2 + 1 > 20",
    "findings['WRD001'] == 2 and findings['XYZ999'] == 0",
    "'WRD001' in findings and 'WRD002' not in findings",
    "-score < 0",
    "signals['words.kind'] == 'news'",
    " source == None ",
)


@pytest.mark.parametrize("text", TRUE)
def test_conditions_that_hold(text):
    assert Expression(text)(VALUES) is True
    assert Expression(f"not ({text})")(VALUES) is False


BAD = {
    "": "is not an expression",
    "score >": "is not an expression",
    "import os": "is not an expression",
    "__import__('os').system('true')": "is not allowed",
    "score.__class__": "is not allowed",
    "signals.get('x')": "is not allowed",
    "[x for x in signals]": "is not allowed",
    "(lambda: 1)()": "is not allowed",
    "9 ** 9 ** 9": "is not allowed",
    "'a' * 999999999": "text cannot be added or multiplied",
    "f'{score}' == ''": "is not allowed",
    "scor > 1": "did you mean “score”",
    "os > 1": "unknown name “os”",
    "signals > 1": "write signals\\['…'\\]",
    "signals[score] > 1": "with a name",
    "score[0] > 1": "with a name",
    "b'x' == id": "is not allowed",
    "(score := 1) > 0": "is not allowed",
    "score if score else 1": "is not allowed",
    "(" * 300 + "1" + ")" * 300: "is not an expression",
    "score > 1 " * 900: "longer than",
}


@pytest.mark.parametrize("text", BAD, ids=lambda text: text[:20])
def test_what_is_no_condition_is_refused(text):
    with pytest.raises(SettingsError, match=BAD[text]):
        Expression(text)


@pytest.mark.parametrize("text", ["signals['no.such'] > 1", "source > 1", "score / 0 > 1", "signals['words.kind'] < 1"])
def test_what_a_document_lacks_is_unknown(text):
    with pytest.raises(Unknown):
        Expression(text)(VALUES)


@given(st.text(alphabet="score[]()'<>=+-*/. andornot019_:\"{}", max_size=60))
def test_nothing_but_a_condition_is_ever_evaluated(text):
    try:
        expression = Expression(text)
        assert isinstance(expression(VALUES), bool)
    except (SettingsError, Unknown):
        pass


@pytest.fixture
def corpus(tmp_path):
    return write_jsonl(tmp_path / "a.jsonl", [*rows(120), {"id": "override", "text": "bad bad bad bad"}])


def names(folder, name):
    return {record["id"] for record in lines(folder, name)}


def test_a_condition_rejects_and_says_so(tmp_path, corpus):
    chosen = settings(tmp_path, where="findings['WRD002'] == 0 and score > 30", signals=True)
    outcome, _ = filter_to(tmp_path / "out", corpus, chosen)
    for record in lines(tmp_path / "out", "accepted"):
        assert "dull" not in record["text"] and record["quality"]["signals"]["words.bad_rate"] < 0.5
    rejected = [each for each in lines(tmp_path / "out", "rejected") if each["quality"].get("reason") == "where"]
    assert rejected and outcome.summary["reasons"]["where"] == len(rejected)


def test_a_condition_on_what_is_missing_asks_for_review(tmp_path, corpus):
    outcome, _ = filter_to(tmp_path / "out", corpus, settings(tmp_path, where="signals['no.such'] < 1"))
    assert not lines(tmp_path / "out", "accepted")
    assert set(outcome.summary["reasons"]) == {"where-unknown"}


def test_keep_and_thresholds(tmp_path, corpus):
    filter_to(tmp_path / "plain", corpus, settings(tmp_path))
    filter_to(tmp_path / "kept", corpus, settings(tmp_path, keep=("review",)))
    assert names(tmp_path / "kept", "accepted") == names(tmp_path / "plain", "accepted") | names(
        tmp_path / "plain", "review"
    )
    assert not lines(tmp_path / "kept", "review")
    filter_to(tmp_path / "strict", corpus, settings(tmp_path, reject_below=99.0, review_below=99.5))
    scores = [each["quality"]["score"] for each in lines(tmp_path / "strict", "rejected")]
    assert scores and max(scores) < 99


def test_a_plugin_has_the_last_word_on_the_verdict(tmp_path, corpus):
    filter_to(tmp_path / "out", corpus, settings(tmp_path))
    (record,) = [each for each in lines(tmp_path / "out", "review") if each["id"] == "override"]
    assert record["quality"]["score"] < 40


def test_findings_are_written_where_asked_for(tmp_path, corpus):
    filter_to(tmp_path / "out", corpus, settings(tmp_path, findings=True))
    record = lines(tmp_path / "out", "rejected")[0]
    for finding in record["quality"]["findings"]:
        assert record["text"][finding["start"] : finding["end"]] == finding["text"]


CHANGES = (
    {"reject-below": 70.0},
    {"reject-below": 0.0, "review-below": 0.0},
    {"keep": ["review"]},
    {"where": "findings['WRD002'] == 0"},
    {"where": "words > 20 and signals['words.bad_rate'] < .3", "review-below": 100.0},
)


@pytest.mark.parametrize("asked", CHANGES, ids=str)
def test_what_if_says_what_a_run_would_do(tmp_path, corpus, asked):
    filter_to(tmp_path / "out", corpus, settings(tmp_path, signals=True))
    before = contents(tmp_path / "out")
    change = decide_anew(tmp_path / "out", asked)
    plain = {
        name.replace("-", "_"): tuple(value) if isinstance(value, list) else value for name, value in asked.items()
    }
    filter_to(tmp_path / "really", corpus, settings(tmp_path, signals=True, **plain))
    for name in ("accepted", "review", "rejected"):
        assert change.before[name] == len(lines(tmp_path / "out", name))
        assert change.after[name] == len(lines(tmp_path / "really", name)), name
    assert contents(tmp_path / "out") == before
    assert change.lines()[0].startswith("121 documents; with ")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("reject-bellow=3", "did you mean “reject-below”"),
        ("reject-below", "write NAME=VALUE"),
        ("reject-below=x", "is no number"),
    ],
)
def test_what_if_explains_what_is_wrong(change, message):
    with pytest.raises(SettingsError, match=message):
        parse([change])


def test_what_if_needs_a_run_and_sound_thresholds(tmp_path, corpus):
    with pytest.raises(InputError, match="holds no run"):
        decide_anew(tmp_path, {"reject-below": 1.0})
    filter_to(tmp_path / "out", corpus, settings(tmp_path))
    with pytest.raises(SettingsError, match="must not be above"):
        decide_anew(tmp_path / "out", {"reject-below": 99.0})
    with pytest.raises(SettingsError, match="keep"):
        decide_anew(tmp_path / "out", parse(["keep=rewiev"]))


def test_two_runs_are_compared_by_place_however_they_were_cut(tmp_path, corpus):
    filter_to(tmp_path / "one", corpus, settings(tmp_path, split_size=1000))
    filter_to(tmp_path / "same", corpus, settings(tmp_path, split_size=7777))
    found = compare(tmp_path / "one", tmp_path / "same", 3)
    assert (found.same, found.any) == (121, False)
    filter_to(tmp_path / "two", corpus, settings(tmp_path, ignore=("WRD001",), split_size=5000))
    found = compare(tmp_path / "one", tmp_path / "two", 2)
    changed = {
        name
        for folder in ("accepted", "review", "rejected")
        for name in names(tmp_path / "one", folder) - names(tmp_path / "two", folder)
    }
    assert sum(found.kinds.values()) == len(changed) > 0 and found.same == 121 - len(changed)
    assert all(len(each) <= 2 for each in found.examples.values())


def test_documents_in_one_run_alone_are_counted(tmp_path, corpus):
    filter_to(tmp_path / "all", corpus, settings(tmp_path))
    filter_to(tmp_path / "some", corpus, settings(tmp_path, limit=100))
    found = compare(tmp_path / "all", tmp_path / "some", 2)
    assert (found.same, found.only_first, found.only_second) == (100, 21, 0)
    other = write_jsonl(tmp_path / "b.jsonl", rows(3))
    filter_to(tmp_path / "other", other, settings(tmp_path))
    with pytest.raises(InputError, match="no input in common"):
        compare(tmp_path / "all", tmp_path / "other", 2)


def test_plain_files_are_compared_too(tmp_path):
    (tmp_path / "t").mkdir()
    for number in range(9):
        (tmp_path / "t" / f"{number}.txt").write_text("bad bad dull" if number % 3 else "good")
    filter_to(tmp_path / "one", tmp_path / "t", settings(tmp_path))
    filter_to(tmp_path / "two", tmp_path / "t", settings(tmp_path, ignore=("WRD001",)))
    found = compare(tmp_path / "one", tmp_path / "two", 9)
    assert found.same == 3 and sum(found.kinds.values()) == 6


def test_the_summary_is_json_and_every_example_can_be_found(tmp_path, corpus):
    filter_to(tmp_path / "out", corpus, settings(tmp_path))
    told = json.loads((tmp_path / "out" / "summary.json").read_text())
    data = corpus.read_bytes()
    for each in told["worst"] + told["borderline"]:
        assert json.loads(data[each["offset"] :].splitlines()[0])["id"] == each["id"]
    assert ids(tmp_path / "out")["override"] == 1
