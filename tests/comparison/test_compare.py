"""Two texts compared: sentences, words, tables and the verdict."""

import json
import time
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualitycheck import Document, compare
from qualitycheck.comparison import Kind, Rewrite
from qualitycheck.readers import read_text
from qualitycheck.runner import Runner

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
SHARED = ROOT.parent / "shared"
SCHEMA = json.loads((ROOT / "qualitycheck/schema/comparison-1.schema.json").read_text(encoding="utf-8"))
CLEAN = (SEEDS / "clean-news-item.txt").read_text(encoding="utf-8")

ORIGINAL = (
    "The mayor said on Tuesday that the council would open the new bridge in spring. "
    "“We could establish a fund for the poor,” said Ana Verholt, "
    "who works at the Centre for Open Cities, a think tank in Lindmoor. "
    "About 1,200 people crossed the old bridge each day. "
    "The mayor said that the council would pay for it in full, and that it would not raise taxes."
)
REWRITTEN = (
    "The mayor mentioned on Tuesday that the council would open the brand new bridge in spring. "
    "“We may set up a fund for the poor,” mentioned Ana Verholt, "
    "who works at the Heart for Open Cities, a assume tank in Lindmoor. "
    "About 1,300 folks crossed the outdated bridge every day. "
    "The mayor mentioned that the council would pay for it in full, and that it wouldn’t increase taxes."
)


def pairs(comparison):
    return {(row.original, row.rewritten): row.count for row in comparison.substitutions}


def of_kind(comparison, kind):
    return [(change.original, change.rewritten) for change in comparison.changes if change.kind is kind]


@pytest.fixture(scope="module")
def compared():
    return compare(ORIGINAL, REWRITTEN)


def test_substitutions_are_counted_the_commonest_first(compared):
    assert compared.substitutions[0].original == "said"
    assert pairs(compared) == {
        ("said", "mentioned"): 3, ("could", "may"): 1, ("establish", "set up"): 1, ("think", "assume"): 1,
        ("people", "folks"): 1, ("old", "outdated"): 1, ("each", "every"): 1, ("raise", "increase"): 1,
    }  # fmt: skip


def test_names_numbers_and_forms_are_no_substitutions(compared):
    assert [(row.original, row.rewritten) for row in compared.names] == [
        ("Centre for Open Cities", "Heart for Open Cities")
    ]
    assert [(row.original, row.rewritten) for row in compared.numbers] == [("1,200", "1,300")]
    assert of_kind(compared, Kind.FORM) == [("would not", "wouldn’t")]
    assert of_kind(compared, Kind.INSERTION) == [("", "brand")]


def test_an_altered_quotation_is_listed_whole(compared):
    assert [(each.original, each.rewritten) for each in compared.quotations] == [
        ("“We could establish a fund for the poor,”", "“We may set up a fund for the poor,”")
    ]


def test_a_quotation_that_is_only_quoted_otherwise_is_not_altered():
    other = ORIGINAL.replace("“", '"').replace("”", '"')
    assert compare(ORIGINAL, other).quotations == ()
    assert compare(ORIGINAL, other).changes == []


def test_every_span_is_the_text_it_names(compared):
    for change in compared.changes:
        assert ORIGINAL[slice(*change.original_span)] == change.original
        assert REWRITTEN[slice(*change.rewritten_span)] == change.rewritten
    for row in (*compared.substitutions, *compared.names, *compared.numbers):
        assert ORIGINAL[slice(*row.original_span)].lower() == row.original.lower()
        assert REWRITTEN[slice(*row.rewritten_span)].lower() == row.rewritten.lower()


def test_the_dictionary_is_what_the_schema_says(compared):
    for each in (compared, compare("", ""), compare("One. Two.", ""), compare("", "One.")):
        jsonschema.validate(each.to_dict(), SCHEMA)
    assert SCHEMA["properties"]["figures"]["required"] == list(compared.to_dict()["figures"])


