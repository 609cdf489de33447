import re
import time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import Plugin, make_check, make_runner

from qualitycheck import Check, Document, Fix, Rule, Runner
from qualitycheck.baseline import Recording
from qualitycheck.edits import apply
from qualitycheck.fixing import Fixer
from qualitycheck.readers import all_readers, read_text
from qualitycheck.tokens import FILLER


class Words(Check):
    """Finds words that have others to stand in their place."""

    rules = (
        Rule("WRD001", "bad", "A bad word.", fix=Fix.SAFE),
        Rule("WRD002", "odd", "An odd word.", fix=Fix.UNSAFE),
        Rule("WRD003", "no-fix", "Nobody knows."),
    )
    known = (
        ("WRD001", "bad", "good"),
        ("WRD001", "worst", "worse"),
        ("WRD001", "worse", "bad"),
        ("WRD001", " ?drop", ""),
        ("WRD001", "signs", "a < b & *c*"),
        ("WRD001", "lines", "one\ntwo"),
        ("WRD001", rf"‘(?={FILLER}*+s)", "’"),
        ("WRD001", "the the", "the"),
        ("WRD002", "odd", "even"),
        ("WRD003", "what", "that"),
    )

    def inspect(self, document):
        for code, pattern, suggestion in self.known:
            joined = f"{FILLER}*+".join(pattern) if pattern.isalpha() else pattern
            for match in document.finditer(joined):
                yield self.finding(code, match.span(), suggestions=[suggestion, "never this"])


RUNNER = make_runner(Words())
READERS = {reader.name: reader for reader in all_readers(RUNNER.plugins)}


def fix(text, kind="text", *, unsafe=False, runner=RUNNER, path=None):
    return Fixer(runner, unsafe=unsafe).fix(read_text(text, kind, runner.plugins, path), READERS[kind])


def fixed(text, kind="text", **options):
    return fix(text, kind, **options).document.text


# What is fixed


@pytest.mark.parametrize(
    ("text", "safe", "unsafe"),
    [
        ("a bad word", "a good word", "a good word"),
        ("an odd bad word", "an odd good word", "an even good word"),
        ("badbad bad", "goodgood good", "goodgood good"),
        ("so drop it", "so it", "so it"),
        ("what", "what", "what"),
        ("fine", "fine", "fine"),
        ("", "", ""),
        ("the the the the the", "the", "the"),
        ("the worst", "the good", "the good"),
    ],
)
def test_the_first_suggestion_takes_the_place_of_the_finding(text, safe, unsafe):
    assert fixed(text) == safe
    assert fixed(text, unsafe=True) == unsafe


def test_what_came_of_it_is_told():
    result = fix("bad, worse and odd")
    assert result.document.text == "good, good and odd"
    assert result.counts == Counter(WRD001=3)
    assert [(edit.start, edit.end, edit.text) for edit in result.edits] == [(0, 2, "goo"), (5, 10, "good")]
    assert [finding.code for finding in result.report.findings] == ["WRD002"]
    assert result.report == RUNNER.check(result.document)


def test_a_document_without_anything_to_fix_is_left():
    result = fix("what an odd text")
    assert (result.edits, result.counts, result.document.text) == ([], Counter(), "what an odd text")


@pytest.mark.parametrize(("ends", "expected"), [("\n", "\n"), ("\r\n", "\r\n"), ("\r", "\r"), ("", "\n")])
def test_new_lines_end_as_the_others_do(ends, expected):
    assert fixed(f"bad{ends}lines{ends}end") == f"good{ends}one{expected}two{ends}end"


def test_all_findings_are_fixed_however_few_are_listed():
    runner = make_runner(Words(), max_findings=2)
    assert fixed("bad " * 50, runner=runner) == "good " * 50


def test_what_is_suppressed_is_not_fixed(tmp_path):
    text = "bad <!-- qualitycheck: ignore bad -->\n\nbad"
    assert fixed(text, "markdown") == text[:-3] + "good"
    assert fixed("Bad bad", runner=make_runner(Words(), allow=("bad",))) == "Bad bad"
    path = str(tmp_path / "a.txt")
    accepting = Recording(tmp_path / "baseline.json")
    Runner(plugins=[Plugin(Words())], entry_points=False, baseline=accepting).check(Document("a bad day", path=path))
    accepting.write()
    runner = make_runner(Words(), baseline=str(tmp_path / "baseline.json"))
    assert fixed("a bad day, and one more bad one", runner=runner, path=path) == "a bad day, and one more good one"


