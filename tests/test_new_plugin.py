"""``qualitycheck new-plugin``: what it writes installs, and passes its own tests as it is written."""

import re
import tomllib
import zipfile

import pytest
from click.testing import CliRunner
from strangers import Environment, passes_its_own_tests

from qualitycheck.cli.group import qualitycheck
from qualitycheck.scaffold import Plan, code_for


@pytest.fixture
def new_plugin(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(qualitycheck, ["new-plugin", *arguments])


def test_it_installs_and_passes_its_own_tests(new_plugin, tmp_path):
    result = new_plugin("acme-terms")
    assert result.exit_code == 0, result.output
    project = tmp_path / "qualitycheck-acme-terms"
    environment = Environment(tmp_path / "env")
    printed = passes_its_own_tests(environment, project, "qualitycheck_acme_terms")
    assert re.search(r"\b9 passed", printed), printed

    (tmp_path / "text.txt").write_text("We do not know it at this point in time, and nobody else in the town does.\n")
    command = ("-m", "qualitycheck", "check", "--isolated", "--output-format", "concise", "text.txt")
    assert "text.txt:1:19: ACM001" in environment.run(*command, folder=tmp_path)
    assert "acme-terms, from qualitycheck-acme-terms 0.1.0" in environment.run(
        "-m", "qualitycheck", "plugins", "--isolated", folder=tmp_path
    )
    assert "## Known false alarms" in environment.run("-m", "qualitycheck", "rule", "ACM001", folder=tmp_path)


def test_the_wheel_holds_the_rule_and_not_the_tests(new_plugin, tmp_path):
    assert new_plugin("acme-terms").exit_code == 0
    wheel = Environment(tmp_path / "env").install(tmp_path / "qualitycheck-acme-terms")
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    package = "qualitycheck_acme_terms"
    assert names == {f"{package}/{name}" for name in ("__init__.py", "check.py", "rules/ACM001.md")}


def test_every_file_is_named_and_the_next_step(new_plugin, tmp_path):
    lines = new_plugin("acme-terms", "--code", "TRM100", "--folder", "made/here").stdout.splitlines()
    folder = tmp_path / "made/here/qualitycheck-acme-terms"
    written = sorted(path for path in folder.rglob("*") if path.is_file())
    assert sorted(tmp_path / line for line in lines[:-1]) == written
    assert lines[-1] == 'Next: cd made/here/qualitycheck-acme-terms && pip install -e ".[test]" && pytest'
    assert (folder / "src/qualitycheck_acme_terms/rules/TRM100.md").is_file()
    for path in written:
        assert "$" not in path.read_text() and "ACM" not in path.read_text()
    project = tomllib.loads((folder / "pyproject.toml").read_text())
    assert project["project"]["entry-points"]["qualitycheck"] == {"acme-terms": "qualitycheck_acme_terms"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["Acme"], "“Acme” is no name for a plugin; write lower-case words joined by hyphens"),
        (["../acme"], "“../acme” is no name for a plugin"),
        (["a" * 51], "is no name for a plugin"),
        (["acme", "--code", "AC1"], "“AC1” is no rule code; write three capital letters and three digits"),
        (["braces"], "there is a plugin “braces” already, from qualitycheck "),
        (["quorum"], "QUO001 is a rule of plugin “quotes”; choose other letters with --code"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_written(new_plugin, tmp_path, arguments, message):
    result = new_plugin(*arguments)
    assert result.exit_code == 2 and message in result.stderr
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_there_is_left_alone(new_plugin, tmp_path):
    (tmp_path / "qualitycheck-acme").mkdir()
    result = new_plugin("acme")
    assert result.exit_code == 2 and "qualitycheck-acme: there is one already" in result.stderr
    assert not list((tmp_path / "qualitycheck-acme").iterdir())


@pytest.mark.parametrize(("name", "code"), [("acme", "ACM001"), ("a-b", "ABX001"), ("x2", "XXX001")])
def test_the_code_comes_from_the_name(name, code):
    assert code_for(name) == code
    assert Plan(name, code).distribution == f"qualitycheck-{name}"
