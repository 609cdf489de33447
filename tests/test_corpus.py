"""Checks that need all documents: what one is, how it is asked, and what happens when it misbehaves."""

import json
from collections import defaultdict

import pytest
from support import Marks, Plugin, make_check, make_runner

from qualitycheck import CorpusCheck, Document, Finding, PluginError, Rule, Runner, Settings, Signal
from qualitycheck.corpus import enter, resolve


class SameTitle(CorpusCheck):
    """An example for plugin authors: of documents with the same first line all but the first are reported."""

    rules = (Rule("TTL001", "same-title", "Another document has this title."),)
    weight = 0.5

    def sketch(self, document):
        return document.text.partition("\n")[0].encode()

    def resolve(self, corpus):
        groups = defaultdict(list)
        for number, seen in enumerate(corpus):
            groups[seen.sketch].append(number)
        for first, *others in groups.values():
            for number in others:
                yield number, self.finding("TTL001", message=f"the title of {corpus[first].name}")
                yield number, Signal("documents_with_this_title", len(others) + 1)


def corpus_check(**attributes):
    return type("Odd", (SameTitle,), attributes)()


def both_passes(runner, documents):
    """The reports after the second pass."""
    pairs = list(runner.run(documents))
    outcomes = resolve(runner, [enter(runner, *pair) for pair in pairs])
    return [runner.amended(*pair, outcomes[number]) if number in outcomes else pair[1] for number, pair in enumerate(pairs)]  # fmt: skip  # noqa: E501


def documents(*texts):
    return [Document(text, path=f"{number}.txt") for number, text in enumerate(texts)]


def test_it_sees_all_documents_and_says_what_is_wrong_with_which():
    reports = both_passes(make_runner(SameTitle(), Marks()), documents("A\none #", "B\ntwo", "A\nthree #"))
    first, second, third = reports
    assert [report.score for report in (first, second)] == [95.0, 100.0]
    assert [finding.code for finding in third.findings] == ["TTL001", "MRK001"]
    assert third.findings[0].message == "the title of 0.txt" and third.findings[0].start is None
    assert third.checks["same-title"].signals == (Signal("documents_with_this_title", 2),)
    assert third.score == pytest.approx(100 * (1 - 0.5 * 0.1) ** 2)
    assert sum(result.points for result in third.checks.values()) == pytest.approx(100 - third.score)
    assert "same-title" not in first.checks  # nothing was said of it


def test_a_document_alone_is_not_looked_at():
    report = make_runner(SameTitle(), Marks()).check("A")
    assert list(report.checks) == ["marks"] and not report.notes
    assert make_runner(SameTitle()).check("A").notes == ()


def test_it_hears_what_other_checks_found_and_how_documents_are_called():
    heard = []

    class Listening(SameTitle):
        def resolve(self, corpus):
            heard.extend(corpus)
            return []

    both_passes(make_runner(Listening(), Marks()), [Document("A # b", path="a.txt", id="7"), Document("c")])
    assert [(each.name, each.words, each.codes, each.sketch) for each in heard] == [
        ("a.txt:7", 2, {"MRK001"}, b"A # b"),
        ("text", 1, frozenset(), b"c"),
    ]


def test_documents_that_do_not_fit_are_not_among_them():
    runner = make_runner(corpus_check(min_words=2))
    one, two, three = both_passes(runner, documents("A", "A\nb", "A\nc"))
    assert (one.findings, two.findings) == ((), ())
    assert three.findings[0].message == "the title of 1.txt"


@pytest.mark.parametrize("settings", [{"ignore": ("TTL",)}, {"select": ("MRK",)}])
def test_one_whose_rules_are_not_selected_is_not_asked(settings):
    runner = make_runner(corpus_check(sketch=None), Marks(), **settings)
    assert runner.corpus_checks == []


def test_what_is_suppressed_costs_nothing(tmp_path):
    runner = make_runner(SameTitle(), per_file_ignores={"*.md": ("TTL001",)})
    reports = both_passes(
        runner, [Document("A", path="a.txt"), Document("A", path="b.md"), Document("A", path="c.txt")]
    )
    assert [report.score for report in reports] == [100.0, 100.0, 95.0]
    assert reports[1].suppressed == {"per-file-ignores": 1}


def test_an_override_of_the_verdict_hears_of_it():
    from qualitycheck import hookimpl

    class Strict(Plugin):
        @hookimpl
        def qualitycheck_verdict(self, report, settings):
            return "reject" if any(finding.code == "TTL001" for finding in report.findings) else None

    runner = Runner(Settings(), [Strict(SameTitle())], entry_points=False)
    assert [report.verdict for report in both_passes(runner, documents("A", "A"))] == ["accept", "reject"]


@pytest.mark.parametrize(
    ("sketch", "reason"),
    [(lambda self, document: 1 / 0, "ZeroDivisionError"), (lambda self, document: "text", "which is no bytes")],
)
def test_a_crash_over_one_document_costs_that_document_alone(sketch, reason):
    def only_b(self, document):
        return sketch(self, document) if "B" in document.text else SameTitle.sketch(self, document)

    first, second, third = both_passes(make_runner(corpus_check(sketch=only_b)), documents("A", "B", "A"))
    assert second.checks["odd"].status == "crashed"
    (error,) = second.errors
    assert error.startswith("check “odd” crashed on 1.txt: ") and reason in error
    assert (first.errors, third.errors) == ((), ()) and third.findings


def test_a_setup_that_fails_is_told_of_each_document():
    def setup(self):
        raise OSError("no model")

    for report in both_passes(make_runner(corpus_check(setup=setup)), documents("A", "A")):
        assert "setup failed: OSError: no model" in report.errors[0]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ((7, Finding("TTL001")), "resolve gave a finding for document 7 of 2"),
        ((-1, Finding("TTL001")), "document -1 of 2"),
        ((0, Finding("TTL001", 0, 1)), "a finding of TTL001 with a span"),
        (None, "TypeError"),
    ],
)
def test_what_resolve_may_not_say(said, reason):
    runner = make_runner(corpus_check(resolve=lambda self, corpus: [said]))
    with pytest.raises(PluginError, match=f"check “odd” crashed over 2 documents: .*{reason}"):
        both_passes(runner, documents("A", "A"))


def test_a_rule_of_another_check_is_a_crash():
    runner = make_runner(corpus_check(resolve=lambda self, corpus: [(1, Finding("MRK001"))]), Marks())
    first, second = both_passes(runner, documents("A", "A"))
    assert not first.errors and "MRK001, which is none of its rules" in second.errors[0]


def test_both_methods_must_be_there():
    class Empty(CorpusCheck):
        rules = SameTitle.rules

    first, second = both_passes(make_runner(Empty()), documents("A", "A"))
    assert "Empty has no sketch" in first.errors[0] and second.errors


def test_a_check_of_one_document_goes_on_beside_it():
    ones = make_check("ones", inspect=lambda self, document: [self.finding("AAA001", (0, 1))])
    reports = both_passes(make_runner(ones, SameTitle()), documents("A", "A"))
    assert [len(report.findings) for report in reports] == [1, 2]


def test_the_report_stays_within_its_schema():
    reports = both_passes(make_runner(SameTitle()), documents("A", "A"))
    plain = json.loads(json.dumps(reports[1].to_dict()))
    assert plain["checks"]["same-title"]["signals"] == {"documents_with_this_title": 2}
