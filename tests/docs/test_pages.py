"""The pages of the site: their commands are held against the command line, their code is run, their links lead on."""

import re
import shutil
import tomllib

import click
import pytest
from pages import PAGES, ROOT, commands, fences, parse, run

from _generate import pages as reference
from qualitycheck import Document, Runner, Settings
from qualitycheck.readers import read_text
from qualitycheck.settings import make_settings

OTHERS = [
    ROOT / name for name in ("README.md", "benchmarks/README.md", "examples/README.md", "examples/german/README.md")
]
HERE = {path.relative_to(ROOT).as_posix(): fences(path.read_text(encoding="utf-8")) for path in [*PAGES, *OTHERS]}
PAGE_NAMES = [name for name in HERE if HERE[name]]
PLUGINS = {fence.caption: fence.text for fence in HERE["docs/plugins.md"] if fence.caption}


def blocks(language):
    return [
        pytest.param(fence.text, id=f"{name}:{number}")
        for name in HERE
        for number, fence in enumerate(HERE[name])
        if fence.language == language
    ]


@pytest.mark.parametrize("name", PAGE_NAMES)
def test_every_command_is_one_that_there_is(name):
    for fence in HERE[name]:
        for command in commands(fence):
            try:
                parse(command)
            except click.ClickException as error:
                pytest.fail(f"{command}: {error.message}")


@pytest.mark.parametrize(
    "command",
    [
        "qualitycheck chekc a.txt",
        "qualitycheck check --no-such-option a.txt",
        "cat a.txt | qualitycheck filter - --outptu x",
        "qualitycheck check --fail-on nothing a.txt",
        "qualitycheck rules && qualitycheck rule --config",
    ],
)
def test_a_command_that_there_is_not_is_noticed(command):
    with pytest.raises(click.ClickException):
        parse(command)


def test_commands_are_found_wherever_they_stand():
    assert parse("qualitycheck filter a --where \"score >= 60\" | head -n 1; qualitycheck rule 'SYN001'") == 2
    assert parse("pip install qualitycheck") == 0
    assert sum(parse(command) for name in HERE for fence in HERE[name] for command in commands(fence)) >= 15


def test_the_commands_of_the_filter_run(tmp_path):
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    lines = [line for fence in HERE["docs/filter.md"] if fence.language == "sh" for line in fence.text.splitlines()]
    # Folders that are there already, and seeds that have not changed: what was done before is not done again.
    result = run(f"set -e\n{chr(10).join(lines)}", tmp_path)
    assert result.returncode == 0, result.stderr
    for part in ('"verdict"', "spun-news-item", "reject-below"):
        assert part in result.stdout


@pytest.mark.parametrize("text", blocks("python"))
def test_python_compiles(text):
    compile(text, "page", "exec")


@pytest.mark.parametrize("text", blocks("toml"))
def test_settings_are_valid(text, tmp_path):
    table = tomllib.loads(text)
    if {"rule", "tool", "project", "language-server"} & table.keys():
        return  # cases of a rule, pytest's own settings, and an editor's
    settings = make_settings({**table, "plugins": [], "lexicons": []})
    known = {check.name for check in Runner().plugins.checks}
    Runner(Settings(patterns=settings.patterns), entry_points=False)
    assert set(settings.checks) <= {*known, "competitors"}


