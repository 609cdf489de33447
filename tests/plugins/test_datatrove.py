import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualitycheck import Runner, Settings
from qualitycheck.settings import make_settings

texts = st.text("aB .,;:!?…-•#'’“”\n\r\t{}[]1é日") | st.text()


def check(text, **values):
    return Runner(make_settings({"select": ["DTV"], **values})).check(text)


def test_it_runs_only_where_it_is_asked_for():
    assert "datatrove" not in Runner().check("goats").checks
    assert set(check("goats").checks) == {"datatrove"}
    assert set(Runner(Settings(select=("DTV001", "QUO"))).check("goats").checks) == {"datatrove", "quotes"}


def test_every_reason_is_given_with_what_was_measured():
    messages = [finding.message for finding in check("Goats. Goats.").findings if finding.code == "DTV001"]
    assert messages[0] == "gopher_short_doc: 2, where 50 is the limit"
    assert messages[-1] == "gopher_enough_stop_words: 0, where 2 is the limit"


def test_one_filter_alone():
    text = "The goats and the boat are on the quay with the mate. " * 6
    assert check(text, select=["DTV001"]).verdict == "accept"
    assert check(text, select=["DTV002"]).verdict == "reject"


def test_limits_are_data():
    assert check("Goats.", select=["DTV001"]).verdict == "reject"
    limits = {"gopher-quality": {"min-doc-words": 0, "min-stop-words": 0, "max-non-alpha-words-ratio": 0}}
    assert check("Goats.", select=["DTV001"], checks={"datatrove": limits}).verdict == "accept"


def test_the_text_is_judged_as_the_file_holds_it(tmp_path):
    from qualitycheck import check_file

    path = tmp_path / "page.md"
    path.write_text("# Goats\n\n```\n{}\n```\n", encoding="utf-8")
    report = check_file(path, Settings(select=("DTV004",)))
    assert "char_dup_ratio" in {finding.message.split(":")[0] for finding in report.findings}  # of the two fences


@settings(deadline=None)
@given(texts)
def test_any_text_goes_through(text):
    assert check(text).errors == ()


@pytest.mark.parametrize("unit", ["a ", "\n", "- \n", "…\n", "[1]", "{", "a.b@", "(((\n", "goat. ", "﻿", "日"])
def test_hostile_texts_take_no_time(unit):
    started = time.perf_counter()
    assert check(unit * (200_000 // len(unit))).errors == ()
    assert time.perf_counter() - started < 10
