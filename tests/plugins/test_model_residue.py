"""What the model residue check does that case files cannot say: badness, who owns a slot, any text."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qualitycheck_braces
import qualitycheck_model_residue
from qualitycheck import Document, Evidence, Finding, Runner
from qualitycheck_model_residue.check import ModelResidue
from qualitycheck_model_residue.forms import FORMS

SEVERITIES = {rule.code: rule.severity for rule in ModelResidue.rules}

findings = st.builds(Finding, st.sampled_from(sorted(SEVERITIES)), confidence=st.floats(0, 1))
pieces = st.sampled_from(
    [
        "As an AI language model, I",
        "Certainly! Here is a text:",
        "Let me know if you'd like any changes!",
        "[Your Name]",
        "I hope this helps!",
        *("[Date]", "ChatGPT", "“", "”", "\n", "【1†a】", "<|im_start|>", "the bridge is old."),
    ]
)
texts = st.lists(pieces).map(" ".join) | st.text()


def badness(found, length):
    return ModelResidue().badness(Evidence(found, [], SEVERITIES, length))


def codes(text):
    return [finding.code for finding in ModelResidue().inspect(Document(text))]


@given(st.lists(findings, min_size=1), findings, st.integers(0, 100_000))
def test_one_more_finding_never_lowers_badness(found, another, length):
    assert 0.0 <= badness(found, length) <= badness([*found, another], length) <= 1.0


@given(st.lists(findings, min_size=1), st.integers(0, 100_000), st.integers(0, 100_000))
def test_a_longer_text_never_makes_it_worse(found, length, more):
    assert badness(found, length + more) <= badness(found, length)


def test_one_is_enough_for_a_review_of_a_page_and_no_reason_to_refuse_a_book():
    runner = Runner(plugins=[qualitycheck_model_residue], entry_points=False)
    page = "The people of the town came to the hall to hear about the bridge. " * 30
    assert runner.check(page).score == 100
    assert (
        runner.check(f"Certainly! Here is the article:\n\n{page} As an AI language model, I agree.").verdict == "review"
    )
    assert runner.check(f"{page * 100} As an AI language model, I agree.").score > 97


def test_what_people_say_counts_beside_what_only_a_model_says():
    weak = "The bridge is old.\n\nI hope this helps!"
    assert codes(weak) == []
    assert codes(f"As an AI language model, I agree. {weak}") == ["LLM001", "LLM001"]


def test_a_slot_belongs_to_one_check():
    text = "Dear [INSERT NAME],\n\nI live in {{city}} and work for [Company Name].\n\n[Your Name]\n[YOUR TOWN HERE]"
    report = Runner(plugins=[qualitycheck_braces, qualitycheck_model_residue], entry_points=False).check(text)
    assert [(finding.code, finding.text) for finding in report.findings] == [
        ("BRC004", "[INSERT NAME]"),
        ("BRC004", "{{city}}"),
        ("LLM002", "[Company Name]"),
        ("LLM002", "[Your Name]"),
        ("BRC004", "[YOUR TOWN HERE]"),
    ]


def test_only_what_makes_no_part_of_a_sentence_can_be_deleted():
    text = "Certainly! Here is the article:\n\nAs an AI language model, I agree. Regenerate response"
    found = list(ModelResidue().inspect(Document(text)))
    assert [[each.text for each in finding.suggestions] for finding in found] == [[""], [], [""]]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.what)
def test_every_form_has_its_anchors(form):
    assert form.anchors
    assert all(anchor.strip() == anchor and anchor for anchor in form.anchors)


@settings(deadline=None)  # the first text may load the language model
@given(texts)
def test_any_text_goes_through_the_runner(text):
    report = Runner(plugins=[qualitycheck_model_residue], entry_points=False).check(text)
    assert report.errors == ()
    spans = [(finding.start, finding.end) for finding in report.findings if finding.code == "LLM001"]
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
