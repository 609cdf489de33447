import json

import numpy as np
import pytest
from samples import Plugin, Stream

from qualitycheck import Check, CorpusReport, Document, Rule, Runner, hookimpl
from qualitycheck.reporters import Options
from qualitycheck.reporters.json import JsonLinesReporter, JsonReporter

TEXTS = ("A whole odd text.", "Fine: “漢字” 😀.", "BOOM")


def test_json_is_the_whole_report(render):
    report = json.loads(render(JsonReporter, *TEXTS, errors=["x: cannot be read"]))
    assert [document["path"] for document in report["documents"]] == ["a.txt", "b.txt", "c.txt"]
    assert report["summary"] == {"documents": 3, "accept": 2, "review": 1, "reject": 0, "errors": 2}
    assert report["errors"] == ["x: cannot be read"]
    finding = report["documents"][0]["findings"][1]
    assert (finding["text"], finding["start"], finding["suggestions"][0]) == (
        "odd",
        8,
        {"text": "even", "confidence": 0.934},
    )


def test_json_is_indented_and_readable(render):
    shown = render(JsonReporter, "漢字 odd")
    assert '\n  "documents": [\n    {\n      "path": "a.txt",\n' in shown
    assert "“odd” is here" in shown


def test_lines_are_the_documents_of_the_report_and_nothing_else(render):
    lines = render(JsonLinesReporter, *TEXTS).splitlines()
    assert [json.loads(line) for line in lines] == json.loads(render(JsonReporter, *TEXTS))["documents"]


def test_a_line_is_out_before_the_next_document_is_checked():
    runner, stream = Runner(plugins=[Plugin()], entry_points=False), Stream()
    reporter = JsonLinesReporter(stream, Options())
    document = Document("odd")
    reporter.document(document, runner.check(document))
    assert stream.buffer.getvalue().endswith(b"}\n")


@pytest.mark.parametrize("reporter", [JsonReporter, JsonLinesReporter])
@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "latin-1", "utf-16"])
def test_lone_surrogates_survive_in_every_encoding(render, reporter, encoding):
    document = Document("odd \ud800 漢 \udfff \u2028", path="\udcff.txt", id="\ud83d")
    made = json.loads(render(reporter, document, encoding=encoding))
    made = made.get("documents", [made])[0]
    assert (made["path"], made["id"]) == ("\udcff.txt", "\ud83d")


def test_the_text_of_a_finding_may_be_a_lone_surrogate():
    class Surrogates(Check):
        rules = (Rule("SUR001", "lone", "A lone surrogate."),)

        def inspect(self, document):
            yield self.finding("SUR001", (1, 2), suggestions=["\udc00"])

    class Extra:
        @hookimpl
        def qualitycheck_checks(self, settings):
            return [Surrogates()]

    document, stream = Document("a\ud800b"), Stream()
    report = Runner(plugins=[Extra()], entry_points=False).check(document)
    JsonReporter(stream, Options()).finish(CorpusReport([report]))
    finding = json.loads(stream.text)["documents"][0]["findings"][0]
    assert (finding["text"], finding["suggestions"][0]["text"]) == ("\ud800", "\udc00")


def test_numbers_of_numpy_are_numbers(render):
    class Numbers(Check):
        rules = (Rule("NUM001", "number", "A number."),)

        def inspect(self, document):
            yield self.finding("NUM001", (np.int64(0), np.int32(1)), confidence=np.float32(0.5))

    class Extra:
        @hookimpl
        def qualitycheck_checks(self, settings):
            return [Numbers()]

    document, stream = Document("a"), Stream()
    report = Runner(plugins=[Extra()], entry_points=False).check(document)
    JsonLinesReporter(stream, Options()).document(document, report)
    finding = json.loads(stream.text)["findings"][0]
    assert (finding["start"], finding["end"], finding["confidence"]) == (0, 1, 0.5)


@pytest.mark.parametrize("options", [{"quiet": True}, {"color": True}, {"statistics": True}, {"width": 10}])
@pytest.mark.parametrize("reporter", [JsonReporter, JsonLinesReporter])
def test_options_for_people_change_nothing(render, reporter, options):
    assert render(reporter, *TEXTS, **options) == render(reporter, *TEXTS)
