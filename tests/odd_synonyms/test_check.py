"""The check as users meet it."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualitycheck import Document, Evidence, Finding, Runner, Settings, Severity
from qualitycheck.readers import read_text
from qualitycheck_odd_synonyms.check import OddSynonyms

SEEDS = Path(__file__).parents[2] / "seeds"
SHARED = Path(__file__).parents[3] / "shared"
SPUN = (SEEDS / "spun-news-item.txt").read_text(encoding="utf-8")
CLEAN = (SEEDS / "clean-news-item.txt").read_text(encoding="utf-8")


OPENING = CLEAN[:600]
RUNNER = Runner(Settings(select=("SYN",)))


@pytest.fixture(scope="module")
def runner():
    return RUNNER


def codes(report):
    return {finding.code for finding in report.findings}


def test_spun_text_is_rejected_with_channel_and_spans(runner):
    report = runner.check(SPUN)
    signals = {signal.name: signal.value for signal in report.checks["odd-synonyms"].signals}
    assert report.verdict == "reject"
    assert "SYN010" in codes(report)
    assert signals["channel"] == "news spinner"
    assert 0.05 < signals["spin_rate"] < 1.0
    assert signals["log_likelihood_ratio"] > 20
    assert len(report.findings) > 20


def test_every_span_is_exact_and_has_a_suggestion(runner):
    for finding in runner.check(SPUN).findings:
        if finding.start is not None:
            assert SPUN[finding.start : finding.end] == finding.text
            assert finding.suggestions
            assert finding.suggestions[0].text.lower() != finding.text.lower()


def test_clean_text_has_no_finding_and_no_points(runner):
    report = runner.check(CLEAN)
    assert report.findings == ()
    assert report.score == 100.0


def test_odd_words_in_a_clean_document_are_the_writers_own(runner):
    assert runner.check(CLEAN + "\nHis hearth was chilly and the rustic folks mentioned a menace.\n").findings == ()


def test_a_text_said_often_is_spun_as_much_as_once(runner):
    signals = []
    for count in (1, 30, 400):
        report = runner.check(SPUN * count)
        assert report.verdict == "reject"
        signals.append({signal.name: signal.value for signal in report.checks["odd-synonyms"].signals})
    for each in signals:
        assert each["spin_rate"] == pytest.approx(signals[0]["spin_rate"], abs=0.03)


def test_a_spun_chapter_does_not_hide_in_a_book(runner):
    report = runner.check(CLEAN * 40 + SPUN * 14 + CLEAN * 40)
    assert "SYN010" in codes(report)
    places = [finding.start for finding in report.findings if finding.start is not None]
    assert len(CLEAN) * 33 < min(places)
    assert max(places) < len(CLEAN) * 47 + len(SPUN) * 14


def test_no_place_is_reported_twice(runner):
    for text in (SPUN, SPUN.upper(), SPUN.title()):
        spans = [(f.start, f.end) for f in runner.check(text).findings if f.start is not None]
        assert all(left[1] <= right[0] for left, right in pairwise(spans))


def test_a_broken_contraction_with_an_entity(runner):
    page = "<p>The minister received&rsquo;t say on Tuesday when it would be, he told a reporter.</p>"
    report = runner.check(read_text(page, "html", runner.plugins))
    assert [finding.text for finding in report.findings] == ["received&rsquo;t"]


def test_other_languages_are_skipped(runner):
    text = (SEEDS / "clean-german-article.txt").read_text(encoding="utf-8")
    result = runner.check(text).checks["odd-synonyms"]
    assert result.status == "skipped"
    assert "de" in result.reason


def test_capitals_of_suggestions_follow_the_text(runner):
    for finding in runner.check(SPUN).findings:
        if finding.text and finding.text[0].isupper():
            assert finding.suggestions[0].text[0].isupper()


def test_a_finding_more_never_lowers_badness():
    check = OddSynonyms()
    severities = {rule.code: Severity.ERROR for rule in check.rules}
    findings: list[Finding] = []
    last = 0.0
    for code in ("SYN001", "SYN004", "SYN002", "SYN010", "SYN003", "SYN005", "SYN001"):
        place = (None, None) if code == "SYN010" else (0, 4)
        findings.append(Finding(code, *place, confidence=0.9))
        badness = check.badness(Evidence(findings, (), severities, 300))
        assert last <= badness <= 1.0
        last = badness


def test_ignoring_the_document_rule_leaves_the_spans_little_weight():
    report = Runner(Settings(select=("SYN",), ignore=("SYN010",))).check(SPUN)
    assert "SYN010" not in codes(report)
    assert report.score > 25 > Runner(Settings(select=("SYN",))).check(SPUN).score


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=400))
def test_any_text_gives_a_valid_report(text):
    report = RUNNER.check(f"{OPENING} {text}")
    assert not report.errors
    assert report.checks["odd-synonyms"].status == "ok"
    assert 0.0 <= report.score <= 100.0


def test_hostile_texts_stay_fast(runner):
    import time

    for text in ("said " * 100_000, "'" * 200_000, "a't" * 100_000, "received't" * 30_000, "A" * 500_000):
        started = time.perf_counter()
        assert runner.check(f"{OPENING} {text}").checks["odd-synonyms"].status == "ok"
        assert time.perf_counter() - started < 5.0


@pytest.mark.skipif(not SHARED.is_dir(), reason="the reference documents are third-party and not in the repository")
@pytest.mark.parametrize(
    ("name", "verdict", "least", "most"),
    [
        ("000_599981051bf53fc6", "accept", 0, 0),
        ("001_722fdaa996779577", "reject", 90, 400),
        ("002_c120adb9345bea68", "reject", 90, 400),
        ("003_f30882ef24961f35", None, 0, 3),
        ("004_2d4942f533e31679", None, 0, 3),
    ],
)
def test_reference_documents(runner, name, verdict, least, most):
    with (SHARED / "seeds" / f"{name}.txt").open(encoding="utf-8", newline="") as file:
        report = runner.check(Document(file.read()))
    assert least <= len(report.findings) <= most
    assert verdict in (None, report.verdict)
