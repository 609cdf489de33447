import pytest

pytest_plugins = ["pytester"]


@pytest.mark.parametrize(
    ("project_settings", "ini", "arguments", "outcome"),
    [
        ({}, [], [], "FAILED"),
        ({"ignore": ["WRD001"]}, [], [], "PASSED"),
        ({"fail_on": "never"}, [], [], "PASSED"),
        ({"fail_on": "never", "min_score": 90}, [], [], "FAILED"),
        ({}, ["qualitycheck_ignore = ['WRD001']"], [], "PASSED"),
        ({}, ["qualitycheck_select = ['WRD002']"], [], "PASSED"),
        ({}, ["qualitycheck_fail_on = 'never'"], [], "PASSED"),
        ({"fail_on": "never"}, ["qualitycheck_min_score = '90'"], [], "FAILED"),
        ({"fail_on": "never", "min_score": 90}, ["qualitycheck_min_score = '80'"], [], "PASSED"),
        ({}, [], ["--qualitycheck-ignore=WRD001,WRD002"], "PASSED"),
        ({}, [], ["--qualitycheck-select=dull-word"], "PASSED"),
        ({}, [], ["--qualitycheck-fail-on=never"], "PASSED"),
        ({"fail_on": "never"}, ["qualitycheck_min_score = '10'"], ["--qualitycheck-min-score=90"], "FAILED"),
        ({"fail_on": "never", "min_score": 90}, [], ["--qualitycheck-min-score=0"], "PASSED"),
    ],
)
def test_the_project_then_the_ini_file_then_the_command_line(docs, project_settings, ini, arguments, outcome):
    docs.configure("qualitycheck_files = ['docs/**/*.md']", *ini, **project_settings)
    assert docs.outcomes("docs/deep", *arguments) == {"docs/deep/bad.md::quality": outcome}


def test_a_marker_has_the_last_word(docs):
    docs.write(
        "conftest.py",
        """
import pytest

def pytest_itemcollected(item):
    if "deep" in item.nodeid:
        item.add_marker(pytest.mark.qualitycheck(ignore="WRD001"))
""",
    )
    assert docs.outcomes("docs/deep", "--qualitycheck-fail-on=info") == {"docs/deep/bad.md::quality": "PASSED"}


@pytest.mark.parametrize(
    ("mark", "message"),
    [
        ("min_scor=3", "unknown setting “min-scor”; did you mean “min-score”?"),
        ("80", "settings are given by name, as in qualitycheck(min_score=80)"),
    ],
)
def test_a_wrong_marker_is_said(docs, mark, message):
    docs.write(
        "conftest.py",
        f"import pytest\n\ndef pytest_itemcollected(item):\n    item.add_marker(pytest.mark.qualitycheck({mark}))\n",
    )
    result = docs.run("docs/deep", "-vv")
    result.stdout.fnmatch_lines([f"marker qualitycheck of docs/deep/bad.md::quality: {message}"])
    assert "Traceback" not in result.stdout.str()


def test_the_settings_are_those_of_the_project_wherever_pytest_is_started(docs, monkeypatch):
    docs.configure("qualitycheck_files = ['docs/**/*.md']", ignore=["WRD001"])
    monkeypatch.chdir(docs.path / "docs" / "deep")
    docs.run().assert_outcomes(passed=1)


def test_a_text_of_one_sentence_is_judged_by_what_fits_it(docs):
    with (docs.path / "words.py").open("a") as file:
        file.write("\n\nWords.whole_documents = True\n")
    docs.write("docs/pair.txt", "One is odd. Two are well.\n")
    found = docs.outcomes("tests", "--qualitycheck", "docs/bad.txt", "docs/pair.txt")
    assert found["docs/bad.txt::quality"] == "PASSED" and found["docs/pair.txt::quality"] == "FAILED"
