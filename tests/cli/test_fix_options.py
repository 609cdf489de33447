import json
import subprocess
from pathlib import Path

import pytest
from processes import command_line, on_a_terminal

PLUGIN = """
from qualitycheck import Check, Fix, Rule, Severity, hookimpl

class Words(Check):
    rules = (
        Rule("WRD001", "odd-word", "An odd word.", Severity.ERROR, fix=Fix.SAFE),
        Rule("WRD002", "dull-word", "A dull word.", Severity.ERROR, fix=Fix.UNSAFE),
        Rule("WRD003", "plain-word", "A plain word.", Severity.ERROR),
    )

    def inspect(self, document):
        for code, word, other in (("WRD001", "odd", "even"), ("WRD002", "dull", "“bright”"), ("WRD003", "plain", "x")):
            for match in document.finditer(word):
                yield self.finding(code, match.span(), suggestions=[other])

@hookimpl
def qualitycheck_checks(settings):
    return [Words()]
"""


@pytest.fixture(autouse=True)
def plugin(folder):
    (folder / "words.py").write_text(PLUGIN)


def write(name, text, encoding="utf-8"):
    Path(name).write_bytes(text.encode(encoding))


def read(name, encoding="utf-8"):
    return Path(name).read_bytes().decode(encoding)


def test_fix_changes_files_and_what_is_left_still_fails(run):
    write("a.txt", "odd\r\nand dull\r\n")
    write("b.md", "`odd` and **odd**\n")
    write("c.txt", "fine")
    result = run("check", ".", "--fix", "--output-format", "concise")
    assert (read("a.txt"), read("b.md")) == ("even\r\nand dull\r\n", "`odd` and **even**\n")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[0].startswith("a.txt:2:5: WRD002")
    assert (
        result.stderr == "qualitycheck: fixed 2 findings in 2 documents: 2 WRD001; --unsafe-fixes would take 1 more\n"
    )
    result = run("check", ".", "--fix", "--unsafe-fixes", "--output-format", "json")
    assert read("a.txt") == "even\r\nand “bright”\r\n"
    assert (result.exit_code, result.stderr) == (0, "qualitycheck: fixed 1 finding in 1 document: 1 WRD002\n")
    first = json.loads(result.stdout)["documents"][0]
    assert (first["findings"], first["notes"], first["score"]) == ([], ["fixed: 1 WRD002"], 100)
    assert run("check", ".", "--fix").stderr == "qualitycheck: nothing to fix\n"


def test_diff_shows_what_fix_would_do_and_changes_nothing(run):
    write("a.txt", "one\nodd\nthree")
    result = run("check", "a.txt", "--diff")
    assert result.stdout == (
        "--- a.txt\n+++ a.txt\n@@ -1,3 +1,3 @@\n one\n-odd\n+even\n three\n\\ No newline at end of file\n"
    )
    assert result.stderr == "qualitycheck: would fix 1 finding in 1 document: 1 WRD001\n"
    assert result.exit_code == 1
    assert read("a.txt") == "one\nodd\nthree"
    assert run("check", "a.txt", "--diff", "--fix").stdout == result.stdout
    assert read("a.txt") == "one\nodd\nthree"


def test_the_diff_of_nothing_is_nothing(run):
    write("a.txt", "fine and plain")
    result = run("check", "a.txt", "--diff")
    assert (result.stdout, result.stderr, result.exit_code) == ("", "qualitycheck: nothing to fix\n", 1)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("utf-8", "\ufeffé odd\r\nodd \x1b[2J\n"), ("latin-1", "é odd\r\n\x85 odd"), ("utf-8", "a\rodd\rb\n\nodd")],
)
def test_patch_makes_of_a_diff_what_fix_would(run, encoding, text):
    write("a.txt", text, encoding)
    run("check", "a.txt", "--diff", "--encoding", encoding, "--output", "a.diff")
    subprocess.run(["patch", "-p0", "--binary", "-s", "-i", "a.diff"], check=True)
    patched = Path("a.txt").read_bytes()
    write("a.txt", text, encoding)
    run("check", "a.txt", "--fix", "--encoding", encoding)
    assert Path("a.txt").read_bytes() == patched == text.replace("odd", "even").encode(encoding)


