import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from qualitycheck import Document
from qualitycheck.reporters.excerpt import excerpt
from qualitycheck.screen import Screen

SCREEN = Screen("utf-8")


def show(text, span, width=140, screen=SCREEN):
    start = text.index(span)
    return excerpt(Document(text), start, start + len(span), screen, width)


def test_a_short_line_is_shown_whole():
    shown = show("one\n  two odd three  \nfour", "odd")
    assert (shown.before, shown.span, shown.after) == ("two ", "odd", " three")
    assert (shown.offset, shown.width) == (4, 3)


def test_a_long_line_is_clipped_at_words_sixty_characters_either_side():
    shown = show("left " * 100 + "odd" + " right" * 100, "odd", width=200)
    assert shown.before.startswith("…left ") and shown.after.endswith(" right…")
    assert 50 <= len(shown.before) <= 61 and 50 <= len(shown.after) <= 61


def test_a_narrow_terminal_shows_less():
    shown = show("left " * 100 + "odd" + " right" * 100, "odd", width=60)
    assert cell_len(shown.before + shown.span + shown.after) <= 60
    assert shown.before.endswith("left ") and shown.after.startswith(" right")


def test_one_side_takes_the_room_that_the_other_leaves():
    shown = show("odd" + " right" * 100, "odd", width=70)
    assert shown.before == ""
    assert 55 <= cell_len(shown.span + shown.after) <= 70


def test_a_long_span_loses_its_middle():
    text = "before " + "x" * 400 + "y" * 400 + " after"
    shown = excerpt(Document(text), 7, 807, SCREEN, 80)
    assert shown.span.startswith("xxx") and "…" in shown.span and shown.span.endswith("yyy")
    assert cell_len(shown.before + shown.span + shown.after) <= 80


@pytest.mark.parametrize(
    ("before", "offset"),
    [
        ("漢字 ", 5),
        ("e\u0301e\u0301 ", 3),
        ("\N{FAMILY} ", 3),
        ("नमस्ते ", None),
        ("\u200b", 6),  # shown as its escape
        ("\x1b[31m", 8),
        ("a\tb", 3),
    ],
)
def test_the_caret_stands_under_the_span(before, offset):
    shown = show(f"{before}odd", "odd")
    assert shown.span == "odd" and shown.width == 3
    assert shown.offset == cell_len(shown.before)
    if offset is not None:
        assert shown.offset == offset


@pytest.mark.parametrize(
    ("span", "seen", "width"),
    [
        ("漢字", "漢字", 4),
        ("\u200b", "\\u200b", 6),
        ("\u200d", "\\u200d", 6),  # a joiner that nobody would see
        ("\u0301", "\\u0301", 6),
        ("\xa0", "\\xa0", 4),
        ("  ", "  ", 2),
        ("\n\n", "\\n\\n", 4),
        ("\ufdd0", "\\ufdd0", 6),
        ("\U000e0041", "\\U000e0041", 10),
        ("\ud800", "\\ud800", 6),
        ("می\u200cخواهم", "می\u200cخواهم", 7),
    ],
)
def test_what_nobody_would_see_is_shown_as_an_escape(span, seen, width):
    text = f"a{span}b"
    shown = excerpt(Document(text), 1, 1 + len(span), SCREEN, 80)
    assert (shown.span, shown.width) == (seen, width)


def test_an_encoding_that_lacks_a_character():
    shown = show("“漢” odd — " + "x" * 200, "odd", screen=Screen("ascii"))
    assert shown.before == "\\u201c\\u6f22\\u201d "
    assert shown.after.endswith("...")
    assert (shown.before + shown.after).isascii()


@given(st.text(max_size=300), st.integers(0, 299), st.integers(1, 300), st.integers(40, 200))
def test_whatever_the_document_one_harmless_line_comes_out(text, start, length, width):
    text = text + "x"
    start = min(start, len(text) - 1)
    shown = excerpt(Document(text), start, min(start + length, len(text)), SCREEN, width)
    line = shown.before + shown.span + shown.after
    bad = {c for c in line if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Cn", "Zl", "Zp")}
    assert bad <= {"\u200c", "\u200d"}
    assert shown.width >= 1 and shown.span
    assert cell_len(line) <= max(width, 60)


@pytest.mark.parametrize("filler", ["x", " ", "\u0301", "\u200d", "漢", "\x1b", "\n"])
def test_a_huge_line_costs_nothing(filler):
    text = filler * 500_000 + "odd" + filler * 500_000
    document = Document(text)
    document.line_starts  # noqa: B018
    started = time.perf_counter()
    shown = excerpt(document, 500_000, 500_003, SCREEN, 80)
    assert time.perf_counter() - started < 0.1
    assert len(shown.before + shown.after) < 1000
