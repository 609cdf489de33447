"""What the statistics check does that case files cannot say: signals, badness, batches, any text."""

import math
import time

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qualitycheck_statistics
from qualitycheck import Document, Evidence, Finding, Runner
from qualitycheck.settings import make_settings
from qualitycheck_statistics import marks
from qualitycheck_statistics.check import Statistics
from qualitycheck_statistics.limits import LIMITS
from qualitycheck_statistics.options import StatisticsOptions
from qualitycheck_statistics.signals import UNITS

CODES = sorted(rule.code for rule in Statistics.rules)
SEVERITIES = {rule.code: rule.severity for rule in Statistics.rules}

WORDS = "goat BOAT a the 1 12 ferry, quay. (x) é 日。 \n \n\n - • ... … # { } it’s “so.” x3"
words = st.sampled_from(WORDS.split(" "))
texts = st.lists(words, max_size=300).map(" ".join) | st.text()


def run(text, **options):
    runner = Runner(make_settings({"checks": {"statistics": options}}), [qualitycheck_statistics], entry_points=False)
    report = runner.check(text)
    assert report.errors == ()
    return report


def signals(text):
    return {signal.name: signal.value for signal in run(text).checks["statistics"].signals}


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("mean_word_length", "a bbb, 15,000!", (1 + 3 + 6) / 3),
        ("longest_word", "a bb (ccc-d)", 7),
        ("alphabetic_word_fraction", "a 1 b2 – 3.5", 2 / 4),
        ("capital_word_fraction", "NATO met A man 12", 1 / 4),
        ("stop_word_fraction", "The goat and the boat", 3 / 5),
        ("distinct_stop_words", "The goat and the boat", 2),
        ("unique_word_fraction", "Goat goat 1 2 1", 3 / 5),
        ("unigram_entropy", "a a b b", math.log(2)),
        ("unigram_entropy", "a a a a", 0),
        ("sentence_count", "Late? “Yes.” No... U.S. 3.5", 4),
        ("hash_word_ratio", "# a ## b", 3 / 2),
        ("ellipsis_word_ratio", "a... b… c.... d..", 3 / 4),
        ("punctuation_fraction", "ab, (c)", 3 / 6),
        ("curly_bracket_fraction", "a {{b}}", 4 / 6),
        ("bullet_line_fraction", "- a\n• b\n\n--- c\n-d\n— e\n1. f", 3 / 6),
        ("ellipsis_line_fraction", "a...\nb…\nc.\n\nd", 2 / 4),
        ("short_line_fraction", f"{'a' * 30}\n{'b' * 31}\n\n", 1 / 2),
        ("finished_line_fraction", "A.\nB?\n“C”\nD:\nE.)*\nF.3\n«G.»\nH\nI,\n", 7 / 9),
        ("finished_line_fraction", "The goat\nwent on\nboard.\nThe end", 1 / 2),
        ("newline_word_ratio", "a b\n\nc d\n", 2 / 4),
        ("long_line_count", "a " * 150 + "\n" + "b " * 99, 1),
    ],
)
def test_signals(name, text, value):
    assert signals(text)[name] == pytest.approx(value, abs=1e-6)


def test_every_signal_has_a_value_and_no_unit_names_none():
    assert set(UNITS) <= set(signals("A goat."))
    assert len(signals("A goat.")) == 19


@pytest.mark.parametrize("text", ["", " \n "])
def test_nothing_has_no_signals(text):
    assert signals(text) == {}


@settings(deadline=None)
@given(st.lists(texts, max_size=6))
def test_a_batch_gives_what_each_document_gives_alone(found):
    check = Statistics()
    check.options = StatisticsOptions(text_words=2, text_lines=2, min_words=5, max_word_length=4, min_sentences=2)
    together = [list(each) for each in check.inspect_batch([Document(text) for text in found])]
    assert together == [list(check.inspect(Document(text))) for text in found]


@settings(deadline=None)
@given(texts)
def test_fractions_are_in_range(text):
    for name, value in signals(text).items():
        assert value >= 0
        assert "fraction" not in name or value <= 1


