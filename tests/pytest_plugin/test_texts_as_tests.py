import json
import re
import xml.etree.ElementTree as ElementTree

import pytest

pytest_plugins = ["pytester"]

# Which texts are collected


def test_the_texts_of_the_ini_file_run_with_the_tests(docs):
    assert docs.outcomes() == {
        "tests/test_a.py::test_fine": "PASSED",
        "docs/deep/bad.md::quality": "FAILED",
        "docs/good.md::quality": "PASSED",
    }


@pytest.mark.parametrize(
    ("arguments", "nodes"),
    [
        (["tests"], ["tests/test_a.py::test_fine"]),
        (["docs"], ["docs/deep/bad.md::quality", "docs/good.md::quality"]),
        (["docs/deep"], ["docs/deep/bad.md::quality"]),
        (["docs/good.md"], ["docs/good.md::quality"]),
        (["docs/good.md::quality"], ["docs/good.md::quality"]),
        ([".", "-m", "qualitycheck"], ["docs/deep/bad.md::quality", "docs/good.md::quality"]),
        (["-m", "not qualitycheck"], ["tests/test_a.py::test_fine"]),
        (["-k", "good"], ["docs/good.md::quality"]),
        (["-k", "docs and not deep"], ["docs/good.md::quality"]),
        (["--deselect", "docs/good.md::quality", "docs"], ["docs/deep/bad.md::quality"]),
        (["--ignore", "docs/deep"], ["tests/test_a.py::test_fine", "docs/good.md::quality"]),
        (["--ignore-glob", "*/good.md"], ["tests/test_a.py::test_fine", "docs/deep/bad.md::quality"]),
        (["tests", "--qualitycheck", "docs/bad.txt"], ["tests/test_a.py::test_fine", "docs/bad.txt::quality"]),
        (["tests", "--qualitycheck", "docs"], 4),
        (["tests", "--qualitycheck", "docs/*.txt", "docs/good.md"], 3),
        (["--qualitycheck", "docs"], 4),
        (["docs", "--qualitycheck", "docs"], 3),
        (["docs", "--qualitycheck=docs/bad.txt", "--qualitycheck=docs/good.md"], 3),
    ],
)
def test_what_is_collected(docs, arguments, nodes):
    found = list(docs.outcomes(*arguments))
    assert len(found) == nodes if isinstance(nodes, int) else found == nodes


def test_in_a_folder_below_the_project_only_its_texts_run(docs, monkeypatch):
    monkeypatch.chdir(docs.path / "docs" / "deep")
    docs.run().assert_outcomes(failed=1)
    monkeypatch.chdir(docs.path / "tests")
    docs.run().assert_outcomes(passed=1)
    docs.run("--qualitycheck", "../docs/good.md").assert_outcomes(passed=2)


def test_texts_are_found_where_pytest_does_not_look(docs):
    docs.write("build/page.md", "All is odd.\n")
    docs.configure("qualitycheck_files = ['build/*.md']")
    assert docs.outcomes() == {"tests/test_a.py::test_fine": "PASSED", "build/page.md::quality": "FAILED"}


def test_a_project_in_a_folder_with_magic_in_its_name(docs, monkeypatch):
    docs.write("a[1]/docs/page.md", "All is odd.\n")
    docs.write("a[1]/pytest.ini", "[pytest]\ntestpaths = docs\nqualitycheck_files = *.md docs/*.md\n")
    docs.write("a[1]/page.md", "All is odd.\n")
    monkeypatch.chdir(docs.path / "a[1]")
    docs.run().assert_outcomes(failed=2)


def test_a_text_collected_in_two_ways_runs_once(docs):
    docs.configure("testpaths = ['.']", "qualitycheck_files = ['docs/*.md', 'docs', 'docs/good.md']")
    result = docs.run("--qualitycheck", "docs/good.md", "--collect-only", "-q")
    assert [line for line in result.outlines if "good.md" in line] == ["docs/good.md::quality"]


