"""The rule's cases, its number against a plain count, and what holds for every check."""

import random
from pathlib import Path

import numpy as np
import pytest
from qualitycheck_lexical_variety.variety import moving_variety

from qualitycheck import Document, Runner, Settings
from qualitycheck.testing import assert_documented, load_cases, probe, run_case

CASES = load_cases(Path(__file__).parent / "cases")


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case):
    run_case(case)


@pytest.mark.parametrize("seed", range(20))
def test_the_number_is_that_of_a_plain_count(seed):
    chance = random.Random(seed)
    words = [chance.randrange(chance.choice([3, 30, 300])) for _ in range(chance.randrange(100, 400))]
    windows = [len(set(words[start : start + 100])) / 100 for start in range(len(words) - 99)]
    assert moving_variety(np.array(words), 100) == pytest.approx(sum(windows) / len(windows))


def test_the_signal_is_in_the_report():
    text = " ".join(f"{a}{b}" for a in ("sea", "land", "wind", "rain") for b in ("man", "ward", "side", "fall"))
    document = Document(f"The captain of the ferry said that they were ready for it: {text}. " * 10)
    result = Runner(Settings(select=("LEX001",))).check(document).checks["lexical-variety"]
    (signal,) = result.signals
    assert signal.name == "variety" and 0.2 < signal.value < 0.4


def test_the_rule_explains_itself():
    assert_documented("LEX001", run_example=False)  # it takes two hundred words, and an example has a few


def test_it_says_the_same_twice_and_is_quick():
    found = probe([case.text * 10 for case in CASES], select=["LEX001"])
    assert not found.differences and found.speed > 1
