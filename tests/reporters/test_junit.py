from xml.etree import ElementTree as ET

import pytest
from samples import Plugin, Stream

from qualitycheck import CorpusReport, Document, Runner, Settings
from qualitycheck.reporters import Options
from qualitycheck.reporters.junit import JUnitReporter


def shown(*documents, errors=(), encoding="utf-8", plugins=True, **settings):
    runner = Runner(Settings(**settings), plugins=[Plugin()], entry_points=False)
    stream = Stream(encoding)
    report = CorpusReport([runner.check(document) for document in documents], list(errors))
    JUnitReporter(stream, Options(plugins=runner.plugins if plugins else None)).finish(report)
    return stream.text


def cases(text):
    root = ET.fromstring(text)
    return {
        (suite.get("name"), case.get("name")): [each.tag for each in case]
        for suite in root
        for case in suite.iter("testcase")
    }


def test_a_suite_for_each_document_and_a_case_for_each_check():
    made = cases(shown(Document("odd dull", path="a.txt"), Document("BOOM", path="b.txt")))
    assert made == {
        ("a.txt", "verdict"): [],
        ("a.txt", "fragile"): [],
        ("a.txt", "long"): ["skipped"],
        ("a.txt", "words"): ["failure", "system-out"],
        ("b.txt", "verdict"): [],
        ("b.txt", "fragile"): ["error"],
        ("b.txt", "long"): ["skipped"],
        ("b.txt", "words"): [],
    }


@pytest.mark.parametrize(
    ("settings", "failed"),
    [
        ({}, {"words"}),
        ({"fail_on": "never"}, set()),
        ({"fail_on": "never", "min_score": 99}, {"verdict"}),
        ({"fail_on": "info", "reject_below": 74.0}, {"words", "verdict"}),
    ],
)
def test_what_fails_is_what_fails_the_command(settings, failed):
    made = cases(shown(Document("odd dull plain", path="a.txt"), **settings))
    assert {name for (_, name), parts in made.items() if "failure" in parts} == failed


def test_the_text_of_a_failure_names_every_finding():
    root = ET.fromstring(shown(Document("odd\nan odd", path="a.txt")))
    (failure,) = root.iter("failure")
    assert failure.get("message") == "“odd” is here and 1 more"
    assert failure.text == "1:1-1:4 [0:3] WRD001 “odd” is here\n2:4-2:7 [7:10] WRD001 “odd” is here"


def test_counts():
    root = ET.fromstring(
        shown(Document("odd", path="a.txt"), Document("BOOM", path="b.txt"), errors=["c.txt: cannot be read"])
    )
    counts = {name: root.get(name) for name in ("tests", "failures", "errors", "skipped")}
    assert counts == {"tests": "9", "failures": "1", "errors": "2", "skipped": "2"}
    assert [suite.get("tests") for suite in root] == ["4", "4", "1"]


def test_servers_can_read_it(tmp_path):
    junitparser = pytest.importorskip("junitparser")
    (tmp_path / "report.xml").write_text(shown(Document("odd", path="a.txt")), encoding="utf-8")
    read = junitparser.JUnitXml.fromfile(str(tmp_path / "report.xml"))
    (suite,) = read
    assert (suite.name, suite.tests, suite.failures, suite.skipped) == ("a.txt", 4, 1, 1)
    assert suite.properties()
    failed = [case for case in suite if case.result and isinstance(case.result[0], junitparser.Failure)]
    assert [case.name for case in failed] == ["words"]


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "latin-1"])
def test_hostile_documents_make_sound_xml(encoding):
    document = Document("odd \x00\x1b]]> <&\ufffe\ud800", path="<a>&\"'\x00\udcff\n漢.txt")
    root = ET.fromstring(shown(document, encoding=encoding).encode(encoding))
    assert root[0].get("name") == "<a>&\"'\\x00\\udcff\\n漢.txt"


def test_without_plugins_findings_stand_under_their_rules():
    assert cases(shown(Document("odd", path="a.txt"), plugins=False))[("a.txt", "odd-word")] == ["failure"]
