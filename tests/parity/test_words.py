import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualitycheck_datatrove.c4 import sentence_count
from qualitycheck_datatrove.words import LONGEST, splitter


@pytest.mark.parametrize(
    ("stretch", "words"),
    [
        ("goat", ["goat"]),
        ("“Goats!”", ["“", "Goats", "!", "”"]),
        ("don’t", ["do", "n’t"]),
        ("dont", ["do", "nt"]),
        ("she'd've", ["she", "'d", "'ve"]),
        ("shed", ["shed"]),
        ("its", ["its"]),
        ("cannot", ["can", "not"]),
        ("goat's", ["goat", "'s"]),
        ("goats'", ["goats", "'"]),
        ("9am", ["9", "am"]),
        ("10km", ["10", "km"]),
        ("10km.", ["10", "km", "."]),
        ("$5.50", ["$", "5.50"]),
        ("US$5", ["US$", "5"]),
        ("20%", ["20", "%"]),
        ("U.S.", ["U.S."]),
        ("Dr.", ["Dr."]),
        ("(Dr.)", ["(", "Dr.", ")"]),
        ("end.The", ["end", ".", "The"]),
        ("ferry.example", ["ferry.example"]),
        ("https://ferry.example/a-b?c=d", ["https://ferry.example/a-b?c=d"]),
        ("mate@ferry.example", ["mate@ferry.example"]),
        ("to-and-fro", ["to", "-", "and", "-", "fro"]),
        ("goat/boat", ["goat", "/", "boat"]),
        ("and/or", ["and/or"]),
        ("3-4", ["3", "-", "4"]),
        ("a,b", ["a", ",", "b"]),
        ("...", ["..."]),
        ("goat...boat", ["goat", "...", "boat"]),
        ("goat……", ["goat", "……"]),
        (":-)", [":-)"]),
        ("(see:)", ["(", "see", ":)"]),
        ("--", ["--"]),
        ("°C.", ["°", "C", "."]),
        ("C++", ["C++"]),
    ],
)
def test_splitting(stretch, words):
    assert splitter().split(stretch) == words


@given(st.text("a.B,'’-/:(){}@!?…$%1日é", min_size=1, max_size=40))
def test_nothing_is_lost(stretch):
    assert "".join(splitter().split(stretch)) == stretch


@pytest.mark.parametrize(
    "unit", ["(", "..a", "'s", "-a", "a.", "a@b.", ":-)", "http://", "US$", "。", "a_b-", "¯\\(ツ)"]
)
def test_hostile_stretches(unit):
    stretch = unit * (LONGEST // len(unit))
    started = time.perf_counter()
    assert "".join(splitter().split(stretch)) == stretch
    assert splitter().split(stretch * 100) == [stretch * 100]
    assert time.perf_counter() - started < 2


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("", 0),
        ("Goats", 1),
        ("The boat is late. Nobody minds.", 2),
        ("Late? Yes! No...", 3),
        ("“Late.” “Yes.”", 2),
        ("Mr. Goat met Dr. Boat.", 1),
        ("It is 3.5 km. So far.", 2),
        ("One.  Two.   Three.", 3),
        ("... so it goes.", 1),
        ("船晚了。没人介意。", 1),
        (". . . goats", 2),
    ],
)
def test_sentences(line, count):
    assert sentence_count(line) == count
