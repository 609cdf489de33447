import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualitycheck import Document
from qualitycheck.reporters.csv import CsvReporter, safe
from qualitycheck.screen import harmless


def rows(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_one_row_a_document(render):
    shown = render(CsvReporter, "odd dull plain", "Fine.", "BOOM")
    assert shown.splitlines()[0] == (
        "path,id,score,verdict,words,language,findings,errors,warnings,info,points.fragile,points.long,points.words"
    )
    first, second, third = rows(shown)
    counts = {name: first[name] for name in ("findings", "errors", "warnings", "info")}
    assert counts == {"findings": "3", "errors": "1", "warnings": "1", "info": "1"}
    assert float(first["score"]) + float(first["points.words"]) == pytest.approx(100, abs=1e-3)
    assert (second["score"], second["points.words"], second["points.long"]) == ("100.0000", "0.0000", "")
    assert third["points.fragile"] == ""


@pytest.mark.parametrize(
    "name", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "'a", "\n@x", "\u200b=1"]
)
def test_no_name_is_a_formula(render, name):
    (row,) = rows(render(CsvReporter, Document("x", path=name, id=name)))
    for cell in (row["path"], row["id"]):
        assert not cell.lstrip().startswith(tuple("=+-@＝＋－＠"))


@given(st.text(min_size=1))
def test_a_name_comes_back(name):
    cell = safe(name)
    assert (cell[1:] if cell.startswith("'") else cell) == harmless(name)


def test_names_with_commas_quotes_and_line_ends(render):
    (row,) = rows(render(CsvReporter, Document("x", path='a,"b"\nc\ud800.txt')))
    assert row["path"] == 'a,"b"\\nc\\ud800.txt'


def test_a_stream_that_cannot_encode_unicode(render):
    (row,) = rows(render(CsvReporter, Document("x", path="漢.txt"), encoding="ascii"))
    assert row["path"] == "\\u6f22.txt"
