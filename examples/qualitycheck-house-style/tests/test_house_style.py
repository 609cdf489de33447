"""The rules' cases, and what holds for every check."""

from pathlib import Path

import pytest

from qualitycheck.testing import assert_documented, assert_findings, load_cases, probe, run_case

CASES = load_cases(Path(__file__).parent / "cases")


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case):
    run_case(case)


@pytest.mark.parametrize("code", ["HST001", "HST002"])
def test_the_rule_explains_itself(code):
    assert_documented(code)


def test_both_rules_in_a_text():
    expected = ["HST002 Github -> GitHub", "HST001 12km -> 12 km"]
    assert_findings("The Github office is 12km from here.", expected, select=["HST"])


def test_it_says_the_same_twice():
    assert not probe([case.text for case in CASES], select=["HST"]).differences
