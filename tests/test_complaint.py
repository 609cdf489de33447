import io
import random
import re

import pytest
from support import Marks, make_check, make_runner

from qualitycheck import Document, Severity
from qualitycheck.complaint import FULL, ROWS, about_collection, about_comparison, about_text, details, worst_findings
from qualitycheck.reporters import Options
from qualitycheck.reporters.full import FullReporter
from qualitycheck.standard import Judged, shortcomings


def judge(text, runner=None, name=None):
    runner = runner or make_runner(Marks())
    document = Document(text, id=name)
    report = runner.check(document)
    return Judged(document, report, (*report.errors, *shortcomings(report, runner.settings)))


def test_the_message_about_one_text():
    judged = judge("So far so good.\nBut this! is not, and this # neither.")
    lines = about_text(judged, width=80).splitlines()
    assert lines[:2] == ["77.0 of 100: 1 error", ""]
    assert lines[-2:] == ["", "Learn more: qualitycheck rule MRK002"]
    stream = io.StringIO()
    FullReporter(stream, Options(80)).document(judged.document, judged.report)
    assert lines[2:-2] == stream.getvalue().rstrip().splitlines()


def test_of_many_findings_the_worst_of_each_rule_come_first():
    report = judge("~ ~ ! # ! # ! ~").report
    shown = [worst_findings(report.findings, number) for number in range(9)]
    assert [[finding.text for finding in each] for each in shown[:6]] == [
        [],
        ["!"],
        ["!", "!"],
        ["!", "!", "!"],
        ["!", "#", "!", "!"],
        ["!", "#", "!", "#", "!"],
    ]
    assert list(shown[8]) == sorted(report.findings, key=lambda finding: finding.start)


def test_one_of_each_rule_before_a_second_of_any():
    def inspect(self, document):
        codes = {"a": "AAA001", "b": "AAA002"}
        yield from (self.finding(codes[match[0]], match.span()) for match in document.finditer("[ab]"))

    check = make_check("letters", "AAA001", Severity.ERROR, inspect=inspect)
    check.rules = (*check.rules, *make_check("more", "AAA002", Severity.ERROR).rules)
    report = judge("aaaaaaab", make_runner(check)).report
    assert [finding.text for finding in worst_findings(report.findings, 2)] == ["a", "b"]


def test_what_is_not_shown_is_counted():
    lines = list(details(judge("! " * 9 + "# " * 3), width=80, shown=4))
    assert sum("MRK002" in line for line in lines) == 4 + 1
    assert lines[-1] == "  8 more findings: 5 MRK002 shout, 3 MRK001 hash"
    assert not [line for line in details(judge("! !"), width=80, shown=2) if "more" in line]
    assert "  1 more finding: 1 MRK002 shout" in details(judge("! !"), width=80, shown=1)


@pytest.mark.parametrize("width", [60, 100])
def test_no_line_is_wider_than_it_may_be(width):
    text = "A word of text, and a shout! " * 40
    assert max(len(line) for line in details(judge(text), width=width)) <= width


def test_nothing_in_a_text_reaches_the_terminal_as_it_is():
    judged = judge("\x1b[2J ! \u202e", name="\x1b]0;title\x07")
    for message in (about_text(judged), about_collection([judged], 1.0), about_text(judged, color=False)):
        assert all(line.isprintable() for line in message.splitlines())


def test_a_painted_message_says_what_a_plain_one_says():
    judged = judge("this! and ! that #")
    painted = about_text(judged, width=80, color=True)
    assert painted != about_text(judged, width=80)
    assert re.sub("\x1b\\[[0-9;]*m", "", painted) == about_text(judged, width=80)


# Collections


def collection(*texts):
    runner = make_runner(Marks())
    return [judge(text, runner, f"texts[{place}]") for place, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("good", "bad", "share", "passes"),
    [
        (98, 2, 0.98, True),
        (97, 3, 0.98, False),
        (49, 1, 0.98, True),
        (1, 2, 1 / 3, True),
        (7, 93, 0.07, True),
        (2, 1, 1.0, False),
    ],
)
def test_the_share_that_must_pass(good, bad, share, passes):
    texts = collection(*["fine"] * good, *["bad !"] * bad)
    random.Random(1).shuffle(texts)
    assert (about_collection(texts, share) == "") == passes


