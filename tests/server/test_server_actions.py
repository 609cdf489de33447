"""Actions and hovers of judged texts, without a client."""

import pytest
from editor import applied
from support import make_check, make_runner

from qualitycheck import Explanation, Fix, Row, Rule, Runner, Settings, Severity, Table
from qualitycheck.inputs import reader_of, readers_by_suffix
from qualitycheck.server.actions import Actions
from qualitycheck.server.hover import hover
from qualitycheck.server.judged import Judged
from qualitycheck.server.workspaces import Workspaces

URI = "file:///a"


def judged(text, name="a.txt", suggestion="even", settings=None, **attributes):
    def inspect(self, document):
        for match in document.finditer("odd"):
            yield self.finding("AAA001", match.span(), suggestions=[suggestion])

    attributes.setdefault("rules", (Rule("AAA001", "odd", "Odd.", Severity.ERROR, fix=Fix.SAFE),))
    attributes.setdefault("inspect", inspect)
    runner = make_runner(make_check("odd-words", **attributes), **(settings or {}))
    return Judged(runner, reader_of(name, readers_by_suffix(runner.plugins)), text, name, 1, "utf-16")


def actions(known, start, end=None):
    return list(Actions(known, URI, versioned=True).list(start, start if end is None else end, None))


def test_a_suggestion_is_written_as_the_format_writes_it():
    known = judged("<p>an odd word &amp; more</p>", "a.html", suggestion="this & that")
    first = actions(known, 7)[0]
    assert applied(known.document.text, first, URI) == "<p>an this &amp; that word &amp; more</p>"


def test_what_would_be_markup_is_escaped():
    known = judged("an odd word\n", "a.md", suggestion="*even* <b>")
    assert applied(known.document.text, actions(known, 4)[0], URI) == "an \\*even\\* \\<b\\> word\n"


def test_plain_text_has_no_comments():
    assert not [each for each in actions(judged("odd"), 1) if each.title.startswith("Ignore")]


def test_comments_that_are_turned_off_are_not_offered():
    known = judged("odd\n", "a.md", settings={"inline_ignores": False})
    assert not [each for each in actions(known, 1) if each.title.startswith("Ignore")]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "An odd word\n"),
        ("a.md", "An odd word"),
        ("a.md", "# An odd title #\n\ntext\n"),
        ("a.md", "- item\n- odd item\n"),
        ("a.md", "> quoted odd\n> text\n"),
        ("a.md", "one\r\nodd\r\n"),
        ("a.md", "two  \nodd  \nlines\n"),
        ("a.html", "<p>An odd word</p>\n"),
        ("a.html", "<p>An odd\nword</p>"),
        ("a.html", "<p title='\n'>odd <b\n>x</b></p>"),
    ],
)
def test_a_comment_that_is_offered_works_and_changes_nothing_else(name, text):
    known = judged(text, name)
    (action,) = [each for each in actions(known, text.index("odd")) if each.title.startswith("Ignore")]
    changed = judged(applied(text, action, URI), name)
    assert not changed.report.findings
    assert changed.report.suppressed == {"comments": 1}
    assert changed.document.prose.split() == known.document.prose.split()


def test_where_a_comment_cannot_stand_none_is_offered():
    text = "<table><tr><td title='\n'>odd</td></tr><tr title='\n'></tr></table>"
    for action in actions(judged(text, "a.html"), text.index("odd")):
        if action.title.startswith("Ignore"):
            assert not judged(applied(text, action, URI), "a.html").report.findings


def test_many_findings_are_shown_in_part():
    known = judged("odd " * 3000, settings={"max_findings": 5})
    assert len(known.findings) == 5
    assert len(known.report.findings) == 3000
    assert len(actions(known, 0, 12_000)) == 6  # five suggestions, and all that is safe


def test_a_long_text_is_fixed_only_where_that_is_asked_for():
    known = judged("odd " + "word " * 50_000)
    assert not [each for each in actions(known, 1) if each.title.startswith("Fix all")]
    (action,) = Actions(known, URI, versioned=True).list(0, 0, ["source"])
    assert action.title == "Fix all that is safe (1 finding)"


def test_hover_of_hostile_text_is_no_markup():
    def explain(self, document, finding=None):
        return Explanation("<img src=x>", [Table("`", [Row("a\n\n```\n# b\u202e", 2.0, "", "![x](http://x)")])])

    shown = hover(judged("odd", explain=explain), 0, 0)
    assert "\\<img src\\=x\\>" in shown
    block = shown.partition("````text\n")[2].partition("````")[0]
    assert "a ``` # b\\u202e (![x](http://x))" in block


def test_a_check_that_cannot_explain_itself_says_so():
    def explain(self, document, finding=None):
        raise ValueError("the pen broke")

    assert "cannot explain itself\\: ValueError\\: the pen broke" in hover(judged("odd", explain=explain), 0, 0)


def test_what_is_about_the_whole_document_is_shown_in_its_first_line_with_prose():
    def inspect(self, document):
        yield self.finding("AAA001")
        yield self.finding("AAA001", (2, 5))

    known = judged("\n\nodd and more\nlines\n", inspect=inspect)
    assert known.opening == (2, 14)
    assert [each.start for each in known.touching(3, 3)] == [2, None]
    assert [each.start for each in known.touching(10, 10)] == [None]
    assert not known.touching(16, 16)
    assert "AAA001" in hover(known, 10, 10)
    assert judged("", inspect=lambda self, document: []).opening == (0, 0)


def test_wrong_settings_are_told_once_and_nothing_is_checked(tmp_path):
    told = []
    workspaces = Workspaces(lambda folder: Settings(select=("NOSUCH",)), told.append)
    assert workspaces.of(tmp_path / "a.txt", [tmp_path]) is None
    assert workspaces.of(tmp_path / "b.txt", [tmp_path]) is None
    (message,) = told
    assert "NOSUCH" in message


def test_the_innermost_folder_has_the_settings(tmp_path):
    asked = []

    def settings_for(folder):
        asked.append(folder)
        return Settings(select=("BRC",))

    inner = tmp_path / "inner"
    workspaces = Workspaces(settings_for, pytest.fail)
    workspaces.of(inner / "a.txt", [tmp_path, inner])
    workspaces.of(None, [tmp_path, inner])
    assert asked == [inner, None]


def test_every_bundled_rule_has_something_to_hover_over():
    runner = Runner(Settings())
    assert all("## What it finds" in rule.help() for rule in runner.rules.values())
