import json
import re
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import jsonschema
import pytest
from processes import INSTALLED, command_line, on_a_terminal, write

SCHEMA = json.loads(Path(__file__, "../../../qualitycheck/schema/report-1.schema.json").resolve().read_text())


def lines(text):
    return text.splitlines()


# Exit status


@pytest.mark.parametrize(
    ("text", "options", "status"),
    [
        ("Fine as it is.", [], 0),
        ("plain", [], 0),
        ("dull", [], 0),
        ("odd", [], 1),
        ("plain", ["--fail-on", "info"], 1),
        ("plain", ["--fail-on", "warning"], 0),
        ("dull", ["--fail-on", "warning"], 1),
        ("odd", ["--fail-on", "never"], 0),
        ("odd", ["--exit-zero"], 0),
        ("dull dull dull dull dull", [], 1),  # rejected
        ("dull dull dull dull dull", ["--fail-on", "never"], 0),
        ("dull", ["--min-score", "82.1"], 1),
        ("dull", ["--min-score", "81.9"], 0),
        ("odd", ["--fail-on", "never", "--min-score", "82.1"], 1),
        ("odd", ["--ignore", "WRD001"], 0),
        ("odd", ["--select", "WRD002"], 0),
        ("BOOM", [], 2),
        ("BOOM", ["--exit-zero"], 2),
        ("BOOM", ["--fail-on", "never"], 2),
    ],
)
def test_exit_status(run, text, options, status):
    write(a=text)
    assert run("check", "a.txt", *options).exit_code == status


def test_never_a_count(run):
    write(a="odd " * 300, b="odd " * 300)
    assert run("check", "a.txt", "b.txt").exit_code == 1


def test_an_unreadable_input_outranks_findings_and_the_rest_is_checked(run):
    write(a="odd", b="odd")
    result = run("check", "a.txt", "missing.txt", "b.txt", "--output-format", "json", "--exit-zero")
    assert result.exit_code == 2
    report = json.loads(result.stdout)
    assert [document["path"] for document in report["documents"]] == ["a.txt", "b.txt"]
    assert len(report["errors"]) == 1 and "missing.txt" in report["errors"][0]
    assert re.fullmatch(r"qualitycheck: error: .*missing\.txt.*\n", result.stderr)


def test_nothing_to_check_is_an_error(run, folder):
    (folder / "empty").mkdir()
    result = run("check", "empty")
    assert result.exit_code == 2
    assert len(lines(result.stderr)) == 1 and result.stderr.startswith("qualitycheck: error: ")


def test_a_crash_is_one_line_and_the_rest_is_checked(run):
    write(a="BOOM", b="BOOM", c="odd")
    result = run("check", "a.txt", "b.txt", "c.txt", "--output-format", "concise")
    assert result.exit_code == 2
    assert "c.txt:1:1: WRD001 An odd word." in result.stdout
    assert lines(result.stderr) == [
        "qualitycheck: error: check “words” crashed on a.txt: ValueError: the fuse blew (words.py:26)"
        " (the first of 2 crashes; the report has all)"
    ]


def test_a_check_that_cannot_tell_its_versions_costs_nothing_else(run, folder):
    (folder / "model.py").write_text("""
from qualitycheck import Check, Rule, hookimpl

class Model(Check):
    rules = [Rule("MOD001", "model", "A model.")]
    def setup(self): raise OSError("no model")
    def versions(self): raise OSError("no model")

@hookimpl
def qualitycheck_checks(settings): return [Model()]
""")
    write(a="odd")
    result = run("check", "a.txt", "--plugin", "model.py", "--output-format", "json")
    assert result.exit_code == 2
    (document,) = json.loads(result.stdout)["documents"]
    assert [finding["code"] for finding in document["findings"]] == ["WRD001"]
    assert document["checks"]["model"]["reason"] == "setup failed: OSError: no model (model.py:6)"


@pytest.mark.parametrize(
    ("plugin", "reason"),
    [("missing.py", "there is no such file"), ("broken.py", "ZeroDivisionError: division by zero (broken.py:1)")],
)
def test_a_plugin_that_does_not_load(run, folder, plugin, reason):
    write(a="odd")
    (folder / "broken.py").write_text("1 / 0")
    result = run("check", "a.txt", "--plugin", plugin, "--output-format", "json")
    assert result.exit_code == 2
    message = f"plugin “{plugin[:-3]}” from {plugin} does not load: {reason}"
    assert result.stderr == f"qualitycheck: error: {message}\n"
    report = json.loads(result.stdout)
    assert report["errors"] == [message] and len(report["documents"][0]["findings"]) == 1


