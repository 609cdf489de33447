import pytest
from support import Marks, make_check, make_runner

from qualitycheck import Document, Settings, SettingsError
from qualitycheck.standard import adjusted, is_sentence, shortcomings


@pytest.mark.parametrize(
    ("text", "settings", "reasons"),
    [
        ("fine", {}, []),
        ("fine ~", {}, []),
        ("fine ~", {"fail_on": "info"}, ["1 info"]),
        ("so so #", {}, []),
        ("so so # ~", {"fail_on": "warning"}, ["1 warning"]),
        ("bad ! # !", {}, ["2 errors"]),
        ("bad ! # !", {"fail_on": "warning"}, ["2 errors, 1 warning"]),
        ("bad !", {"fail_on": "never"}, []),
        ("bad !", {"fail_on": "never", "min_score": 80}, []),
        ("bad !", {"fail_on": "never", "min_score": 80.1}, ["below 80.1"]),
        ("bad !", {"min_score": 90, "reject_below": 85, "review_below": 90}, ["below 90", "1 error", "verdict reject"]),
        ("bad !", {"fail_on": "never", "reject_below": 85, "review_below": 90}, []),
    ],
)
def test_what_a_document_falls_short_of(text, settings, reasons):
    runner = make_runner(Marks(), **settings)
    report = runner.check(text)
    assert shortcomings(report, runner.settings) == reasons


def test_settings_are_replaced_one_by_one():
    settings = Settings(select=("SYN",), ignore=("SYN001",), min_score=10, weights={"braces": 0.5}, plugins=("a.py",))
    changed = adjusted(settings, {"ignore": "BRC, QUO001", "min_score": 80, "fail_on": None}, "test")
    assert changed.ignore == ("BRC", "QUO001") and changed.min_score == 80
    assert (changed.select, changed.weights, changed.plugins) == (settings.select, settings.weights, settings.plugins)
    assert adjusted(settings, {"select": ["BRC"]}, "test").select == ("BRC",)
    assert adjusted(settings, {"select": None}, "test") is settings


@pytest.mark.parametrize(
    ("overrides", "message"),
    [
        ({"min_scor": 3}, "here: unknown setting “min-scor”; did you mean “min-score”?"),
        ({"min_score": 101}, "here: “min-score”: expected `float` <= 100.0"),
        ({"fail_on": "worse"}, "here: “fail-on”: invalid enum value 'worse'"),
    ],
)
def test_what_is_wrong_with_an_override_is_said(overrides, message):
    with pytest.raises(SettingsError) as error:
        adjusted(Settings(), overrides, "here")
    assert str(error.value) == message


SENTENCES = ["", "Save as…", "Chapter One", "He came, he saw, and he left again.", "Is it?\n", "word " * 99]
DOCUMENTS = ["He came. He saw.", "A heading\n\nA sentence below it.", "word " * 100]


@pytest.mark.parametrize("text", SENTENCES)
def test_a_sentence_or_less(text):
    assert is_sentence(Document(text))


@pytest.mark.parametrize("text", DOCUMENTS)
def test_more_than_a_sentence(text):
    assert not is_sentence(Document(text))


def test_a_fragment_is_not_judged_as_a_whole_document():
    def find(self, document):
        return [self.finding("LEN001")]

    check = make_check("length", "LEN001", inspect=find, whole_documents=True)
    runner = make_runner(check)
    skipped = runner.check(Document("Save as…", fragment=True))
    assert (skipped.score, skipped.findings) == (100, ())
    assert skipped.checks["length"].status == "skipped"
    assert skipped.checks["length"].reason == "judges whole documents, and this is a sentence or less"
    assert runner.check(Document("Save as…")).findings
