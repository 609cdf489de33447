import io
import re
from typing import ClassVar

import pytest
from rich.cells import cell_len

from qualitycheck import Check, Document, Rule, Runner, Suggestion, hookimpl
from qualitycheck.reporters import Options
from qualitycheck.reporters.full import ROWS, FullReporter

ODD = "There is an odd word here."


def test_a_document_with_findings(render):
    assert (
        render(FullReporter, "A whole text.\nThere is an odd word and a dull one, and a plain one.", width=60)
        == """\
a.txt ─────────────────── 16 words · en · review 54.3 of 100

a.txt WRD010 odd-document (warning)
  The whole document is odd.

a.txt:2:13 WRD001 odd-word (error, 98%)
  “odd” is here
    There is an odd word and a dull one, and a plain one.
                ^^^
  help: “even” (93%), leave it out (5%)

a.txt:2:28 WRD002 dull-word (warning)
  “dull” is here
    There is an odd word and a dull one, and a plain one.
                               ^^^^

a.txt:2:44 WRD003 plain-word (info)
  “plain” is here
    There is an odd word and a dull one, and a plain one.
                                               ^^^^^

  points lost: 45.7 to words
  words: odd rate 0.1235 of words, channel news
  long did not run: needs 1000 words, the document has 16

1 document, 16 words: review; 4 findings (1 error, 2
warnings, 1 info).
Learn more: qualitycheck rule WRD001
            qualitycheck explain a.txt
"""
    )


def test_a_clean_document_is_one_line(render):
    text = "Nothing is wrong with this text. " * 200
    assert render(FullReporter, text, text, width=60).splitlines()[:3] == [
        "a.txt ───────────────── 1,200 words · en · accept 100 of 100",
        "b.txt ───────────────── 1,200 words · en · accept 100 of 100",
        "",
    ]


def test_a_check_that_did_not_run_is_named(render):
    assert render(FullReporter, "Nothing is wrong with this text.", width=60).splitlines() == [
        "a.txt ───────────────────── 6 words · en · accept 100 of 100",
        "  long did not run: needs 1000 words, the document has 6",
        "",
        "1 document, 6 words: accept; nothing found.",
    ]


class Advice(Check):
    """Gives the suggestions that a test wants."""

    rules = (Rule("ADV001", "advice", "Advice."),)
    suggestions: ClassVar = []

    def inspect(self, document):
        yield self.finding("ADV001", (0, 1), suggestions=self.suggestions)


@pytest.mark.parametrize(
    ("suggestions", "shown"),
    [
        (["call"], "“call”"),
        ([""], "leave it out"),
        (["“it"], "`“it`"),
        ([Suggestion("a", 0.999), Suggestion("b", 0.004)], "“a” (99%)"),
        ([Suggestion("a", 0.004), Suggestion("b", 0.004)], "“a” (0%)"),
        (list("abcdefg"), "“a”, “b”, “c”, “d”, “e” and 2 more"),
        (["x" * 100_000], f"“{'x' * 80}…”"),
        (["\x1b\n"], "“\\x1b\\n”"),
    ],
)
def test_suggestions(suggestions, shown):
    class Plugin:
        @hookimpl
        def qualitycheck_checks(self, settings):
            return [Advice()]

    Advice.suggestions = suggestions
    document, stream = Document("x"), io.StringIO()
    FullReporter(stream, Options()).document(document, Runner(plugins=[Plugin()], entry_points=False).check(document))
    assert f"  help: {shown}\n" in stream.getvalue()


def test_notes_and_errors_are_shown(render):
    shown = render(FullReporter, "", "BOOM and the check is gone.")
    assert "  note: the document is empty\n" in shown
    assert "  error: check “fragile” crashed on b.txt: ValueError: the [red]fuse[/red] blew (samples.py:" in shown
    assert shown.endswith("2 documents, 6 words: 2 accept; nothing found; 1 failure.\n")


