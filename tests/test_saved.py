import json
from pathlib import Path

import pytest

from qualitycheck import Check, CorpusReport, Document, InputError, Rule, Runner, Severity, Signal, hookimpl
from qualitycheck.saved import read_saved


class Odd(Check):
    rules = (Rule("ODD001", "odd-word", "Odd.", Severity.ERROR), Rule("ODD010", "odd-document", "Odd."))

    def inspect(self, document):
        for match in document.finditer("odd"):
            yield self.finding("ODD001", match.span(), suggestions=["even", ""], confidence=0.5)
        yield self.finding("ODD010")
        yield Signal("rate", 0.25)
        yield Signal("channel", "news")


class Plugin:
    @hookimpl
    def qualitycheck_checks(self, settings):
        return [Odd()]


RUNNER = Runner(plugins=[Plugin()], entry_points=False)
TEXTS = ["An odd word.", "", "\ud800 odd\r\nodd"]
REPORTS = [RUNNER.check(Document(text, path=f"{number}.txt")) for number, text in enumerate(TEXTS)]


@pytest.fixture
def saved(tmp_path):
    """A function that writes a value, or lines of values, and reads the reports in them."""

    def read(*values, indent=None):
        path = tmp_path / "saved.json"
        path.write_text("\n".join(json.dumps(value, indent=indent) for value in values), encoding="utf-8")
        return list(read_saved(str(path)))

    return read


def test_lines_come_back(saved):
    read = saved(*(report.to_dict() for report in REPORTS))
    assert [each.report for each in read] == REPORTS
    assert [each.text for each in read] == [None] * 3


@pytest.mark.parametrize("indent", [None, 2])
def test_one_object_comes_back(saved, indent):
    read = saved(CorpusReport(REPORTS).to_dict(), indent=indent)
    assert [each.report for each in read] == REPORTS


def test_texts_saved_with_their_reports_come_back(saved):
    read = saved(*({**report.to_dict(), "text": text} for report, text in zip(REPORTS, TEXTS, strict=True)))
    assert [each.text for each in read] == TEXTS


def test_documents_that_a_filter_annotated(saved, tmp_path):
    quality = {
        "score": 40.5,
        "verdict": "review",
        "points": {"odd": 59.5},
        "signals": {"odd.rate": 0.25, "other.rate": 1},
        "findings": [finding.to_dict() for finding in REPORTS[0].findings],
        "reason": "where",
    }
    (first, second) = saved({"id": 7, "text": TEXTS[0], "quality": quality}, {"text": "x y", "quality": quality})
    assert (first.report.path, first.report.id, first.text) == (str(tmp_path / "saved.json"), "7", TEXTS[0])
    assert second.report.id == "2" and second.report.words == 2
    assert first.report.checks["odd"].points == 59.5
    assert first.report.checks["odd"].signals == (Signal("rate", 0.25),)
    assert first.report.checks["other"].points == 0
    assert first.report.findings == REPORTS[0].findings
    assert first.report.notes == ("decided by: where",)


def test_the_text_of_an_annotated_document_may_be_elsewhere(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"body": "x", "quality": {"score": 1, "verdict": "reject"}}))
    assert next(read_saved(str(path), "body")).text == "x"


def finding(**changes):
    return {**REPORTS[0].to_dict(), "findings": [{**REPORTS[0].findings[1].to_dict(), **changes}]}


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ([], "line 1: no report, and no JSON object at all"),
        ({"a": 1}, "object missing required field `score`"),
        ({"documents": [REPORTS[0].to_dict(), {}]}, "line 1, document 2: no report of qualitycheck"),
        ({**REPORTS[0].to_dict(), "score": 101}, "`$.score`"),
        ({**REPORTS[0].to_dict(), "score": float("nan")}, "`$.score`"),
        ({**REPORTS[0].to_dict(), "verdict": '"><script>'}, "`$.verdict`"),
        ({**REPORTS[0].to_dict(), "language": '"><script>'}, "`$.language`"),
        (finding(code="f-x{}"), "`$.findings[0].code`"),
        (finding(name="<b>"), "`$.findings[0].name`"),
        (finding(severity="fatal"), "`$.findings[0].severity`"),
        (finding(confidence=2), "`$.findings[0].confidence`"),
        (finding(start=-1), "`$.findings[0].start`"),
        (finding(line=None), "a finding of ODD001 has half a place"),
        (finding(end=900), "a finding of ODD001 is not as long as its text"),
        (finding(text="", end=3), "a finding of ODD001 is not as long as its text"),
    ],
)
def test_what_is_no_report_is_refused(saved, value, message):
    with pytest.raises(InputError, match=r"saved\.json, line 1") as caught:
        saved(value)
    assert message in str(caught.value)


@pytest.mark.parametrize("content", [b"{", b"nonsense", b"\xff", b"[" * 100_000, b'{"score": 1}\nnonsense'])
def test_what_is_no_json_is_one_line(tmp_path, content):
    (tmp_path / "bad.json").write_bytes(content)
    with pytest.raises(InputError, match=r"bad\.json"):
        list(read_saved(str(tmp_path / "bad.json")))


def test_a_missing_file():
    with pytest.raises(InputError, match=r"missing\.json: cannot be read"):
        list(read_saved("missing.json"))


def test_empty_lines_are_nothing(tmp_path):
    (tmp_path / "empty.jsonl").write_text("\n\n")
    assert list(read_saved(str(Path(tmp_path / "empty.jsonl")))) == []
