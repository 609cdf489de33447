"""What the quotes check does that case files cannot say: badness, messages, the reference documents, any text."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qualitycheck_quotes
from qualitycheck import Document, Evidence, Finding, Runner, Settings, Severity
from qualitycheck_quotes.check import Quotes

REFERENCE = Path(__file__).parents[3] / "shared" / "seeds"
SEVERITIES = {rule.code: rule.severity for rule in Quotes.rules}
COSTLY = sorted(code for code, severity in SEVERITIES.items() if severity is not Severity.INFO)

findings = st.builds(Finding, st.sampled_from(COSTLY), confidence=st.floats(0, 1))
texts = st.text("\"“”„«»'‘’`´′ \n.,ast5€\ufdd0") | st.text()


def badness(found, words):
    return Quotes().badness(Evidence(found, [], SEVERITIES, words))


def messages(text, code):
    return [finding.message for finding in Quotes().inspect(Document(text)) if finding.code == code]


@given(st.lists(findings, min_size=1), findings, st.integers(0, 100_000))
def test_one_more_finding_never_lowers_badness(found, another, words):
    assert 0.0 <= badness(found, words) <= badness([*found, another], words) <= 1.0


@given(st.lists(findings, min_size=1), st.integers(0, 100_000), st.integers(0, 100_000))
def test_a_longer_text_never_makes_it_worse(found, words, more):
    assert badness(found, words + more) <= badness(found, words)


def test_quotation_marks_alone_never_send_a_text_to_review():
    text = "The town‘s bakery isn‘t open, and he called it “closed. " * 50
    report = Runner(plugins=[qualitycheck_quotes], entry_points=False).check(text)
    assert len(report.findings) > 50
    assert 90 - 1e-9 <= report.score < 95
    assert report.verdict == "accept"


def test_mixed_styles_cost_nothing():
    text = '“Yes,” he said. "No," she said.'
    assert Runner(plugins=[qualitycheck_quotes], entry_points=False).check(text).score == 100


def test_messages_name_word_and_mark():
    assert messages("The town‘s bakery", "QUO001") == ["“town‘s” has “‘” where an apostrophe should be"]


def test_messages_tell_which_way_a_loose_mark_points():
    assert messages("He called it “a good day.", "QUO002") == ["this quotation is never closed"]
    assert messages("He called it a good day”.", "QUO002") == ["this closes no quotation"]


def test_the_message_about_styles_counts_both():
    (message,) = messages('“Yes,” he said. “Perhaps.” "No," she said.', "QUO003")
    assert message == 'the first of 2 straight (") quotation marks in a text with 4 curly (“ ”)'


@given(texts)
def test_any_text_gives_valid_spans(text):
    for finding in Quotes().inspect(Document(text)):
        assert 0 <= finding.start < finding.end <= len(text)
        assert text[finding.start] in '"“”„«»‘‛`´′'


@settings(deadline=None)  # the first text may load the language model
@given(texts)
def test_any_text_goes_through_the_runner(text):
    assert Runner(plugins=[qualitycheck_quotes], entry_points=False).check(text).errors == ()


@given(texts)
def test_correcting_every_apostrophe_leaves_none_to_correct(text):
    found = [finding for finding in Quotes().inspect(Document(text)) if finding.code == "QUO001"]
    characters = list(text)
    for finding in found:
        characters[finding.start] = finding.suggestions[0].text
    again = Quotes().inspect(Document("".join(characters)))
    assert not {finding.start for finding in found} & {each.start for each in again if each.code == "QUO001"}


@pytest.mark.parametrize(
    ("name", "expected"), [("000", []), ("001", []), ("002", []), ("003", [220, 389]), ("004", [])]
)
def test_reference_documents(name, expected):
    if not REFERENCE.is_dir():
        pytest.skip("the reference documents are not here")
    (path,) = REFERENCE.glob(f"{name}_*.txt")
    found = list(Quotes().inspect(Document(path.read_bytes().decode("utf-8"))))
    assert [(finding.code, finding.start, finding.end) for finding in found] == [
        ("QUO001", place, place + 1) for place in expected
    ]


def test_the_quotation_of_a_sentence_may_go_on_in_the_next():
    runner = Runner(Settings(select=("QUO",)))
    text = "“It’s late, and Trump‘s gone."
    whole, fragment = runner.check(text), runner.check(Document(text, fragment=True))
    assert {finding.code for finding in whole.findings} == {"QUO001", "QUO002"}
    assert {finding.code for finding in fragment.findings} == {"QUO001"}