@pytest.mark.parametrize(
    ("original", "rewritten", "kind"),
    [
        ("It had been seen.", "It has been seen.", Kind.FORM),
        ("They would have liked the ceasefire.", "They’d have liked the cease-fire.", Kind.FORM),
        ("The town reopened without delay.", "The town re-opened with out delay.", Kind.FORM),
        ("He met Putin in the town hall.", "He met Medvedev in the town hall.", Kind.NAME),
        ("They sold fifteen of the boats.", "They sold 15 of the boats.", Kind.NUMBER),
        ("They sold 15,000 of the boats.", "They sold 15,00zero of the boats.", Kind.NUMBER),
        ("The leader of the party resigned.", "The chief of the party resigned.", Kind.SUBSTITUTION),
        ("Won’t the leader of it resign?", "Received’t the leader of it resign?", Kind.SUBSTITUTION),
    ],
)
def test_kinds(original, rewritten, kind):
    assert {change.kind for change in compare(original, rewritten).changes} == {kind}


def test_capitals_at_the_start_of_a_sentence_make_no_name():
    found = compare(
        "Leaders of the party met. Nobody came to the hall.", "Chiefs of the party met. No one came to the hall."
    )
    assert of_kind(found, Kind.NAME) == []


def test_german_nouns_are_no_names():
    original = "Der Minister sagte am Montag, dass die Regierung das Gesetz ändern und die Steuern senken werde."
    found = compare(original, original.replace("Gesetz", "Recht").replace("Steuern", "Abgaben"))
    assert pairs(found) == {("gesetz", "recht"): 1, ("steuern", "abgaben"): 1}


def test_a_phrase_is_not_cut_where_its_words_do_not_pair():
    found = compare("It has long been so in the past and at sea.", "It has long been so up to now and at sea.")
    assert pairs(found) == {("in the past", "up to now"): 1}


def test_a_pair_that_recurs_decides_where_a_stretch_is_cut():
    original = "The judge ordered water today. We saw the judge again. Her judge slept badly there."
    rewritten = (
        "The court official demanded water today. We saw the court official again. "
        "Her court official slept badly there."
    )
    assert pairs(compare(original, rewritten)) == {("judge", "court official"): 3, ("ordered", "demanded"): 1}


def test_moved_left_out_and_put_in_sentences():
    sentences = [f"{each.strip()}." for each in CLEAN.replace("\n", " ").split(". ") if len(each) > 60][:8]
    new = "Nothing of the kind had ever been heard of by anybody on those seven islands."
    other = [sentences[0], sentences[5], *sentences[1:4], new, sentences[6], sentences[7]]
    found = compare(" ".join(sentences), " ".join(other))
    moved = [passage for passage in found.passages if passage.moved]
    assert [found.original.text[slice(*passage.original_span)] for passage in moved] == [sentences[5]]
    assert not found.changes
    alone = {
        (found.original.text[slice(*passage.original_span)], found.rewritten.text[slice(*passage.rewritten_span)])
        for passage in found.passages
        if passage.original_span[0] == passage.original_span[1]
        or passage.rewritten_span[0] == passage.rewritten_span[1]
    }
    assert alone == {(sentences[4], ""), ("", new)}


def test_sentences_that_were_joined_go_together():
    original = (
        "The ferry left the harbour at noon. It carried ninety passengers to the island. They came back at night."
    )
    rewritten = (
        "The ferry left the harbour at noon, and carried ninety passengers to the island. They came back at night."
    )
    found = compare(original, rewritten)
    assert found.passages[0].original_span == (0, original.index(" They"))


def test_markup_is_no_text():
    runner = Runner()
    original, rewritten = (
        read_text(text, "markdown", runner.plugins)
        for text in (
            "# Water\n\nThe *leader* of `the` party resigned.\n",
            "# Water\n\nThe **chief** of `a` party resigned.\n",
        )
    )
    assert pairs(compare(original, rewritten)) == {("leader", "chief"): 1}


def test_verdicts():
    spun = (SEEDS / "spun-news-item.txt").read_text(encoding="utf-8")
    recipe = (SEEDS / "clean-recipe.txt").read_text(encoding="utf-8")
    assert compare(CLEAN, CLEAN.replace("\n", "\n\n")).verdict is Rewrite.COPY
    assert compare(CLEAN, CLEAN.replace("ferry", "boat", 1) + " And so on.").verdict is Rewrite.EDIT
    assert compare(CLEAN, recipe).verdict is Rewrite.UNRELATED
    assert compare(CLEAN, "").verdict is Rewrite.UNRELATED
    assert compare(spun, spun).verdict is Rewrite.COPY
    assert compare(CLEAN, spun).verdict is Rewrite.SPIN