@pytest.mark.parametrize(
    ("arguments", "ini", "message"),
    [
        (["--qualitycheck", "dosc"], "", "ERROR: --qualitycheck: no such file or folder: dosc; did you mean “docs”?"),
        (["--qualitycheck", "tests/test_a.py"], "", "ERROR: --qualitycheck: tests/test_a.py is no text; name tests*"),
        (["--qualitycheck", "a::b"], "", "ERROR: --qualitycheck: a::b is no text; name tests before --qualitycheck"),
        ([], "qualitycheck_files = ['*.rst']", "ERROR: qualitycheck_files: nothing to check in [*].rst*"),
        ([], "qualitycheck_min_score = 'high'", "ERROR: *: qualitycheck_min_score “high” is no number"),
        ([], "qualitycheck_min_score = '101'", "ERROR: *pyproject.toml: “min-score”: expected `float` <= 100.0"),
        (["--qualitycheck-select", "WRD009"], "", "ERROR: unknown rule “WRD009”; did you mean “WRD00*"),
    ],
)
def test_what_is_wrong_is_said_before_the_first_test(docs, arguments, ini, message):
    files = [] if ini.startswith("qualitycheck_files") else ["qualitycheck_files = ['docs/*.md']"]
    docs.configure(*files, *([ini] if ini else []))
    result = docs.run(*arguments)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([message])
    assert "Traceback" not in result.stdout.str() + result.stderr.str()
    assert "::" not in result.stdout.str().replace("a::b", "")


def test_a_plugin_that_does_not_load_stops_the_run(docs):
    docs.write("words.py", "import nothing_of_that_name\n")
    result = docs.run()
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: plugin “words” from *words.py does not load: ModuleNotFoundError: *"])


@pytest.mark.parametrize("ini", ["qualitycheck_files = ['tests/*.rst', 'tests']", "qualitycheck_fail_on = 'worse'"])
def test_what_is_wrong_does_not_stop_a_run_of_something_else(docs, ini):
    docs.configure("qualitycheck_files = ['tests']" if "fail_on" in ini else "", ini)
    docs.write("tests/page.html", "x")
    docs.write("tests/note.txt", "x")
    result = docs.run("tests")
    result.assert_outcomes(passed=1, warnings=1)
    result.stdout.fnmatch_lines(["*PytestConfigWarning: *"])


@pytest.mark.parametrize(
    "pattern", ["docs", "docs/*", "docs/**/*.md", "docs/deep/bad.md", "./docs/../docs", "docs/*.m?"]
)
def test_a_run_of_something_else_does_not_look_for_texts(docs, monkeypatch, pattern):
    docs.configure(f"qualitycheck_files = ['{pattern}']")
    with monkeypatch.context() as patch:
        patch.setattr("qualitycheck.paths.expand", lambda *arguments: 1 / 0)
        docs.run("tests").assert_outcomes(passed=1)
    docs.run("docs/deep/bad.md" if "deep" in pattern else "docs/good.md").assert_outcomes(
        failed=int("deep" in pattern), passed=int("deep" not in pattern)
    )


def test_a_text_on_the_way_to_another_runs_too(docs):
    docs.write("top.md", "All is odd.\n")
    docs.configure("testpaths = ['docs/deep']", "qualitycheck_files = ['*.md', 'docs']")
    assert len(docs.outcomes()) == 4
    assert list(docs.outcomes("docs/deep")) == ["docs/deep/bad.md::quality"]


# Rows


ROWS = [
    {"id": "a", "text": "All is well."},
    {"id": "b", "text": "All is odd."},
    {"id": "b", "text": "All is odd again."},
    {"id": "x::y", "text": "Fine."},
    {"text": "Fine."},
    {"id": "none"},
]


@pytest.fixture
def rows(project):
    project.write("rows.jsonl", "".join(json.dumps(row) + "\n" for row in ROWS) + "broken\n\n")
    return project


def test_each_row_is_a_test(rows):
    assert rows.outcomes("--qualitycheck", "rows.jsonl") == {
        "rows.jsonl::row-a": "PASSED",
        "rows.jsonl::row-b": "FAILED",
        "rows.jsonl::line-3": "FAILED",
        "rows.jsonl::line-4": "PASSED",
        "rows.jsonl::line-5": "PASSED",
        "rows.jsonl::row-none": "FAILED",
        "rows.jsonl::line-7": "FAILED",
    }


