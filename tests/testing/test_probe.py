from support import Marks, Plugin

from qualitycheck import Rule, Signal
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
        "text 1: CNT001 found 0 and 1 times; check “counting” gave another result",
        "text 2: CNT001 found 0 and 1 times; check “counting” gave another result",
    )


class Batched(Marks):
    name = "batched"
    rules = (Rule("BAT001", "batch", "."),)

    def inspect_batch(self, documents):
        return [[Signal("neighbours", len(documents))] for _ in documents]


def test_a_check_that_depends_on_its_neighbours_is_told():
    assert probe(TEXTS, plugins=[Plugin(Batched())]).differences[0] == "text 1: check “batched” gave another result"


def test_only_the_selected_rules_are_probed():
    assert probe(["a b"], select=["MRK"], plugins=[Plugin(Marks(), Counting())]).differences == ()
