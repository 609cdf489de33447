"""The mixture: what must hold for any evidence."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualitycheck_odd_synonyms import mixture

LOGS = st.lists(st.floats(-8, 8), min_size=1, max_size=60).map(np.array)


@given(LOGS)
def test_the_rate_is_the_maximum(logs):
    ratios = mixture.likelihood_ratios(logs)
    weights = np.ones(len(ratios))
    rate = mixture.estimate_rate(ratios, weights)
    best = mixture.evidence(ratios, weights, rate)
    assert 0.0 <= rate < 1.0
    for other in np.linspace(0.0, 0.99, 34):
        assert mixture.evidence(ratios, weights, float(other)) <= best + 1e-2


@given(LOGS)
def test_evidence_is_never_negative_beyond_rounding(logs):
    ratios = mixture.likelihood_ratios(logs)
    weights = np.ones(len(ratios))
    assert mixture.evidence(ratios, weights, mixture.estimate_rate(ratios, weights)) >= -1e-6


@given(LOGS)
def test_posteriors_are_probabilities_and_rise_with_the_ratio(logs):
    ratios = np.sort(mixture.likelihood_ratios(logs))
    posteriors = mixture.posteriors(ratios, np.arange(len(ratios)), 0.2)
    assert ((posteriors >= 0) & (posteriors <= 1)).all()
    assert (np.diff(posteriors) >= -1e-12).all()


def test_occurrences_of_a_phrase_stand_together():
    ratios = np.array([30.0, 1.0, 1.0])
    apart = mixture.posteriors(ratios, np.array([1, 2, 3]), 0.1)
    together = mixture.posteriors(ratios, np.array([1, 1, 3]), 0.1)
    assert together[1] > 3 * apart[1]
    assert together[2] == apart[2]


def test_natural_evidence_gives_rate_zero():
    ratios = mixture.likelihood_ratios(np.full(50, -0.5))
    assert mixture.estimate_rate(ratios, np.ones(50)) == 0.0


def test_no_candidates_give_rate_zero():
    assert mixture.estimate_rate(np.empty(0), np.empty(0)) == 0.0


def test_a_known_mixture_is_recovered():
    random = np.random.default_rng(7)
    natural, placed = random.normal(-2, 2, 8000), random.normal(2, 2, 2000)
    # Two normals two standard deviations apart: the log ratio of an observation x is x itself.
    rate = mixture.estimate_rate(mixture.likelihood_ratios(np.concatenate([natural, placed])), np.ones(10000))
    assert rate == pytest.approx(0.2, abs=0.02)


def test_repetition_counts_less_each_time_and_only_where_it_accuses():
    phrases = np.array([3, 5, 3, 3, 5])
    weights = mixture.repetition_weights(phrases, np.array([4.0, 0.5, 4.0, 4.0, 9.0]))
    assert weights.tolist() == [1.0, 1.0, 1 / 2, 1 / 3, 1.0]
    weights = mixture.repetition_weights(phrases, np.array([4.0, 0.5, 4.0, 4.0, 9.0]), 2.0)
    assert weights.tolist() == [1.0, 1.0, 1 / 4, 1 / 9, 1.0]


def test_one_odd_habit_does_not_convict():
    """Forty times “regarding” is one oddity; forty different oddities are forty."""
    ratios = np.concatenate([np.full(40, 20.0), np.full(400, 0.9)])
    habit = np.concatenate([np.zeros(40, int), np.arange(1, 401)])
    many = np.arange(440)
    evidence = []
    for phrases in (habit, many):
        weights = mixture.repetition_weights(phrases, ratios)
        evidence.append(mixture.evidence(ratios, weights, mixture.estimate_rate(ratios, weights)))
    assert evidence[0] < 3.0 < 30.0 < evidence[1]
