import json
from copy import deepcopy
from importlib.resources import files

import jsonschema
import pytest

from qualitycheck import Check, CorpusReport, Document, Rule, Runner, Severity, Signal, Suggestion, hookimpl

SCHEMA = json.loads((files("qualitycheck") / "schema" / "report-1.schema.json").read_text(encoding="utf-8"))
DOCUMENT = {**SCHEMA, "$ref": "#/$defs/document"}
for key in ("type", "required", "additionalProperties", "properties"):
    del DOCUMENT[key]


class Everything(Check):
    """Finds each kind of thing that a report can hold."""

    rules = (
        Rule("EVR001", "odd-word", "An odd word.", Severity.ERROR),
        Rule("EVR002", "odd-document", "An odd document.", Severity.WARNING),
        Rule("EVR003", "plain-word", "A plain word.", Severity.INFO),
    )

    def inspect(self, document):
        if "BOOM" in document.text:
            raise ValueError("boom")
        for match in document.finditer("odd"):
            yield self.finding("EVR001", match.span(), "", [Suggestion("even", 0.5), ""], 0.75)
        yield self.finding("EVR002")
        yield Signal("rate", 0.5, "share")
        yield Signal("count", 3)
        yield Signal("channel", "news")


class Long(Check):
    min_words = 1000
    rules = (Rule("EVR010", "too-long", "Too long."),)

    def inspect(self, document):
        return []


class Plugin:
    @hookimpl
    def qualitycheck_checks(self, settings):
        return [Everything(), Long()]


@pytest.fixture(scope="module")
def report():
    runner = Runner(plugins=[Plugin()], entry_points=False)
    texts = ["", "The “odd” word is odd, and so it is.", "BOOM", "\ud800 odd"]
    documents = [runner.check(Document(text, path=f"{len(text)}.txt")) for text in texts]
    documents.append(runner.check(Document("odd", id="7")))
    return CorpusReport(
        documents, ["x: cannot be read"], ["a note"], runner.settings.digest(), {"a": "1", "a.model": "2"}
    )


@pytest.fixture
def plain(report):
    """The report as JSON, to be changed."""
    return deepcopy(json.loads(json.dumps(report.to_dict())))


def validate(value, schema=SCHEMA):
    jsonschema.Draft202012Validator(schema).validate(value)


def test_the_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_a_report_with_everything_in_it(plain):
    statuses = {check["status"] for document in plain["documents"] for check in document["checks"].values()}
    assert statuses == {"ok", "skipped", "crashed"}
    validate(plain)


def test_an_empty_report():
    validate(CorpusReport().to_dict())


def test_each_document_alone(plain):
    for document in plain["documents"]:
        validate(document, DOCUMENT)
    with pytest.raises(jsonschema.ValidationError):
        validate(plain, DOCUMENT)


def objects(value, path=()):
    """Every object within a value, with its path."""
    if isinstance(value, dict):
        yield path, value
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in items:
        yield from objects(each, (*path, key))


def test_nothing_may_be_added_and_nothing_left_out(plain):
    free = {"versions", "checks", "signals", "suppressed"}
    seen = 0
    for path, found in list(objects(plain)):
        if path and path[-1] in free:
            continue
        found["extra"] = 1
        assert not jsonschema.Draft202012Validator(SCHEMA).is_valid(plain), path
        del found["extra"]
        for key in list(found):
            value = found.pop(key)
            assert not jsonschema.Draft202012Validator(SCHEMA).is_valid(plain), (path, key)
            found[key] = value
            seen += 1
    validate(plain)
    assert seen > 100


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("schema",), 2),
        (("documents", 1, "score"), 100.5),
        (("documents", 1, "verdict"), "pass"),
        (("documents", 1, "words"), -1),
        (("documents", 1, "language"), "English"),
        (("documents", 1, "checks", "everything", "badness"), 1.5),
        (("documents", 1, "checks", "everything", "status"), "fine"),
        (("documents", 1, "checks", "everything", "reason"), "none"),
        (("documents", 1, "checks", "long", "points"), 1.0),
        (("documents", 1, "checks", "everything", "signals", "rate"), None),
        (("documents", 1, "findings", 0, "line"), 1),
        (("documents", 1, "findings", 0, "start"), 0),
        (("documents", 1, "findings", 0, "in_quote"), True),
        (("documents", 1, "findings", 0, "fix"), "safe"),
        (("documents", 1, "findings", 1, "fix"), "perhaps"),
        (("documents", 1, "findings", 1, "end"), None),
        (("documents", 1, "findings", 1, "line"), 0),
        (("documents", 1, "findings", 1, "text"), ""),
        (("documents", 1, "findings", 1, "code"), "SYN01"),
        (("documents", 1, "findings", 1, "severity"), "fatal"),
        (("documents", 1, "findings", 1, "confidence"), 1.01),
        (("documents", 1, "findings", 1, "suggestions", 0, "confidence"), -0.5),
        (("summary", "documents"), 1.5),
        (("errors",), ["x", 1]),
    ],
)
def test_wrong_values_are_refused(plain, place, value):
    target = plain
    for key in place[:-1]:
        target = target[key]
    target[place[-1]] = value
    assert not jsonschema.Draft202012Validator(SCHEMA).is_valid(plain)
