"""``qualitycheck explain``: for a place, for a whole file, as text and as JSON."""

import json
import re

import pytest

from qualitycheck.cli.explain import Place, parse_place

EXPLAINING = """
from qualitycheck import Check, Explanation, Rule, Row, Severity, Table, hookimpl


class Words(Check):
    weight = 0.9
    rules = (
        Rule("WRD001", "odd-word", "An odd word.", Severity.ERROR),
        Rule("WRD002", "whole-text", "The whole text is odd."),
    )

    def inspect(self, document):
        for match in document.finditer("odd"):
            yield self.finding("WRD001", match.span(), suggestions=["even"], confidence=0.5)
        if "whole" in document.text:
            yield self.finding("WRD002")

    def badness(self, evidence):
        return min(1.0, 0.25 * len(evidence.findings))

    def explain(self, document, finding=None):
        if "BOOM" in document.text:
            raise ValueError("the pen broke")
        if "NONE" in document.text:
            return None
        if finding is None:
            return Explanation(f"All {document.words} words were looked at.")
        rows = [Row("so it looks", 2.5, "nats", "a note"), Row("kind", "odd"), Row("\\x1b[31m\\u202ered", -0.125, "%")]
        return Explanation(f"It says {document.excerpt(finding.start, finding.end)}.", [Table("evidence", rows)])


@hookimpl
def qualitycheck_checks(settings):
    return [Words()]
"""


@pytest.fixture(autouse=True)
def plugin(folder):
    (folder / "words.py").write_text(EXPLAINING)


@pytest.fixture
def explain(run, folder):
    """What is said about a place in a text."""

    def call(text, place="", *options, name="a.txt", **more):
        (folder / name).write_bytes(text.encode())
        return run("explain", f"{name}{place}", *options, **more)

    return call


def test_a_finding(explain):
    result = explain("An odd one.\nAn even one, and odd.\n", ":1:4")
    assert result.exit_code == 0
    assert result.stdout == (
        "a.txt:1:4 WRD001 odd-word (error, 50%)\n"
        "  An odd word.\n"
        "    An odd one.\n"
        "       ^^^\n"
        "  help: “even”\n"
        "  It says odd.\n"
        "  evidence:\n"
        "     +2.50 nats  so it looks (a note)\n"
        "       odd       kind\n"
        "    -0.125 %     \\x1b[31m\\u202ered\n"
        "  the document has 55.0 (review); without this finding it would have 77.5 (accept)\n"
    )


def test_a_line_with_several(explain):
    shown = explain("odd and odd\nodd\n", ":1").stdout
    assert re.findall(r"^a\.txt:\d:\d", shown, re.MULTILINE) == ["a.txt:1:1", "a.txt:1:9"]


def test_of_many_in_a_line_the_first(explain):
    shown = explain("odd " * 100, ":1").stdout
    assert shown.count("It says odd.") == 20
    assert shown.endswith("80 more findings in this place; a column says which is meant\n")


def test_a_whole_document(explain):
    shown = explain("An odd one, as a whole.").stdout
    assert shown.splitlines()[1:] == [
        "  score: 100 * (1 - 0.9 * 0.5) = 55.0",
        "",
        "  words cost 45.0 points",
        "    WRD001 odd-word: 1 finding, first at 1:4; without 77.5 (accept)",
        "    WRD002 whole-text: 1 finding; without 77.5 (accept)",
        "      The whole text is odd.",
        "    All 6 words were looked at.",
    ]


def test_a_clean_document(explain):
    lines = explain("A fine one.").stdout.splitlines()
    assert lines[1:] == ["  score: 100 * 1 = 100", "", "  no points lost to words; --verbose tells what they measured"]
    assert "All 3 words were looked at." in explain("A fine one.", "", "-v").stdout


