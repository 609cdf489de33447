"""A project as a user would have it: installed entry point, the bundled checks, its own settings; run from outside."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

FILES = {
    "pyproject.toml": """
[project]
name = "ferry"
version = "1"

[tool.pytest.ini_options]
testpaths = ["tests"]
addopts = "--strict-markers --strict-config"
pythonpath = ["src"]
qualitycheck_files = ["docs/**/*.md", "data/*.jsonl"]
qualitycheck_min_score = "60"

[tool.qualitycheck]
ignore = ["QUO003"]
""",
    "src/ferry.py": '''
def notice(place, hour):
    """A notice to passengers."""
    return f"The ferry to {place} leaves at {hour}. Tickets are sold on the quay."


def careless_notice(place, hour):
    """The same, by someone who forgot to fill in the form."""
    return "The ferry to {{place}} leaves at {hour}. Tickets are sold on the quay."
''',
    "tests/conftest.py": """
import pytest


def pytest_collection_modifyitems(items):
    for item in items:
        if "changes" in item.nodeid:
            item.add_marker(pytest.mark.qualitycheck(ignore="BRC"))
""",
    "tests/test_notices.py": """
import pytest
from ferry import careless_notice, notice
from qualitycheck import assert_not_worse, assert_quality

PLACES = ["Lindmoor", "Ost", "Kirn", "Sund"]


@pytest.mark.parametrize("place", PLACES)
def test_each_notice(quality, place):
    quality(notice(place, "six"), min_score=95)


def test_all_notices():
    assert_quality({place: notice(place, "six") for place in PLACES}, mostly=0.98)


def test_the_careless_notice_is_worse():
    with pytest.raises(AssertionError, match="the new text is worse by"):
        assert_not_worse(careless_notice("Ost", "six"), notice("Ost", "six"))


def test_a_careless_notice(quality):
    quality(careless_notice("Ost", "six"))


def test_titles(quality):
    quality(["Timetable", "Save as…", "Who we are", "The ferry won’t sail in a storm."], min_score=100)
""",
    "tests/test_old.py": """
import unittest

from ferry import notice
from qualitycheck import assert_quality


class NoticeTest(unittest.TestCase):
    def test_notice(self):
        assert_quality(notice("Ost", "six"), min_score=90)
""",
    "docs/index.md": "# The ferry\n\nIt leaves at six, and it won’t wait.\n\n```\n{{ template }} received’t\n```\n",
    "docs/news/old.md": "# News\n\nThe mayor received’t say why the ferry was late.\n",
    "docs/changes.md": "# Changes\n\nThe form fills in {{place}} now.\n",
    "docs/notes.txt": "Not asked for: {{place}}.\n",
    "data/notices.jsonl": '{"id": "ost", "text": "The ferry to Ost leaves at six."}\n'
    '{"id": "sund", "text": "The ferry to Sund leaves {that a} six."}\n',
}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ferry")
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.removeprefix("\n"), encoding="utf-8")
    return folder


def run(project, *arguments):
    names = ("PATH", "HOME", "PYTHONPATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR")
    environment = {name: os.environ[name] for name in names if name in os.environ}
    environment |= {"COLUMNS": "100", "PYTHONDONTWRITEBYTECODE": "1", "LANG": "C.UTF-8"}
    command = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)


def test_the_project(project):
    result = run(project, "-v")
    assert result.returncode == 1, result.stdout + result.stderr
    outcomes = dict(re.findall(r"^(\S+::\S+) (PASSED|FAILED|ERROR)", result.stdout, re.MULTILINE))
    failed = {name for name, outcome in outcomes.items() if outcome != "PASSED"}
    assert failed == {
        "docs/news/old.md::quality",
        "data/notices.jsonl::row-sund",
        "tests/test_notices.py::test_a_careless_notice",
    }
    assert "11 passed" in result.stdout and "3 failed" in result.stdout
    assert "docs/news/old.md:3:11 SYN004 broken-contraction" in result.stdout
    assert "data/notices.jsonl:sund:1:26 BRC002 stray-brace" in result.stdout
    assert "BRC004 template-placeholder" in result.stdout
    assert "Traceback" not in result.stdout and "site-packages" not in result.stdout


def test_once_it_is_mended_it_passes(project):
    news = project / "docs/news/old.md"
    before = news.read_text(encoding="utf-8")
    news.write_text(before.replace("received’t", "won’t"), encoding="utf-8")
    try:
        result = run(project, "-q", "docs", "tests/test_old.py")
    finally:
        news.write_text(before, encoding="utf-8")
    assert result.returncode == 0, result.stdout
    assert "4 passed" in result.stdout


def test_unittest_alone_runs_its_tests(project):
    command = [sys.executable, "-m", "unittest", "discover", "-s", "tests", "-p", "test_old.py"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(["src", os.environ.get("PYTHONPATH", "")])}
    result = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0 and "Ran 1 test" in result.stderr, result.stderr


def test_the_entry_point_is_declared():
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["entry-points"]["pytest11"]
    assert declared == {"qualitycheck": "qualitycheck.pytest_plugin"}
