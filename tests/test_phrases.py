import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualitycheck import Document
from qualitycheck.phrases import PhraseMatcher

WORDS = st.sampled_from(["a", "b", "c", "don't", "7"])


def found(phrases, text):
    return [
        (text[start:end], phrases[index]) for start, end, index in PhraseMatcher(phrases).find(Document(text).tokens)
    ]


def test_capitals_apostrophes_and_white_space_do_not_matter():
    assert found(["don't miss out"], "So DON’T\n  miss out!") == [("DON’T\n  miss out", "don't miss out")]


def test_numbers_are_alike():
    assert found(["read 5 comments"], "Read 1,204 comments") == [("Read 1,204 comments", "read 5 comments")]


def test_the_longest_phrase_wins_and_none_is_reported_within_it():
    assert found(["all rights", "all rights reserved", "rights reserved"], "all rights reserved, all rights") == [
        ("all rights reserved", "all rights reserved"),
        ("all rights", "all rights"),
    ]


def test_a_phrase_is_no_part_of_a_longer_word():
    assert found(["sign up"], "design upper sign upon") == []


def test_punctuation_within_a_phrase_counts():
    assert found(["hello, world"], "hello world; hello, world") == [("hello, world", "hello, world")]


@pytest.mark.parametrize("phrase", ["", "  ", "a " * 256])
def test_a_phrase_has_one_word_at_least_and_255_at_most(phrase):
    with pytest.raises(ValueError, match="words"):
        PhraseMatcher([phrase])


def test_no_phrases_find_nothing():
    assert found([], "some text") == []


def test_an_empty_text_holds_nothing():
    assert found(["some text"], "") == []


@given(st.lists(st.lists(WORDS, min_size=1, max_size=4), max_size=8), st.lists(WORDS, max_size=30))
def test_it_finds_what_a_plain_search_finds(phrases, words):
    text = " ".join(words)
    listed = [" ".join(phrase) for phrase in phrases]
    spans, place = [], 0
    lengths = sorted({len(phrase) for phrase in phrases}, reverse=True)
    while place < len(words):
        length = next((n for n in lengths if " ".join(words[place : place + n]) in listed), 0)
        if length:
            spans.append(" ".join(words[place : place + length]))
        place += length or 1
    assert [span for span, _ in found(listed, text)] == spans


def test_a_text_without_any_first_word_of_a_phrase_has_none():
    assert found(["cookie policy", "terms of use"], "The cat sat on the mat. " * 100) == []


def test_a_phrase_that_the_text_breaks_off_is_none():
    assert found(["cookie policy"], "Read our cookie") == []
