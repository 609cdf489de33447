"""What the braces check does that case files cannot say: badness, the reference documents, any text."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qualitycheck_braces
from qualitycheck import Document, Evidence, Finding, Runner, Severity
from qualitycheck_braces.check import Braces
from qualitycheck_braces.spintax import resolved

REFERENCE = Path(__file__).parents[3] / "shared" / "seeds"
SEVERITIES = {rule.code: rule.severity for rule in Braces.rules}
COSTLY = sorted(code for code, severity in SEVERITIES.items() if severity is not Severity.INFO)

findings = st.builds(Finding, st.sampled_from(COSTLY), confidence=st.floats(0, 1))
texts = st.text("{}|[]()<>%$*_\\ \n,.:;aA1‘’“x") | st.text()


def badness(found, words):
    return Braces().badness(Evidence(found, [], SEVERITIES, words))


def score(text):
    return Runner(plugins=[qualitycheck_braces], entry_points=False).check(text).score


@given(st.lists(findings, min_size=1), findings, st.integers(0, 100_000))
def test_one_more_finding_never_lowers_badness(found, another, words):
    assert 0.0 <= badness(found, words) <= badness([*found, another], words) <= 1.0


@given(st.lists(findings, min_size=1), st.integers(0, 100_000), st.integers(0, 100_000))
def test_a_longer_text_never_makes_it_worse(found, words, more):
    assert badness(found, words + more) <= badness(found, words)


@pytest.mark.parametrize("code", COSTLY)
def test_one_stray_thing_in_a_book_costs_little_and_many_cost_much(code):
    one = Finding(code)
    assert badness([one], 100_000) < 0.02
    assert badness([one] * 500, 100_000) > 0.85


def test_one_group_of_spintax_in_an_article_needs_a_review_and_two_a_rejection():
    article = "The harbour reopened on Tuesday after a week of repairs, and the boats went out again. " * 30
    verdict = Runner(plugins=[qualitycheck_braces], entry_points=False).check
    assert verdict(article).verdict == "accept"
    assert verdict(article + "A {good|fine} day.").verdict == "review"
    assert verdict(article + "A {good|fine} day and a {long|quiet} night.").verdict == "reject"


def test_a_loose_bracket_costs_nothing():
    assert score("The mill (built in 1840 has been empty since the war.") == 100


@given(texts)
def test_any_text_gives_findings_in_order_that_share_no_place(text):
    found = list(Braces().inspect(Document(text)))
    last = 0
    for finding in found:
        assert last <= finding.start < finding.end <= len(text)
        last = finding.end


@settings(deadline=None)  # the first text may load the language model
@given(texts)
def test_any_text_goes_through_the_runner(text):
    assert Runner(plugins=[qualitycheck_braces], entry_points=False).check(text).errors == ()


@given(texts)
def test_what_is_resolved_has_no_braces_left(text):
    assert not set("{}|") & set(resolved("{" + text.replace("}", "") + "}"))


@given(st.text("ab {}[]()"))
def test_masked_prose_is_not_looked_at(text):
    assert list(Braces().inspect(Document(text, prose=" " * len(text)))) == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [("000", []), ("001", []), ("002", ["{That a}", "{that a}"]), ("003", []), ("004", [])],
)
def test_reference_documents(name, expected):
    if not REFERENCE.is_dir():
        pytest.skip("the reference documents are not here")
    (path,) = REFERENCE.glob(f"{name}_*.txt")
    found = Braces().inspect(Document(path.read_bytes().decode("utf-8")))
    counted = [finding for finding in found if finding.code != "BRC003"]
    assert {finding.code for finding in counted} <= {"BRC002"}
    assert [finding.suggestions[0].text for finding in counted] == [text.strip("{}") for text in expected]


@pytest.mark.parametrize(("text", "code"), [("{ab|cd} ", "BRC001"), ("He was {glad|happy} to say so. ", "BRC001")])
@pytest.mark.parametrize("count", [9_000, 10_001, 30_000])
def test_more_damage_is_never_less(text, code, count):
    report = Runner(plugins=[qualitycheck_braces], entry_points=False).check(text * count)
    assert report.verdict == "reject"
    assert {finding.code for finding in report.findings} == {code}
