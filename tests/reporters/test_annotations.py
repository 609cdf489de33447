"""The formats of code hosts: GitHub's annotations, GitLab's code quality report."""

import json
import re

from samples import Plugin, Stream

from qualitycheck import CorpusReport, Document, Runner
from qualitycheck.reporters import Options
from qualitycheck.reporters.github import MOST, GitHubReporter
from qualitycheck.reporters.gitlab import GitLabReporter

RUNNER = Runner(plugins=[Plugin()], entry_points=False)


def render(reporter_class, *documents, errors=(), encoding="utf-8"):
    stream = Stream(encoding)
    reporter_class(stream, Options(plugins=RUNNER.plugins)).finish(
        CorpusReport([RUNNER.check(document) for document in documents], list(errors))
    )
    return stream.text


def test_an_annotation_names_file_and_place():
    shown = render(GitHubReporter, Document("An\nodd 100%", path="./a, b:c.txt"))
    assert shown.splitlines() == [
        "::error file=a%2C b%3Ac.txt,line=2,endLine=2,col=1,endColumn=4,title=WRD001 odd-word"
        "::“odd” is here (score 64.7, review)",
        "1 document, 3 words: review; 1 finding (1 error).",
    ]


def test_the_whole_document_has_no_line():
    assert "::warning file=a.txt,title=WRD010 odd-document::" in render(GitHubReporter, Document("whole", path="a.txt"))


def test_the_worst_come_first_and_no_more_than_are_shown():
    documents = [Document("dull plain " * 8 + "odd " * number, path=f"{number}.txt") for number in (1, 9, 5)]
    lines = render(GitHubReporter, *documents, errors=["x: cannot be read"]).splitlines()
    kinds = [re.match(r"::(\w+)", line)[1] for line in lines if line.startswith("::")]
    assert kinds == ["error"] * MOST + ["warning"] * MOST + ["notice"] * MOST
    assert lines[0] == "::error::x: cannot be read"
    assert all("file=9.txt" in line for line in lines[1:MOST])
    assert lines[-2] == f"{15 + 24 + 24 - 3 * MOST + 1} more findings without an annotation"


def test_no_document_can_give_a_command():
    document = Document("odd", path="a\n::set-output name=x::y\r%0A.txt")
    lines = render(GitHubReporter, document).splitlines()
    assert len(lines) == 2
    assert [line for line in lines if line.startswith("::")] == [lines[0]]
    assert "%0A" not in lines[0].replace("%250A", "")


def test_gitlab_needs_a_line_and_a_fingerprint_of_its_own():
    issues = json.loads(render(GitLabReporter, Document("A whole\nodd odd", path="./a.txt"), Document("odd", path="b")))
    assert [issue["check_name"] for issue in issues] == ["WRD010 odd-document"] + ["WRD001 odd-word"] * 3
    assert [issue["severity"] for issue in issues] == ["minor", "major", "major", "major"]
    assert len({issue["fingerprint"] for issue in issues}) == 4
    assert issues[0]["location"]["lines"] == {"begin": 1, "end": 1}
    assert issues[1]["location"] == {
        "path": "a.txt",
        "lines": {"begin": 2, "end": 2},
        "positions": {"begin": {"line": 2, "column": 1}, "end": {"line": 2, "column": 4}},
    }


def test_both_are_ascii_where_they_have_to_be():
    document = Document("odd", path="漢\udcff.txt")
    assert render(GitHubReporter, document, encoding="ascii").startswith("::error file=\\u6f22\\udcff.txt,")
    (issue,) = json.loads(render(GitLabReporter, document, encoding="ascii"))
    assert issue["location"]["path"] == "漢\\udcff.txt"