def test_the_table_lists_the_worst_documents_first(render):
    shown = render(FullReporter, "Fine as it is.", "odd odd whole", "dull", width=60)
    table = shown[shown.index("score  verdict") :].split("\n\n")[0].splitlines()
    assert [line.split()[-1] for line in table] == ["document", "b.txt", "c.txt", "a.txt"]
    assert [line.split()[1] for line in table[1:]] == ["reject", "accept", "accept"]


def test_the_table_is_cut(render):
    documents = [Document("x", path=f"{number}.txt") for number in range(ROWS + 3)]
    shown = render(FullReporter, *documents, quiet=True)
    assert len(re.findall(r"\d\.txt", shown)) == ROWS
    assert "\nand 3 more\n" in shown


def test_a_long_path_keeps_its_end(render):
    documents = [Document("x", path="folder/" * 30 + name) for name in ("one.txt", "two.txt")]
    lines = render(FullReporter, *documents, width=80, quiet=True).splitlines()
    assert all(len(line) <= 80 for line in lines)
    assert re.search(r"…[a-z/]+/one\.txt$", lines[1])


def test_one_document_needs_no_table(render):
    assert "verdict" not in render(FullReporter, ODD)


def test_quiet_leaves_the_summary(render):
    shown = render(FullReporter, ODD, quiet=True)
    assert shown.splitlines() == [
        "1 document, 6 words: review; 1 finding (1 error).",
        "Learn more: qualitycheck rule WRD001",
        "            qualitycheck explain a.txt",
    ]


def test_statistics_count_findings_and_documents(render):
    shown = render(FullReporter, "odd odd dull", "odd", statistics=True, quiet=True)
    assert (
        """\
findings  documents  severity  code    rule
       3          2  error     WRD001  odd-word
       1          1  warning   WRD002  dull-word

"""
        in shown
    )


def test_statistics_of_nothing(render):
    assert "severity" not in render(FullReporter, "Fine.", statistics=True)


def test_nothing_checked(render):
    assert render(FullReporter, errors=["x: cannot be read"]) == "No document was checked.\n"


@pytest.mark.parametrize("width", [40, 80, 140])
def test_lines_fit_into_the_terminal(render, width):
    text = "word " * 50 + "odd " + "漢字" * 50 + " whole dull " + "word " * 50
    lines = render(FullReporter, text, text, width=width, statistics=True).splitlines()
    assert max(cell_len(line) for line in lines) <= max(width, 60)


def test_hostile_text_is_shown_and_not_obeyed(render):
    text = "\x1b[2J\u202e[red]odd[/red] :smile: \ud800"
    shown = render(FullReporter, Document(text, path="evil\x1b]0;\x07\udcff[bold].txt"))
    assert "\\x1b[2J\\u202e[red]odd[/red] :smile: \\ud800" in shown
    assert "evil\\x1b]0;\\x07\\udcff[bold].txt:1:11 WRD001" in shown
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", shown)


def test_the_caret_stands_under_a_span_after_wide_characters(render):
    lines = render(FullReporter, "漢字 e\u0301 odd").splitlines()
    at = next(number for number, line in enumerate(lines) if "漢字" in line and "odd" in line)
    before = lines[at][: lines[at].index("odd")]
    assert lines[at + 1] == " " * cell_len(before) + "^^^"


def test_a_stream_that_cannot_encode_unicode(render):
    shown = render(FullReporter, "漢 odd whole", encoding="ascii", width=60)
    assert '"odd" is here\n' in shown
    assert "    \\u6f22 odd whole\n           ^^^\n" in shown
    assert shown.isascii()


def test_color_changes_nothing_but_the_color(render):
    text = "A whole text. There is an odd word and a dull one."
    plain, colored = render(FullReporter, text, ODD), render(FullReporter, text, ODD, color=True)
    assert "\x1b" not in plain
    assert "\x1b[1;35mWRD001 odd-word\x1b[0m \x1b[2m(\x1b[0m\x1b[1;31merror\x1b[0m" in colored
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == plain


def test_a_score_just_below_a_threshold_does_not_look_as_if_it_were_not(render):
    from qualitycheck.reporters.summary import shown_score

    assert [shown_score(score) for score in (39.99, 74.96, 99.999, 100.0, 0.0)] == [
        "39.9",
        "74.9",
        "99.9",
        "100",
        "0.0",
    ]