def test_other_words_for_the_same_are_a_paraphrase():
    original = (
        "The council of Lindmoor decided on Tuesday to build a new school near the harbour. Work is to start in March. "
        "Parents had asked for it for years. The old school is too small for 400 pupils, its head Ana Verholt said."
    )
    rewritten = (
        "On Tuesday Lindmoor’s councillors agreed that another school should go up close to the harbour, with building "
        "work due to begin in March. For years, parents have been demanding it: according to Ana Verholt, its head, "
        "400 pupils are more than the present school has room for."
    )
    assert compare(original, rewritten).verdict is Rewrite.PARAPHRASE


words = st.sampled_from(
    ["the", "a", "mayor", "river", "said", "on", "of", "Anna", "12", "spring", "3,000", "it’s", "saw", "old", "bridge"]
)
texts = st.lists(st.lists(words, min_size=1, max_size=12).map(lambda each: " ".join(each) + "."), max_size=8).map(
    " ".join
)


@settings(max_examples=150, deadline=None)
@given(texts, texts)
def test_all_of_both_texts_is_in_the_passages_once(original, rewritten):
    found = compare(original, rewritten)
    for side, text in (("original_span", original), ("rewritten_span", rewritten)):
        spans = sorted(getattr(each, side) for each in found.passages)
        covered = "".join(text[slice(*span)] for span in spans)
        assert covered.replace(" ", "") == text.replace(" ", "")
    for passage in found.passages:
        for change in passage.changes:
            assert change.original or change.rewritten
            assert (
                passage.original_span[0]
                <= change.original_span[0]
                <= change.original_span[1]
                <= passage.original_span[1]
            )


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_a_text_is_a_copy_of_itself(text):
    found = compare(text, text)
    assert found.changes == []
    assert not Document(text).words or found.verdict is Rewrite.COPY


def test_a_long_text_without_sentences_is_aligned():
    words = [f"word{number} and then the{number % 7}" for number in range(8000)]
    other = [word.replace("then", "next") if number % 5 else word for number, word in enumerate(words)]
    other[3000:3000] = ["entirely", "new"] * 200
    found = compare(" ".join(words), " ".join(other))
    assert pairs(found) == {("then", "next"): 6400}
    assert sum(len(each) > 1000 for _, each in of_kind(found, Kind.INSERTION)) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("said " * 60_000, "mentioned " * 60_000),
        ("No. " * 60_000, "No. " * 59_999),
        ("a" * 300_000, "b" * 300_000),
        ("He said it. " * 20_000, "She wrote it down. " * 20_000),
        ("(" * 200_000, ")" * 200_000),
        ("“no ” " * 50_000, "“yes ” " * 50_000),
        ("a-" * 100_000, "b-" * 100_000),
    ],
)
def test_hostile_texts_take_seconds(first, second):
    started = time.perf_counter()
    compare(first, second)
    assert time.perf_counter() - started < 20.0


@pytest.mark.skipif(not SHARED.is_dir(), reason="the reference documents are third-party and not in the repository")
def test_the_reference_documents():
    original, rewritten = (
        (SHARED / "seeds" / f"{name}.txt").open(encoding="utf-8", newline="").read()
        for name in ("000_599981051bf53fc6", "001_722fdaa996779577")
    )
    found = compare(original, rewritten)
    assert found.verdict is Rewrite.SPIN
    lines = (SHARED / "seeds" / "ground_truth.jsonl").read_text(encoding="utf-8").splitlines()
    marks = [mark for mark in map(json.loads, lines) if mark["doc"].startswith("001")]
    listed = [change for change in found.changes if change.kind is Kind.SUBSTITUTION]
    hits = {
        (mark["start"], mark["end"]): change
        for change in listed
        for mark in marks
        if mark["start"] < change.rewritten_span[1] and change.rewritten_span[0] < mark["end"]
    }
    assert len(hits) >= 130
    assert all(
        any(mark["start"] < change.rewritten_span[1] and change.rewritten_span[0] < mark["end"] for mark in marks)
        for change in listed
    )
    assert len(found.quotations) == 7
