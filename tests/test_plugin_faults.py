"""What plugins bring beside checks and get wrong: it is named, and the rest goes on."""

import io

import pytest
from support import Marks, Plugin

from qualitycheck import CorpusReport, Document, PluginError, Runner, Settings, hookimpl
from qualitycheck.reporters import Options, Reporter, all_reporters


def bringing(**hooks):
    """A plugin that returns these values from its hooks, or calls them where they are functions."""
    body = {}
    for name, value in hooks.items():
        body[f"qualitycheck_{name}"] = hookimpl(lambda self, settings, value=value: value)
    return type("Bringing", (), body)()


class Whole(Reporter):
    name = "whole"

    def document(self, document, report):
        raise ValueError("oh\nno")

    def finish(self, report):
        raise SystemExit(0)


class Reader:
    name = "own"
    suffixes = (".own",)

    def prose(self, text):
        return text


def without(kind, name):
    return type("Without", (kind,), {name: None})


@pytest.mark.parametrize(
    ("hooks", "expected"),
    [
        ({"reporters": ["nonsense"]}, "qualitycheck_reporters returned 'nonsense'; give Reporter classes"),
        ({"reporters": [Whole(io.StringIO(), Options())]}, "qualitycheck_reporters returned <"),
        ({"reporters": [without(Whole, "name")]}, "give Reporter classes with name and document"),
        ({"reporters": [without(Whole, "document")]}, "give Reporter classes with name and document"),
        ({"readers": [7]}, "qualitycheck_readers returned 7; a reader has name, suffixes and prose"),
        ({"readers": [without(Reader, "prose")()]}, "a reader has name, suffixes and prose"),
        ({"readers": [without(Reader, "name")()]}, "a reader has name, suffixes and prose"),
        ({"readers": [type("Bad", (Reader,), {"suffixes": ".own"})()]}, "a reader has name, suffixes and prose"),
        ({"readers": [type("Bad", (Reader,), {"suffixes": ("own",)})()]}, "a reader has name, suffixes and prose"),
    ],
)
def test_what_is_no_reader_or_reporter_is_refused(hooks, expected):
    runner = Runner(Settings(), [bringing(**hooks), Plugin(Marks())], entry_points=False)
    (failed,) = runner.plugins.failed
    assert failed.name == "Bringing" and expected in failed.reason
    assert [finding.code for finding in runner.check("a #").findings] == ["MRK001"]


def test_those_that_are_right_are_taken():
    plugins = Runner(Settings(), [bringing(readers=[Reader()], reporters=[Whole])], entry_points=False).plugins
    assert not plugins.failed
    assert "whole" in all_reporters(plugins)


def test_a_reporter_that_crashes_is_named_with_its_plugin():
    runner = Runner(Settings(), [bringing(reporters=[Whole]), Plugin(Marks())], entry_points=False)
    reporter = all_reporters(runner.plugins)["whole"](io.StringIO(), Options())
    document = Document("a #")
    with pytest.raises(PluginError) as caught:
        reporter.document(document, runner.check(document))
    assert str(caught.value).startswith(
        "reporter “whole” of plugin “Bringing” failed: ValueError: oh no (test_plugin_f"
    )
    with pytest.raises(PluginError, match="SystemExit: 0"):
        reporter.finish(CorpusReport())


def test_an_output_that_went_away_is_no_fault_of_the_reporter():
    class Piped(Whole):
        def document(self, document, report):
            raise BrokenPipeError

    runner = Runner(Settings(), [bringing(reporters=[Piped])], entry_points=False)
    reporter = all_reporters(runner.plugins)["whole"](io.StringIO(), Options())
    with pytest.raises(BrokenPipeError):
        reporter.document(Document("a"), runner.check("a"))


def judging(name, verdict):
    def judge(self, report, settings):
        if isinstance(verdict, Exception):
            raise verdict
        return verdict

    return type(name, (), {"qualitycheck_verdict": hookimpl(judge)})()


def test_a_verdict_that_fails_is_named_and_the_next_plugin_is_heard():
    plugins = [judging("Third", "reject"), judging("Second", "review"), judging("First", ValueError("no idea"))]
    report = Runner(Settings(), plugins, entry_points=False).check("clean")
    assert report.verdict == "review"
    assert report.errors[0].startswith("the verdict of plugin “First” for text failed: ValueError: no idea (test_")
