import time

import pytest
from support import Marks, Plugin, make_check

from qualitycheck import InputError, SettingsError
from qualitycheck.testing import load_cases, run_case, run_cases


@pytest.fixture
def write(tmp_path):
    def write(text, name="MRK001.toml", rule="MRK001"):
        path = tmp_path / name
        path.write_text(f'rule = "{rule}"\n{text}' if rule else text, encoding="utf-8")
        return path

    return write


def run(path, *checks):
    for case in load_cases(path):
        run_case(case, [Plugin(*(checks or (Marks(),)))])


HOLDS = {
    "pass": '[[pass]]\nname = "a"\ntext = "clean !"',
    "finds": '[[fail]]\nname = "a"\ntext = "# b #"\nfinds = ["#", "#"]',
    "spans": '[[fail]]\nname = "a"\ntext = "# b #"\nspans = [[0, 1], [4, 5]]',
    "known failure": '[[known_failure]]\nname = "a"\ntext = "# b"\nfinds = []',
    "known failure that misses": '[[known_failure]]\nname = "a"\ntext = "b"\nfinds = ["b"]',
    "repeat": '[[fail]]\nname = "a"\ntext = "b # "\nrepeat = 2\nspans = [[2, 3], [6, 7]]',
    "seconds": '[[pass]]\nname = "a"\ntext = "b "\nrepeat = 1000\nseconds = 5',
}


@pytest.mark.parametrize("text", HOLDS.values(), ids=HOLDS)
def test_cases_that_hold(write, text):
    run(write(text))


def test_settings_of_the_file_are_those_of_its_cases(write):
    run(write('[settings]\nmax-findings = 1\n\n[[fail]]\nname = "a"\ntext = "# b #"\nfinds = ["#"]'))
    with pytest.raises(SettingsError, match="unknown setting “max-finding”; did you mean “max-findings”"):
        run(write('[settings]\nmax-finding = 1\n\n[[pass]]\nname = "a"\ntext = "b"'))


FAILS = {
    "pass": ('[[pass]]\nname = "a"\ntext = "# b"', r"MRK001 pass: a: expected \[\], found \['#'\]"),
    "finds too few": ('[[fail]]\nname = "a"\ntext = "b"\nfinds = ["#"]', r"expected \['#'\], found \[\]"),
    "finds too many": ('[[fail]]\nname = "a"\ntext = "# #"\nfinds = ["#"]', r"found \['#', '#'\]"),
    "spans": ('[[fail]]\nname = "a"\ntext = " #"\nspans = [[0, 1]]', r"expected \[\(0, 1\)\], found \[\(1, 2\)\]"),
    "document": ('[[fail]]\nname = "a"\ntext = "#"\ndocument = true', "expected one finding about the document"),
    "known failure": (
        '[[known_failure]]\nname = "a"\ntext = "b"\nfinds = []',
        "MRK001 known_failure: a: this works now; move it to fail or pass",
    ),
    "suggestions": (
        '[[fail]]\nname = "a"\ntext = "#"\nfinds = ["#"]\nsuggestions = ["b"]',
        r"expected suggestions \['b'\], found \[''\]",
    ),
}


@pytest.mark.parametrize(("text", "message"), FAILS.values(), ids=FAILS)
def test_cases_that_do_not_hold(write, text, message):
    with pytest.raises(AssertionError, match=message):
        run(write(text))


def test_document_findings_and_suggestions(write):
    whole = make_check("whole", "WHL001", inspect=lambda self, d: [self.finding("WHL001", suggestions=["b", "c"])])
    run(write('[[fail]]\nname = "a"\ntext = "x"\ndocument = true\nsuggestions = ["b"]', rule="WHL001"), whole)


@pytest.mark.parametrize("kind", ["pass", "known_failure"])
def test_a_crash_never_holds(write, kind):
    def inspect(self, document):
        raise RuntimeError("it broke")

    path = write(f'[[{kind}]]\nname = "a"\ntext = "x"\n' + ("finds = []" if kind != "pass" else ""), rule="BAD001")
    with pytest.raises(AssertionError, match="a: check “bad” crashed on the text: RuntimeError: it broke"):
        run(path, make_check("bad", "BAD001", inspect=inspect))


