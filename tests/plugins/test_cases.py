"""Every case file of the bundled rules."""

from pathlib import Path

import pytest

from qualitycheck.testing import Case, load_cases, run_case

CASES = load_cases(Path(__file__).parent.parent / "cases")


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: Case) -> None:
    run_case(case)
