"""What the repetition check does that case files cannot say: signals, badness, batches, any text."""

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qualitycheck_repetition
from qualitycheck import Document, Evidence, Finding, Runner, Severity, Signal
from qualitycheck.batch import batches
from qualitycheck.settings import make_settings
from qualitycheck_repetition import ngrams
from qualitycheck_repetition.check import Repetition
from qualitycheck_repetition.options import RepetitionOptions

SEVERITIES = {rule.code: rule.severity for rule in Repetition.rules}
SHARES = ["duplicate_line_character_fraction", "top_2_gram_character_fraction", "looping_character_fraction"]

WORDS = "goat boat a b the 1 2 12 ferry, quay. (x) é 日 \n \n\n - ... it’s"
words = st.sampled_from(WORDS.split(" "))
texts = st.lists(words, max_size=300).map(" ".join) | st.text()
findings = st.builds(Finding, st.sampled_from(sorted(SEVERITIES)), confidence=st.floats(0, 1))
signals = st.builds(Signal, st.sampled_from(SHARES), st.floats(0, 1))


def run(text, **options):
    runner = Runner(make_settings({"checks": {"repetition": options}}), [qualitycheck_repetition], entry_points=False)
    report = runner.check(text)
    assert report.errors == ()
    return report


def shares(text, **options):
    report = run(text, **{"min-words": 1, "min-line-words": 1, **options})
    return {signal.name: signal.value for signal in report.checks["repetition"].signals}


def numbered(count, start=0):
    """Words that are all different."""
    return " ".join(f"w{number}" for number in range(start, start + count))


# Signals


def test_shares_of_lines_count_second_and_later_copies():
    found = shares("one two\nthree four\none two\none two\nfive six\n", **{"min-lines": 1})
    assert found["duplicate_line_fraction"] == pytest.approx(2 / 5)
    assert found["duplicate_line_character_fraction"] == pytest.approx(12 / (3 * 6 + 9 + 7))


def test_shares_of_paragraphs():
    found = shares("a b\nc d\n\ne f\ng h\n\na b\nc d\n", **{"min-lines": 1})
    assert found["duplicate_paragraph_fraction"] == pytest.approx(1 / 3)
    assert found["duplicate_paragraph_character_fraction"] == pytest.approx(4 / 12)


def test_shares_of_the_commonest_phrase_count_all_copies():
    found = shares("aa bb cc aa bb dd aa bb ee")
    assert found["top_2_gram_character_fraction"] == pytest.approx(12 / 18)
    assert found["top_3_gram_character_fraction"] == 0


@pytest.mark.parametrize("n", range(5, 11))
def test_shares_of_repeated_sequences_count_each_word_once(n):
    passage = numbered(n)
    text = f"{passage} x {passage} {numbered(20, 100)} y {passage}"
    found = shares(text)
    total = sum(map(len, text.split()))
    for length in range(5, 11):
        expected = 2 * sum(map(len, passage.split())) / total if length <= n else 0
        assert found[f"duplicate_{length}_gram_character_fraction"] == pytest.approx(expected)


def brute_force(tokens, n):
    """The words in a sequence of n that was there before, one by one."""
    seen, covered = set(), set()
    for place in range(len(tokens) - n + 1):
        sequence = tuple(tokens[place : place + n])
        if sequence in seen:
            covered.update(range(place, place + n))
        seen.add(sequence)
    return sum(len(tokens[place]) for place in covered)


