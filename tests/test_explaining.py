"""The arithmetic of explanations, and what the bundled checks say of themselves."""

import io
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import make_check, make_runner

from qualitycheck import Document, Explanation, Row, Runner, Settings, Signal, Table
from qualitycheck.explaining import MOST, Explainer
from qualitycheck.inputs import read_file
from qualitycheck.reporters import Options
from qualitycheck.reporters.explained import account_lines
from qualitycheck.reporters.terminal import Terminal

SEEDS = Path(__file__).parent.parent / "seeds"


def yielding(*findings):
    """An ``inspect`` that finds each of some characters."""

    def inspect(self, document):
        yield Signal("length", len(document))
        for match in document.finditer(f"[{''.join(findings)}]"):
            yield self.finding(self.rules[0].code, match.span(), confidence=0.5)

    return inspect


@given(st.text("ab c.", max_size=40))
def test_without_its_findings_a_document_scores_as_if_they_were_not_there(text):
    runner = make_runner(
        make_check("first", "AAA001", inspect=yielding("a")), make_check("second", "BBB001", inspect=yielding("b"))
    )
    explainer = Explainer(runner, Document(text))
    for check in explainer.checks():
        for share in check.rules:
            other = Explainer(runner, Document(text.replace(share.code[0].lower(), "x")))
            assert share.without.score == pytest.approx(other.report.score)
    for finding in explainer.report.findings:
        place = text[: finding.start] + "x" + text[finding.end :]
        assert explainer.finding(finding).without.score == pytest.approx(runner.check(place).score)


def test_of_a_group_the_next_worst_counts_when_the_worst_is_gone():
    runner = make_runner(
        make_check("first", "AAA001", inspect=yielding("a"), group="soft", weight=0.9),
        make_check("second", "BBB001", inspect=yielding("b"), group="soft"),
    )
    explainer = Explainer(runner, Document("a b"))
    first = explainer.finding(explainer.report.findings[0])
    assert explainer.report.score < first.without.score < 100


@pytest.mark.parametrize(
    "broken", [Row("a", math.nan), Row("a", "b", unit=None), Row(1, 1.0), "row", Row("a", math.inf, "nats")]
)
def test_what_is_no_explanation_is_told(broken):
    def explain(self, document, finding=None):
        return Explanation("", [Table("t", [broken])])

    runner = make_runner(make_check("first", inspect=yielding("a"), explain=explain))
    (check,) = Explainer(runner, Document("a")).checks()
    assert "cannot explain itself" in check.failure
    assert not check.explanation


def test_a_check_that_says_nothing_is_no_failure():
    explainer = Explainer(make_runner(make_check("first", inspect=yielding("a"))), Document("a"))
    account = explainer.account(1)
    assert not account.failures
    assert not account.findings[0].explanation


def test_places_with_very_many_findings_are_bounded():
    explainer = Explainer(make_runner(make_check("first", inspect=yielding("a"))), Document("a" * 5000))
    account = explainer.account(1)
    assert (len(account.findings), account.further) == (MOST, 5000 - MOST)


@pytest.fixture(scope="module")
def runner():
    return Runner(Settings())


def told(runner, name, line=None, column=None):
    document = read_file(SEEDS / name, runner.plugins)
    return Explainer(runner, document).account(line, column)


def rows(explanation, title):
    """The rows of the table whose title has these words."""
    (table,) = [table for table in explanation.tables if title in table.title]
    return {row.label: row for row in table.rows}


def test_the_steps_of_an_odd_word_add_up(runner):
    account = told(runner, "spun-news-item.txt", 1, 31)
    (finding,) = account.findings
    steps = rows(finding.explanation, "or natural?")
    total = steps.pop("together").value
    assert math.fsum(row.value for row in steps.values()) == pytest.approx(total)
    assert steps["the phrase itself, whatever stands around it"].value > 2
    belief = list(rows(finding.explanation, "how sure").values())
    assert belief[-1].value == pytest.approx(100 * finding.finding.confidence)
    odds = math.log(belief[2].value / (100 - belief[2].value))
    assert odds == pytest.approx(belief[0].value + belief[1].value, abs=1.5)  # apart from its own place in the sum
    originals = rows(finding.explanation, "may have stood")
    assert next(iter(originals)) == "“said”"


def test_every_finding_of_a_spun_text_is_explained(runner):
    account = told(runner, "spun-news-item.txt")
    explainer = Explainer(runner, account.document)
    for finding in explainer.report.findings:
        explained = explainer.finding(finding)
        assert explained.failure is None
        if finding.start is not None and finding.code.startswith("SYN"):
            assert any("may have stood" in table.title for table in explained.explanation.tables), finding