@pytest.mark.parametrize("path", [*PAGES, *OTHERS], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(path):
    made = {f"reference/{name}" for name in reference()}
    for target in re.findall(r"\]\((?!https?:)([^)#]+)(?:#[\w.-]+)?\)", path.read_text(encoding="utf-8")):
        whole = (path.parent / target).resolve()
        name = whole.relative_to(ROOT / "docs").as_posix() if whole.is_relative_to(ROOT / "docs") else ""
        assert whole.is_file() or name in made, f"{path.name}: {target}"


def plugin(name, tmp_path, **settings):
    """A runner with a plugin of the page, and the settings given."""
    path = tmp_path / name
    path.write_text(PLUGINS[name], encoding="utf-8")
    runner = Runner(make_settings({"plugins": [str(path)], **settings}), entry_points=False)
    assert not runner.plugins.failed, runner.plugins.failed
    return runner


def test_every_plugin_of_the_page_is_tried_here():
    source = (ROOT / "tests" / "docs" / "test_pages.py").read_text(encoding="utf-8")
    assert [name for name in PLUGINS if name.endswith(".py") and f'plugin("{name}"' not in source] == []


def test_the_plugin_with_options(tmp_path):
    options = tomllib.loads(PLUGINS["qualitycheck.toml"])["checks"]
    report = plugin("competitors.py", tmp_path, checks=options).check("We compared it with Initech's.")
    assert [(each.text, each.confidence) for each in report.findings] == [("Initech", 0.9)]


def test_the_check_that_measures(tmp_path):
    runner = plugin("shouting.py", tmp_path)
    report = runner.check("THE FERRY LEAVES AT SIX and all of it is in the paper. " + "WE SAY IT AGAIN. " * 20)
    assert [each.code for each in report.findings] == ["SHT001"]
    assert 50 < report.score < 80
    assert runner.check("the ferry leaves at six. " * 20).score == 100


def test_the_plugin_that_prepares(tmp_path):
    runner = plugin("our_files.py", tmp_path)
    text = "> He said so.\nThe ferry <% {a|b} %> leaves.\n"
    prepared = runner.prepared(Document(text))
    assert "{" not in prepared.prose and len(prepared.prose) == len(text)
    assert prepared.in_quotation(2, 5) and prepared.metadata == {"template": True}
    plain = Document("Nothing of that.")
    assert runner.prepared(plain) is plain


def test_the_reader(tmp_path):
    document = read_text("1\n00:01,5 --> 00:02\nThe ferry.\n", "subtitles", plugin("subtitles.py", tmp_path).plugins)
    assert document.prose.split() == ["The", "ferry."]


def test_the_reporter(tmp_path):
    plugin("scores.py", tmp_path)
    (tmp_path / "a.txt").write_text("The ferry leaves at six.\n")
    result = run("qualitycheck check --isolated --plugin scores.py --output-format scores a.txt", tmp_path)
    assert result.stdout == " 100.0 a.txt\n"


def test_the_verdict(tmp_path):
    runner = plugin("short_texts.py", tmp_path)
    assert runner.check("Too short.").verdict == "review"
    assert runner.check("This one is long enough for it.").verdict == "accept"


def test_the_command(tmp_path):
    plugin("count_words.py", tmp_path)
    (tmp_path / "qualitycheck.toml").write_text('plugins = ["count_words.py"]\n')
    (tmp_path / "a.txt").write_text("The ferry leaves at six.\n")
    assert run("qualitycheck count-words a.txt", tmp_path).stdout == "5\n"


def test_the_patterns_and_the_lists(tmp_path):
    patterns = Runner(make_settings(tomllib.loads(PLUGINS["patterns.toml"])), entry_points=False)
    assert [each.text for each in patterns.check("In order to beat Globex 3.").findings] == ["In order to", "Globex 3"]
    (tmp_path / "mine.tsv").write_text(PLUGINS["mine.tsv"], encoding="utf-8")
    assert "harborage" in PLUGINS["mine.tsv"] and "\t" in PLUGINS["mine.tsv"]
    settings = tomllib.loads(PLUGINS["everywhere.toml"])
    settings["lexicons"] = [str(tmp_path / "mine.tsv")]
    report = Runner(make_settings({**settings, "select": ["SYN"]})).check("The ferry lay in the harborage all day.")
    assert [each.text for each in report.findings] == ["harborage"]


def test_the_names_of_the_pytest_plugin_are_on_its_page(tmp_path):
    printed = run("python -m pytest --help", tmp_path).stdout
    names = set(re.findall(r"^ +(--qualitycheck[\w-]*|qualitycheck_\w+)", printed, re.MULTILINE))
    page = (ROOT / "docs" / "pytest.md").read_text(encoding="utf-8")
    assert len(names) >= 12
    assert names == set(re.findall(r"--qualitycheck[\w-]*|qualitycheck_\w+", page))


def test_the_examples_for_pytest_pass(tmp_path):
    source = "\n\n".join(fence.text for fence in HERE["docs/pytest.md"] if fence.language == "python")
    (tmp_path / "test_texts.py").write_text(source, encoding="utf-8")
    result = run("python -m pytest -q -p no:cacheprovider test_texts.py", tmp_path)
    assert "4 passed" in result.stdout, result.stdout + result.stderr
