from importlib.util import find_spec

import pytest

# The server is an extra.
collect_ignore_glob = [] if find_spec("pygls") else ["test_*.py"]

PLUGIN = '''
"""A check of odd words, which some texts break."""

import time

from qualitycheck import Check, Explanation, Fix, Rule, Row, Severity, Table, hookimpl

HELP = """# WRD001 odd-word

## What it finds

The word *odd*.

## Why it matters

It does not.
"""


class Words(Check):
    rules = (
        Rule("WRD001", "odd-word", "An odd word.", Severity.ERROR, HELP, Fix.SAFE),
        Rule("WRD002", "dull-word", "A dull word.", Severity.WARNING),
        Rule("WRD003", "whole-text", "The whole text.", Severity.INFO),
    )

    def inspect(self, document):
        print("a plugin prints what it likes")
        if "BOOM" in document.text:
            raise ValueError("the fuse blew")
        if "SLOW" in document.text:
            time.sleep(1)
        for match in document.finditer("odd|dull"):
            yield self.finding("WRD001" if match[0] == "odd" else "WRD002", match.span(), suggestions=["even", ""])
        if "whole" in document.text:
            yield self.finding("WRD003")

    def explain(self, document, finding=None):
        return Explanation("Because [so](command:evil).", [Table("why", [Row("```# odd", 1.5, "nats", "it is")])])


@hookimpl
def qualitycheck_checks(settings):
    return [Words()]
'''


@pytest.fixture(scope="session")
def words(tmp_path_factory):
    """The plugin as a module file."""
    path = tmp_path_factory.mktemp("plugin") / "words.py"
    path.write_text(PLUGIN, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def editor(words, tmp_path_factory):
    """An editor with a folder whose settings load the plugin and leave a rule out; one process for all tests."""
    root = tmp_path_factory.mktemp("project")
    from editor import Editor

    settings = f"plugins = [{str(words)!r}]\nignore = ['WRD002']\n[per-file-ignores]\n'drafts/*' = ['WRD001']\n"
    (root / "qualitycheck.toml").write_text(settings, encoding="utf-8")
    editor = Editor(root, "--stdio")
    yield editor
    assert editor.quit() == 0
