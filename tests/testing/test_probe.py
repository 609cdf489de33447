import pytest
from support import Marks, Plugin, make_check

from qualitycheck import Preparation, Rule, Signal, hookimpl
from qualitycheck.testing import probe

TEXTS = ["a # b", "c !", "a # b"]


def test_a_steady_check_says_the_same_twice():
    found = probe(TEXTS, plugins=[Plugin(Marks())])
    assert found.differences == ()
    assert found.megabytes == sum(map(len, TEXTS)) / 1e6 and found.speed > 0


class Counting(Marks):
    """Remembers what it saw, which a check must not."""

    name = "counting"
    rules = (Rule("CNT001", "repeated", "Seen before."),)

    def __init__(self):
        self.seen = set()

    def inspect(self, document):
        if document.text in self.seen:
            yield self.finding("CNT001")
        self.seen.add(document.text)


def test_a_check_that_remembers_is_told():
    assert probe(["a b", "c d"], plugins=[Plugin(Counting())]).differences == (
        "text 1: check “counting” of plugin “Plugin”: CNT001 found 0 and 1 times",
        "text 2: check “counting” of plugin “Plugin”: CNT001 found 0 and 1 times",
    )


class Batched(Marks):
    name = "batched"
    rules = (Rule("BAT001", "batch", "."),)

    def inspect_batch(self, documents):
        return [[Signal("neighbours", len(documents))] for _ in documents]


def test_a_check_that_depends_on_its_neighbours_is_told():
    assert probe(TEXTS, plugins=[Plugin(Batched())]).differences[0] == (
        "text 1: check “batched” of plugin “Plugin”: another status, signal or badness"
    )


def calls():
    calls.number += 1
    return calls.number


@pytest.mark.parametrize(
    ("inspect", "expected"),
    [
        (lambda self, document: [self.finding("AAA001", (0, 1), f"call {calls()}")], "AAA001 in other places or with"),
        (lambda self, document: [self.finding("AAA001")] * (calls() % 2), "AAA001 found "),
        (lambda self, document: [Signal("calls", calls())], "another status, signal or badness"),
        (lambda self, document: [] if calls() % 2 else 1 / 0, "another status, signal or badness"),
    ],
    ids=["another message", "another number", "another signal", "now and then a crash"],
)
def test_whatever_differs_is_told_with_check_and_plugin(inspect, expected):
    calls.number = 0
    found = probe(["a b"], plugins=[Plugin(make_check("fickle", inspect=inspect))]).differences
    assert found[0].startswith("text 1: check “fickle” of plugin “Plugin”: " + expected)


def test_a_plugin_that_prepares_now_so_and_now_so_is_told():
    class Preparing:
        number = 0

        @hookimpl
        def qualitycheck_prepare(self, document, settings):
            self.number += 1
            return Preparation(language="en" if self.number % 2 else "de")

    (found,) = probe(["a b"], select=["MRK"], plugins=[Preparing(), Plugin(Marks())]).differences
    assert found == "text 1: the reports differ, though no check does: a plugin prepares documents or gives verdicts"


def test_only_the_selected_rules_are_probed():
    assert probe(["a b"], select=["MRK"], plugins=[Plugin(Marks(), Counting())]).differences == ()