def test_a_place_without_a_finding(explain):
    shown = explain("Fine here.\n\nThis is odd.\n", ":1:3").stdout
    assert shown.startswith(
        "a.txt:1:3 no finding here\n"
        "  the document has 77.5 (accept); looked at by words\n\nThe nearest findings:\n\na.txt:3:9 "
    )
    assert "is markup or code" in explain("`code` odd", ":1:2", name="a.md").stdout


@pytest.mark.parametrize(
    ("place", "error"),
    [
        (":9", "a.txt: there is no line 9; the last is 2"),
        (":0", "a.txt: there is no line 0; the last is 2"),
        (":1:99", "a.txt: line 1 has no column 99; the last is 3"),
        (":999999999999999999", "there is no line 999,999,999,999,999,999"),
    ],
)
def test_a_place_that_is_not_there(explain, place, error):
    result = explain("odd\n", place)
    assert result.exit_code == 2
    assert error in result.stderr


def test_the_end_of_a_line_is_a_place(explain):
    assert explain("odd\n", ":1:4").exit_code == 0


def test_json(explain):
    place = json.loads(explain("An odd one.", ":1:4", "--output-format", "json").stdout)
    (finding,) = place["findings"]
    assert (place["line"], place["column"], place["verdict"]) == (1, 4, "accept")
    assert finding["check"] == "words"
    assert finding["without"] == {"score": 100.0, "verdict": "accept"}
    assert finding["explanation"]["tables"][0]["rows"][0] == {
        "label": "so it looks",
        "value": 2.5,
        "unit": "nats",
        "note": "a note",
    }
    whole = json.loads(explain("An odd one.", "", "--output-format", "json").stdout)
    check = whole["checks"]["words"]
    assert check["weight"] == 0.9
    assert check["rules"][0]["findings"] == 1
    assert check["explanation"]["text"] == "All 3 words were looked at."
    assert "line" not in whole


def test_what_cannot_be_explained_is_said(explain):
    result = explain("BOOM odd", ":1:6")
    assert result.exit_code == 2
    assert "check “words” cannot explain itself: ValueError: the pen broke" in result.stderr
    assert "WRD001" in result.stdout
    assert "which is no Explanation" in explain("NONE odd", ":1:6").stderr


def test_standard_input_and_a_file_that_is_not_there(run):
    assert "It says odd." in run("explain", "--", "-:1:2", input="odd").stdout
    result = run("explain", "nosuch.txt:1:2")
    assert result.exit_code == 2
    assert result.stderr == "qualitycheck: error: no such file or folder: nosuch.txt\n"


def test_rules_are_selected(explain):
    assert "WRD002" not in explain("whole odd", "", "--select", "WRD001").stdout


def test_to_a_file(explain, folder):
    assert explain("odd", ":1:1", "--output", "why.txt").stdout == ""
    assert "It says odd." in (folder / "why.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ("a.txt", ("a.txt", None, None)),
        ("a.txt:3", ("a.txt", 3, None)),
        ("a.txt:3:14", ("a.txt", 3, 14)),
        ("-:3:14", ("-", 3, 14)),
        (r"C:\texts\a.txt", (r"C:\texts\a.txt", None, None)),
        (r"C:\texts\a.txt:3", (r"C:\texts\a.txt", 3, None)),
        ("C:/texts/a.txt:3:14", ("C:/texts/a.txt", 3, 14)),
        ("a:1:2:3", ("a:1", 2, 3)),
        ("a.txt:", ("a.txt:", None, None)),
        ("a.txt:x", ("a.txt:x", None, None)),
        (":3", (":3", None, None)),
        ("a\n.txt:3", ("a\n.txt", 3, None)),
    ],
)
def test_places(given, place):
    assert parse_place(given) == Place(*place)


def test_names_with_colons_go_first(folder):
    (folder / "notes:3").write_text("odd")
    assert parse_place("notes:3") == Place("notes:3")
    assert parse_place("notes:3:1") == Place("notes:3", 1)
    assert parse_place("notes:3:1:2") == Place("notes:3", 1, 2)
