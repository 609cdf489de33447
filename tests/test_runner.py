import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import Marks, Plugin, make_check, make_runner

from qualitycheck import (
    Document,
    Finding,
    Rule,
    Runner,
    Settings,
    SettingsError,
    Severity,
    Signal,
    hookimpl,
)

GERMAN = "Der Hund war müde und schlief im Garten unter dem alten Baum."


def boom(self, *arguments):
    raise RuntimeError("it\nbroke")


def codes(report):
    return [finding.code for finding in report.findings]


# Skipping


def find_all(self, document):
    return [self.finding("AAA001")]


@pytest.mark.parametrize(
    ("attributes", "text", "reason"),
    [
        ({"min_words": 4}, "only three words", "needs 4 words, the document has 3"),
        ({"languages": frozenset({"en", "de"})}, "hi", "knows de, en; the document's language is unknown"),
        ({"languages": frozenset({"en"})}, GERMAN, "knows en; the document's language is de"),
    ],
)
def test_a_check_that_does_not_fit_is_skipped_at_no_cost(attributes, text, reason):
    report = make_runner(make_check("picky", inspect=find_all, **attributes)).check(text)
    assert (report.checks["picky"].status, report.checks["picky"].reason) == ("skipped", reason)
    assert (report.score, report.findings, report.errors) == (100, (), ())


def test_a_check_that_fits_runs():
    check = make_check("picky", inspect=find_all, min_words=3, languages=frozenset({"de"}))
    assert codes(make_runner(check).check(GERMAN)) == ["AAA001"]


def test_in_a_batch_only_documents_that_do_not_fit_are_skipped():
    check = make_check("picky", inspect_batch=lambda self, docs: [find_all(self, each) for each in docs], min_words=2)
    reports = make_runner(check).check_batch([Document("one"), Document("one two"), Document("x"), Document("x y")])
    assert [report.checks["picky"].status for report in reports] == ["skipped", "ok", "skipped", "ok"]


# Same result, however it is asked for


@given(st.lists(st.text("ab #!~\n", max_size=20), max_size=8))
def test_batch_equals_single(texts):
    runner = make_runner(Marks(), make_check("whole", inspect=find_all))
    documents = [Document(text, id=str(number)) for number, text in enumerate(texts)]
    assert runner.check_batch(documents) == [runner.check(document) for document in documents]
    assert list(runner.run(documents)) == list(zip(documents, runner.check_batch(documents), strict=True))


@pytest.mark.parametrize("number", [0, 1, 63, 64, 65, 200])
def test_a_run_takes_any_number_of_documents_in_order(number):
    results = list(make_runner(Marks()).run(Document("#" * (n % 3), id=str(n)) for n in range(number)))
    assert [report.id for _, report in results] == [str(n) for n in range(number)]
    assert all(len(report.findings) == n % 3 for n, (_, report) in enumerate(results))


def test_the_order_of_checks_does_not_matter():
    checks = [Marks(), make_check("whole", inspect=find_all), make_check("clean", "AAA002")]
    there, back = make_runner(*checks), make_runner(*reversed(checks))
    assert there.check("a # b !") == back.check("a # b !")


def test_findings_are_in_order_of_place():
    def inspect(self, document):
        for span in ((4, 5), (0, 1), None, (0, 3)):
            yield self.finding("AAA001", span)

    report = make_runner(make_check("jumpy", inspect=inspect)).check("a b c")
    assert [(finding.start, finding.end) for finding in report.findings] == [(None, None), (0, 1), (0, 3), (4, 5)]


# Selection and points


def test_ignoring_a_rule_takes_its_points_away():
    text = "one # two ! three"
    everything = make_runner(Marks()).check(text).score
    assert make_runner(Marks(), ignore=("MRK001",)).check(text).score == make_runner(Marks()).check("!").score
    assert make_runner(Marks(), ignore=("shout",)).check(text).score == make_runner(Marks()).check("#").score
    assert make_runner(Marks(), ignore=("MRK",)).check(text).score == 100 > everything


def test_only_selected_rules_are_reported():
    assert codes(make_runner(Marks(), select=("MRK002",)).check("# ! ~")) == ["MRK002"]


def test_a_check_without_selected_rules_is_not_run():
    report = make_runner(make_check("fragile", inspect=boom), Marks(), ignore=("AAA",)).check("text")
    assert set(report.checks) == {"marks"}
    assert report.errors == ()


def test_info_costs_nothing_and_badness_never_sees_it():
    seen = []

    def badness(self, evidence):
        seen.extend(evidence.findings)
        return 1.0

    rules = (Rule("AAA001", "warned", "."), Rule("AAA002", "informed", ".", Severity.INFO))
    check = make_check("both", rules=rules, badness=badness, inspect=lambda self, d: [self.finding("AAA002")])
    report = make_runner(check).check("text")
    assert (report.score, codes(report), seen) == (100, ["AAA002"], [])