@settings(deadline=None)
@given(st.lists(st.sampled_from(["aa", "b", "ccc", "1", "23"]), max_size=60), st.integers(2, 12))
def test_sequences_are_those_that_a_plain_search_finds(tokens, n):
    for batch in batches([Document(" ".join(tokens))]):
        found = ngrams.words(batch)
        length, groups = list(ngrams.repeated(found, n))[-1]
        assert length == n
        assert ngrams.sizes(found, ngrams.passages(n, groups)).tolist() == [brute_force(tokens, n)]
        most, _ = ngrams.commonest(found, n, groups)
        counts = {}
        for place in range(len(tokens) - n + 1):
            sequence = tuple(tokens[place : place + n])
            counts[sequence] = counts.get(sequence, 0) + 1
        sizes = [count * sum(map(len, sequence)) for sequence, count in counts.items() if count > 1]
        assert most.tolist() == [max(sizes, default=0)]


# Batches


@settings(deadline=None)
@given(st.lists(texts, max_size=6))
def test_a_batch_gives_what_each_document_gives_alone(found):
    check = Repetition()
    limits = {"max_top_ngrams": {2: 0.1}, "max_duplicate_ngrams": {5: 0.1}}
    check.options = RepetitionOptions(min_words=3, min_loop_words=4, **limits)
    documents = [Document(text) for text in found]
    together = [list(each) for each in check.inspect_batch(documents)]
    assert together == [list(check.inspect(Document(text))) for text in found]


def test_a_document_longer_than_a_batch_is_taken_in_parts():
    text = "the same line again and again\n" * 60_000
    report = run(text)
    assert report.verdict == "reject"
    assert {finding.code for finding in report.findings} <= {"REP001", "REP005"}
    for finding in report.findings:
        assert text[finding.start : finding.end] == finding.text


# Findings


def test_a_repeat_names_the_line_of_the_first():
    line = "The goats of the outer islands travel for nothing on every day but Sunday."
    text = "\n".join(part for number in range(8) for part in (line, f"Day {number} was a day like this {number}."))
    messages = {finding.message for finding in run(text).findings}
    assert messages == {"this line stands in line 1 already"}


@settings(deadline=None)
@given(texts)
def test_no_two_findings_share_text(text):
    options = {"min-words": 3, "min-loop-words": 4, "max-top-ngrams": {"2": 0.05}, "max-duplicate-ngrams": {"5": 0.05}}
    report = run(text, **options, **{"max-duplicate-line-characters": 0.05})
    taken = np.zeros(len(text) + 1, bool)
    for finding in report.findings:
        assert text[finding.start : finding.end] == finding.text
        assert not taken[finding.start : finding.end].any()
        taken[finding.start : finding.end] = True


# Badness


def badness(found, measured, words=500):
    return Repetition().badness(Evidence(found, measured, SEVERITIES, words))


@given(st.lists(findings, min_size=1), findings, st.lists(signals))
def test_one_more_finding_never_lowers_badness(found, another, measured):
    assert 0.0 <= badness(found, measured) <= badness([*found, another], measured) <= 1.0


def test_the_more_is_repeated_the_worse():
    name = "duplicate_20_gram_character_fraction"
    rising = [badness([Finding("REP004")], [Signal(name, share / 20)]) for share in range(9, 21)]
    assert rising == sorted(rising)
    assert rising[0] == pytest.approx(0.35)
    assert rising[-1] == pytest.approx(1)


def test_a_loop_in_a_book_costs_little_and_one_in_an_article_a_review():
    loop = "I am sorry to say so. " * 12
    assert run(loop + numbered(40_000)).score > 95
    assert run(loop + numbered(500)).verdict == "review"
    assert run(loop * 20 + numbered(200)).verdict == "reject"


def test_severities():
    assert SEVERITIES["REP005"] is Severity.ERROR
    assert {SEVERITIES[code] for code in SEVERITIES if code != "REP005"} == {Severity.WARNING}


# Hostile texts


@pytest.mark.parametrize("unit", ["a ", "ab ba ", "a\n", "a b c\n\n", "\n", "1 ", ". ", "a" * 1000 + " ", "x y z w v "])
def test_hostile_texts_take_no_time(unit):
    text = unit * (400_000 // len(unit))
    started = time.perf_counter()
    run(text)
    assert time.perf_counter() - started < 10
