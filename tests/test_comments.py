import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import Marks, make_runner

from qualitycheck import Rule
from qualitycheck.comments import ignore_comments
from qualitycheck.plugins import load_plugins
from qualitycheck.readers import read_text
from qualitycheck.settings import Settings

RULES = [*Marks.rules, Rule("OTH001", "other", "Another.")]
PLUGINS = load_plugins(Settings(), [], entry_points=False)


def read(text, kind="markdown"):
    return read_text(text, kind, PLUGINS)


def spans(text, kind="markdown"):
    """What the comments of a text are about, as text; None for the whole document."""
    document = read(text, kind)
    found, problems = ignore_comments(document, RULES)
    assert not problems
    return [(each.name, each.span and document.text[slice(*each.span)]) for each in found]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("kind", ["markdown", "html"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "one\ntwo # <!-- qualitycheck: ignore MRK001 because -->\nthree",
            "two # <!-- qualitycheck: ignore MRK001 because -->",
        ),
        ("one\n<!-- qualitycheck: ignore MRK001 --> two\nthree", "<!-- qualitycheck: ignore MRK001 --> two"),
        ("one\n\n<!-- qualitycheck: ignore MRK001 -->\ntwo\nthree", "two"),
        ("one\n\n<!-- qualitycheck: ignore MRK001 -->\n\n\ntwo\nthree", "two"),
        ("<!--qualitycheck:ignore MRK001-->\ntwo", "two"),
        ("<!--\n  qualitycheck: ignore MRK001\n  for a long reason\n-->\n\ntwo\nthree", "two"),
        ("one\n\n<!-- qualitycheck: ignore MRK001 -->\n\n", ""),
    ],
)
def test_a_comment_is_about_its_line_or_the_next_with_prose(text, expected, kind, newline):
    if kind == "markdown" and text.startswith("one\n<!--"):
        text = text.replace("one\n", "one\n\n")
    assert spans(text.replace("\n", newline), kind) == [("MRK001", expected)]


def test_code_is_no_prose_so_a_comment_before_it_is_about_what_follows():
    text = "<!-- qualitycheck: ignore MRK001 -->\n\n```\ncode\n```\n\ntwo"
    assert spans(text) == [("MRK001", "two")]


def test_comments_can_be_stacked():
    text = "<!-- qualitycheck: ignore MRK001 -->\n<!-- qualitycheck: ignore MRK002 -->\n\ntwo\n\nthree"
    assert spans(text) == [("MRK001", "two"), ("MRK002", "two")]


def test_a_comment_for_the_file_may_stand_anywhere():
    text = "one\n\ntwo <!-- qualitycheck: ignore-file shout, MRK001,OTH the reason -->"
    assert spans(text) == [("shout", None), ("MRK001", None), ("OTH", None)]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("text", "# <!-- qualitycheck: ignore-file MRK -->"),
        ("markdown", "#\n\n    <!-- qualitycheck: ignore-file MRK -->"),
        ("markdown", "#\n\n```html\n<!-- qualitycheck: ignore-file MRK -->\n```"),
        ("markdown", "# `<!-- qualitycheck: ignore-file MRK -->`"),
        ("markdown", "# \\<!-- qualitycheck: ignore-file MRK -->"),
        ("html", "# <pre><!-- qualitycheck: ignore-file MRK --></pre>"),
        ("html", "# <script><!-- qualitycheck: ignore-file MRK --></script>"),
        ("html", '# <a title="<!-- qualitycheck: ignore-file MRK -->">'),
        ("html", "# &lt;!-- qualitycheck: ignore-file MRK -->"),
        ("html", "# <!-- see qualitycheck: ignore-file MRK -->"),
    ],
)
def test_what_is_no_comment_says_nothing(kind, text):
    assert read(text, kind).comments == ()


@pytest.mark.parametrize(
    "text",
    [
        "- item\n\n  <!-- qualitycheck: ignore-file MRK -->\n\n  more",
        "> quoted <!-- qualitycheck: ignore-file MRK -->",
        "> <!-- qualitycheck: ignore-file MRK -->\n> quoted",
        "| a | b |\n|---|---|\n| c <!-- qualitycheck: ignore-file MRK --> | d |",
        "# title <!-- qualitycheck: ignore-file MRK -->",
        "<p>\n<!-- qualitycheck: ignore-file MRK -->\n</p>",
        "*emphasis <!-- qualitycheck: ignore-file MRK -->*",
        ("text " * 200 + "\n\n") * 400 + "<!-- qualitycheck: ignore-file MRK -->",
    ],
)
def test_comments_are_found_wherever_markdown_has_them(text):
    document = read(text)
    ((start, end),) = document.comments
    assert document.text[start:end] == "<!-- qualitycheck: ignore-file MRK -->"


@pytest.mark.parametrize(
    ("comment", "problem"),
    [
        ("ignroe MRK001", "line 1: “ignroe” is nothing that a comment can ask for; did you mean “ignore”?"),
        ("forget MRK001", "line 1: “forget” is nothing that a comment can ask for; write ignore or ignore-file"),
        ("", "line 1: “” is nothing that a comment can ask for; write ignore or ignore-file"),
        ("ignore", "line 1: the comment names no rule to ignore"),
        ("ignore-file ,", "line 1: the comment names no rule to ignore-file"),
        ("ignore MRK009", "line 1: unknown rule “MRK009”; did you mean “MRK003”?"),
        ("ignore MRK001,waev for that", "line 1: unknown rule “waev”; did you mean “wave”?"),
    ],
)
def test_what_a_comment_says_in_vain_is_a_note(comment, problem):
    document = read(f"text # <!-- qualitycheck: {comment} -->")
    assert ignore_comments(document, RULES) == ([], [problem])
    report = make_runner(Marks()).check(document)
    assert report.notes == (problem,)
    assert len(report.findings) == 1


def test_a_long_word_is_clipped():
    problem = ignore_comments(read(f"<!-- qualitycheck: ignore {'x' * 10_000} -->"), RULES)[1][0]
    assert len(problem) < 100


@pytest.mark.parametrize(
    "text",
    [
        "<!-- qualitycheck: ignore MRK001 -->\n" * 20_000,
        "<!-- qualitycheck: ignore MRK001 -->" * 20_000,
        "a <!-- qualitycheck: ignore MRK -->" * 20_000,
        "<!-- qualitycheck: ignore " + "MRK001," * 100_000 + " -->\n#",
        "<!-- qualitycheck: " * 50_000,
        "<!--" + " " * 500_000 + "qualitycheck",
        ("<!-- qualitycheck: ignore MRK001 -->\n" + "# " * 50) * 3_000,
    ],
    ids=["alone", "one line", "with text", "names", "unclosed", "spaces", "findings"],
)
@pytest.mark.parametrize("kind", ["markdown", "html"])
def test_hostile_comments_take_linear_time(text, kind):
    started = time.perf_counter()
    document = read(text, kind)
    ignore_comments(document, RULES)
    read_in = time.perf_counter() - started
    make_runner(Marks()).check(document)
    assert read_in < 10 and time.perf_counter() - started < 20


@given(
    st.lists(
        st.sampled_from(["<!--", "-->", " qualitycheck: ", "ignore ", "MRK001 ", "# ", "\n", "\r\n", "a", "`", ">"])
    )
)
def test_whatever_stands_there_spans_are_lines_of_the_text(pieces):
    document = read("".join(pieces))
    for each in ignore_comments(document, RULES)[0]:
        start, end = each.span
        assert 0 <= start <= end <= len(document)
        assert start == 0 or document.text[start - 1] in "\r\n" or start == end
