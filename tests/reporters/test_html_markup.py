import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import parse

from qualitycheck.report import ReportedFinding
from qualitycheck.reporters.html.markup import DEEPEST, MarkedText, clipped, shown
from qualitycheck.rule import Severity


def finding(start, end, text, code="AAA001", severity=Severity.ERROR):
    return ReportedFinding(
        code, "a-rule", severity, 1.0, start, end, 1, start + 1, text[start:end], "", (), in_quote=False
    )


def marked(text, *spans):
    """The page's markup for a text, with what a browser makes of it: each line as a list of its nodes."""
    made = MarkedText(text, [finding(*span, text) for span in spans], "m0")
    markup = "".join(made.pieces())
    lines = parse(f"<body>{markup}").query("p")
    return made, markup, lines


def texts(node):
    """What a node shows, badges as the character that they stand for."""
    if node.name == "#text":
        return node.data
    if node.name == "i":
        title = node.attrs["title"].split()[0]
        return chr(int(title.removeprefix("U+"), 16))
    return "".join(texts(child) for child in node.children)


def marks(lines):
    return [(mark.attrs["data-f"], texts(mark)) for line in lines for mark in line.query("mark")]


def test_lines_are_paragraphs_as_they_are():
    _, markup, lines = marked("one\r\n\ttwo  three\n\nfour\r")
    assert [texts(line) for line in lines] == ["one", "\ttwo  three", "", "four"]
    assert [line.attrs["data-l"] for line in lines] == ["1", "2", "3", "4"]
    assert markup.count('<div class="piece">') == 1


def test_an_empty_text_is_one_line():
    assert [texts(line) for line in marked("")[2]] == [""]


def test_a_finding_is_marked_in_place():
    _, markup, lines = marked("an odd word", (3, 6))
    assert '<mark class="f-AAA error" data-f="0" id="m0-0">odd</mark>' in markup
    assert marks(lines) == [("0", "odd")]


def test_a_finding_over_several_lines_is_marked_in_each():
    made, _, lines = marked("one odd\nodd\nodd two", (4, 15))
    assert marks(lines) == [("0", "odd"), ("0", "odd"), ("0", "odd")]
    assert made.anchors == {0: "m0-0"}


def test_overlapping_findings_never_overlap_as_marks():
    made, _, lines = marked("abcdef", (0, 4), (2, 6), (3, 4))
    assert marks(lines) == [("0", "ab"), ("0 1", "c"), ("2 0 1", "d"), ("1", "ef")]
    assert made.anchors == {0: "m0-0", 1: "m0-1", 2: "m0-2"}


def test_of_many_findings_in_one_place_the_narrowest_are_named():
    text = "x" * 100
    _, _, lines = marked(text, *((0, end) for end in range(1, 101)))
    first = marks(lines)[0]
    assert first == (" ".join(map(str, range(DEEPEST))), "x")


def test_line_ends_are_shown_where_a_finding_is_about_them():
    _, markup, lines = marked("a\n\n\nb", (1, 4))
    assert 'data-c="LF"' in markup
    assert [len(line.query("mark")) for line in lines] == [1, 1, 1, 0]


@pytest.mark.parametrize(
    ("character", "label"),
    [("\x00", "NUL"), ("\u202e", "RLO"), ("\u200b", "ZWSP"), ("\ud800", "U+D800"), ("\U000e0041", "U+E0041")],
)
def test_what_nobody_would_see_is_a_badge(character, label):
    made = shown(f"a{character}b")
    assert f'data-c="{label}"' in made and character not in made


def test_what_people_write_with_joiners_stays():
    for text in ("👨‍👩‍👧", "می\u200cخواهم", "a\tb", "e\u0301"):
        assert shown(text) == text


def test_a_message_is_clipped_and_alone_in_its_direction():
    assert clipped("<b>" + "x" * 10, 5) == "<bdi>&lt;b&gt;xx…</bdi>"


HOSTILE = [
    "<script>",
    "</script>",
    "</noscript>",
    "<!--",
    "]]>",
    "&amp;",
    '"',
    "'",
    "\u202e",
    "\x00",
    "\r",
    "\n",
    "\ud800",
]


@given(st.lists(st.one_of(st.sampled_from(HOSTILE), st.characters())), st.data())
def test_any_text_comes_back_and_nothing_in_it_is_markup(parts, data):
    text = "".join(parts)
    spans = []
    for _ in range(data.draw(st.integers(0, 5))) if text else []:
        start = data.draw(st.integers(0, len(text) - 1))
        spans.append((start, data.draw(st.integers(start + 1, len(text)))))
    _, markup, lines = marked(text, *spans)
    names = {node.name for line in lines for node in line.query("*")}
    assert names <= {"mark", "i", "p"}
    assert not {c for c in markup if unicodedata.category(c) in ("Cc", "Cs")} - {"\t"}
    content = "".join(texts(line) for line in lines).replace("\n", "")
    assert content == text.replace("\r", "").replace("\n", "")


@pytest.mark.parametrize("shape", ["nested", "same", "disjoint", "chained"])
def test_thousands_of_findings_take_no_time(shape):
    size = 5000
    text = "word \n" * size
    spans = {
        "nested": [(number, len(text) - number) for number in range(size)],
        "same": [(0, len(text))] * size,
        "disjoint": [(6 * number, 6 * number + 4) for number in range(size)],
        "chained": [(5 * number, 5 * number + 500) for number in range(size)],
    }[shape]
    findings = [finding(start, end, text) for start, end in spans]
    started = time.perf_counter()
    made = MarkedText(text, findings, "m0")
    length = sum(map(len, made.pieces()))
    assert time.perf_counter() - started < 2
    assert length < 100 * len(text)


@pytest.mark.parametrize("filler", ["<", "\x00", "\n", "x", "&lt;", "\u202e"])
def test_a_huge_text_takes_linear_time(filler):
    text = filler * 200_000
    started = time.perf_counter()
    for _ in MarkedText(text, [], "m0").pieces():
        pass
    assert time.perf_counter() - started < 3