def test_the_message_about_a_collection():
    texts = collection(*["fine"] * 60, "!! #", "! #", "fine ~", "!", "!!!")
    message = about_collection(iter(texts), 0.95)
    lines = message.splitlines()
    assert lines[0] == "61 of 65 texts pass, 93.8%; at least 95% must"
    shown = [line.split()[0] for line in lines if "───" in line]
    assert shown == ["texts[64]", "texts[60]", "texts[61]"]
    place = lines.index("not passed, worst first:")
    assert [line.split(":")[0].strip() for line in lines[place + 1 : place + 5]] == [
        "texts[64]",
        "texts[60]",
        "texts[61]",
        "texts[63]",
    ]
    assert lines[place + 1] == "  texts[64]: 60.8 of 100: 3 errors"
    assert lines[place + 5] == "all their findings: 7 MRK002 shout, 2 MRK001 hash"
    assert lines[-1] == "Learn more: qualitycheck rule MRK002"


def test_of_a_long_collection_no_more_is_kept_than_is_shown():
    alive = set()

    class Counted(Judged):
        __slots__ = ("__weakref__", "number")

        def __del__(self):
            alive.discard(self.number)

    def texts():
        runner = make_runner(Marks())
        for number in range(500):
            judged = judge("! " * (number % 50 + 1), runner, str(number))
            counted = Counted(judged.document, judged.report, judged.reasons)
            object.__setattr__(counted, "number", number)
            alive.add(number)
            del judged
            yield counted
            assert len(alive) <= ROWS + 3

    message = about_collection(texts(), 0.5)
    assert message.startswith("0 of 500 texts pass, 0%; at least 50% must\n")
    assert message.count("───") and len([line for line in message.splitlines() if "───" in line]) == FULL
    assert f"  and {500 - ROWS:,} more" in message.splitlines()


def test_an_empty_collection_and_a_crash_never_pass():
    assert about_collection([], 0.1) == "there are no texts in the collection, so nothing was judged"

    def boom(self, document):
        raise RuntimeError("it broke")

    crash = judge("fine", make_runner(make_check("boom", inspect=boom)))
    message = about_collection([*collection(*["fine"] * 99), crash], 0.5)
    assert message.startswith("99 of 100 texts pass, 99%; at least 50% must; checks crashed on 1\n")
    assert "RuntimeError: it broke" in message


# Comparisons


def test_the_message_about_a_text_that_is_worse():
    new, old = judge("One # here! And more ! of it."), judge("One # here! And more of it.")
    lines = about_comparison(new, old, 0).splitlines()
    assert lines[:5] == [
        "the new text is worse by 10.8 points: 66.2 of 100, and the old one 77.0",
        "  marks: 33.8 points lost, 23.0 before",
        "",
        "what the old text has not: 1 MRK002 shout",
        "",
    ]
    assert [line for line in lines if line.startswith("text:")] == ["text:1:22 MRK002 shout (error)"]
    assert about_comparison(new, old, 5).startswith("the new text is worse by 10.8 points (5 allowed): 66.2 of 100")


@pytest.mark.parametrize(
    ("new", "old", "tolerance", "passes"),
    [
        ("fine", "fine", 0, True),
        ("!", "!", 0, True),
        ("fine", "!", 0, True),
        ("!", "fine", 0, False),
        ("!", "fine", 19.9, False),
        ("!", "fine", 20, True),
        ("# !", "! #", 0, True),
        ("", "", 0, True),
        ("", "fine", 0, False),
        (" \n", "!", 100, False),
        ("fine", "", 0, True),
    ],
)
def test_what_is_worse(new, old, tolerance, passes):
    assert (about_comparison(judge(new), judge(old), tolerance) == "") == passes


def test_a_check_that_crashed_on_either_text_is_said():
    def boom(self, document):
        if "BOOM" in document.text:
            raise RuntimeError("it broke")
        return []

    runner = make_runner(make_check("boom", inspect=boom))
    for new, old in (("BOOM", "fine"), ("fine", "BOOM")):
        message = about_comparison(judge(new, runner), judge(old, runner), 100)
        assert message.startswith("check “boom” crashed on the text: RuntimeError: it broke")
