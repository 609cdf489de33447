import json
import subprocess
import sys

import pytest
from processes import command_line, on_a_terminal


@pytest.mark.parametrize("name", ["WRD001", "wrd001", "odd-word"])
def test_a_rule_by_code_or_name(run, name):
    result = run("rule", name)
    assert result.exit_code == 0
    assert result.stdout == (
        "# WRD001 odd-word\n\nSeverity: error. Fix: none. Plugin: words, from words.py."
        "\n\n## What it finds\n\nThe word *odd*.\n"
    )


def test_a_rule_without_documentation(run):
    assert run("rule", "WRD002").stdout == (
        "# WRD002 dull-word\n\nSeverity: warning. Fix: none. Plugin: words, from words.py.\n\nA dull word.\n"
    )


def test_an_unknown_rule_names_the_nearest(run):
    result = run("rule", "od-word")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "qualitycheck: error: unknown rule “od-word”; did you mean “odd-word”?\n"


def test_an_unknown_rule_may_be_that_of_a_plugin_that_does_not_load(run):
    result = run("rule", "ACM001", "--plugin", "acme.py")
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        "qualitycheck: error: plugin “acme” from acme.py does not load: there is no such file",
        "qualitycheck: error: unknown rule “ACM001”",
    ]


def test_a_terminal_gets_the_documentation_rendered():
    status, shown = on_a_terminal(command_line("rule", "WRD001"))
    assert status == 0
    assert "What it finds" in shown and "##" not in shown and "*odd*" not in shown and "\x1b[" in shown
    assert "\x1b[" not in on_a_terminal(command_line("rule", "WRD001"), NO_COLOR="1")[1]


def test_rules_separated_by_tabs(run):
    result = run("rules")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "WRD001\todd-word\terror\tAn odd word.",
        "WRD002\tdull-word\twarning\tA dull word.",
        "WRD003\tplain-word\tinfo\tA plain word.",
    ]


def test_rules_as_json(run):
    rules = json.loads(run("rules", "--output-format", "json").stdout)
    assert rules[0] == {
        "code": "WRD001",
        "name": "odd-word",
        "severity": "error",
        "fix": "none",
        "message": "An odd word.",
        "plugin": "words",
        "origin": "words.py",
    }
    assert len(rules) == 3


def test_rules_as_a_table_on_a_terminal():
    status, shown = on_a_terminal(command_line("rules"), NO_COLOR="1")
    assert status == 0
    assert [line.split() for line in shown.splitlines()][:2] == [
        ["code", "name", "severity", "message"],
        ["WRD001", "odd-word", "error", "An", "odd", "word."],
    ]
    assert max(map(len, shown.splitlines())) <= 80


def test_rules_are_incomplete_where_a_plugin_does_not_load(run):
    result = run("rules", "--plugin", "acme.py")
    assert result.exit_code == 2
    assert len(result.stdout.splitlines()) == 3
    assert result.stderr.startswith("qualitycheck: error: plugin “acme” from acme.py does not load")


def test_rules_into_a_closed_pipe_end_quietly():
    command = subprocess.list2cmdline(command_line("rules"))
    result = subprocess.run(["bash", "-c", f"{command} | true"], capture_output=True, text=True)
    assert result.stderr == ""


def test_every_installed_rule_is_explained(run):
    listed = subprocess.run([sys.executable, "-m", "qualitycheck", "rules"], capture_output=True, text=True).stdout
    from click.testing import CliRunner

    from qualitycheck.cli.group import qualitycheck

    assert listed
    for line in listed.splitlines():
        code, name, *_ = line.split("\t")
        shown = CliRunner().invoke(qualitycheck, ["rule", code])
        assert shown.exit_code == 0 and shown.stdout.startswith(f"# {code} {name}\n"), shown.stderr