def test_a_slow_check_does_not_hold(write):
    def inspect(self, document):
        until = time.process_time() + 0.05
        while time.process_time() < until:
            pass
        return []

    path = write('[[pass]]\nname = "a"\ntext = "x"\nseconds = 0.01', rule="SLW001")
    with pytest.raises(AssertionError, match=r"more than 0\.01 s"):
        run(path, make_check("slow", "SLW001", inspect=inspect))


def test_only_findings_of_the_rule_count(write):
    run(write('[[fail]]\nname = "a"\ntext = "# ! ~"\nfinds = ["!"]', rule="MRK002"))


BAD = {
    "TOML": ("[[pass]\n", "MRK001", "MRK001.toml: not valid TOML"),
    "rule": ('[[pass]]\nname = "a"\ntext = "b"', None, "MRK001.toml: rule is missing"),
    "no cases": ("", "MRK001", "MRK001.toml: no cases"),
    "table": ('[[fails]]\nname = "a"\ntext = "b"', "MRK001", "MRK001.toml: unknown key fails"),
    "key": ('[[pass]]\nname = "a"\ntxt = "b"', "MRK001", "MRK001.toml: case “a”: unknown key txt"),
    "name": ('[[pass]]\ntext = "b"', "MRK001", r"MRK001.toml: case “\?”: name is missing"),
    "text": ('[[pass]]\nname = "a"', "MRK001", "MRK001.toml: case “a”: text is missing"),
    "pass with finds": ('[[pass]]\nname = "a"\ntext = "b"\nfinds = []', "MRK001", "so it has no finds"),
    "fail without": ('[[fail]]\nname = "a"\ntext = "b"', "MRK001", "needs one of finds, spans and document"),
    "fail with two": ('[[fail]]\nname = "a"\ntext = "b"\nfinds = ["b"]\nspans = [[0, 1]]', "MRK001", "needs one of"),
    "fail with none": ('[[fail]]\nname = "a"\ntext = "b"\nfinds = []', "MRK001", "is a pass case"),
}


@pytest.mark.parametrize(("text", "rule", "message"), BAD.values(), ids=BAD)
def test_bad_files_are_named(write, text, rule, message):
    with pytest.raises(ValueError, match=message):
        load_cases(write(text, rule=rule))


def test_an_unknown_rule_or_format_is_named(write):
    with pytest.raises(SettingsError, match="unknown rule “MRK999”"):
        run(write('[[pass]]\nname = "a"\ntext = "b"', rule="MRK999"))
    with pytest.raises(InputError, match="unknown format “markdwn”; did you mean “markdown”"):
        run(write('[[pass]]\nname = "a"\ntext = "b"\nformat = "markdwn"'))


@pytest.mark.parametrize(("reader", "text"), [("markdown", "a `#` b"), ("html", "a <b id='#'>b</b>"), ("text", "a b")])
def test_the_format_names_the_reader(write, reader, text):
    run(write(f'[[pass]]\nname = "a"\ntext = """{text}"""\nformat = "{reader}"'))


def test_a_folder_runs_all_its_files_and_lists_all_that_do_not_hold(write, tmp_path):
    write(HOLDS["finds"] + "\n" + HOLDS["pass"])
    write('[[fail]]\nname = "c"\ntext = "!"\nfinds = ["!"]', "MRK002.toml", "MRK002")
    assert run_cases(tmp_path, [Plugin(Marks())]) == 3
    write('[[pass]]\nname = "d"\ntext = "# #"\n[[pass]]\nname = "e"\ntext = "#"', "other.toml")
    with pytest.raises(AssertionError) as error:
        run_cases(tmp_path, [Plugin(Marks())])
    assert [line.split(": ")[1] for line in str(error.value).splitlines()] == ["d", "e"]
