import json
import re
from pathlib import Path

import pytest
from processes import command_line, on_a_terminal, write


@pytest.fixture
def saved(run):
    """A function that checks texts and saves their reports."""

    def save(*options, shape="jsonl", **texts):
        write(**texts)
        paths = [f"{name}.txt" for name in texts]
        run("check", *paths, "--output-format", shape, "--output", f"report.{shape}", *options)
        return f"report.{shape}"

    return save


def marks(html):
    return re.findall(r"<mark[^>]*>(.*?)</mark>", html)


@pytest.mark.parametrize("shape", ["json", "jsonl"])
def test_a_page_of_saved_reports(run, saved, shape):
    result = run("report", saved("--with-text", shape=shape, a="An odd word.", b="Fine."), "--output", "page.html")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    page = Path("page.html").read_text(encoding="utf-8")
    assert marks(page) == ["odd"]
    assert 'id="rule-WRD001"' in page


def test_it_is_the_page_that_check_makes(run, saved):
    page = run("report", saved("--with-text", a="An odd word.")).stdout
    direct = run("check", "a.txt", "--output-format", "html").stdout
    foot = re.compile(r"<footer.*", re.DOTALL)
    assert foot.sub("", page) == foot.sub("", direct)


def test_texts_come_from_a_folder(run, saved):
    report = saved(a="An odd word.", b="Fine.")
    assert marks(run("report", report).stdout) == []
    assert marks(run("report", report, "--texts", ".").stdout) == ["odd"]


def test_a_text_that_changed_is_not_shown(run, saved):
    report = saved(a="An odd word.", b="An odd word.")
    write(a="Another word.")
    result = run("report", report, "--texts", ".")
    assert len(marks(result.stdout)) == 1
    assert result.stderr == "qualitycheck: 1 of 2 texts were not found in ., or are no longer the same\n"


@pytest.mark.parametrize("path", ["../secret.txt", "/etc/hostname", "link.txt", "a\0b"])
def test_no_file_outside_the_folder_is_read(run, folder, path):
    Path("texts").mkdir()
    Path("secret.txt").write_text("SECRET")
    Path("texts/link.txt").symlink_to(folder / "secret.txt")
    report = {"path": path, "score": 100.0, "verdict": "accept", "words": 1}
    Path("report.jsonl").write_text(json.dumps(report))
    result = run("report", "report.jsonl", "--texts", "texts")
    assert result.exit_code == 0
    assert "SECRET" not in result.stdout and "saved without the text" in result.stdout


def test_every_other_format(run, saved):
    report = saved("--with-text", a="An odd word.", b="Fine.")
    for shape in ("full", "concise", "json", "jsonl", "sarif", "junit", "github", "gitlab", "markdown", "csv"):
        again = run("report", report, "--output-format", shape)
        direct = run("check", "a.txt", "b.txt", "--output-format", shape, "--with-text")
        assert again.exit_code == 0
        if shape not in ("json", "sarif"):  # which name the settings and versions of a run
            assert again.stdout == direct.stdout, shape


def test_without_texts_the_terminal_shows_no_excerpt(run, saved):
    shown = run("report", saved(a="An odd word."), "--output-format", "full").stdout
    assert "a.txt:1:4 WRD001 odd-word" in shown and "^^^" not in shown


def test_standard_input(run, saved):
    report = Path(saved("--with-text", a="An odd word.")).read_text()
    assert run("report", "-", "--output-format", "concise", input=report).stdout.startswith("a.txt:1:4: WRD001 ")


def test_several_files_make_one_page(run, saved):
    first = Path(saved(a="odd")).rename("first.jsonl")
    second = saved(b="odd")
    assert "2 documents, 2 words" in run("report", first, second).stdout


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("nonsense", "report.jsonl, line 1: no report, and no JSON object at all"),
        ('{"score": 5}', "report.jsonl, line 1: no report of qualitycheck: object missing required field `verdict`"),
    ],
)
def test_what_is_no_report_is_one_line_and_leaves_no_page(run, content, message):
    Path("report.jsonl").write_text(content)
    result = run("report", "report.jsonl", "--output", "page.html")
    assert result.exit_code == 2
    assert result.stderr == f"qualitycheck: error: {message}\n"
    assert not Path("page.html").exists()


def test_a_page_is_nothing_for_a_terminal():
    write(a="odd")
    for command in ("check", "report"):
        status, shown = on_a_terminal(command_line(command, "a.txt", "--output-format", "html"))
        assert status == 2
        assert "an HTML page is nothing for a terminal: name a file with --output" in shown
