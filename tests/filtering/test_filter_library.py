"""The filter in a program, and the batch interface under it."""

import threading

import pytest
from corpora import rows, settings

from qualitycheck import Filter, PluginError, Settings
from qualitycheck.filtering.judging import Judge
from qualitycheck.filtering.records import Fault, Record


def test_a_report_for_each_document_in_order_and_lazily(tmp_path):
    given = iter(range(100_000_000))
    documents = ("bad bad bad bad" if number % 2 else {"text": "good", "id": number} for number in given)
    reports = Filter(settings(tmp_path)).run(documents)
    found = [next(reports) for _ in range(200)]
    assert [each.verdict for each in found] == ["accept", "reject"] * 100
    assert [each.id for each in found[:4]] == ["0", None, "2", None]
    assert next(given) < 1000, "no more is taken than is needed"


def test_what_cannot_be_judged_has_a_report_too(tmp_path):
    chosen = settings(tmp_path, max_document=100)
    given = [{"text": None}, {}, 5, "", "x" * 101, "good BOOM", {"text": "good"}]
    found = list(Filter(chosen).run(given))
    assert [each.verdict for each in found[:5]] == ["reject"] * 5 and found[-1].verdict == "accept"
    assert [bool(each.errors) for each in found] == [True, True, True, False, True, True, False]
    assert "above the limit of 100" in found[4].errors[0] and "the fuse blew" in found[5].errors[0]
    assert found[3].notes == ("the text is empty",)


def test_decisions_are_those_of_the_command(tmp_path):
    chosen = settings(tmp_path, where="words > 3", text_field="a.b")
    short, long = Filter(chosen).run([{"a": {"b": "good tea"}}, {"a": {"b": "good tea and a bun"}}])
    assert (short.verdict, long.verdict) == ("reject", "accept")
    assert "not true of this document: words > 3" in short.notes


def test_one_filter_under_many_threads(tmp_path):
    shared = Filter(settings(tmp_path))
    texts = [each["text"] for each in rows(60)]
    expected = [report.score for report in shared.run(texts)]
    failures = []

    def work():
        for text, score in zip(texts, expected, strict=True):
            if shared.check(text).score != score:
                failures.append(text)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures


def test_plugins_that_do_not_load_are_an_error(tmp_path):
    with pytest.raises(PluginError, match="does not load"):
        Filter(Settings(plugins=("no_such_module_anywhere",)))


def test_the_batch_interface_needs_no_file_system(tmp_path, monkeypatch):
    judge = Judge(settings(tmp_path))
    judge.warm_up()
    monkeypatch.setattr("builtins.open", None)
    records = [Record(0, 1, text="good"), Record(1, 2, fault=Fault("no-text", "none")), Record(2, 3, text="bad " * 9)]
    judged = judge.judge(records)
    assert [each.folder for each in judged] == ["accepted", "quarantine", "rejected"]
    assert [each.record for each in judged] == records
    assert judge.judge([]) == []


def test_where_the_core_fails_on_one_document_its_neighbours_are_judged(tmp_path, monkeypatch):
    judge = Judge(settings(tmp_path))
    really = judge.runner.check_batch

    def fail(documents):
        if any("tokenless" in document.text for document in documents):
            raise MemoryError("no room")
        return really(documents)

    monkeypatch.setattr(judge.runner, "check_batch", fail)
    judged = judge.judge([Record(0, 1, text="good"), Record(1, 2, text="tokenless"), Record(2, 3, text="good")])
    assert [each.folder for each in judged] == ["accepted", "quarantine", "accepted"]
    assert judged[1].reason.message.startswith("MemoryError: no room")
