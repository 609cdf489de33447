import base64
import hashlib
import io
import json
import re
import time

import pytest
from samples import Plugin, Stream, parse

from qualitycheck import CorpusReport, Document, Runner
from qualitycheck.report import DocumentReport, ReportedFinding
from qualitycheck.reporters import Options
from qualitycheck.reporters.html import HtmlReporter, page, render, view
from qualitycheck.rule import Severity

RUNNER = Runner(plugins=[Plugin()], entry_points=False)
HOSTILE = "</noscript></script><script>alert(1)</script>\"'&<!--\u202e odd"


def made(*documents, errors=(), encoding="utf-8"):
    stream = Stream(encoding)
    reporter = HtmlReporter(stream, Options(plugins=RUNNER.plugins))
    report = CorpusReport(settings="0" * 16, versions={"a": "1"}, errors=list(errors))
    for document in documents:
        report.documents.append(RUNNER.check(document))
        reporter.document(document, report.documents[-1])
    reporter.finish(report)
    return stream.text


def data(text):
    return json.loads(re.search(r'id="data">(.*?)</script>', text)[1])


def views(text):
    """The views as a browser without JavaScript shows them."""
    return parse(text).query("article.view")


def test_the_index_holds_every_document_as_a_row():
    shown = made(Document("odd odd dull", path="a/b.txt"), Document("Fine.", path="c.txt"))
    found = data(shown)
    assert found["rules"] == [["WRD001", "odd-word", 2], ["WRD002", "dull-word", 1]]
    assert found["documents"][1] == ["c.txt", 100, 0, 1, "", 0, [], 1]
    name, _, verdict, words, _, findings, rules, has_view = found["documents"][0]
    assert (name, verdict, words, findings, rules, has_view) == ("a/b.txt", 2, 3, 3, [0, 2, 1, 1], 1)


def test_without_javascript_the_text_is_there_with_its_findings():
    (shown,) = views(made(Document("An odd word,\nand a dull one.", path="a.txt")))
    assert [line.to_text(separator="", strip=False) for line in shown.query(".text p")] == [
        "An odd word,",
        "and a dull one.",
    ]
    assert [mark.to_text() for mark in shown.query("mark")] == ["odd", "dull"]
    items = shown.query(".finds li")
    assert [item.query("a")[0].to_text() for item in items] == ["1:4", "2:7"]
    assert items[0].query("a")[0].attrs["href"] == f"#{shown.query('mark')[0].attrs['id']}"
    assert [part.to_text() for part in items[0].query("ins")] == ["even", ""]


def test_nothing_is_fetched_and_the_policy_allows_the_two_assets_alone():
    shown = made(Document("odd", path="a.txt"))
    policy = re.search(r'Content-Security-Policy" content="(.*?)"', shown)[1].replace("&#39;", "'")
    for tag in ("style", "script"):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", shown, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}';" in policy
    assert policy.startswith("default-src 'none'; ")
    assert not re.search(r"<[^>]+\s(style|on\w+)=", re.sub(r"<script>.*?</script>", "", shown, flags=re.DOTALL))
    assert not re.findall(r'(?:src|href)="(?!#|data:image/svg)[^"]*"', shown)
    assert not re.search(r"@import|url\(", shown)


def test_a_hostile_document_is_text_everywhere():
    shown = made(Document(HOSTILE, path=HOSTILE, id=HOSTILE), Document("odd", path="b.txt"), errors=[HOSTILE])
    assert shown.count("<script") == 2 and shown.count("</script>") == 2
    assert shown.count("</noscript>") == 3
    assert "\u202e" not in shown
    first, second = views(shown)
    assert first.query("h2")[0].to_text(separator="", strip=False).startswith("</noscript></script><script>")
    assert second.query("mark")
    assert data(shown)["documents"][0][0] == f"{HOSTILE}:{HOSTILE}"


def test_lone_surrogates_and_control_characters_are_no_error():
    shown = made(Document("\ud800 odd \x00 \udfff", path="\udcff\x00.txt"))
    assert 'data-c="U+D800"' in shown and 'data-c="NUL"' in shown
    shown.encode("utf-8")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_stream_that_cannot_encode_unicode_gets_references(encoding):
    text = "Ein schönes 漢 odd 😀"
    shown = made(Document(text, path="ü.txt"), encoding=encoding)
    assert shown.isascii()
    (view_,) = views(shown)
    assert view_.query(".text p")[0].to_text(separator="", strip=False) == text


