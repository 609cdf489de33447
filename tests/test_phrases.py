import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualitycheck import Document
from qualitycheck.phrases import KeySet, PhraseMatcher, TokenRow
from qualitycheck.tokens import token_key, tokenize

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


@given(
    st.lists(st.lists(WORDS, min_size=1, max_size=3).map(" ".join), max_size=5),
    st.lists(st.lists(WORDS, max_size=12).map(" ".join), max_size=5),
)
def test_in_a_row_of_texts_it_finds_what_it_finds_in_each(phrases, texts):
    matcher = PhraseMatcher(phrases)
    row = TokenRow([tokenize(text) for text in texts])
    assert matcher.find_all(row) == [list(matcher.find(tokens)) for tokens in row.texts]


def test_no_phrase_goes_on_from_one_text_to_the_next():
    row = TokenRow([tokenize("the cookie"), tokenize("policy")])
    assert PhraseMatcher(["cookie policy", "policy"]).find_all(row) == [[], [(0, 6, 1)]]


def test_a_set_of_keys_tells_where_they_are_and_which():
    keys = [token_key(word) for word in ("an", "a", "of")]
    tokens = tokenize("a cat of an age")
    places, numbers = KeySet(keys).find(tokens.key)
    assert (places.tolist(), numbers.tolist()) == ([0, 2, 3], [1, 2, 0])
    assert KeySet([]).places(tokens.key).tolist() == []


@given(st.lists(st.lists(WORDS, max_size=6).map(" ".join), max_size=5))
def test_places_in_a_row_are_told_by_text(texts):
    row = TokenRow([tokenize(text) for text in texts])
    places = KeySet([token_key("a"), token_key("7")]).places(row.keys)
    alone = [[at for at, word in enumerate(text.split()) if word in ("a", "7")] for text in texts]
    assert list(row.split(places)) == alone
    assert row.count(places) == [len(each) for each in alone]
    starts = [start for tokens, each in zip(row.texts, alone, strict=True) for start in tokens.start[each].tolist()]
    assert row.start[places].tolist() == starts
