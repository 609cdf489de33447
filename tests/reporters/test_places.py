import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualitycheck import Document
from qualitycheck.report import DocumentReport, ReportedFinding
from qualitycheck.reporters.places import end_position, posix_path, uri
from qualitycheck.rule import Severity


def found(document, start, end):
    line, column = document.position(start)
    text = document.text[start:end]
    return ReportedFinding(
        "AAA001", "a-rule", Severity.ERROR, 1.0, start, end, line, column, text, "", (), in_quote=False
    )


def report(path=None, identity=None):
    return DocumentReport(path, identity, 0, None, 100.0, "accept", {}, ())


@given(st.text(alphabet="ab\r\n\t\u2028\u0301😀", min_size=1, max_size=40), st.data())
def test_line_and_column_of_the_end_lead_to_the_end(text, data):
    document = Document(text)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    line, column = end_position(found(document, start, end))
    assert int(document.line_starts[line - 1]) + column - 1 == end


def test_a_finding_about_the_whole_document_has_no_end():
    whole = ReportedFinding(
        "AAA001", "a-rule", Severity.ERROR, 1.0, None, None, None, None, None, "", (), in_quote=False
    )
    assert end_position(whole) is None


@pytest.mark.parametrize(
    ("path", "identity", "expected"),
    [
        ("a b/ü#?.txt", None, "a%20b/%C3%BC%23%3F.txt"),
        ("./a.txt", None, "a.txt"),
        ("/tmp/a:b.txt", None, "file:///tmp/a%3Ab.txt"),
        ("a.jsonl", "7/x y", "a.jsonl#7/x%20y"),
        (None, "7", "7"),
        (None, None, "text"),
        (os.fsdecode(b"\xff.txt"), None, "%FF.txt"),
    ],
)
def test_uri(path, identity, expected):
    assert uri(report(path, identity)) == expected


def test_posix_path():
    assert posix_path(report("./a/b.txt")) == "a/b.txt"
    assert posix_path(report(None, "7")) == "7"
