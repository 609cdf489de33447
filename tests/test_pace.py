"""Slow checks are named; the clock of these tests is one that they turn themselves."""

import pytest
from support import Marks, make_check, make_runner

from qualitycheck import Document
from qualitycheck.pace import Pace


class HandClock:
    """Clocks that only move when they are told: what is worked passes, and what is waited passes without work."""

    def __init__(self):
        self.worked = self.waited = 0.0

    def pace(self, least):
        return Pace(least, lambda: self.worked, lambda: self.worked + self.waited)


@pytest.fixture
def clock():
    return HandClock()


def slow(clock, seconds, name="dawdler", **attributes):
    """A check that takes so many seconds for a document."""

    def inspect(self, document):
        clock.worked += seconds
        return []

    return make_check(name, inspect=inspect, **attributes)


def run(clock, check, *texts, least=100_000):
    runner = make_runner(check, Marks())
    runner.pace = clock.pace(least)
    list(runner.run(Document(text, path=f"{number}.txt") for number, text in enumerate(texts)))
    return runner.notes()


def test_a_check_that_is_slow_on_every_document_is_named(clock):
    (note,) = run(clock, slow(clock, 1.5), *["word " * 20] * 10)
    assert note == (
        "check “dawdler” of plugin “Plugin” is slow: 15.0 seconds of work for 10 documents, 67 characters a second; "
        "slow-check in the settings asks for 100,000 a second"
    )


def test_a_check_that_is_slow_on_one_document_of_many_is_named_with_it(clock):
    def inspect(self, document):
        clock.worked += 9.0 if document.path == "3.txt" else 0.0
        return []

    texts = ["word " * 20, "word " * 400_000, "a", "one two", "b"]
    runner = make_runner(make_check("dawdler", inspect=inspect))
    runner.pace = clock.pace(100_000)
    for number, text in enumerate(texts):
        runner.check(Document(text, path=f"{number}.txt"))
    (note,) = runner.notes()
    assert "is slow: 9.0 seconds of work for the 7 characters of 3.txt;" in note


def test_a_batch_is_named_by_its_first_document(clock):
    def inspect_batch(self, documents):
        clock.worked += 30.0
        yield from ([] for _ in documents)

    runner = make_runner(make_check("dawdler", inspect_batch=inspect_batch), slow_check=1)
    runner.pace = clock.pace(1)
    runner.check_batch([Document("a", id="first"), Document("b"), Document("c")])
    runner.check_batch([Document("word " * 100)])
    assert "30.0 seconds of work for the 3 characters of first and 2 more" in runner.notes()[0]


@pytest.mark.parametrize(
    ("seconds", "texts", "least"),
    [(0.1, 10, 100_000), (1.9, 1, 100_000), (50.0, 5, 0)],
    ids=["quick", "within the grace", "not asked for"],
)
def test_others_are_not(clock, seconds, texts, least):
    assert run(clock, slow(clock, seconds), *["word " * 10_000] * texts, least=least) == []


def test_loading_is_no_slowness_and_a_crash_counts(clock):
    def setup(self):
        clock.worked += 60.0

    assert run(clock, slow(clock, 0.0, setup=setup), "word") == []

    def inspect(self, document):
        clock.worked += 60.0
        raise RuntimeError("late")

    assert (
        "60.0 seconds of work for 1 document, 0 characters"
        in run(clock, make_check("dawdler", inspect=inspect), "word")[0]
    )


def test_waiting_counts_a_tenth_for_the_machine_may_be_busy(clock):
    def waiting(seconds):
        def inspect(self, document):
            clock.waited += seconds
            return []

        return make_check("dawdler", inspect=inspect)

    assert run(clock, waiting(15.0), "word") == []
    (note,) = run(clock, waiting(30.0), "word")
    assert "is slow: 30.0 seconds of waiting for 1 document, 0 characters a second;" in note


def test_the_setting_reaches_the_runner():
    assert make_runner(Marks(), slow_check=7).pace.least == 7
    assert make_runner(Marks()).pace.least == 100_000


def test_the_check_at_work_is_announced_and_its_end_whatever_happens(clock):
    said = []

    def inspect(self, document):
        said.append("works")
        raise RuntimeError

    runner = make_runner(make_check("dawdler", inspect=inspect))
    runner.pace.announce = said.append
    runner.check("text")
    assert said == ["dawdler", "works", ""]
