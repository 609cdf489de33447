"""Subcommands that plugins bring."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from qualitycheck.cli.group import qualitycheck

PLUGIN = '''
import click

from qualitycheck import hookimpl, QualityCheckError
from qualitycheck.commands import read_document, settings_from, settings_options


@click.command()
@click.argument("file")
@settings_options
def shout(file, **options):
    """Print a file in capitals."""
    document = read_document(file, settings_from(**options))
    if not document.text:
        raise QualityCheckError("there is nothing to shout")
    click.echo(document.text.upper())
    return 3


@hookimpl
def qualitycheck_commands():
    return [shout]
'''


@pytest.fixture(autouse=True)
def settings_file(folder):
    (folder / "loud.py").write_text(PLUGIN)
    (folder / "qualitycheck.toml").write_text('plugins = ["loud.py"]\n')
    (folder / "a.txt").write_text("quiet")


def invoke(*arguments):
    return CliRunner().invoke(qualitycheck, list(arguments), prog_name="qualitycheck")


def test_a_command_runs_with_its_status_and_its_errors_are_one_line():
    result = invoke("shout", "a.txt")
    assert (result.exit_code, result.stdout) == (3, "QUIET\n")
    Path("empty.txt").write_text("")
    result = invoke("shout", "empty.txt")
    assert (result.exit_code, result.stderr) == (2, "qualitycheck: error: there is nothing to shout\n")
    assert "no such file or folder: b.txt" in invoke("shout", "b.txt").stderr


def test_help_lists_it():
    assert "Print a file in capitals." in invoke("--help").stdout
    assert invoke("shout", "--help").stdout.startswith("Usage: qualitycheck shout ")
    for name in ("restore", "train"):
        assert f"  {name} " in invoke("--help").stdout
        assert invoke(name, "--help").stdout.startswith(f"Usage: qualitycheck {name} ")


def test_a_misspelt_one_is_guessed():
    assert "did you mean “shout”?" in invoke("shoot", "a.txt").stderr


def test_a_plugin_that_does_not_load_is_named_where_its_command_may_be_meant():
    Path("loud.py").write_text("import nothing_of_the_kind\n")
    result = invoke("shout", "a.txt")
    assert result.exit_code == 2
    assert "plugin “loud” from" in result.stderr and "nothing_of_the_kind" in result.stderr
    assert "there is no command “shout”" in result.stderr
    assert invoke("--help").exit_code == 0


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("return [42]", "which is no command"),
        ("return [click.Command('check')]", "there is a command “check” already"),
    ],
)
def test_what_is_no_command_is_refused(body, complaint):
    Path("loud.py").write_text(
        f"import click\nfrom qualitycheck import hookimpl\n\n@hookimpl\ndef qualitycheck_commands():\n    {body}\n"
    )
    assert complaint in invoke("shout").stderr


def test_our_own_commands_import_no_plugin_and_the_version_nothing_at_all():
    code = """
import sys
sys.argv[1:] = {arguments}
from qualitycheck.cli import main
try: main()
except SystemExit: pass
print(sorted(name for name in sys.modules if name.split(".")[0] in
    ("numpy", "numba", "msgspec", "pluggy", "rapidfuzz", "jinja2") or name.startswith("qualitycheck_")))
"""
    for arguments in (["--version"], ["check", "--help"]):
        result = subprocess.run(
            [sys.executable, "-c", code.format(arguments=arguments)], capture_output=True, text=True, check=True
        )
        assert result.stdout.splitlines()[-1] == "[]"
    result = subprocess.run([sys.executable, "-c", code.format(arguments=["--help"])], capture_output=True, text=True)
    assert "numpy" not in result.stdout.splitlines()[-1] and "numba" not in result.stdout.splitlines()[-1]
