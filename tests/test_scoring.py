import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import Marks, make_check, make_runner

from qualitycheck import Finding, Severity
from qualitycheck.checks import Check, Evidence
from qualitycheck.scoring import VERDICTS, Charge, score, verdict

UNIT = st.floats(0, 1)
CHARGE = st.builds(Charge, UNIT, st.floats(0, 0.99), st.sampled_from([None, None, "a", "b"]))
CHARGES = st.dictionaries(st.text("abcdef", min_size=1, max_size=3), CHARGE, max_size=8)


@pytest.mark.parametrize(
    ("charges", "value"),
    [
        ({}, 100),
        ({"a": Charge(0, 0.95)}, 100),
        ({"a": Charge(1, 0)}, 100),
        ({"a": Charge(1, 0.95)}, 5),
        ({"a": Charge(0.5, 0.8)}, 60),
        ({"a": Charge(0.5, 0.8), "b": Charge(0.5, 0.5)}, 45),
        ({"a": Charge(1, 1)}, 1),
        ({"a": Charge(1, 0.5, "model"), "b": Charge(0.4, 0.5, "model")}, 50),
        ({"a": Charge(1, 0.5, "model"), "b": Charge(1, 0.5, "other")}, 25),
    ],
)
def test_values(charges, value):
    assert score(charges).value == pytest.approx(value)


def test_points_follow_the_logarithm():
    points = score({"a": Charge(0.5, 0.8), "b": Charge(0.5, 0.5), "clean": Charge(0, 0.9)}).points
    assert points["a"] / points["b"] == pytest.approx(math.log(0.6) / math.log(0.75))
    assert points["clean"] == 0


def test_of_a_group_only_the_worst_costs_points():
    points = score({"soft": Charge(0.4, 0.5, "model"), "hard": Charge(0.9, 0.5, "model")}).points
    assert points["soft"] == 0
    assert points["hard"] == pytest.approx(45)


@given(CHARGES)
def test_any_input_gives_a_score_and_points_that_add_up(charges):
    result = score(charges)
    assert 0 <= result.value <= 100
    assert set(result.points) == set(charges)
    assert all(points >= 0 for points in result.points.values())
    assert math.fsum(result.points.values()) == pytest.approx(100 - result.value, abs=1e-9)


@given(CHARGES, st.floats(0, 0.99), st.sampled_from([None, "a"]))
def test_a_clean_check_changes_nothing(charges, weight, group):
    assert score({**charges, "clean": Charge(0, weight, group)}).value == score(charges).value


@given(CHARGES, st.randoms())
def test_order_changes_nothing(charges, random):
    names = list(charges)
    random.shuffle(names)
    assert score({name: charges[name] for name in names}) == score(charges)


@given(CHARGES, st.floats(0, 0.99), UNIT, UNIT)
def test_more_badness_never_raises_the_score(charges, weight, one, other):
    less, more = sorted((one, other))
    assert score({**charges, "x": Charge(more, weight)}).value <= score({**charges, "x": Charge(less, weight)}).value


SEVERITIES = {"AAA001": Severity.INFO, "AAA002": Severity.WARNING, "AAA003": Severity.ERROR}
FINDING = st.builds(Finding, st.sampled_from(sorted(SEVERITIES)), confidence=UNIT)


@given(st.lists(FINDING, max_size=30), FINDING, st.integers(1, 10_000))
def test_a_finding_more_never_lowers_the_default_badness(findings, one_more, words):
    before = Check().badness(Evidence(findings, (), SEVERITIES, words))
    after = Check().badness(Evidence([*findings, one_more], (), SEVERITIES, words))
    assert 0 <= before <= after <= 1


@given(st.integers(0, 40), st.integers(0, 40))
def test_a_finding_more_never_raises_the_score_of_a_document(warnings, errors):
    runner = make_runner(Marks())
    scores = [runner.check("word " + "#" * warnings + "!" * errors + more).score for more in ("", "#", "!", "~")]
    assert all(worse <= scores[0] for worse in scores[1:3])
    assert scores[3] == scores[0]


@pytest.mark.parametrize(("severity", "value"), [("info", 100), ("warning", 95), ("error", 80)])
def test_default_cost_by_severity(severity, value):
    check = make_check("one", severity=Severity(severity), weight=0.5, inspect=lambda self, d: [self.finding("AAA001")])
    assert make_runner(check).check("text").score == pytest.approx(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0, "reject"), (39.99, "reject"), (40, "review"), (74.99, "review"), (75, "accept"), (100, "accept")],
)
def test_verdicts(value, expected):
    assert verdict(value, 40, 75) == expected
    assert expected in VERDICTS


@pytest.mark.parametrize(("words", "expected"), [(10, 1 - 0.8 * 0.75), (200, 1 - 0.8 * 0.75), (400, 1 - 0.9 * 0.875)])
def test_causes_of_their_own_are_thinned_out_by_length(words, expected):
    findings = [Finding("AAA001", confidence=0.5), Finding("AAA002", confidence=0.5)]
    evidence = Evidence(findings, (), {"AAA001": Severity.ERROR, "AAA002": Severity.ERROR}, words)
    assert evidence.thinned({"AAA001": (0.4, 200), "AAA002": (0.5, 200)}) == pytest.approx(expected)
