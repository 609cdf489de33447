"""A check that misbehaves costs one check on one document, and is named."""

import pytest
from support import Marks, make_check, make_runner

from qualitycheck import Check, Document, Finding, Signal, Suggestion


def boom(self, *arguments):
    raise RuntimeError("it\nbroke")


def codes(report):
    return [finding.code for finding in report.findings]


def crash_on_bad(self, document):
    if "bad" in document.text:
        raise RuntimeError("it\nbroke")
    yield self.finding("AAA001")


@pytest.mark.parametrize(
    "attributes",
    [
        {"inspect": crash_on_bad},
        {"inspect_batch": lambda self, documents: [list(crash_on_bad(self, each)) for each in documents]},
        {"inspect_batch": lambda self, documents: [crash_on_bad(self, each) for each in documents]},
    ],
    ids=["inspect", "eager batch", "lazy batch"],
)
def test_a_crash_costs_one_check_on_one_document(attributes):
    runner = make_runner(make_check("fragile", **attributes), Marks())
    documents = [Document("good #"), Document("bad #", path="b.txt"), Document("good")]
    reports = [report for _, report in runner.run(documents)]
    assert [codes(report) for report in reports] == [["AAA001", "MRK001"], ["MRK001"], ["AAA001"]]
    assert [report.checks["fragile"].status for report in reports] == ["ok", "crashed", "ok"]
    assert reports[0].errors == reports[2].errors == ()
    (error,) = reports[1].errors
    assert error.startswith("check “fragile” crashed on b.txt: RuntimeError: it broke (test_runner_crashes.py:")
    assert "\n" not in error
    assert reports[1].checks["fragile"].points == 0


@pytest.mark.parametrize("error", [SystemExit(2), RecursionError("deep"), MemoryError()])
def test_whatever_a_check_raises_is_a_crash(error):
    def inspect(self, document):
        raise error

    report = make_runner(make_check("fragile", inspect=inspect), Marks()).check("a #")
    assert codes(report) == ["MRK001"]
    assert type(error).__name__ in report.errors[0]


def test_keyboard_interrupt_stops_the_run():
    def inspect(self, document):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_runner(make_check("fragile", inspect=inspect)).check("text")


def test_a_crash_in_setup_is_named_for_each_document_and_tried_once():
    calls = []

    def setup(self):
        calls.append(1)
        boom(self)

    runner = make_runner(make_check("fragile", setup=setup), Marks())
    for text in ("one #", "two"):
        report = runner.check(text)
        assert report.checks["fragile"].reason.startswith("setup failed: RuntimeError: it broke")
        assert len(report.errors) == 1
    assert calls == [1]


def test_setup_runs_once_and_only_when_needed():
    calls = []
    check = make_check("lazy", setup=lambda self: calls.append(1), min_words=3)
    runner = make_runner(check)
    runner.check("too short")
    assert calls == []
    runner.check("long enough now")
    runner.check("and once more please")
    assert calls == [1]


def test_a_runaway_pattern_is_a_crash():
    def inspect(self, document):
        yield from document.finditer(r"(?:a|a|aa)+$", timeout=0.1)

    report = make_runner(make_check("slow", inspect=inspect)).check("a" * 40 + "!")
    assert "TimeoutError" in report.errors[0]


@pytest.mark.parametrize(
    ("badness", "expected"),
    [
        (boom, "RuntimeError: it broke"),
        (lambda self, evidence: 1.5, "badness 1.5 is not in [0, 1]"),
        (lambda self, evidence: -0.1, "badness -0.1 is not in [0, 1]"),
        (lambda self, evidence: float("nan"), "badness nan is not in [0, 1]"),
        (lambda self, evidence: "much", "TypeError"),
        (lambda self, evidence: None, "TypeError"),
    ],
)
def test_badness_that_fails_or_is_out_of_range_is_a_crash(badness, expected):
    check = make_check("wrong", badness=badness, inspect=lambda self, document: [self.finding("AAA001")])
    report = make_runner(check, Marks()).check("a #")
    assert expected in report.errors[0]
    assert codes(report) == ["MRK001"]
    assert report.score == pytest.approx(95)


@pytest.mark.parametrize(
    ("nonsense", "expected"),
    [
        (Finding("AAA001", 0, 99), "a finding of AAA001 at 0:99, outside the text"),
        (Finding("AAA001", -1, 2), "a finding of AAA001 at -1:2, outside the text"),
        (Finding("AAA001", 2, 2), "a finding of AAA001 at 2:2, outside the text"),
        (Finding("AAA001", 3, 1), "a finding of AAA001 at 3:1, outside the text"),
        (Finding("AAA001", 0), "a finding of AAA001 with only one of start and end"),
        (Finding("AAA001", 0.0, 1.0), "TypeError"),
        (Finding("AAA001", "0", "1"), "TypeError"),
        (Finding("ZZZ001", 0, 1), "a finding of ZZZ001, which is none of its rules"),
        (Finding("MRK001", 0, 1), "a finding of MRK001, which is none of its rules"),
        (Finding("AAA001", confidence=2), "a finding of AAA001 with confidence 2"),
        (Finding("AAA001", confidence=float("nan")), "a finding of AAA001 with confidence nan"),
        (Finding("AAA001", suggestions=("call",)), "a finding of AAA001 with 'call' as a suggestion"),
        (
            Finding("AAA001", suggestions=(Suggestion("a", 7),)),
            "with Suggestion(text='a', confidence=7) as a suggestion",
        ),
        ((0, 1), "yielded (0, 1), which is neither a Finding nor a Signal"),
        (None, "yielded None, which is neither a Finding nor a Signal"),
        (Signal("rate", float("inf")), "yielded signal “rate” with value inf"),
        (Signal("rate", None), "TypeError"),
    ],
)
def test_nonsense_is_named(nonsense, expected):
    check = make_check("wrong", inspect=lambda self, document: [self.finding("AAA001"), nonsense])
    report = make_runner(check, Marks()).check("text #")
    assert report.errors[0].startswith("check “wrong” crashed on the text: ")
    assert expected in report.errors[0]
    assert codes(report) == ["MRK001"]


@pytest.mark.parametrize(("value", "kind"), [(None, "NoneType"), (7, "int")])
def test_inspect_that_gives_no_findings_to_go_through_is_named(value, kind):
    report = make_runner(make_check("wrong", inspect=lambda self, document: value)).check("text")
    assert f"'{kind}' object is not iterable" in report.errors[0]


def test_a_check_without_inspect_is_named():
    check = make_check("idle", inspect=Check.inspect)
    assert "idle has neither inspect nor inspect_batch" in make_runner(check).check("text").errors[0]


@pytest.mark.parametrize("results", [[], [[]], [[], [], []]])
def test_a_batch_with_too_few_or_too_many_results_is_done_one_by_one(results):
    check = make_check("batch", inspect_batch=lambda self, documents: results if len(documents) == 2 else [[]])
    reports = make_runner(check).check_batch([Document("one"), Document("two")])
    assert [report.checks["batch"].status for report in reports] == ["ok", "ok"]


def test_a_batch_of_one_with_the_wrong_number_of_results_is_named():
    check = make_check("batch", inspect_batch=lambda self, documents: [])
    assert "inspect_batch gave 0 results for 1 documents" in make_runner(check).check("one").errors[0]