def test_the_phrases_of_a_spun_document_add_up_to_its_evidence(runner):
    (check, *_) = told(runner, "spun-news-item.txt").checks
    channels = rows(check.explanation, "kind of machine")
    speaking = rows(check.explanation, "speak for it")
    against = rows(check.explanation, "against it")
    total = math.fsum(row.value for row in [*speaking.values(), *against.values()])
    assert total == pytest.approx(channels["news spinner"].value, rel=0.02)


def test_a_long_document_is_told_of_the_part_that_tells_most(runner):
    spun = (SEEDS / "spun-news-item.txt").read_text(encoding="utf-8")
    clean = (SEEDS / "clean-old-fashioned-narrative.txt").read_text(encoding="utf-8")
    text = "\n\n".join([*[clean] * 30, *[spun] * 5, *[clean] * 30])
    explainer = Explainer(runner, Document(text))
    (check,) = [each for each in explainer.checks() if each.name == "odd-synonyms"]
    assert "which tell most" in check.explanation.text
    found = [each for each in explainer.report.findings if each.text == "mentioned"]
    assert found
    assert rows(explainer.finding(found[0]).explanation, "may have stood")


def test_a_language_without_a_model_and_a_text_without_words(runner):
    german = told(runner, "clean-german-article.txt")
    assert "odd-synonyms" not in [check.name for check in german.checks]
    assert not told(runner, "empty.txt").failures


def test_values_stand_beside_limit_and_what_is_usual(runner):
    account = told(runner, "menu-page.txt")
    explainer = Explainer(runner, account.document)
    (finding,) = [each for each in explainer.report.findings if each.code == "STA009"]
    measured = rows(explainer.finding(finding).explanation, "measured")
    assert measured["short line fraction"].value == 1
    assert measured["short line fraction"].note.endswith("unusually high")
    assert measured["at most, as max-short-lines says"].value == 0.9


def test_repetition_and_datatrove_tell_limits(runner):
    explainer = Explainer(Runner(Settings(select=("DTV",))), Document("{ lorem }\n" * 50))
    (finding, *_) = explainer.report.findings
    assert any("the limit of" in row.label for row in explainer.finding(finding).explanation.tables[0].rows)
    account = told(runner, "looping-answer.txt")
    (check,) = [each for each in account.checks if each.name == "repetition"]
    assert rows(check.explanation, "repeated")["looping character fraction"].value > 0.4


def test_what_a_finding_weighs_is_what_it_makes_of_a_document_alone(runner):
    text = "He saw the town and {a few|two or three} people on the way, and went on to the harbour."
    explainer = Explainer(runner, Document(text))
    (finding,) = explainer.report.findings
    weighed = rows(explainer.finding(finding).explanation, "weighs")
    product = weighed["their product, by which this finding alone makes the document bad"].value
    assert product == pytest.approx(explainer.report.checks["braces"].badness)
    explainer = Explainer(runner, Document("The cafÃ© car was closed for the winter, and nobody sat in it at all."))
    (finding,) = explainer.report.findings
    weighed = rows(explainer.finding(finding).explanation, "weighs")
    alone = weighed["how bad this finding alone makes the document"].value
    assert alone == pytest.approx(explainer.report.checks["encoding"].badness)


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.[!j]*")), ids=lambda path: path.name)
def test_everything_can_be_shown_in_ascii(runner, path):
    account = told(runner, path.name)
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    shown = "\n".join(account_lines(Terminal(stream, Options(width=60)), account, verbose=True))
    assert shown.isascii()
    assert "\x1b" not in shown
    assert not account.failures
    assert max(map(len, shown.splitlines())) <= 100


@pytest.mark.parametrize("plugin", ["statistics", "repetition", "datatrove"])
def test_what_is_usual_is_in_order_and_about_what_is_measured(plugin):
    from importlib.resources import files

    from qualitycheck.typical import typical_ranges

    ranges = typical_ranges(files(f"qualitycheck_{plugin}") / "typical.tsv")
    assert len(ranges) >= 15
    for usual in ranges.values():
        assert usual.low <= usual.median <= usual.high
    if plugin == "statistics":
        from qualitycheck_statistics.measure import measure
        from qualitycheck_statistics.signals import signals

        assert set(ranges) == set(signals(measure([Document("A text.")])))


@pytest.mark.parametrize("place", [(None, None), (1, None), (3, 99), (2, None)])
def test_json_fits_its_schema(runner, place):
    import json
    from importlib.resources import files

    import jsonschema

    schema = json.loads((files("qualitycheck") / "schema" / "explanation-1.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    plain = json.loads(json.dumps(told(runner, "mixture-of-everything.txt", *place).to_dict(), allow_nan=False))
    jsonschema.validate(plain, schema)
    for broken in ({**plain, "score": 101}, {**plain, "line": 1, "checks": {}}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(broken, schema)
