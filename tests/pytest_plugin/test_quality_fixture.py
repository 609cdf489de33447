import pytest

pytest_plugins = ["pytester"]


def write_test(project, body, name="tests/test_inner.py"):
    project.write(name, "import pytest\n\n" + body)


def test_the_fixture_has_the_settings_of_the_project(project):
    project.configure(min_score=90, fail_on="never")
    write_test(
        project,
        """
def test_settings(quality):
    assert quality.settings.min_score == 90

def test_good(quality):
    quality("All is well.")

def test_bad(quality):
    quality("All is odd.")

def test_overridden(quality):
    quality("All is odd.", min_score=80)

@pytest.mark.qualitycheck(min_score=80)
def test_marked(quality):
    quality("All is odd.")

@pytest.mark.qualitycheck(ignore="WRD001", min_score=80)
class TestMarked:
    def test_of_the_class(self, quality):
        quality("All is odd.", min_score=100)

    @pytest.mark.qualitycheck(min_score=95)
    def test_the_nearest_wins(self, quality):
        assert (quality.settings.min_score, quality.settings.ignore) == (95, ("WRD001",))

def test_collection(quality):
    quality(["All is well."] * 49 + ["odd"], mostly=0.98)

def test_report_and_comparison(quality):
    assert quality.report("odd").score == 82
    quality.not_worse("odd", "odd odd")
""",
    )
    outcomes = project.outcomes("tests")
    assert {name for name, outcome in outcomes.items() if outcome != "PASSED"} == {"tests/test_inner.py::test_bad"}
    assert len(outcomes) == 9


def test_the_command_line_reaches_the_fixture(project):
    write_test(project, "def test_bad(quality):\n    quality('All is odd.')\n")
    project.run("tests").assert_outcomes(failed=1)
    project.run("tests", "--qualitycheck-ignore", "WRD001").assert_outcomes(passed=1)


def test_a_failure_shows_the_test_and_the_worst_spans(project):
    write_test(project, "def test_bad(quality):\n    text = 'All is odd.'\n    quality(text)\n")
    result = project.run("tests")
    result.stdout.fnmatch_lines(
        [
            ">       quality(text)",
            "E       AssertionError: 82.0 of 100: 1 error",
            "E       text:1:8 WRD001 odd-word (error)",
            "E           All is odd.",
            "E                  ^^^",
            "E         points lost: 18.0 to words",
            "tests/test_inner.py:5: AssertionError",
            "FAILED tests/test_inner.py::test_bad - AssertionError: 82.0 of 100: 1 error",
        ]
    )
    assert "assertions.py" not in result.stdout.str()


def test_functions_need_no_fixture(project):
    write_test(
        project,
        """
from qualitycheck import assert_not_worse, assert_quality

def test_good():
    assert_quality("The ferry leaves at six.", min_score=80)

def test_bad():
    assert_quality("The ferry {that a} leaves.")

def test_worse():
    assert_not_worse("The ferry {that a} leaves.", "The ferry leaves.")
""",
    )
    result = project.run("tests")
    result.assert_outcomes(passed=1, failed=2)
    assert "assertions.py" not in result.stdout.str()


@pytest.mark.parametrize(
    ("mark", "message"),
    [
        ("fail_on='worse'", "“fail-on”: invalid enum value 'worse'"),
        ("'WRD'", "settings are given by name, as in qualitycheck(min_score=80)"),
    ],
)
def test_a_wrong_marker_is_said_in_one_line(project, mark, message):
    write_test(project, f"@pytest.mark.qualitycheck({mark})\ndef test_bad(quality): pass\n")
    result = project.run("tests")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([f"marker qualitycheck of tests/test_inner.py::test_bad: {message}"])
    assert "Traceback" not in result.stdout.str() and "pytest_settings.py" not in result.stdout.str()


def test_a_fixture_of_ones_own_of_the_same_name_wins(project):
    project.write("conftest.py", "import pytest\n\n@pytest.fixture\ndef quality():\n    return 'mine'\n")
    write_test(project, "def test_mine(quality):\n    assert quality == 'mine'\n")
    project.run("tests").assert_outcomes(passed=1)


def test_the_marker_and_the_fixture_are_documented(project):
    project.run("--markers").stdout.fnmatch_lines(["@pytest.mark.qualitycheck(select, ignore, fail_on, min_score): *"])
    project.run("--fixtures").stdout.fnmatch_lines(["quality -- *", "*Asserts that texts are good*"])
    project.configure("addopts = '--strict-markers'")
    write_test(project, "@pytest.mark.qualitycheck(min_score=80)\ndef test_good(quality): quality('fine')\n")
    project.run("tests").assert_outcomes(passed=1)