# What cannot be


@pytest.mark.parametrize(
    ("suggestions", "text"),
    [
        ({"ping": "pong", "pong": "ping"}, "ping bad"),
        ({"grow": "grow grow"}, "grow bad"),
        ({"turn": "bad turn"}, "turn"),
    ],
)
def test_where_fixes_come_to_no_end_nothing_is_changed(suggestions, text):
    def inspect(self, document):
        for word, other in suggestions.items():
            for match in document.finditer(word):
                yield self.finding("AAA001", match.span(), suggestions=[other])

    rules = (Rule("AAA001", "restless", "Never at rest.", fix=Fix.SAFE),)
    result = fix(text, runner=make_runner(make_check("restless", rules=rules, inspect=inspect), Words()))
    assert (result.document.text, result.edits, result.counts) == (text, (), Counter())
    assert "AAA001" in result.unsettled
    assert result.report.findings


def test_a_fix_that_changes_nothing_is_none():
    rules = (Rule("AAA001", "same", "The same.", fix=Fix.SAFE),)
    same = make_check("same", rules=rules, inspect=lambda self, d: [self.finding("AAA001", (0, 1), suggestions=["s"])])
    result = fix("same", runner=make_runner(same))
    assert (result.edits, result.counts, result.unsettled) == ([], Counter(), ())
    assert len(result.report.findings) == 1


def test_of_fixes_that_overlap_one_is_made_at_a_time():
    def inspect(self, document):
        for pattern, suggestion in (("ab", "a"), ("bc", "c")):
            for match in document.finditer(pattern):
                yield self.finding("AAA001", match.span(), suggestions=[suggestion])

    rules = (Rule("AAA001", "pair", "A pair.", fix=Fix.SAFE),)
    runner = make_runner(make_check("pairs", rules=rules, inspect=inspect))
    assert fixed("abc ab bc", runner=runner) == "ac a c"


@pytest.mark.parametrize(
    ("encoding", "kind", "expected"),
    [
        ("utf-8", "text", "it’s good"),
        ("windows-1252", "text", "it’s good"),
        ("latin-1", "text", "it‘s good"),
        ("latin-1", "html", "it&#8217;s good"),
        ("latin-1", "markdown", "it&#8217;s good"),
    ],
)
def test_what_the_encoding_cannot_write_is_a_reference_or_left(encoding, kind, expected):
    runner = make_runner(Words(), encoding=encoding)
    assert fixed("it‘s bad", kind, runner=runner) == expected


# Markup


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("html", "<p class=bad>bad</p>", "<p class=bad>good</p>"),
        ("html", "<b>bad</b><!-- bad --><pre>bad</pre>", "<b>good</b><!-- bad --><pre>bad</pre>"),
        ("html", "it&lsquo;s", "it’s"),
        ("html", "it&#x2018;s <i>bad</i>", "it’s <i>good</i>"),
        ("html", "&quot;&lsquo;s&quot;", "&quot;’s&quot;"),
        ("html", "signs", "a &lt; b &amp; *c*"),
        ("html", "b<b>a</b>d", "b<b>a</b>d"),
        ("html", "the t<b>h</b>e", "the t<b>h</b>e"),
        ("html", "bad&nbsp;bad", "good&nbsp;good"),
        ("markdown", "---\ntitle: bad\n---\n\n# bad\n\n`bad` **bad** [bad](bad.html)",
         "---\ntitle: bad\n---\n\n# good\n\n`bad` **good** [good](bad.html)"),
        ("markdown", "> bad\n> bad\n\n1. bad\n   bad", "> good\n> good\n\n1. good\n   good"),
        ("markdown", "| bad | b |\n|---|---|\n| bad | bad |", "| good | b |\n|---|---|\n| good | good |"),
        ("markdown", "Signs: signs", "Signs: a \\< b \\& \\*c\\*"),
        ("markdown", "it&lsquo;s \\*bad\\*", "it’s \\*good\\*"),
        ("markdown", "<p>\n\nbad <b title='bad'>bad</b>\n\n</p>", "<p>\n\ngood <b title='bad'>good</b>\n\n</p>"),
        ("markdown", "    bad\n\nbad\n\n```\nbad\n```", "    bad\n\ngood\n\n```\nbad\n```"),
        ("markdown", "\ufeffbad", "\ufeffgood"),
    ],
)  # fmt: skip
def test_markup_is_left_alone_and_text_is_escaped(kind, text, expected):
    assert fixed(text, kind) == expected