def test_a_diff_of_a_wide_encoding_is_in_utf_8(run):
    write("a.txt", "é odd\n", "utf-16")
    assert "+é even\n" in run("check", "a.txt", "--diff", "--encoding", "utf-16").stdout
    run("check", "a.txt", "--fix", "--encoding", "utf-16")
    assert Path("a.txt").read_bytes() == "é even\n".encode("utf-16")


def test_what_an_encoding_cannot_write_is_left_and_fails(run):
    write("a.txt", "odd dull", "latin-1")
    result = run("check", "a.txt", "--fix", "--unsafe-fixes", "--encoding", "latin-1")
    assert (read("a.txt", "latin-1"), result.exit_code) == ("even dull", 1)


def test_standard_input_can_be_shown_but_not_fixed(run):
    result = run("check", "-", "--diff", "--stdin-filename", "a.md", input="`odd` odd\n")
    assert result.stdout.splitlines()[-2:] == ["-`odd` odd", "+`odd` even"]


def test_a_terminal_gets_harmless_lines():
    write("a\x1b.txt", "odd \x1b[2J \u202e\n")
    status, output = on_a_terminal(command_line("check", ".", "--diff", "--color", "never"))
    assert status == 1
    assert "+even \\x1b[2J \\u202e\n" in output and "\x1b" not in output


def test_a_file_that_cannot_be_written_is_an_error_and_the_rest_is_fixed(run, folder):
    (folder / "mirror.py").write_text("""
from pathlib import Path
from qualitycheck import hookimpl

class Mirror:
    name = "mirror"
    suffixes = (".mir",)
    def prose(self, text):
        Path("a.mir").write_text("changed meanwhile")
        return text

@hookimpl
def qualitycheck_readers(settings): return [Mirror()]
""")
    write("a.mir", "odd")
    write("b.txt", "odd")
    result = run("check", "a.mir", "b.txt", "--fix", "--plugin", "mirror.py", "--output-format", "json")
    assert result.exit_code == 2
    message = "a.mir: not fixed: the file does not hold what was checked; has it changed meanwhile?"
    assert json.loads(result.stdout)["errors"] == [message]
    assert result.stderr.splitlines()[0] == f"qualitycheck: error: {message}"
    assert (read("a.mir"), read("b.txt")) == ("changed meanwhile", "even")
    assert [document["findings"] == [] for document in json.loads(result.stdout)["documents"]] == [False, True]


def test_fixes_that_come_to_no_end_are_told(run, folder):
    (folder / "words.py").write_text(PLUGIN.replace('"odd", "even"', '"odd", "odd odd"'))
    write("a.txt", "odd")
    result = run("check", "a.txt", "--fix")
    assert "note: not fixed: the fixes of WRD001 come to no end" in result.stdout
    assert (read("a.txt"), result.exit_code) == ("odd", 1)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--unsafe-fixes"], "--unsafe-fixes needs --fix, or --diff to see first what it would do"),
        (["--fix", "--write-baseline", "b.json"], "--write-baseline excludes --baseline, --fix and --diff"),
        (["--diff", "--write-baseline", "b.json"], "--write-baseline excludes --baseline, --fix and --diff"),
        (["--fix", "-"], "--fix changes files, and standard input is none; --diff shows what it would do"),
    ],
)
def test_mistakes_are_one_line(run, arguments, message):
    write("a.txt", "odd")
    result = run("check", "a.txt", *arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"qualitycheck: error: {message}")
    assert result.stderr.count("\n") == 1
    assert read("a.txt") == "odd"
