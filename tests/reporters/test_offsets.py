"""Every format for machines says where a finding is so that its text can be cut out again, whatever the document."""

import json
import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import Plugin, Stream

from qualitycheck import CorpusReport, Document, Runner
from qualitycheck.reporters import Options
from qualitycheck.reporters.concise import ConciseReporter
from qualitycheck.reporters.github import GitHubReporter
from qualitycheck.reporters.gitlab import GitLabReporter
from qualitycheck.reporters.json import JsonLinesReporter
from qualitycheck.reporters.junit import JUnitReporter
from qualitycheck.reporters.markdown import MarkdownReporter
from qualitycheck.reporters.sarif import SarifReporter

RUNNER = Runner(plugins=[Plugin()], entry_points=False)
LINE_END = re.compile(r"\r\n|\n|\r")

TEXTS = [
    "odd and dull",
    "😀😀 odd\t👨‍👩‍👧 dull\r\n\todd \r\r\n dull",
    "e\u0301e\u0301 odd a\u0308dull\rplain\u2028odd\x85dull",
    "﻿odd שלום odd مرحبا dull",
]


def offset(text, line, column):
    """Where a line and column, both from 1, are in a text."""
    starts = [0, *(match.end() for match in LINE_END.finditer(text))]
    return starts[line - 1] + column - 1


def render(reporter_class, document):
    stream = Stream()
    reporter = reporter_class(stream, Options(plugins=RUNNER.plugins))
    report = RUNNER.check(document)
    reporter.document(document, report)
    reporter.finish(CorpusReport([report]))
    return stream.text, report


def from_jsonl(shown, text):
    return [(each["start"], each["end"]) for each in json.loads(shown)["findings"]]


def from_sarif(shown, text):
    for result in json.loads(shown)["runs"][0]["results"]:
        region = result["locations"][0]["physicalLocation"]["region"]
        span = (region["charOffset"], region["charOffset"] + region["charLength"])
        assert span == (
            offset(text, region["startLine"], region["startColumn"]),
            offset(text, region["endLine"], region["endColumn"]),
        )
        assert region["snippet"]["text"] == text[slice(*span)]
        yield span


def from_junit(shown, text):
    for case in ET.fromstring(shown).iter("testcase"):
        for part in case:
            if part.tag in ("failure", "system-out") and part.text:
                for place in re.findall(r"^(\d+):(\d+)-(\d+):(\d+) \[(\d+):(\d+)\]", part.text, re.MULTILINE):
                    a, b, c, d, start, end = map(int, place)
                    assert (offset(text, a, b), offset(text, c, d)) == (start, end)
                    yield start, end


def from_github(shown, text):
    for line in shown.splitlines():
        if match := re.search(r"line=(\d+),endLine=(\d+),col=(\d+),endColumn=(\d+)", line):
            first, last, start, end = map(int, match.groups())
            yield offset(text, first, start), offset(text, last, end)


def from_gitlab(shown, text):
    for issue in json.loads(shown):
        ends = issue["location"]["positions"].values()
        yield tuple(offset(text, end["line"], end["column"]) for end in ends)


def from_lines(shown, text, pattern):
    for line, column, code in re.findall(pattern, shown):
        start = offset(text, int(line), int(column))
        word = {"WRD001": "odd", "WRD002": "dull", "WRD003": "plain"}[code]
        yield start, start + len(word)


def from_concise(shown, text):
    return from_lines(shown, text, r"x\.txt:(\d+):(\d+): (WRD\d+)")


def from_markdown(shown, text):
    return from_lines(shown, text, r"- (\d+):(\d+) \*\*(WRD\d+)\*\*")


FORMATS = {
    JsonLinesReporter: from_jsonl,
    SarifReporter: from_sarif,
    JUnitReporter: from_junit,
    GitHubReporter: from_github,
    GitLabReporter: from_gitlab,
    ConciseReporter: from_concise,
    MarkdownReporter: from_markdown,
}


def check(reporter_class, text):
    shown, report = render(reporter_class, Document(text, path="x.txt"))
    spans = {(each.start, each.end) for each in report.findings}
    assert {text[start:end] for start, end in spans} <= {"odd", "dull", "plain"}
    assert set(FORMATS[reporter_class](shown, text)) == spans


@pytest.mark.parametrize("reporter_class", FORMATS)
@pytest.mark.parametrize("text", TEXTS)
def test_spans_come_back(reporter_class, text):
    check(reporter_class, text)


@pytest.mark.parametrize("reporter_class", FORMATS)
@given(
    parts=st.lists(st.sampled_from(["odd", "dull", "\r", "\n", "\t", "😀", "\u0301", " ", "א", "|`<&"]), max_size=18)
)
def test_spans_come_back_from_any_text(reporter_class, parts):
    text = "".join(parts)
    if text.count("odd") <= 10 and text.count("dull") <= 10 and text.count("odd") + text.count("dull") <= 10:
        check(reporter_class, text)
