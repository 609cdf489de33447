import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualitycheck.screen import Screen, escape, harmless


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain “text” — 漢字 😀", "plain “text” — 漢字 😀"),
        ("\x1b[31m", "\\x1b[31m"),
        ("\x00\x07\x7f\x9b", "\\x00\\x07\\x7f\\x9b"),
        ("a\nb\tc\r", "a\\nb\\tc\\r"),
        ("\u202e\u2066\u200f", "\\u202e\\u2066\\u200f"),
        ("\u2028\ufeff\u00ad", "\\u2028\\ufeff\\xad"),
        ("\ud800", "\\ud800"),
        ("\U000e0041", "\\U000e0041"),
        ("a\xa0b\u3000c", "a\xa0b\u3000c"),
        ("👩\u200d👩", "👩\u200d👩"),
    ],
)
def test_harmless(text, shown):
    assert harmless(text) == shown


@given(st.text())
def test_nothing_harmful_is_left(text):
    left = {c for c in harmless(text) if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Cn", "Zl", "Zp")}
    assert left <= {"\u200c", "\u200d"}


def test_escape_leaves_nothing():
    assert escape("a\xa0\u200b\U0001f600\n") == "\\x61\\xa0\\u200b\\U0001f600\\n"


@given(st.text(), st.sampled_from(["ascii", "latin-1", "cp1252", "shift_jis", "utf-8", "utf-16"]))
def test_every_stream_can_carry_it(text, encoding):
    screen = Screen(encoding)
    screen.exact(text).encode(encoding)
    screen.words(text).encode(encoding)


def test_words_become_ascii_and_documents_do_not():
    screen = Screen("ascii")
    assert screen.words("“it’s” … − ·") == '"it\'s" ... - |'
    assert screen.exact("it’s") == "it\\u2019s"


def test_words_are_one_line_and_keep_their_spaces():
    assert Screen("utf-8").words("a\r\n\tb  c\u2028d") == "a b  c d"


def test_color_only_where_asked_for():
    assert Screen("utf-8").paint("x", "error") == "x"
    assert Screen("utf-8", color=True).paint("x", "error") == "\x1b[1;31mx\x1b[0m"
    assert Screen("utf-8", color=True).paint("", "error") == ""