def test_the_points_are_a_bar_that_adds_up():
    (shown,) = views(made(Document("odd odd dull", path="a.txt")))
    widths = [float(bar.attrs["width"]) for bar in shown.query(".points rect")]
    assert sum(widths) == pytest.approx(100, abs=0.01)
    assert "words" in shown.query(".costs")[0].to_text()


def test_the_documentation_of_the_rules_that_spoke_is_there():
    shown = parse(made(Document("odd", path="a.txt")))
    assert [each.attrs["id"] for each in shown.query("article.rule")] == ["rule-WRD001"]
    assert "An odd word." in shown.query("#rule-WRD001")[0].to_text()


def test_html_in_the_documentation_of_a_rule_is_shown():
    from qualitycheck import Rule
    from qualitycheck.reporters.html.rules import _html

    body = _html(Rule("AAA001", "a", "A.", documentation="# AAA001 a\n\n## What\n\n<script>x</script> **b**"))
    assert "<h4>What</h4>" in body and "<strong>b</strong>" in body and "<script>" not in body


def test_a_million_findings_make_a_small_page():
    text = "odd " * 1_000_000
    odd = [
        ReportedFinding(
            "WRD001", "odd-word", Severity.ERROR, 0.9, at, at + 3, 1, at + 1, "odd", "x", (), in_quote=False
        )
        for at in range(0, len(text), 4)
    ]
    report = DocumentReport("a.txt", None, 1_000_000, "en", 1.0, "reject", {}, tuple(odd))
    stream = io.StringIO()
    started = time.perf_counter()
    render([(report, text)], stream)
    assert time.perf_counter() - started < 60
    shown = stream.getvalue()
    assert len(shown) < 10_000_000
    assert shown.count("<mark") == view.MOST_FINDINGS
    assert f"{1_000_000 - view.MOST_FINDINGS:,} more findings are not listed here" in shown
    assert f"{len(text) - view.MOST_TEXT:,} more characters are not shown here" in shown


def test_a_page_that_would_be_too_large_keeps_the_worst(monkeypatch):
    monkeypatch.setattr(page, "MOST_VIEWS", 12_000)
    documents = [Document("Fine. " * 400 + "odd " * (number % 3), path=f"{number}.txt") for number in range(9)]
    shown = made(*documents)
    kept = [row[0] for row in data(shown)["documents"] if row[-1]]
    assert 0 < len(kept) < 9
    assert set(kept) <= {"2.txt", "5.txt", "8.txt"}
    assert len(views(shown)) == len(kept)
    assert len(data(shown)["documents"]) == 9


def test_a_text_that_was_not_saved_or_is_another_is_not_shown():
    report = RUNNER.check(Document("An odd word.", path="a.txt"))
    stream = io.StringIO()
    render([(report, None), (report, "Another odd word."), (report, "An odd word.")], stream, RUNNER.plugins)
    lost, other, kept = views(stream.getvalue())
    assert "saved without the text" in lost.query(".note")[0].to_text()
    assert "not the one" in other.query(".note")[0].to_text()
    assert not lost.query("mark") and not other.query("mark") and kept.query("mark")
    assert [len(each.query(".finds li")) for each in (lost, other, kept)] == [1, 1, 1]


def test_no_document_at_all():
    shown = made(errors=["x: cannot be read"])
    assert "No document was checked." in shown and "x: cannot be read" in shown
    assert data(shown)["documents"] == []


def test_the_same_documents_make_the_same_page():
    assert made(Document("odd", path="a.txt")) == made(Document("odd", path="a.txt"))


def test_each_family_has_a_colour_of_its_own():
    hues = re.findall(r"\.f-([A-Z]{3})\{--hue:(\d+)\}", made(Document("odd", path="a.txt")))
    assert {family for family, _ in hues} == {"WRD", "LNG", "FRG"}
    assert len({hue for _, hue in hues}) == 3
