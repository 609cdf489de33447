import importlib.metadata

import pytest

# Loaded here, and so kept: pytester drops what is imported within it, and numpy cannot be loaded twice.
import qualitycheck.assertions
import qualitycheck.inputs
import qualitycheck.readers.markdown  # noqa: F401

PLUGIN = """
from qualitycheck import Check, Rule, Severity, Suggestion, hookimpl


class Words(Check):
    weight = 0.9
    rules = (
        Rule("WRD001", "odd-word", "An odd word.", Severity.ERROR),
        Rule("WRD002", "dull-word", "A dull word.", Severity.WARNING),
    )

    def inspect(self, document):
        if "BOOM" in document.text:
            raise ValueError("the fuse blew")
        codes = {"odd": "WRD001", "dull": "WRD002"}
        for match in document.finditer("odd|dull"):
            yield self.finding(codes[match[0]], match.span(), suggestions=[Suggestion("even", 0.9)])

    def badness(self, evidence):
        return min(1.0, 0.2 * len(evidence.findings))


@hookimpl
def qualitycheck_checks(settings):
    return [Words()]
"""


class Project:
    """A project whose texts are checked for odd and dull words alone: an odd one is an error, and 18 points."""

    def __init__(self, pytester):
        self.pytester = pytester
        self.path = pytester.path
        self.write("words.py", PLUGIN)
        self.configure()

    def configure(self, *ini, **settings):
        """Write ``pyproject.toml`` with lines for pytest's table and values for qualitycheck's."""
        block = [entry.name for entry in importlib.metadata.entry_points(group="qualitycheck")]
        values = {"block": block, "plugins": ["words.py"], **settings}
        lines = [f"{name.replace('_', '-')} = {value!r}" for name, value in values.items()]
        self.write("pyproject.toml", "\n".join(["[tool.pytest.ini_options]", *ini, "[tool.qualitycheck]", *lines]))

    def write(self, name, text):
        """Write a file, and the folders it needs."""
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def run(self, *arguments, **options):
        """Run pytest in this process, without plugins that have nothing to do with it."""
        others = ("-p", "no:asyncio", "-p", "no:xdist", "-p", "no:hypothesispytest", "-p", "no:pytester")
        return self.pytester.runpytest_inprocess(*others, *map(str, arguments), **options)

    def outcomes(self, *arguments):
        """The outcome of each test, by node id, in the order in which they ran."""
        result = self.run("-v", "--tb=no", *arguments)
        rows = [line.split(" ") for line in result.outlines if "::" in line and line.split(" ")[1:2]]
        return {row[0]: row[1] for row in rows if row[1] in ("PASSED", "FAILED", "ERROR", "SKIPPED", "XFAIL", "XPASS")}


@pytest.fixture
def project(pytester, monkeypatch):
    for name in ("NO_COLOR", "FORCE_COLOR", "PY_COLORS", "PYTEST_ADDOPTS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    return Project(pytester)


@pytest.fixture
def docs(project):
    """A project with texts, and tests in a folder of their own."""
    project.write("docs/good.md", "# Fine\n\nAll is well.\n")
    project.write("docs/deep/bad.md", "# Not fine\n\nAll is odd.\n")
    project.write("docs/bad.txt", "All is odd, and odd again.\n")
    project.write("tests/test_a.py", "def test_fine(): pass\n")
    project.configure("testpaths = ['tests']", "qualitycheck_files = ['docs/**/*.md']")
    return project
