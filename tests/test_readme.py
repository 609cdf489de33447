"""The README's commands and code, run as they stand."""

import re
import tomllib

import pytest
from pages import ROOT, fences, run

import qualitycheck
from qualitycheck import Runner
from qualitycheck.settings import make_settings

README = (ROOT / "README.md").read_text(encoding="utf-8")
FENCES = [(fence.language, fence.text) for fence in fences(README)]
COMMANDS = [line for language, block in FENCES if language == "sh" for line in block.splitlines()]
SETUPS = [command for command in COMMANDS if command.startswith("python3 -m venv")]
PYTHON = [block for language, block in FENCES if language == "python"]


def python_with(name):
    """The first Python block that uses a name."""
    return next(block for block in PYTHON if name in block)


@pytest.mark.parametrize("command", [command for command in COMMANDS if command not in SETUPS])
def test_command(command):
    result = run(command)
    assert result.returncode == 0, result.stderr
    assert result.stdout


def test_the_two_setup_commands_are_those_that_ci_runs():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    patterns = re.findall(r"sed -n '/(.*?)/p' README.md", script)
    assert len(SETUPS) == len(patterns) == 2
    for command in SETUPS:
        assert sum(bool(re.search(pattern, command)) for pattern in patterns) == 1


def test_the_excerpt_is_what_the_command_prints():
    excerpt = next(block for language, block in FENCES if language == "text")
    printed = run("qualitycheck check --exit-zero --isolated seeds/spun-news-item.txt").stdout
    for part in re.split(r"^\s*\[…\]\n", excerpt, flags=re.MULTILINE):
        assert part.strip("\n") in printed


def test_the_python_example_runs(tmp_path):
    example = tmp_path / "example.py"
    example.write_text(python_with("import qualitycheck\n"), encoding="utf-8")
    result = run(f"python {example}", tmp_path)
    assert result.returncode == 0, result.stderr
    assert "BRC002 {that a} ['that a']" in result.stdout
    assert "SYN004 received’t ['won’t']" in result.stdout


def test_the_plugin_example_finds_what_it_says(tmp_path):
    (tmp_path / "my_checks.py").write_text(python_with("hookimpl"), encoding="utf-8")
    (tmp_path / "text.txt").write_text("We compared it with the product of Globex.\n", encoding="utf-8")
    result = run("qualitycheck check --isolated --plugin my_checks.py --output-format concise text.txt", tmp_path)
    assert result.returncode == 0, result.stderr
    assert "text.txt:1:36: ACM001" in result.stdout


def test_the_patterns_example_finds_what_it_says(tmp_path):
    toml = next(block for language, block in FENCES if language == "toml" and "patterns]]" in block)
    (tmp_path / "pyproject.toml").write_text(toml, encoding="utf-8")
    (tmp_path / "text.txt").write_text("We utilise Globex 3, and we sold it to the ferry company.\n", encoding="utf-8")
    result = run("qualitycheck check --output-format concise text.txt", tmp_path)
    assert result.returncode == 0, result.stderr
    assert "text.txt:1:4: ACM002" in result.stdout and "text.txt:1:12: ACM001" in result.stdout


def test_the_filter_example_runs(tmp_path):
    example = tmp_path / "example.py"
    example.write_text(python_with("Filter"), encoding="utf-8")
    result = run(f"python {example}", tmp_path)
    assert result.returncode == 0, result.stderr
    assert [line.split()[:2] for line in result.stdout.splitlines()] == [["None", "accept"], ["b", "review"]]


def test_no_rule_is_missing_from_the_table():
    codes = set(re.findall(r"^([A-Z]{3}\d{3})\t", run("qualitycheck rules").stdout, re.MULTILINE))
    assert codes
    named = set()
    for family, first, last in re.findall(r"\b([A-Z]{3})(\d{3}) to (\d{3})", README):
        named |= {f"{family}{number:03}" for number in range(int(first), int(last) + 1)}
    named |= set(re.findall(r"\b[A-Z]{3}\d{3}\b", README))
    assert codes <= named


def test_the_pytest_examples_pass_and_take_up_texts(tmp_path):
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_texts.py").write_text(python_with("assert_quality"), encoding="utf-8")
    toml = next(block for language, block in FENCES if language == "toml" and "qualitycheck_files" in block)
    (tmp_path / "pyproject.toml").write_text(toml, encoding="utf-8")
    for name, text in {
        "docs/guide.md": "The ferry leaves at six.\n",
        "README.md": "The ferry {that a} leaves.\n",
        "data/prompts.jsonl": '{"id": "a", "text": "Say when the ferry leaves."}\n',
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert "5 passed" in run("python -m pytest", tmp_path).stdout
    assert "1 passed" in run("python -m pytest docs/guide.md::quality", tmp_path).stdout
    command = next(block for _, block in FENCES if block.startswith("$ pytest")).removeprefix("$ ")
    printed = run(f"python -m {command}", tmp_path).stdout
    assert "1 failed, 5 passed" in printed and "README.md:1:11 BRC002" in printed


def test_every_option_and_setting_of_the_pytest_plugin_is_named(tmp_path):
    printed = run("python -m pytest --help", tmp_path).stdout
    names = set(re.findall(r"^ +(--qualitycheck[\w-]*|qualitycheck_\w+)", printed, re.MULTILINE))
    assert len(names) >= 12
    assert names <= set(re.findall(r"--qualitycheck[\w-]*|qualitycheck_\w+", README))


def test_the_examples_of_settings_are_valid():
    tables = [tomllib.loads(block) for language, block in FENCES if language == "toml"]
    own = [table for table in tables if "tool" not in table]
    assert len(own) >= 2
    for settings in own:
        assert Runner(make_settings(settings)).check("A short text.").errors == ()


def test_the_example_of_options_runs(tmp_path):
    hook = "\n\nfrom qualitycheck import hookimpl\n\n"
    hook += "@hookimpl\ndef qualitycheck_checks(settings): return [Competitors()]\n"
    (tmp_path / "my_checks.py").write_text(python_with("Options") + hook, encoding="utf-8")
    (tmp_path / "text.txt").write_text("We compared it with the product of Initech.\n", encoding="utf-8")
    (tmp_path / "qualitycheck.toml").write_text('[checks.competitors]\nproducts = ["Initech"]\n', encoding="utf-8")
    result = run("qualitycheck check --plugin my_checks.py --output-format concise text.txt", tmp_path)
    assert "text.txt:1:36: ACM001" in result.stdout, result.stderr


def test_the_example_of_explain_is_what_it_prints():
    block = next(block for language, block in FENCES if block.startswith("$ qualitycheck explain"))
    command, *shown = block.splitlines()
    printed = run(f"{command.removeprefix('$ ')} --isolated").stdout.splitlines()
    # The numbers are those of a model, which learns.
    words = [line for line in shown if not re.search(r"\d|…\]", line)]
    assert len(words) >= 6
    assert [line for line in printed if line in words] == words


def test_the_example_of_a_check_that_explains_itself_does():
    names = {}
    exec(python_with("Explanation"), names)
    document = qualitycheck.Document("It is anticonstitutionnellements.")
    check = names["LongWords"]()
    (finding,) = check.inspect(document)
    assert check.explain(document, finding).tables[0].rows[0].value == 26
    assert not check.explain(document)
