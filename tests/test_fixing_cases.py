"""The promises of fixing, held against every case of every rule that can be fixed, whoever wrote the rule."""

from collections import Counter
from pathlib import Path

import pytest

from qualitycheck import Fix, Runner, Settings
from qualitycheck.edits import apply
from qualitycheck.fixing import Fixer
from qualitycheck.readers import all_readers, read_text
from qualitycheck.testing import load_cases

CASES = load_cases(Path(__file__).parent / "cases")
SEEDS = sorted(Path(__file__).parent.parent.glob("seeds/*.txt"))
RULES = {rule.code: rule for rule in Runner().rules.values()}
MOST = 20_000  # code points of a text: what is fast enough to be checked is shown elsewhere


def fixable(case):
    return RULES[case.rule].fix is not Fix.NONE and len(case.text) <= MOST


@pytest.fixture(scope="module")
def runners():
    """A runner for each rule alone."""
    made = {}

    def runner(code):
        if code not in made:
            made[code] = Runner(Settings(select=(code,)))
        return made[code]

    return runner


@pytest.mark.parametrize("case", [case for case in CASES if fixable(case)], ids=str)
def test_a_fixed_text_has_none_of_the_fixed_findings_left_and_no_other_change(case, runners):
    runner = runners(case.rule)
    reader = {reader.name: reader for reader in all_readers(runner.plugins)}[case.format]
    document = read_text(case.text, case.format, runner.plugins)
    before = runner.check(document)
    fixer = Fixer(runner, unsafe=True)
    fixed = fixer.fix(document, reader)
    assert not fixed.unsettled
    assert apply(case.text, fixed.edits) == fixed.document.text
    left = [finding for finding in fixed.report.findings if finding.fix is not Fix.NONE]
    assert not left or case.format != "text", [finding.text for finding in left]
    found = {place for finding in before.findings if finding.text for place in range(finding.start, finding.end)}
    if sum(fixed.counts.values()) <= len(before.findings):  # else one fix has made room for another
        assert all(found.issuperset(range(edit.start, edit.end)) for edit in fixed.edits)
    again = fixer.fix(fixed.document, reader)
    assert (again.edits, again.counts, again.document.text) == ([], Counter(), fixed.document.text)


@pytest.mark.parametrize("code", sorted(code for code, rule in RULES.items() if rule.fix is not Fix.NONE))
def test_every_rule_that_can_be_fixed_is_fixed_in_some_case_or_seed(code, runners):
    reader = next(reader for reader in all_readers(runners(code).plugins) if reader.name == "text")
    fixer = Fixer(runners(code), unsafe=True)
    texts = [case.text for case in CASES if case.rule == code and case.kind == "fail" and fixable(case)]
    texts += [seed.read_text(encoding="utf-8") for seed in SEEDS]
    assert any(fixer.fix(read_text(text, "text", runners(code).plugins), reader).counts[code] for text in texts)