@pytest.mark.parametrize("suggestion", ["#", "-", "1.", "===", "    code", "`", "``", "**", "[", "<", "&amp;", "|", ""])
@pytest.mark.parametrize(
    "text", ["x heading", "title\nx", "x` y", "a **b x** c", "[x](url)", "|x|y|\n|-|-|\n|x|x|", "&x;"]
)
def test_a_fix_that_would_become_markup_is_escaped_or_left(suggestion, text):
    def inspect(self, document):
        return [self.finding("AAA001", match.span(), suggestions=[suggestion]) for match in document.finditer(r"\bx\b")]

    rules = (Rule("AAA001", "mark", "A mark.", fix=Fix.SAFE),)
    runner = make_runner(make_check("mark", rules=rules, inspect=inspect), Words())
    result = fix(f"bad\n\n{text}\n\nbad", "markdown", runner=runner)
    before = read_text(text, "markdown", runner.plugins).prose.replace(FILLER, "")
    wanted = re.sub(r"\bx\b", suggestion, before)
    shown = result.document.prose.replace(FILLER, "")
    assert shown.split() in (["good", *before.split(), "good"], ["good", *wanted.split(), "good"])


PIECES = [
    *("bad", "odd", "worst", "the the", "drop", "‘s", "signs", "lines", "plain", " ", " ", " ", "\n", "\n\n", "\r\n"),
    *(
        "**",
        "*",
        "_",
        "`",
        "[",
        "](url)",
        "<b>",
        "</b>",
        "<pre>",
        "</pre>",
        "<!-- bad -->",
        "&amp;",
        "&lsquo;",
        "&#98;",
    ),
    *("> ", "- ", "# ", "|", "\\", "b<i>a</i>d", "b**a**d", "---", "\ufeff", "😀", "<script>", "\u200b"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join), st.sampled_from(sorted(READERS)), st.booleans())
def test_a_fixed_text_has_none_of_the_fixed_findings_left_and_no_other_change(text, kind, unsafe):
    result = fix(text, kind, unsafe=unsafe)
    assert not result.unsettled
    assert apply(text, result.edits) == result.document.text
    allowed = {Fix.SAFE, Fix.UNSAFE} if unsafe else {Fix.SAFE}
    left = [finding for finding in result.report.findings if finding.fix in allowed]
    assert kind != "text" or not left
    for finding in left:
        # Only markup, or what would become markup, is in the way of a word.
        prose = result.document.prose[finding.start : finding.end]
        assert prose != finding.text or not finding.suggestions[0].text.isalpha()
    again = Fixer(RUNNER, unsafe=unsafe).fix(result.document, READERS[kind])
    assert (again.edits, again.counts) == ([], Counter())


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("text", "bad " * 60_000),
        ("text", "the " * 60_000),
        ("text", "bad" * 80_000),
        ("html", "<b>bad</b> &lsquo;s " * 12_000),
        ("html", "b<b>a</b>d " * 20_000),
        ("html", "<p>" + "bad " * 60_000),
        ("html", "the t" + "<b></b>" * 30_000 + "he"),
        ("markdown", "**bad** ‘s\n\n" * 3_000),
        ("markdown", "x\n\nsigns\n\n" * 3_000),
    ],
    ids=["words", "doubled", "joined", "tags", "split", "one block", "long span", "emphasis", "escaped"],
)
def test_hostile_texts_take_linear_time(kind, text):
    started = time.perf_counter()
    result = fix(text, kind)
    assert time.perf_counter() - started < 60
    assert not result.unsettled


def test_a_few_fixes_that_become_markup_do_not_cost_the_others_theirs():
    rules = (Rule("AAA001", "mark", "A mark.", fix=Fix.SAFE),)

    def inspect(self, document):
        return [self.finding("AAA001", match.span(), suggestions=["="]) for match in document.finditer(r"\bx\b")]

    runner = make_runner(make_check("mark", rules=rules, inspect=inspect), Words())
    text = "bad\n\n" * 100 + "title\nx\n\n" + "bad\n\n" * 100
    assert fixed(text, "markdown", runner=runner).count("good") == 200
