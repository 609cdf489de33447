import pytest
from click.testing import CliRunner
from processes import INSTALLED

from qualitycheck.cli.group import qualitycheck

PLUGIN = '''
"""A plugin with rules of each severity."""

import time

from qualitycheck import Check, Rule, Severity, Suggestion, hookimpl

HELP = """# WRD001 odd-word

## What it finds

The word *odd*.
"""


class Words(Check):
    weight = 0.9
    rules = (
        Rule("WRD001", "odd-word", "An odd word.", Severity.ERROR, HELP),
        Rule("WRD002", "dull-word", "A dull word.", Severity.WARNING),
        Rule("WRD003", "plain-word", "A plain word.", Severity.INFO),
    )

    def inspect(self, document):
        if "BOOM" in document.text:
            raise ValueError("the fuse blew")
        if "SLEEP" in document.text:
            print("asleep", flush=True)
            time.sleep(60)
        codes = {"odd": "WRD001", "dull": "WRD002", "plain": "WRD003"}
        for match in document.finditer("odd|dull|plain"):
            yield self.finding(codes[match[0]], match.span(), suggestions=[Suggestion("even", 0.9)])

    def badness(self, evidence):
        return min(1.0, sum(0.2 for finding in evidence.findings))


@hookimpl
def qualitycheck_checks(settings):
    return [Words()]
'''


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """An empty working directory with the plugin in it, and an environment that says nothing about terminals."""
    (tmp_path / "words.py").write_text(PLUGIN)
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "PYTHONIOENCODING"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def run():
    """A function that runs the command line with the plugin alone, in this process."""

    def invoke(command, *arguments, plugin="words.py", **options):
        only = ["--block", INSTALLED, *(["--plugin", plugin] if plugin else [])]
        return CliRunner().invoke(qualitycheck, [command, *only, *map(str, arguments)], **options)

    return invoke