def test_one_row_can_be_run_and_names_its_line(rows):
    rows.configure("qualitycheck_files = ['*.jsonl']")
    result = rows.run("rows.jsonl::row-b", "--tb=line")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["rows.jsonl:2: 82.0 of 100: 1 error"])
    result = rows.run("rows.jsonl", "-k", "none or line-7")
    result.stdout.fnmatch_lines(
        [
            "*_ rows.jsonl row-none _*",
            "rows.jsonl:6: no field “text”",
            "*_ rows.jsonl line-7 _*",
            "rows.jsonl:7: not valid JSON: *",
            "FAILED rows.jsonl::row-none - rows.jsonl:6: no field “text”",
        ]
    )


def test_other_fields_of_a_row(rows):
    rows.write("other.ndjson", '{"meta": {"key": "k"}, "body": "All is odd."}\n')
    rows.configure("qualitycheck_text_field = 'body'", "qualitycheck_id_field = 'meta.key'")
    assert rows.outcomes("--qualitycheck", "other.ndjson") == {"other.ndjson::row-k": "FAILED"}


def test_an_unreadable_file_is_an_error_of_its_own(rows):
    (rows.path / "data").mkdir()
    (rows.path / "data" / "loop.jsonl").symlink_to("loop.jsonl")
    result = rows.run("--qualitycheck", "data", "rows.jsonl", "--continue-on-collection-errors")
    result.assert_outcomes(errors=1, passed=3, failed=4)
    result.stdout.fnmatch_lines(["*data/loop.jsonl: cannot be read: *", "ERROR data/loop.jsonl*"])
    assert "Traceback" not in result.stdout.str()


# What a failure shows


def test_a_failure_shows_the_report_and_no_traceback(docs):
    result = docs.run("docs/deep")
    result.stdout.fnmatch_lines(
        [
            "*_ docs/deep/bad.md _*",
            "82.0 of 100: 1 error",
            "",
            "docs/deep/bad.md:3:8 WRD001 odd-word (error)",
            "  An odd word.",
            "    All is odd.",
            "           ^^^",
            "  help: “even” (90%)",
            "",
            "  points lost: 18.0 to words",
            "",
            "Learn more: qualitycheck rule WRD001",
            "FAILED docs/deep/bad.md::quality - 82.0 of 100: 1 error",
        ]
    )
    for word in ("Traceback", ".py:", "TextError", "runtest", "raise "):
        assert word not in result.stdout.str()


def test_a_failure_has_the_line_of_the_first_finding(docs):
    docs.run("docs/deep", "--tb=line").stdout.fnmatch_lines(["docs/deep/bad.md:3: 82.0 of 100: 1 error"])


def test_many_findings_are_cut_short_unless_all_are_asked_for(docs):
    docs.write("docs/odd.md", "It is odd. " * 20)
    result = docs.run("docs/odd.md")
    assert result.stdout.str().count("WRD001 odd-word (error)") == 6
    result.stdout.fnmatch_lines(["  14 more findings: 14 WRD001 odd-word"])
    assert docs.run("docs/odd.md", "-vv").stdout.str().count("WRD001 odd-word (error)") == 20


def test_colour_where_there_is_some(docs):
    painted = docs.run("docs/deep", "--color=yes").stdout.str()
    assert re.search(r"\x1b\[[\d;]+m\^\^\^\x1b\[0m", painted)
    assert "\x1b" not in docs.run("docs/deep", "--color=no").stdout.str()


def test_no_escape_sequence_of_a_text_reaches_the_terminal(docs):
    docs.write("docs/evil.md", "An odd \x1b[2J thing\u202e.\n")
    docs.write("rows.jsonl", '{"id": "\\u001b[2J", "text": "odd"}\n')
    output = docs.run("docs/evil.md", "--qualitycheck", "rows.jsonl").stdout.str()
    assert "\\x1b[2J" in output and "\\u202e" in output
    assert "\x1b" not in output and "\u202e" not in output


