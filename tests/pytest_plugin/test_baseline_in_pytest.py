import json
import subprocess
import sys

import pytest

from qualitycheck import api

pytest_plugins = ["pytester"]

NEWS = "The mayor was odd. He spoke at length about the ferry. Nobody else was there.\n"


@pytest.fixture
def docs(project, monkeypatch):
    """A project with a text that is not good, and a baseline that accepts what is wrong with it."""
    project.write("docs/news.md", NEWS)
    project.write("rows.jsonl", json.dumps({"id": "a", "text": NEWS}) + "\n")
    project.configure("qualitycheck_files = ['docs']")
    command = [sys.executable, "-m", "qualitycheck", "check", "--write-baseline", "accepted.json", "docs"]
    result = subprocess.run(command, cwd=project.path, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr

    def run(*arguments):
        monkeypatch.setattr(api, "_runners", {})  # a run in a process of its own reads the file anew
        return project.run(*arguments)

    project.judge = run
    return project


@pytest.mark.parametrize("way", ["ini", "option", "project"])
def test_what_the_baseline_accepts_passes_and_what_is_new_fails(docs, way):
    ini = ["qualitycheck_baseline = 'accepted.json'"] if way == "ini" else []
    docs.configure("qualitycheck_files = ['docs']", *ini, **({"baseline": "accepted.json"} if way == "project" else {}))
    option = ["--qualitycheck-baseline", "accepted.json"] if way == "option" else []
    docs.judge(*option).assert_outcomes(passed=1)
    docs.write("docs/news.md", "A line more.\n\n" + NEWS)
    docs.judge(*option).assert_outcomes(passed=1)
    docs.write("docs/news.md", "An odd line more.\n\n" + NEWS)
    result = docs.judge(*option)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["docs/news.md:1:4 WRD001 odd-word (error)", "  suppressed: 1 by baseline"])
    assert "docs/news.md:3" not in result.stdout.str()


def test_the_baseline_is_found_from_any_folder(docs, monkeypatch):
    docs.configure("qualitycheck_files = ['docs']", "qualitycheck_baseline = 'accepted.json'")
    monkeypatch.chdir(docs.path / "docs")
    docs.judge().assert_outcomes(passed=1)
    docs.configure("qualitycheck_files = ['docs']")
    docs.judge("--qualitycheck-baseline", "../accepted.json").assert_outcomes(passed=1)
    docs.judge().assert_outcomes(failed=1)


def test_what_is_stale_is_said(docs):
    docs.configure("qualitycheck_files = ['docs']", "qualitycheck_baseline = 'accepted.json'")
    assert "stale in" not in docs.judge().stdout.str()
    docs.write("docs/news.md", NEWS.replace("odd", "fine"))
    result = docs.judge()
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(
        ["*= qualitycheck =*", "stale in the baseline: docs/news.md no longer has WRD001 “odd”"]
    )


def test_a_baseline_that_is_not_there_stops_the_run(docs):
    result = docs.judge("--qualitycheck-baseline", "gone.json")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: baseline *gone.json: there is no such file; --write-baseline makes one"])


def test_rows_have_entries_of_their_own(docs):
    content = json.loads((docs.path / "accepted.json").read_text())
    (entries,) = content["documents"]
    content["documents"].append({**entries, "path": "rows.jsonl", "id": "a"})
    (docs.path / "accepted.json").write_text(json.dumps(content))
    arguments = ["--qualitycheck-baseline", "accepted.json", "--qualitycheck", "rows.jsonl"]
    docs.judge(*arguments).assert_outcomes(passed=2)


def test_comments_in_a_text_suppress_and_allowed_terms_do(docs):
    docs.write("docs/news.md", f"<!-- qualitycheck: ignore WRD001 as he was -->\n{NEWS}")
    docs.judge().assert_outcomes(passed=1)
    docs.write("docs/news.md", "<!-- qualitycheck: ignore WRD001 as it was -->\nAll is well.\n")
    result = docs.judge()
    result.assert_outcomes(passed=1, warnings=1)
    result.stdout.fnmatch_lines(["*PytestWarning: docs/news.md: line 1: nothing to ignore for WRD001"])
    docs.write("docs/news.md", NEWS)
    docs.configure("qualitycheck_files = ['docs']", allow=["odd"])
    docs.judge().assert_outcomes(passed=1)
    docs.configure("qualitycheck_files = ['docs']", allow=["mayor"])
    docs.judge().stdout.fnmatch_lines(["nothing for allow: “mayor”"])