def test_a_document_longer_than_a_batch_has_the_signals_of_all_its_parts():
    text = "The goat and the boat went to sea in 1999, and that was it.\n"
    one, many = signals(text), signals(text * 40_000)
    for name in ("mean_word_length", "alphabetic_word_fraction", "finished_line_fraction", "punctuation_fraction"):
        assert many[name] == pytest.approx(one[name])
    assert many["sentence_count"] == 40_000
    assert many["distinct_stop_words"] == one["distinct_stop_words"] == 4


# Limits


def test_every_rule_has_a_limit_and_every_option_one_rule():
    assert {limit.code for limit in LIMITS} == set(CODES)
    options = [limit.option for limit in LIMITS]
    assert sorted(options) == sorted(set(options))
    assert set(options) == set(StatisticsOptions.__struct_fields__) - {"text_words", "text_lines"}


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: limit.option)
def test_a_limit_is_passed_on_one_side_and_zero_turns_it_off(limit):
    least = limit.option.startswith("min_")
    enough = {name: np.full(2, 1000.0) for name in ("words", "lines", "line_ends")}
    values = {**enough, limit.signal: np.array([0.5, 10.0])}
    if limit.signal == "words":
        values["words"] = np.array([1.0, 10.0])
    on = msgspec.structs.replace(StatisticsOptions(), **{limit.option: 5})
    off = msgspec.structs.replace(StatisticsOptions(), **{limit.option: 0})
    assert limit.beyond(values, on) == [0 if least else 1]
    assert limit.beyond(values, off) == []


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: limit.option)
def test_rules_that_need_length_are_skipped_on_short_text(limit):
    few = {name: np.full(2, 9.0) for name in ("words", "lines", "line_ends")}
    on = msgspec.structs.replace(StatisticsOptions(), **{limit.option: 10})
    found = limit.beyond({**few, limit.signal: np.array([5.0, 15.0])}, on)
    assert bool(found) == (limit.code in {"STA001", "STA011", "STA012", "STA017"})


def test_a_message_says_what_was_measured():
    (finding,) = (finding for finding in run("goat boat quay " * 30).findings if finding.code == "STA013")
    assert finding.start is None
    assert finding.message == "an entropy of 1.10 nats a word; 3 at least"


# Badness


def badness(found):
    return Statistics().badness(Evidence(found, [], SEVERITIES, 300))


@given(st.lists(st.sampled_from(CODES).map(Finding), min_size=1), st.sampled_from(CODES).map(Finding))
def test_one_more_finding_never_lowers_badness(found, another):
    assert 0.0 <= badness(found) <= badness([*found, another]) <= 1.0


def test_one_usual_breach_leaves_a_text_accepted_and_two_ask_for_a_review():
    def verdict(*codes):
        score = 100 * (1 - Statistics.weight * badness([Finding(code) for code in codes]))
        return "accept" if score >= 75 else "review" if score >= 40 else "reject"

    assert verdict("STA008") == "accept"
    assert verdict("STA008", "STA008") == "accept"
    assert verdict("STA008", "STA009") == "review"
    assert verdict("STA006") == "review"
    assert verdict("STA002", "STA006", "STA007") == "reject"


# Marks


@pytest.mark.parametrize("mark", [".", "!", "?", "。", "।", "؟", "…", ":"])
def test_what_ends_a_line(mark):
    assert mark in marks.line_enders()


@pytest.mark.parametrize("mark", ["”", "’", '"', "»", "」", "“", "'"])
def test_quotation_marks_of_any_shape(mark):
    assert mark in marks.quotes()
    assert "a" not in marks.quotes()
    assert "𝒜" not in marks.quotes()


# Hostile texts


@pytest.mark.parametrize("unit", ["a", "a ", "\n", ".", "- \n", "…\n", "{", "# ", "\r", "日", "(.)\n", "1 "])
def test_hostile_texts_take_no_time(unit):
    text = unit * (400_000 // len(unit))
    started = time.perf_counter()
    run(text)
    assert time.perf_counter() - started < 10