def test_what_cannot_be_judged_fails_with_one_line(docs):
    docs.write("docs/binary.md", "a\0b")
    docs.write("docs/crash.md", "BOOM\n")
    result = docs.run("docs", "-k", "binary or crash")
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(
        [
            "docs/binary.md: binary data, with a NUL byte at offset 1, and not text",
            "100 of 100: check “words” crashed on docs/crash.md: ValueError: the fuse blew (words.py:*)",
        ]
    )
    assert "Traceback" not in result.stdout.str()


def test_after_a_change_of_directory_paths_are_whole(docs):
    docs.write("tests/test_a.py", "import os\n\ndef test_leak(): os.chdir('/')\n")
    result = docs.run("tests", "docs/deep")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        [
            "FAILED docs/deep/bad.md::quality - 82*",
        ]
    )
    assert f"{docs.path}/docs/deep/bad.md:3:8 WRD001" in result.stdout.str()


def test_an_error_of_our_own_keeps_its_traceback(docs, monkeypatch):
    monkeypatch.setattr("qualitycheck.standard.judge", lambda *arguments: 1 / 0)
    docs.run("docs/good.md").stdout.fnmatch_lines(["E *ZeroDivisionError: division by zero"])


# What pytest offers for tests


def test_last_failed_and_stop_at_the_first(docs):
    docs.run().assert_outcomes(passed=2, failed=1)
    assert docs.outcomes("--lf") == {"docs/deep/bad.md::quality": "FAILED"}
    docs.write("docs/deep/bad.md", "All is well.")
    assert docs.outcomes("--lf") == {"docs/deep/bad.md::quality": "PASSED"}
    docs.write("docs/a.md", "odd")
    docs.write("docs/b.md", "odd")
    found = docs.outcomes("-x", "docs")
    assert list(found.values()).count("FAILED") == 1 and len(found) < 4


def test_last_failed_among_rows(rows):
    rows.configure("qualitycheck_files = ['*.jsonl']")
    rows.run().assert_outcomes(passed=3, failed=4)
    rows.run("--lf").assert_outcomes(failed=4)
    rows.run("--ff", "-x").assert_outcomes(failed=1)


def test_junit_output(docs):
    docs.run("--junitxml=out.xml")
    cases = {case.get("classname"): case for case in ElementTree.parse(docs.path / "out.xml").iter("testcase")}
    assert set(cases) == {"tests.test_a", "docs.deep.bad.md", "docs.good.md"}
    failure = cases["docs.deep.bad.md"].find("failure")
    assert failure.get("message") == "82.0 of 100: 1 error"
    assert "docs/deep/bad.md:3:8 WRD001 odd-word (error)" in failure.text
    properties = {each.get("name"): each.get("value") for each in cases["docs.good.md"].iter("property")}
    assert properties == {"score": "100.0", "verdict": "accept"}


def test_an_editor_is_told_file_and_line(rows):
    rows.write("page.txt", "fine")
    rows.write(
        "conftest.py",
        "def pytest_collection_modifyitems(items):\n"
        "    for item in items: print('AT', item.nodeid, *item.location[:2])\n",
    )
    result = rows.run("-s", "--collect-only", "--qualitycheck", "rows.jsonl", "page.txt")
    places = dict(re.findall(r"AT (\S+) (\S+ \S+)", result.stdout.str()))
    assert places["page.txt::quality"] == "page.txt 0"
    assert places["rows.jsonl::line-3"] == "rows.jsonl 2"


def test_marks_from_conftest_skip_and_expect_failures(docs):
    docs.write(
        "conftest.py",
        """
import pytest

def pytest_collection_modifyitems(items):
    for item in items:
        if "good" in item.nodeid:
            item.add_marker(pytest.mark.skip)
        if "bad" in item.nodeid:
            item.add_marker(pytest.mark.xfail(reason="known", strict=True))
""",
    )
    assert docs.outcomes("docs") == {"docs/deep/bad.md::quality": "XFAIL", "docs/good.md::quality": "SKIPPED"}
