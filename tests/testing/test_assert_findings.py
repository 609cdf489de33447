import pytest
from support import Marks, Plugin, make_check

from qualitycheck import Document, Rule, SettingsError
from qualitycheck.testing import assert_findings

MARKS = [Plugin(Marks())]


def fails(text, expected, plugins=MARKS, **options):
    with pytest.raises(AssertionError) as caught:
        assert_findings(text, expected, plugins=plugins, **options)
    return str(caught.value).splitlines()


def test_findings_that_agree_give_the_report():
    report = assert_findings("a # b !", ["MRK001 #", "MRK002 !"], plugins=MARKS)
    assert report.words == 2 and len(report.findings) == 2
    assert_findings(Document("nothing"), [], plugins=MARKS)
    assert_findings("a # b !", ["MRK002 !"], select=["shout"], plugins=MARKS)
    assert_findings("#", "MRK001 #", plugins=MARKS)


def test_the_difference_says_what_is_missing_and_what_is_too_much():
    assert fails("# b !\nc ~", ["MRK001 #", "MRK003 ~", "MRK002 ?"]) == [
        "the findings differ (- expected, + found):",
        "  MRK001 #",
        "+ MRK002 !   (line 1, column 5: A shout.)",
        "  MRK003 ~",
        "- MRK002 ?",
    ]


def test_one_more_of_the_same_and_another_order_differ():
    assert "+ MRK001 #   (line 1, column 3: A hash.)" in fails("# #", ["MRK001 #"])
    assert len(fails("! #", ["MRK001 #", "MRK002 !"])) == 4


class Terms(Marks):
    name = "terms"
    rules = (Rule("TRM001", "term", "A term."),)

    def inspect(self, document):
        for match in document.finditer("x+"):
            yield self.finding("TRM001", match.span(), suggestions=["y", "z"])
        if "whole" in document.text:
            yield self.finding("TRM001")


def test_suggestions_count_where_they_are_written():
    terms = [Plugin(Terms())]
    assert_findings("a xx", ["TRM001 xx"], plugins=terms)
    assert_findings("a xx", ["TRM001 xx -> y"], plugins=terms)
    assert "+ TRM001 xx -> y   (line 1, column 3: A term.)" in fails("a xx", ["TRM001 xx -> z"], terms)
    assert_findings("whole x", ["TRM001 (the document)", "TRM001 x"], plugins=terms)


def test_long_differences_are_cut():
    lines = fails("# " * 500, [])
    assert len(lines) == 42 and lines[-1] == "  and 460 more lines"


def test_what_does_not_run_is_no_agreement():
    def inspect(self, document):
        raise ValueError("the fuse blew")

    assert "the fuse blew" in fails("a", [], [Plugin(make_check("broken", inspect=inspect))])[0]
    assert fails("a", [], [object()])[0].startswith("plugin “object” does not load: it implements no hook")
    with pytest.raises(SettingsError, match="unknown rule"):
        assert_findings("a", [], select=["NON001"], plugins=MARKS)
