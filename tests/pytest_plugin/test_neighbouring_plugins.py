"""What the plugin costs those who do not ask for it, and how it gets on with other plugins."""

import json
import os
import subprocess
import sys

import pytest

pytest_plugins = ["pytester"]

HEAVY = {"numpy", "regex", "rich", "msgspec", "click", "ftfy", "markdown_it", "qualitycheck.api"}


def run_alone(project, *arguments, **environment):
    """Run pytest in a process of its own, with every plugin that is installed."""
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *map(str, arguments)]
    return subprocess.run(
        command, cwd=project.path, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )


SPY = """
import json, sys

def pytest_unconfigure(config):
    names = sorted(name for name in sys.modules if not name.startswith("_"))
    with open("modules.json", "w") as file:
        json.dump([names, [type(plugin).__name__ for plugin in config.pluginmanager.get_plugins()]], file)
"""


def loaded(project, *arguments):
    result = run_alone(project, *arguments)
    assert result.returncode == 0, result.stdout + result.stderr
    return json.loads((project.path / "modules.json").read_text())


def test_where_nothing_is_asked_for_nothing_is_imported(project):
    project.write("conftest.py", SPY)
    project.write("tests/test_a.py", "def test_fine(): pass\n")
    project.write("docs/page.md", "Fine.\n")
    with_it, plugins = loaded(project, "tests", "docs")
    without, _ = loaded(project, "tests", "docs", "-p", "no:qualitycheck")
    assert set(with_it) - set(without) == {"qualitycheck", "qualitycheck.pytest_plugin", "qualitycheck.version"}
    assert "Texts" not in plugins


def test_where_the_ini_file_names_texts_other_tests_import_little(project):
    project.write("conftest.py", SPY)
    project.write("tests/test_a.py", "def test_fine(): pass\n")
    project.write("docs/page.md", "Fine.\n")
    project.configure("qualitycheck_files = ['docs/**/*.md']")
    names, plugins = loaded(project, "tests")
    assert "Texts" in plugins
    without, _ = loaded(project, "tests", "-p", "no:qualitycheck")
    assert not HEAVY & (set(names) - set(without))


DOCTESTS = """
The sum of one and one:

    >>> 1 + 1
    3
"""


@pytest.fixture
def texts(project):
    project.write("docs/page.txt", DOCTESTS)
    project.write("docs/test_page.txt", DOCTESTS)
    project.write("docs/guide.md", DOCTESTS)
    project.write("tests/test_a.py", "def test_fine(): pass\n")
    return project


def collected(project, *arguments):
    return sorted(line for line in project.run("--co", "-q", *arguments).outlines if "::" in line)


@pytest.mark.parametrize(
    "arguments", [[], ["docs"], ["--doctest-glob=*.md"], ["--doctest-modules", "docs", "tests"], ["docs/page.txt"]]
)
def test_doctests_stay_what_they_are(texts, arguments):
    texts.configure("testpaths = ['docs', 'tests']")
    without = collected(texts, "-p", "no:qualitycheck", *arguments)
    assert without
    assert collected(texts, *arguments) == without
    ours = [f"docs/{name}::quality" for name in ("guide.md", "page.txt", "test_page.txt")]
    assert collected(texts, *arguments, "--qualitycheck", "docs") == sorted([*without, *ours])


def test_texts_named_for_us_are_no_doctests(texts):
    texts.configure("testpaths = ['tests']", "qualitycheck_files = ['docs']")
    texts.run().assert_outcomes(passed=4)


ASYNC = """
import asyncio
import pytest

@pytest.mark.asyncio
async def test_waits(quality):
    await asyncio.sleep(0)
    quality("All is well.")
"""


def test_asyncio(project):
    pytest.importorskip("pytest_asyncio")
    project.write("tests/test_a.py", ASYNC)
    project.write("docs/page.md", "All is odd.\n")
    project.configure("asyncio_default_fixture_loop_scope = 'function'", "asyncio_mode = 'auto'")
    result = run_alone(project, "tests", "--qualitycheck", "docs")
    assert "1 failed, 1 passed" in result.stdout, result.stdout


def test_xdist(project):
    pytest.importorskip("xdist")
    project.configure("testpaths = ['tests']", "qualitycheck_files = ['docs']")
    project.write("tests/test_a.py", "def test_fine(): pass\n")
    for number in range(6):
        project.write(f"docs/page{number}.md", "All is well.\n" if number % 2 else "All is odd.\n")
    rows = "".join(json.dumps({"id": number, "text": "well" if number else "odd"}) + "\n" for number in range(5))
    project.write("docs/rows.jsonl", rows)
    result = run_alone(project, "-n2", "--junitxml=out.xml")
    assert "4 failed, 8 passed" in result.stdout, result.stdout
    assert "FAILED docs/rows.jsonl::row-0 - 82.0 of 100: 1 error" in result.stdout
    assert "docs/page0.md:1:8 WRD001 odd-word (error)" in result.stdout
    assert "Traceback" not in result.stdout and ".py:" not in result.stdout.replace("test_a.py", "")
    assert 'message="82.0 of 100: 1 error"' in (project.path / "out.xml").read_text()
    result = run_alone(project, "-n2", "--qualitycheck", "dosc")
    assert result.returncode == 4 and "did you mean “docs”?" in result.stderr