def test_an_unknown_rule_may_be_that_of_a_plugin_that_does_not_load(run):
    result = run("check", "a.txt", "--plugin", "acme.py", "--select", "ACM001")
    assert result.exit_code == 2
    assert lines(result.stderr) == [
        "qualitycheck: error: plugin “acme” from acme.py does not load: there is no such file",
        "qualitycheck: error: unknown rule “ACM001”",
    ]


# Usage and settings


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "no path given: name files or folders, or - for standard input"),
        (["a.txt", "--output-format", "jsn"], "unknown output format “jsn”; did you mean “json”?"),
        (["a.txt", "--output-format", "xyzzy"], "unknown output format “xyzzy”: there are full, concise, json, jsonl"),
        (["a.txt", "--select", "WDR001"], "unknown rule “WDR001”; did you mean “WRD001”?"),
        (["a.txt", "--ignore", "odd-wrod"], "unknown rule “odd-wrod”; did you mean “odd-word”?"),
        (["a.txt", "--outptu", "x"], "there is no option “--outptu”; did you mean “--output”?"),
        (["a.txt", "--fail-on", "fatal"], "fatal"),
        (["a.txt", "--min-score", "101"], "101"),
        (["a.txt", "--max-size", "big"], "“big” is not a size; write for example 50MB, 1GiB or 1000"),
        (["a.txt", "--encoding", "utf-9"], "encoding “utf-9” is not known"),
        (["a.txt", "--config", "missing.toml"], "missing.toml"),
        (["a.txt", "--config", "bad.toml"], "bad.toml: unknown setting “fail-onn”; did you mean “fail-on”?"),
        (["a.txt", "--config", "bad.toml", "--isolated"], "--config and --isolated exclude each other"),
        (["a.txt", "--output", "missing/report"], "--output missing/report: cannot be written"),
    ],
)
def test_mistakes_are_one_line(run, folder, arguments, message):
    write(a="odd")
    (folder / "bad.toml").write_text('fail-onn = "error"\n')
    result = run("check", *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(lines(result.stderr)) == 1
    assert result.stderr.startswith("qualitycheck: error: ") and message in result.stderr


def test_the_command_line_beats_the_settings_file(run, folder):
    write(a="odd dull plain")
    (folder / "qualitycheck.toml").write_text('select = ["WRD001"]\nfail-on = "never"\n')

    def codes(*options):
        result = run("check", "a.txt", "--output-format", "json", *options)
        return result.exit_code, [f["code"] for f in json.loads(result.stdout)["documents"][0]["findings"]]

    assert codes() == (0, ["WRD001"])
    assert codes("--fail-on", "error") == (1, ["WRD001"])
    assert codes("--select", "dull-word,WRD003", "--select", "WRD001") == (0, ["WRD001", "WRD002", "WRD003"])
    assert codes("--isolated") == (1, ["WRD001", "WRD002", "WRD003"])
    (folder / "other.toml").write_text('ignore = ["WRD001"]\n')
    assert codes("--config", "other.toml") == (0, ["WRD002", "WRD003"])


def test_settings_can_be_shown_and_read_again(run, folder):
    (folder / "weights.toml").write_text("[weights]\nwords = 0.5\n")
    options = ["--select", "WRD,x", "--max-size", "1MB", "--min-score", "50", "--config", "weights.toml"]
    result = run("check", "--show-settings", *options)
    assert result.exit_code == 0
    shown = tomllib.loads(result.stdout)
    assert (shown["select"], shown["max-size"], shown["min-score"]) == (["WRD", "x"], 1_000_000, 50.0)
    assert shown["weights"] == {"words": 0.5}
    (folder / "qualitycheck.toml").write_text(result.stdout)
    again = tomllib.loads(run("check", "--show-settings", plugin=None).stdout)
    assert again.pop("plugins") == [str(folder / name) for name in shown.pop("plugins")]
    assert again.pop("block") == 2 * shown.pop("block")
    assert again == shown


def test_a_blocked_plugin_is_not_loaded(run):
    write(a="odd")
    assert run("check", "a.txt", "--block", "words").exit_code == 0
    assert run("check", "a.txt", "-p", "no:words").exit_code == 0
    unknown = run("check", "a.txt", "-p", "no:wrds")
    assert unknown.exit_code == 2 and "unknown plugin “wrds”; did you mean “words”?" in unknown.stderr


# Output


def test_standard_input_has_a_name(run):
    result = run("check", "-", "--stdin-filename", "essay.txt", "--output-format", "concise", input="It is odd.")
    assert result.stdout.startswith("essay.txt:1:7: WRD001 ")


def test_json_and_jsonl_fit_the_schema(run):
    write(a="odd and plain", b="BOOM", c="")
    paths = ["a.txt", "b.txt", "c.txt", "missing.txt"]
    report = json.loads(run("check", *paths, "--output-format", "json").stdout)
    validator = jsonschema.Draft202012Validator(SCHEMA)
    validator.validate(report)
    documents = [json.loads(line) for line in lines(run("check", *paths, "--output-format", "jsonl").stdout)]
    assert documents == report["documents"]
    for document in documents:
        validator.evolve(schema={"$ref": "#/$defs/document", "$defs": SCHEMA["$defs"]}).validate(document)


def test_output_goes_to_a_file(run):
    write(a="odd")
    result = run("check", "a.txt", "--output", "report.json", "--output-format", "json")
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", "")
    assert json.loads(Path("report.json").read_text())["summary"]["documents"] == 1


def test_quiet_and_statistics(run):
    write(a="odd odd", b="dull")
    shown = run("check", "a.txt", "b.txt", "-q", "--statistics").stdout
    assert "a.txt:1" not in shown
    assert "       2          1  error     WRD001  odd-word\n" in shown
    assert shown.endswith("Learn more: qualitycheck rule WRD001\n            qualitycheck explain a.txt\n")


def test_color_on_request(run):
    write(a="odd")
    assert "\x1b[" not in run("check", "a.txt").stdout
    assert "\x1b[1;31m" in run("check", "a.txt", "--color", "always").stdout
    assert "\x1b[1;31m" in run("check", "a.txt", env={"FORCE_COLOR": "1"}).stdout
    assert "\x1b[" not in run("check", "a.txt", "--color", "never", env={"FORCE_COLOR": "1"}).stdout


def test_a_plugins_reporter(run, folder):
    (folder / "count.py").write_text("""
from qualitycheck import hookimpl
from qualitycheck.reporters import Reporter

class Count(Reporter):
    name = "count"
    def document(self, document, report): pass
    def finish(self, report): self.stream.write(f"{len(report.documents)} done\\n")

@hookimpl
def qualitycheck_reporters(settings): return [Count]
""")
    write(a="odd", b="odd")
    assert run("check", "a.txt", "b.txt", "--plugin", "count.py", "--output-format", "count").stdout == "2 done\n"
    assert "did you mean “count”?" in run("check", "a.txt", "--plugin", "count.py", "--output-format", "coun").stderr


def test_a_reporter_that_crashes_is_named_in_one_line(run, folder):
    (folder / "bad.py").write_text("""
from qualitycheck import hookimpl
from qualitycheck.reporters import Reporter

class Bad(Reporter):
    name = "bad"
    def document(self, document, report): raise RuntimeError("out of\\nink")

@hookimpl
def qualitycheck_reporters(settings): return [Bad]
""")
    write(a="odd")
    result = run("check", "a.txt", "--plugin", "bad.py", "--output-format", "bad")
    assert result.exit_code == 2
    assert result.stderr == (
        "qualitycheck: error: reporter “bad” of plugin “bad” failed: RuntimeError: out of ink (bad.py:7)\n"
    )


def test_an_error_that_nobody_foresaw_is_one_line(run, folder, monkeypatch):
    def broken(*arguments):
        raise RuntimeError("out of\nink")

    write(a="odd")
    monkeypatch.setattr("qualitycheck.runner.Runner.run", broken)
    result = run("check", "a.txt")
    assert result.exit_code == 2
    assert result.stderr == "qualitycheck: error: RuntimeError: out of ink; --debug shows the traceback\n"


def test_hostile_names_are_harmless_on_standard_error(run):
    result = run("check", "evil\x1b[2J\u202e.txt")
    assert "evil\\x1b[2J\\u202e.txt" in result.stderr and "\x1b" not in result.stderr


# Processes


def test_debug_shows_the_traceback_of_a_crash():
    write(a="BOOM")
    quiet = subprocess.run(command_line("check", "a.txt"), capture_output=True, text=True)
    loud = subprocess.run(command_line("check", "a.txt", "--debug"), capture_output=True, text=True)
    assert quiet.returncode == loud.returncode == 2
    assert "Traceback" not in quiet.stderr
    assert "Traceback" in loud.stderr and 'raise ValueError("the fuse blew")' in loud.stderr
    assert lines(loud.stderr)[-1] == lines(quiet.stderr)[-1]


def test_debug_shows_the_traceback_of_a_mistake_and_keeps_the_status():
    write(a="odd")
    command = command_line("check", "a.txt", "--select", "XYZ", "--debug")
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 2
    assert "Traceback" in result.stderr and lines(result.stderr)[-1].startswith("qualitycheck: error: unknown rule")


def test_the_report_goes_to_standard_output_and_all_else_to_standard_error():
    write(a="odd")
    command = command_line("check", "a.txt", "missing.txt", "--output-format", "jsonl")
    result = subprocess.run(command, capture_output=True, text=True)
    assert [json.loads(line)["path"] for line in lines(result.stdout)] == ["a.txt"]
    assert len(lines(result.stderr)) == 1


def test_a_reader_that_goes_away_ends_it_quietly():
    write(**{f"a{number}": "odd " * 5000 for number in range(10, 30)})
    process = subprocess.Popen(
        command_line("check", ".", "--output-format", "concise"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline().startswith("a10.txt:1:1: WRD001")
    process.stdout.close()
    assert process.stderr.read() == ""
    assert process.wait() == 141


def test_a_reader_that_is_gone_before_the_first_line():
    write(a="odd")
    command = subprocess.list2cmdline(command_line("check", "a.txt"))
    result = subprocess.run(["bash", "-c", f"({command}; echo $? >&2) | true"], capture_output=True, text=True)
    assert result.stderr == "141\n"


def test_interrupting_gives_130_and_one_line():
    write(a="SLEEP")
    process = subprocess.Popen(
        command_line("check", "a.txt", "--output", "report.txt"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "asleep\n"
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) == 130
    assert process.stderr.read() == "qualitycheck: interrupted\n"
    assert not Path("report.txt").exists() and len(list(Path().iterdir())) == 2


def test_a_stream_that_cannot_encode_unicode():
    write(a="“odd” 漢")
    for shape in ("full", "concise", "json", "jsonl"):
        result = subprocess.run(
            command_line("check", "a.txt", "--output-format", shape),
            capture_output=True,
            env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "PATH": ""},
        )
        assert result.returncode == 1, result.stderr
        assert result.stdout.isascii() and b"WRD001" in result.stdout
        assert result.stderr == b""


def test_color_is_for_terminals():
    write(a="odd")
    status, shown = on_a_terminal(command_line("check", "a.txt"))
    assert status == 1
    assert "\x1b[1;35mWRD001 odd-word\x1b[0m" in shown
    assert "\x1b" not in on_a_terminal(command_line("check", "a.txt"), NO_COLOR="1")[1]


def test_progress_is_shown_after_a_second_and_only_on_a_terminal(folder):
    (folder / "slow.py").write_text("""
import time
from qualitycheck import Check, Rule, hookimpl

class Slow(Check):
    rules = [Rule("SLO001", "slow", "Slow.")]
    def inspect(self, document):
        time.sleep(0.02)
        return []

@hookimpl
def qualitycheck_checks(settings): return [Slow()]
""")
    write(**{f"a{number}": "Fine." for number in range(140)})
    command = command_line("check", "-q", "--plugin", "slow.py", ".")
    status, shown = on_a_terminal(command)
    assert status == 0
    assert "documents checked" in shown
    result = subprocess.run(command, capture_output=True, text=True)
    assert (result.returncode, result.stderr) == (0, "")
    _, quick = on_a_terminal(command_line("check", "-q", "a1.txt"))
    assert "documents checked" not in quick


# Start-up


def test_the_version_needs_next_to_nothing():
    code = """
import sys
sys.argv = ["qualitycheck", "--version"]
from qualitycheck.cli import main
try:
    main()
except SystemExit as end:
    assert end.code == 0
print(*sorted({name.split(".")[0] for name in sys.modules}))
"""
    shown, modules = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert re.fullmatch(r"qualitycheck \d+\.\d+\.\d+\S*", shown)
    heavy = {"numpy", "rich", "regex", "msgspec", "pluggy", "ftfy", "wordfreq", "importlib_metadata"}
    assert not heavy & set(modules.split())


def test_the_version_takes_less_than_a_third_of_a_second_of_computing():
    resource = pytest.importorskip("resource")
    times = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "qualitycheck", "--version"], check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(times) < 0.3


def test_blocking_everything_says_that_nothing_was_looked_for(run):
    write(a="odd")
    assert INSTALLED
    result = run("check", "a.txt", plugin=None)
    assert "no checks: no plugin brings one" in result.stdout
