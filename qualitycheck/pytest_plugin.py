"""The pytest plugin: texts as tests, and the fixture ``quality`` for code that makes text.

Every pytest run on a machine with qualitycheck imports this module, so it imports nothing that pytest has not imported
before it, and takes part in collection only where texts are asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from qualitycheck.assertions import Quality

MARKER = (
    "qualitycheck(select, ignore, fail_on, min_score): settings of qualitycheck for a test that uses the fixture "
    "quality, or for a text; every text that is a test has the marker."
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options and the settings of the ini file."""
    group = parser.getgroup("qualitycheck", "texts held to a standard (qualitycheck)")
    group.addoption(
        "--qualitycheck",
        action="extend",
        nargs="+",
        default=[],
        metavar="PATH",
        help="Files, folders and globs: each text in them, and each row of a JSONL file, is a test, in addition to "
        "the tests there are. Put it after the paths of tests.",
    )
    group.addoption("--qualitycheck-select", metavar="RULES", help="Only these codes, names or prefixes, with commas.")
    group.addoption("--qualitycheck-ignore", metavar="RULES", help="Not these codes, names or prefixes.")
    group.addoption(
        "--qualitycheck-fail-on",
        choices=("info", "warning", "error", "never"),
        help="The least severity of a finding that fails a text; error unless told.",
    )
    group.addoption("--qualitycheck-min-score", metavar="SCORE", type=float, help="The least score of a text.")
    group.addoption(
        "--qualitycheck-baseline", metavar="FILE", help="Accept the findings in this file, as qualitycheck check does."
    )
    parser.addini("qualitycheck_files", "files, folders and globs whose texts are tests", type="args", default=[])
    parser.addini("qualitycheck_select", "rules to check texts for: codes, names or prefixes", type="args", default=[])
    parser.addini("qualitycheck_ignore", "rules to leave out", type="args", default=[])
    parser.addini("qualitycheck_fail_on", "the least severity of a finding that fails a text", default="")
    parser.addini("qualitycheck_min_score", "the least score of a text, from 0 to 100", default="")
    parser.addini("qualitycheck_baseline", "a file with findings that are accepted for now", default="")
    parser.addini("qualitycheck_text_field", "the field of a JSONL row that holds its text", default="text")
    parser.addini("qualitycheck_id_field", "the field of a JSONL row that names it", default="id")


def pytest_configure(config: pytest.Config) -> None:
    """Take part in collection, where texts are asked for."""
    config.addinivalue_line("markers", MARKER)
    if config.getoption("qualitycheck") or config.getini("qualitycheck_files"):
        from qualitycheck.pytest_texts import Texts

        config.pluginmanager.register(Texts(config), "qualitycheck_texts")


def ini_folder(config: pytest.Config) -> Path:
    """The folder that paths in pytest's ini file are relative to."""
    return config.inipath.parent if config.inipath else config.rootpath


@pytest.fixture
def quality(request: pytest.FixtureRequest) -> Quality:
    """Asserts that texts are good, by the settings of the project, of pytest, and of the test's marker.

    ``quality(text, min_score=80)``, ``quality(texts, mostly=0.98)``, ``quality.not_worse(new, old)``,
    ``quality.report(text)``.
    """
    from qualitycheck.assertions import Quality
    from qualitycheck.errors import QualityCheckError
    from qualitycheck.pytest_settings import settings_for

    try:
        return Quality(settings_for(request.node))
    except QualityCheckError as error:
        wrong = str(error)
    pytest.fail(wrong, pytrace=False)