@pytest.mark.parametrize("text", ["שלום odd עולם", "مرحبا odd", "odd ١٢٣"])
def test_a_line_with_right_to_left_text_has_its_span_in_brackets(render, text):
    lines = render(FullReporter, text).splitlines()
    assert f"    {text.replace('odd', '[[odd]]')}" in lines
    assert not any(set(line.strip()) == {"^"} for line in lines)


def test_right_to_left_text_elsewhere_changes_nothing(render):
    lines = render(FullReporter, "שלום\nAn odd word.").splitlines()
    assert lines[lines.index("    An odd word.") + 1] == "       ^^^"


def test_checks_that_did_not_run_for_one_reason_share_a_line():
    from qualitycheck.report import CheckResult, DocumentReport

    checks = {name: CheckResult("skipped", reason="knows en") for name in ("a", "b")}
    checks["c"] = CheckResult("skipped", reason="needs 9 words")
    stream = io.StringIO()
    report = DocumentReport("a.txt", None, 1, "de", 100.0, "accept", checks, ())
    FullReporter(stream, Options()).document(Document("x"), report)
    assert stream.getvalue().splitlines()[1:3] == ["  a, b did not run: knows en", "  c did not run: needs 9 words"]


def test_verbose_tells_all_that_was_measured_and_suggested(render):
    class Measured(Check):
        rules = (Rule("MEA001", "measured", "Measured."),)

        def inspect(self, document):
            from qualitycheck import Signal

            yield Signal("length", 5, "characters")
            yield self.finding("MEA001", (0, 1), suggestions=[Suggestion(each, 0.001) for each in "abcdefgh"])

        def badness(self, evidence):
            return 0.0

    class Plugin:
        @hookimpl
        def qualitycheck_checks(self, settings):
            return [Measured()]

    document = Document("x")
    report = Runner(plugins=[Plugin()], entry_points=False).check(document)
    shown = {}
    for verbose in (False, True):
        stream = io.StringIO()
        FullReporter(stream, Options(verbose=verbose)).document(document, report)
        shown[verbose] = stream.getvalue()
    assert "measured: length 5 characters" in shown[True] and "length" not in shown[False]
    assert shown[True].count("(0%)") == 8 and shown[False].count("(0%)") == 1


def test_verbose_lists_every_document(render):
    documents = [Document("x", path=f"{number}.txt") for number in range(ROWS + 3)]
    shown = render(FullReporter, *documents, quiet=True, verbose=True)
    assert len(re.findall(r"\d\.txt", shown)) == ROWS + 3


@pytest.mark.parametrize("width", [40, 60, 100])
def test_a_path_that_leaves_no_room_has_a_line_of_its_own(render, width):
    document = Document("x", path=f"{'folder/' * 6}one.txt")
    first, second, *_ = render(FullReporter, document, width=width).splitlines()
    if width == 100:
        assert first.startswith(f"{document.path} ───")
    else:
        assert first == document.path
        assert second.endswith("accept 100 of 100") and second.startswith("───") and len(second) <= max(width, 50)


def test_a_long_report_says_that_a_page_is_easier(render):
    line = "See all of it in a browser: --output-format html --output report.html"
    assert line in render(FullReporter, "odd " * 101)
    assert line not in render(FullReporter, "odd " * 99)


def test_families_have_colours_of_their_own():
    from samples import Plugin

    runner = Runner(plugins=[Plugin()], entry_points=False)
    stream = io.StringIO()
    document = Document("odd")
    FullReporter(stream, Options(color=True, plugins=runner.plugins)).document(document, runner.check(document))
    assert "\x1b[1;94mWRD001 odd-word\x1b[0m" in stream.getvalue(), "WRD comes third, after FRG and LNG"


def test_without_the_text_there_is_no_excerpt():
    from samples import Plugin

    report = Runner(plugins=[Plugin()], entry_points=False).check("An odd word.")
    stream = io.StringIO()
    FullReporter(stream, Options()).document(Document(""), report)
    assert "text:1:4 WRD001 odd-word" in stream.getvalue() and "^" not in stream.getvalue()
