import subprocess

import pytest
from click.testing import CliRunner
from processes import command_line, write

from qualitycheck import __version__
from qualitycheck.cli.group import COMMANDS, qualitycheck


def invoke(*arguments):
    return CliRunner().invoke(qualitycheck, list(arguments), prog_name="qualitycheck")


def test_version():
    result = invoke("--version")
    assert (result.exit_code, result.stdout) == (0, f"qualitycheck {__version__}\n")


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_lists_every_command(option):
    result = invoke(option)
    assert result.exit_code == 0
    for name, (_, text) in COMMANDS.items():
        assert name in result.stdout and text in result.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_that_says_what_the_list_says(name):
    result = invoke(name, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Usage: qualitycheck {name} ")


def test_without_a_command_it_is_a_mistake_and_help_comes():
    result = invoke()
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Usage: qualitycheck ")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["chekc"], "there is no command “chekc”; did you mean “check”?"),
        (["words.py"], "there is no command “words.py”; to check a file, say qualitycheck check words.py"),
        (["xyzzy"], "there is no command “xyzzy”; qualitycheck --help tells more"),
        (["--vresion"], "there is no option “--vresion”; did you mean “--version”?"),
        (["rule"], "missing argument 'CODE|NAME'; qualitycheck rule --help tells more"),
        (["check", "x", "--max-size", "y"], "“y” is not a size"),
    ],
)
def test_mistakes_are_one_line(arguments, message):
    result = invoke(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert len(result.stderr.splitlines()) == 1
    assert result.stderr.startswith("qualitycheck: error: ") and message in result.stderr


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["check", "good.txt"], 0),
        (["check", "bad.txt"], 1),
        (["check", "missing.txt"], 2),
        (["check", "--output", "report.txt", "bad.txt"], 1),
        (["rules"], 0),
        (["rule", "WRD001"], 0),
        (["plugins"], 0),
    ],
)
def test_streams_that_the_caller_closed_change_no_status(closed, arguments, status):
    write(good="A text.", bad="An odd text.")
    command = subprocess.list2cmdline(command_line(*arguments))
    result = subprocess.run(["bash", "-c", f"{command} {closed}"], capture_output=True, text=True)
    assert result.returncode == status
    assert "Traceback" not in result.stderr and "NoneType" not in result.stderr


def test_a_report_is_whole_where_standard_output_is_closed(folder):
    write(bad="An odd text.")
    command = subprocess.list2cmdline(command_line("check", "--output", "report.txt", "bad.txt"))
    subprocess.run(["bash", "-c", f"{command} >&-"], check=False)
    assert "WRD001" in (folder / "report.txt").read_text(encoding="utf-8")
