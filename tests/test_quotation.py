import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualitycheck.quotation import quotation_spans


def quoted(text):
    return [text[start:end] for start, end in quotation_spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("no quotation", []),
        ("He said “go”.", ["“go”"]),
        ('He said "go".', ['"go"']),
        ("He said ‘go’ now.", ["‘go’"]),
        ("„Ja“, sagte er.", ["„Ja“"]),
        ("Er rief: »Halt!« Dann lief er.", ["»Halt!«"]),
        ("Il dit : « Venez ! » et partit.", ["« Venez ! »"]),
        ("«Non» et «oui»", ["«Non»", "«oui»"]),
        ("“a ‘b’ c” d", ["“a ‘b’ c”"]),
        ("‘a “b” c’ d", ["‘a “b” c’"]),
        ("“one” and “two”", ["“one”", "“two”"]),
    ],
)
def test_pairs(text, expected):
    assert quoted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It’s the dogs’ bowl, and the cats’ too.",
        "rock ’n’ roll in the ’90s",
        'a 5" pipe and a 6" pipe',
        "a closing” mark alone",
        "la fin de la citation » et puis rien",
        "the town‘s mark is wrong, but opens nothing",
    ],
)
def test_apostrophes_and_inches_open_nothing(text):
    assert quoted(text) == []


def test_an_apostrophe_does_not_close():
    assert quoted("‘I don’t know’, he said") == ["‘I don’t know’"]


@pytest.mark.parametrize("gap", ["\n\n", "\n \t\n", "\r\n\r\n", "\r\r"])
def test_speech_over_paragraphs_ends_at_each(gap):
    assert quoted(f"“First part.{gap}“Second part.” End") == ["“First part.", "“Second part.”"]
    assert quoted(f"‘Tis early.{gap}Then it was late.") == []


@pytest.mark.parametrize("gap", ["\n", "\r\n", "\r"])
def test_a_line_end_is_no_paragraph(gap):
    assert quoted(f"“First{gap}line.” End") == [f"“First{gap}line.”"]


def test_an_open_quotation_runs_to_the_end():
    assert quoted("He said “and so on") == ["“and so on"]
    assert quoted("He said ‘and so on") == []


@given(st.text(st.sampled_from('a ’‘“”„«»"\n\r'), max_size=60))
def test_spans_are_sorted_disjoint_and_inside(text):
    spans = quotation_spans(text).tolist()
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(spans))


def test_an_apostrophe_that_opens_a_line_hides_no_quotation():
    assert quoted("‘Twas late. “Hello there,” he said.") == ["“Hello there,”"]
