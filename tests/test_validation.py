"""What a check yields is held against the interface before it reaches a report."""

import json

import pytest

from qualitycheck import Check, Document, Finding, Rule, Runner, Settings, SettingsError, Signal, Suggestion, hookimpl
from qualitycheck.readers import read_text
from qualitycheck.tokens import FILLER


def make_runner(inspect_function, **attributes):
    body = {"rules": [Rule("AAA001", "some-rule", "Something.")], "inspect": inspect_function, **attributes}
    check = type("Made", (Check,), body)()

    class Plugin:
        @hookimpl
        def qualitycheck_checks(self, settings):
            return [check]

    return Runner(plugins=[Plugin()], entry_points=False)


@pytest.mark.parametrize(
    ("item", "complaint"),
    [
        (Finding("AAA001", 0, 3, message=5), "with 5 as its message"),
        (Finding("AAA001", 0, 3, suggestions=(Suggestion(7),)), "as a suggestion"),
        (Signal(3, 1.0), "whose name or unit is no text"),
        (Signal("speed", 1.0, unit=None), "whose name or unit is no text"),
    ],
)
def test_values_that_are_no_text_are_named(item, complaint):
    report = make_runner(lambda self, document: [item]).check("Some text.")
    assert complaint in report.errors[0]
    json.dumps(report.to_dict())


def test_one_text_as_suggestions_is_refused():
    report = make_runner(lambda self, document: [self.finding("AAA001", (0, 4), suggestions="word")]).check(
        "Some text."
    )
    assert "suggestions is one text; give a list" in report.errors[0]


def test_a_span_that_ends_in_an_entity_takes_it_whole():
    def inspect(self, document):
        for match in document.finditer(r"\bcafé\b"):
            yield self.finding("AAA001", match.span(), f"“{match.group()}”", [match.group() + FILLER])

    runner = make_runner(inspect)
    report = runner.check(read_text("<p>The caf&eacute; there.</p>", "html", runner.plugins))
    assert [finding.text for finding in report.findings] == ["caf&eacute;"]
    assert report.findings[0].message == "“café”"
    assert report.findings[0].suggestions[0].text == "café"


def test_a_check_that_never_stops_yielding_is_stopped():
    def inspect(self, document):
        while True:
            yield self.finding("AAA001", (0, 4))

    report = make_runner(inspect).check("Some text.")
    assert len(report.findings) == 1000
    assert any("findings of AAA001" in note for note in report.notes)


def test_the_first_findings_are_the_first_in_the_text():
    def inspect(self, document):
        yield from (self.finding("AAA001", (place, place + 1)) for place in reversed(range(1500)))

    report = make_runner(inspect).check("x" * 1500)
    assert [finding.start for finding in report.findings] == list(range(1000))


def test_the_timeout_counts_searching_alone():
    import time

    for match in Document("a b c").finditer(r"\w", timeout=0.05):
        time.sleep(0.04)
        assert match.group() in "abc"


def test_min_words_that_is_no_number_is_refused():
    runner = make_runner(lambda self, document: [], min_words="10")
    assert "min_words '10'" in runner.plugins.failed[0].reason


@pytest.mark.parametrize("hook", ["qualitycheck_readers", "qualitycheck_reporters"])
def test_a_hook_that_raises_costs_its_plugin_alone(hook):
    def broken(self, settings):
        raise RuntimeError("boom")

    plugin = type("Broken", (), {hook: hookimpl(broken, specname=hook)})()
    runner = Runner(plugins=[plugin], entry_points=False)
    assert [(failed.name, "boom" in failed.reason) for failed in runner.plugins.failed] == [("Broken", True)]
    assert read_text("Some text.", "text", runner.plugins).words == 2


@pytest.mark.parametrize("values", [{"weights": {"braces": -1.0}}, {"select": "BRC"}, {"plugins": "mine.py"}])
def test_settings_made_in_python_are_held_to_the_same_rules(values):
    with pytest.raises((SettingsError, ValueError)):
        Settings(**values)


def test_no_check_can_change_what_the_others_see():
    def inspect(self, document):
        document.tokens.key[:] = 0
        yield self.finding("AAA001", (0, 4))

    report = make_runner(inspect).check("Some text.")
    assert "read-only" in report.errors[0]
    with pytest.raises(AttributeError):
        Document("a").prose = "b"


def test_a_blocked_plugin_that_there_is_not_is_an_error():
    with pytest.raises(SettingsError, match="unknown plugin “brace”; did you mean “braces”"):
        Runner(Settings(block=("brace",)))
