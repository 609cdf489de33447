import re

from qualitycheck import Document
from qualitycheck.reporters.concise import ConciseReporter


def test_one_line_a_finding_and_one_for_the_run(render):
    assert (
        render(ConciseReporter, "A whole text.\nAn odd word.", "Fine.")
        == """\
a.txt: WRD010 The whole document is odd.
a.txt:2:4: WRD001 “odd” is here
2 documents, 7 words: 1 accept, 1 review; 2 findings (1 error, 1 warning).
"""
    )


def test_a_message_that_does_not_name_the_text_is_followed_by_it():
    from qualitycheck.finding import Suggestion
    from qualitycheck.report import ReportedFinding
    from qualitycheck.reporters.concise import _told
    from qualitycheck.rule import Severity

    def finding(text, message, *suggestions):
        place = (0, len(text), 1, 1, text, message)
        return ReportedFinding("AAA001", "some-rule", Severity.ERROR, 1.0, *place, suggestions, in_quote=False)

    assert _told(finding("cafÃ©", "Wrong encoding.", Suggestion("café"))) == "Wrong encoding. “cafÃ©” → “café”"
    assert _told(finding("odd", "“odd” is here", Suggestion("even"))) == "“odd” is here"
    assert _told(finding("x" * 99, "Long.")) == f"Long. “{'x' * 40}…”"


def test_statistics_and_quiet(render):
    assert (
        render(ConciseReporter, "odd odd", statistics=True, quiet=True)
        == """\
findings  documents  severity  code    rule
       2          1  error     WRD001  odd-word
1 document, 2 words: review; 2 findings (2 errors).
"""
    )


def test_a_crash_is_a_line_too(render):
    first = render(ConciseReporter, "BOOM it goes.").splitlines()[0]
    assert first.startswith("a.txt: error: check “fragile” crashed on a.txt: ValueError: the [red]fuse[/red] blew")


def test_hostile_names_are_harmless(render):
    shown = render(ConciseReporter, Document("odd", path="a\nb\x1b[2J\udcff"))
    assert shown.startswith("a\\nb\\x1b[2J\\udcff:1:1: WRD001 ")


def test_a_stream_that_cannot_encode_unicode(render):
    assert 'a.txt:1:3: WRD001 "odd" is here\n' in render(ConciseReporter, "漢 odd", encoding="ascii")


def test_color_changes_nothing_but_the_color(render):
    plain, colored = (render(ConciseReporter, "odd BOOM dull plain", color=color) for color in (False, True))
    assert "\x1b[1;35mWRD001\x1b[0m" in colored and "\x1b[35mWRD002\x1b[0m" in colored
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == plain
