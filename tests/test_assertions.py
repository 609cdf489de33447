import copy
import re
import subprocess
import sys
import textwrap

import pytest
from support import Marks, Plugin, make_check

from qualitycheck import (
    Document,
    InputError,
    Settings,
    SettingsError,
    api,
    assert_not_worse,
    assert_quality,
)
from qualitycheck.assertions import Quality


class Entry:
    name, value, dist = "marks", "marks_module", None

    def __init__(self, *checks):
        self.checks = checks

    def load(self):
        return Plugin(*self.checks)


@pytest.fixture
def install(monkeypatch):
    """Puts a plugin with these checks in the place of all others."""

    def install(*checks):
        monkeypatch.setattr(api, "_runners", {})
        monkeypatch.setattr("importlib.metadata.entry_points", lambda group: [Entry(*checks)])

    return install


@pytest.fixture
def marks(install):
    """The rules of Marks alone."""
    install(Marks())


def message_of(function, *arguments, **keywords):
    with pytest.raises(AssertionError) as error:
        function(*arguments, **keywords)
    assert type(error.value) is AssertionError
    return str(error.value)


# One text


@pytest.mark.parametrize("text", ["fine", "fine #", "fine ~", Document("fine"), "{" * 3])
def test_a_text_that_passes(marks, text):
    assert assert_quality(text) is None


def test_a_text_that_does_not(marks):
    message = message_of(assert_quality, "So far so good. But this! is not.")
    assert message.startswith("80.0 of 100: 1 error\n")
    assert "text:1:25 MRK002 shout (error)" in message
    assert "points lost: 20.0 to marks" in message
    assert message.endswith("Learn more: qualitycheck rule MRK002")


@pytest.mark.parametrize(
    ("overrides", "headline"),
    [
        ({"min_score": 80}, "77.0 of 100: below 80, 1 error"),
        ({"min_score": 75, "fail_on": "never"}, None),
        ({"min_score": 78, "fail_on": "never"}, "77.0 of 100: below 78"),
        ({"fail_on": "warning"}, "77.0 of 100: 1 error, 1 warning"),
        ({"select": "MRK001"}, None),
        ({"select": ["hash"], "fail_on": "warning"}, "95.0 of 100: 1 warning"),
        ({"ignore": "shout, hash"}, None),
        ({"ignore": ("MRK001",)}, "80.0 of 100: 1 error"),
        ({"reject_below": 80, "review_below": 90, "fail_on": "error"}, "77.0 of 100: 1 error, verdict reject"),
    ],
)
def test_what_it_is_held_to(marks, overrides, headline):
    if headline is None:
        assert_quality("bad ! and #", **overrides)
    else:
        assert message_of(assert_quality, "bad ! and #", **overrides).splitlines()[0] == headline


def test_settings_are_those_given_and_never_found(marks, tmp_path, monkeypatch):
    (tmp_path / "qualitycheck.toml").write_text('ignore = ["MRK002"]\n')
    monkeypatch.chdir(tmp_path)
    message_of(assert_quality, "bad !")
    assert_quality("bad !", settings=Settings(ignore=("MRK002",)))
    message_of(assert_quality, "bad ! #", settings=Settings(ignore=("MRK002",)), fail_on="warning")
    message_of(assert_quality, "bad !", settings=Settings(ignore=("MRK002",)), ignore=[])


@pytest.mark.parametrize("text", ["", " \n\t", Document("")])
def test_where_there_is_no_text_nothing_was_judged(marks, text):
    assert message_of(assert_quality, text).startswith("100 of 100: the text is empty")


