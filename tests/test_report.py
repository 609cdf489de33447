import json

import pytest
from support import Marks, make_check, make_runner

import qualitycheck
from qualitycheck import (
    CheckResult,
    CorpusReport,
    Document,
    DocumentReport,
    Finding,
    Fix,
    ReportedFinding,
    Rule,
    Severity,
    Signal,
    Suggestion,
)


def make_report(**changes):
    values = {"path": None, "id": None, "words": 2, "language": None, "score": 100.0, "verdict": "accept"}
    return DocumentReport(**{**values, "checks": {}, "findings": (), **changes})


def test_a_finding_as_plain_values():
    suggestions = (Suggestion("call", 0.93456789),)
    finding = ReportedFinding(
        "SYN001", "odd-synonym", Severity.ERROR, 0.98765432, 72, 76, 1, 73, "name", "Odd.", suggestions, in_quote=False
    )
    assert finding.to_dict() == {
        "code": "SYN001",
        "name": "odd-synonym",
        "severity": "error",
        "confidence": 0.9877,
        "start": 72,
        "end": 76,
        "line": 1,
        "column": 73,
        "text": "name",
        "message": "Odd.",
        "suggestions": [{"text": "call", "confidence": 0.9346}],
        "in_quote": False,
        "fix": "none",
    }


def test_a_finding_about_the_document_has_no_place():
    check = make_check("whole", inspect=lambda self, document: [self.finding("AAA001")])
    (finding,) = make_runner(check).check("Some text.").findings
    plain = finding.to_dict()
    assert [plain[key] for key in ("start", "end", "line", "column", "text")] == [None] * 5
    assert plain["in_quote"] is False


def test_check_results_show_a_reason_only_where_there_is_one():
    signal = Signal("rate", 0.5, "share of words")
    assert CheckResult("ok", 1.5, 0.25, None, (signal,)).to_dict() == {
        "points": 1.5,
        "badness": 0.25,
        "status": "ok",
        "signals": {"rate": 0.5},
    }
    assert CheckResult("skipped", reason="too short").to_dict()["reason"] == "too short"


@pytest.mark.parametrize(
    ("path", "identifier", "name"),
    [("a.txt", None, "a.txt"), (None, "7", "7"), ("a.jsonl", "7", "a.jsonl:7"), (None, None, "text")],
)
def test_name(path, identifier, name):
    assert make_report(path=path, id=identifier).name == name


def test_summary_counts_verdicts_and_errors():
    report = CorpusReport(
        [make_report(verdict="reject", errors=("one", "two")), make_report(), make_report()], errors=["three"]
    )
    assert report.summary() == {"documents": 3, "accept": 2, "review": 0, "reject": 1, "errors": 3}


@pytest.mark.parametrize(
    ("report", "has_errors"),
    [
        (CorpusReport(), False),
        (CorpusReport([make_report()]), False),
        (CorpusReport(errors=["unreadable"]), True),
        (CorpusReport([make_report(errors=("crashed",))]), True),
    ],
)
def test_has_errors(report, has_errors):
    assert report.has_errors is has_errors


def test_the_whole_report_is_json():
    runner = make_runner(Marks())
    documents = [runner.check(Document("“a # b” !\n~", path="a.txt", id="1")), runner.check("")]
    report = CorpusReport(documents, settings=runner.settings.digest(), versions=runner.versions())
    plain = json.loads(json.dumps(report.to_dict(), allow_nan=False))
    assert plain == report.to_dict()
    assert plain["schema"] == 1
    assert plain["tool"] == f"qualitycheck {qualitycheck.__version__}"
    findings = plain["documents"][0]["findings"]
    assert [(f["code"], f["line"], f["column"], f["in_quote"]) for f in findings] == [
        ("MRK001", 1, 4, True),
        ("MRK002", 1, 9, False),
        ("MRK003", 2, 1, False),
    ]


def test_numpy_numbers_become_plain_ones():
    def inspect(self, document):
        tokens = document.tokens
        yield Finding("AAA001", tokens.start[1], tokens.end[1])
        yield Signal("longest", (tokens.end - tokens.start).max())
        yield Signal("mean", (tokens.end - tokens.start).mean(dtype="float32"))

    report = make_runner(make_check("arrays", inspect=inspect)).check("one two three")
    plain = json.loads(json.dumps(report.to_dict()))
    assert (plain["findings"][0]["start"], plain["findings"][0]["text"]) == (4, "two")
    assert plain["checks"]["arrays"]["signals"] == {"longest": 5, "mean": pytest.approx(11 / 3)}


@pytest.mark.parametrize(
    ("fix", "suggestions", "span", "expected"),
    [
        (Fix.SAFE, ["b"], (0, 1), "safe"),
        (Fix.UNSAFE, ["b", "c"], (0, 1), "unsafe"),
        (Fix.SAFE, [""], (0, 1), "safe"),
        (Fix.SAFE, [], (0, 1), "none"),
        (Fix.SAFE, ["b"], None, "none"),
        (Fix.NONE, ["b"], (0, 1), "none"),
    ],
)
def test_a_finding_tells_whether_a_machine_may_mend_it(fix, suggestions, span, expected):
    def inspect(self, document):
        yield self.finding("AAA001", span, suggestions=suggestions)

    check = make_check("mend", rules=(Rule("AAA001", "mend", "Mend it.", fix=fix),), inspect=inspect)
    (finding,) = make_runner(check).check("a").findings
    assert (finding.fix.value, finding.to_dict()["fix"]) == (expected, expected)


def test_a_report_is_about_the_text_that_its_findings_are_in():
    report = make_runner(Marks()).check("one # two ~")
    assert report.is_about("one # two ~") and report.is_about("six # ten ~ and more")
    assert not report.is_about("one two") and not report.is_about("")
    assert make_runner(Marks()).check("clean").is_about("whatever")