def test_evidence_holds_what_a_check_needs_to_judge():
    kept = []

    def badness(self, evidence):
        kept.append(evidence)
        return 0.5

    def inspect(self, document):
        yield from (self.finding("AAA001"), Signal("rate", 0.5))

    make_runner(make_check("judge", inspect=inspect, badness=badness)).check("three short words")
    (evidence,) = kept
    assert evidence.of("AAA001") == list(evidence.findings) == [Finding("AAA001")]
    assert evidence.of("AAA002") == []
    assert (evidence.signals, evidence.severities, evidence.words) == (
        (Signal("rate", 0.5),),
        {"AAA001": Severity.WARNING},
        3,
    )


def test_weights_and_groups():
    checks = [
        make_check(name, f"AAA00{n}", weight=0.5, group="model", badness=lambda self, e: 1.0, inspect=find)
        for n, (name, find) in enumerate(
            [("one", lambda self, d: [self.finding("AAA000")]), ("two", lambda self, d: [self.finding("AAA001")])]
        )
    ]
    assert make_runner(*checks).check("text").score == pytest.approx(50)
    assert make_runner(*checks, weights={"two": 0.9}).check("text").score == pytest.approx(10)


def test_a_weight_for_an_unknown_check_is_refused():
    with pytest.raises(SettingsError, match="weights: unknown check “markz”; did you mean “marks”"):
        make_runner(Marks(), weights={"markz": 0.1})


def test_an_unknown_rule_is_refused():
    with pytest.raises(SettingsError, match="unknown rule “MRK009”"):
        make_runner(Marks(), ignore=("MRK009",))


def test_points_add_up_to_what_is_missing():
    report = make_runner(Marks(), make_check("whole", inspect=find_all)).check("# ! ~ #")
    assert sum(result.points for result in report.checks.values()) == pytest.approx(100 - report.score)


# Verdicts


class Verdict(Plugin):
    def __init__(self, verdict):
        super().__init__(Marks())
        self.verdict = verdict

    @hookimpl
    def qualitycheck_verdict(self, report, settings):
        if isinstance(self.verdict, BaseException):
            raise self.verdict
        return self.verdict


@pytest.mark.parametrize(
    ("verdict", "expected", "error"),
    [
        ("reject", "reject", None),
        (None, "accept", None),
        ("perfect", "accept", "'perfect' is none of accept, review, reject"),
        (["reject"], "accept", "['reject'] is none of"),
        (ValueError("no idea"), "accept", "ValueError: no idea"),
        (SystemExit(1), "accept", "SystemExit: 1"),
    ],
)
def test_plugins_may_change_the_verdict(verdict, expected, error):
    report = Runner(plugins=[Verdict(verdict)], entry_points=False).check("clean")
    assert (report.verdict, report.score) == (expected, 100)
    if error is None:
        assert report.errors == ()
    else:
        assert report.errors[0].startswith("the verdict of plugin “Verdict” for text failed: ")
        assert error in report.errors[0]


@pytest.mark.parametrize(("reject", "review", "verdict"), [(40, 75, "review"), (70, 75, "reject"), (0, 0, "accept")])
def test_thresholds_come_from_the_settings(reject, review, verdict):
    report = make_runner(Marks(), reject_below=float(reject), review_below=float(review)).check("! ! !")
    assert report.score == pytest.approx(60.8)
    assert report.verdict == verdict


# Notes


def test_a_report_lists_only_so_many_findings_of_a_rule_but_counts_all():
    report = make_runner(Marks(), max_findings=2).check("# # # # !")
    assert codes(report) == ["MRK001", "MRK001", "MRK002"]
    assert report.notes == ("4 findings of MRK001; the first 2 are listed",)
    assert report.score == make_runner(Marks()).check("# # # # !").score


@pytest.mark.parametrize(
    ("document", "note"),
    [
        (Document(""), "the document is empty"),
        (Document(" \n\t"), "the document is empty"),
        (Document("{code}", prose=" " * 6), "the document holds no prose"),
    ],
)
def test_an_empty_document_scores_100_with_a_note(document, note):
    report = make_runner(Marks()).check(document)
    assert (report.score, report.verdict, report.words, report.notes) == (100, "accept", 0, (note,))


def test_without_checks_the_core_runs_and_says_so():
    report = make_runner().check("Some text.")
    assert (report.score, report.verdict, report.checks) == (100, "accept", {})
    assert report.notes == ("no checks: no plugin brings one, so nothing was looked for",)
    ignored = make_runner(Marks(), ignore=("MRK",)).check("Some text.")
    assert ignored.notes == ("no checks: every rule is ignored, so nothing was looked for",)


def test_settings_and_language_reach_the_report():
    report = Runner(Settings(), [Plugin(Marks())], entry_points=False).check(Document(GERMAN, path="a", id="b"))
    assert (report.path, report.id, report.language, report.words) == ("a", "b", "de", 12)