def test_a_file_is_read_as_what_it_is(marks, tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# Title\n\n`code!`\n\nA shout!\n")
    message = message_of(assert_quality, page)
    assert f"{page}:5:8 MRK002 shout (error)" in message and "page.md:3" not in message
    assert_quality(page, ignore="MRK")
    with pytest.raises(InputError, match="no such file"):
        assert_quality(tmp_path / "gone.md")


def test_a_document_is_left_as_it_was(marks):
    document = Document("Fine", path="a.txt")
    before = copy.copy(document.__dict__)
    assert_quality(document)
    assert_quality([document])
    assert_quality({"b": document})
    assert {name: document.__dict__[name] for name in before} == before


@pytest.mark.parametrize(
    ("arguments", "keywords", "error", "message"),
    [
        ((3,), {}, TypeError, "the text is of type int; give a string, a Document or the path of a file"),
        ((None,), {}, TypeError, "the text is of type NoneType"),
        ((b"abc",), {}, TypeError, "the text is of type bytes"),
        ((["a", 3],), {}, TypeError, "texts[1] is of type int"),
        (({"title": None},), {}, TypeError, "title is of type NoneType"),
        (("a",), {"mostly": 0.9}, ValueError, "mostly is the share of a collection that must pass, and this is one"),
        ((["a"],), {"mostly": 98}, ValueError, "mostly is 98; it is the share"),
        ((["a"],), {"mostly": 0}, ValueError, "mostly is 0; it is the share"),
        (("a",), {"min_scor": 9}, SettingsError, "assert_quality: unknown setting “min-scor”; did you mean “min-"),
        (("a",), {"select": "MRK009"}, SettingsError, "unknown rule “MRK009”; did you mean “MRK00"),
    ],
)
def test_what_is_wrong_is_said(marks, arguments, keywords, error, message):
    with pytest.raises(error) as raised:
        assert_quality(*arguments, **keywords)
    assert str(raised.value).startswith(message)


def test_a_check_that_crashes_does_not_let_a_text_pass(install):
    def boom(self, document):
        raise RuntimeError("it broke")

    install(make_check("boom", inspect=boom))
    assert "check “boom” crashed on the text: RuntimeError: it broke" in message_of(assert_quality, "fine")
    assert "crashed" in message_of(assert_quality, "fine", fail_on="never")


# Sentences


def length_check():
    def inspect(self, document):
        if document.words < 50:
            yield self.finding("LEN001")

    return make_check("length", "LEN001", inspect=inspect, whole_documents=True)


SENTENCE, PAIR = "The ferry leaves at six.", "The ferry leaves at six. It comes back at nine."


def test_a_sentence_is_judged_only_by_what_fits_it(install):
    install(length_check(), Marks())
    assert_quality(SENTENCE, fail_on="warning")
    assert_quality(Document(SENTENCE), fail_on="warning")
    assert_quality([SENTENCE, "Save as…"], fail_on="warning")
    assert "LEN001" in message_of(assert_quality, PAIR, fail_on="warning")
    assert "MRK002" in message_of(assert_quality, "The ferry leaves! at six.")


def test_a_document_that_is_said_to_be_a_fragment_is_one(install):
    install(length_check())
    assert_quality(Document(PAIR, fragment=True), fail_on="warning")


def test_two_texts_are_compared_by_the_same_checks(install):
    install(length_check())
    assert_not_worse(SENTENCE, "The ferry leaves.")
    assert "LEN001" in message_of(assert_not_worse, SENTENCE, "The ferry leaves at six. " * 20)


# Collections


def test_collections(marks):
    assert_quality(["fine", "good"])
    assert_quality({"greeting": "fine"})
    assert_quality(text for text in ["fine", "good"])
    assert_quality(["fine"] * 49 + ["bad !"], mostly=0.98)
    message = message_of(assert_quality, ["fine"] * 48 + ["bad !", "worse !!"], mostly=0.98)
    assert message.startswith("48 of 50 texts pass, 96%; at least 98% must\n")
    assert "\ntexts[49]:1:7 MRK002" in message and "\ntexts[48]:1:5 MRK002" in message
    assert message_of(assert_quality, []) == "there are no texts in the collection, so nothing was judged"
    assert "  texts[1]: 100 of 100: the text is empty" in message_of(assert_quality, ["fine", ""]).splitlines()


def test_the_texts_of_a_collection_have_names(marks, tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    page = tmp_path / "page.txt"
    page.write_text("bad !")
    names = r"^  (\S+): 8\d\.\d of 100: 1 error$"
    message = message_of(assert_quality, ["bad !", page, Document("bad !", path="a.txt", id="3")])
    assert re.findall(names, message, re.MULTILINE) == ["texts[0]", f"…{str(page)[-47:]}", "a.txt:3"]
    message = message_of(assert_quality, {"greeting": "bad !", "farewell": page})
    assert re.findall(names, message, re.MULTILINE) == ["greeting", "farewell"]


def test_a_long_collection_is_judged_as_it_comes(marks):
    asked = []

    def texts():
        for number in range(1000):
            asked.append(number)
            yield "fine"
        raise LookupError("no more")

    with pytest.raises(LookupError):
        assert_quality(texts())
    assert len(asked) == 1000


# Comparisons


def test_not_worse(marks):
    assert_not_worse("fine", "fine")
    assert_not_worse("so #", "bad !")
    assert_not_worse("bad !", "fine", tolerance=20)
    assert_not_worse("bad !", "fine", ignore="MRK002")
    message = message_of(assert_not_worse, "bad !", "fine")
    assert message.startswith("the new text is worse by 20 points: 80.0 of 100, and the old one 100\n")
    assert message_of(assert_not_worse, "", "fine") == "the new text is empty, and the old one is not"
    with pytest.raises(ValueError, match="tolerance is -1"):
        assert_not_worse("a", "b", tolerance=-1)
    with pytest.raises(TypeError, match="the text is of type list"):
        assert_not_worse(["a"], ["b"])


def test_an_object_with_settings_of_its_own(marks):
    quality = Quality(Settings(min_score=90, fail_on="never"))
    quality("so #")
    message_of(quality, "bad !")
    quality("bad !", min_score=80)
    assert quality.report("bad !").findings[0].code == "MRK002"
    assert quality.report("bad !", ignore="MRK002").findings == ()
    quality.not_worse("bad !", "bad !")
    message_of(quality.not_worse, "bad !", "fine")


# In other frameworks


def test_in_unittest_the_traceback_ends_in_the_test(tmp_path):
    (tmp_path / "test_texts.py").write_text(
        textwrap.dedent(
            """
            import unittest

            from qualitycheck import assert_not_worse, assert_quality


            class TextsTest(unittest.TestCase):
                def test_good(self):
                    assert_quality("The ferry leaves at six.", min_score=80)

                def test_bad(self):
                    assert_quality("The ferry received’t leave at six.")

                def test_many(self):
                    for text in ("The ferry {that a} leaves.", "It leaves."):
                        with self.subTest(text):
                            assert_quality([text], mostly=0.9)

                def test_worse(self):
                    with self.assertRaisesRegex(AssertionError, "the new text is worse by"):
                        assert_not_worse("The ferry {that a} leaves.", "The ferry leaves.")
            """
        )
    )
    command = [sys.executable, "-m", "unittest", "-v", "test_texts"]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert "Ran 4 tests" in result.stderr and "FAILED (failures=2)" in result.stderr
    assert "SYN004 broken-contraction" in result.stderr and "help: “won’t”" in result.stderr
    frames = re.findall(r'File ".*?([^/]+\.py)"', result.stderr)
    assert set(frames) == {"test_texts.py"}
