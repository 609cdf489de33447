import time

import pytest
from support import Marks, Plugin, make_check

from qualitycheck import Document
from qualitycheck.runner import Runner
from qualitycheck.timing import SHARED, Clock, untimed


def slow(self, document):
    time.sleep(0.02)
    return []


def test_each_check_has_its_own_time():
    clock = Clock()
    checks = Plugin(make_check("slow", inspect=slow), Marks())
    runner = Runner(plugins=[checks], entry_points=False, clock=clock)
    reports = [report for _, report in runner.run(clock.watch([Document("one # two"), Document("é")]))]
    assert set(clock.seconds) == {SHARED, "marks", "slow"}
    assert clock.seconds["slow"] >= 0.04 > clock.seconds["marks"]
    assert clock.bytes == 11
    untimed_runner = Runner(plugins=[checks], entry_points=False)
    assert reports == untimed_runner.check_batch([Document("one # two"), Document("é")])


def test_the_table_names_the_slowest_first_and_adds_up():
    clock = Clock()
    with clock("quick"):
        pass
    with pytest.raises(ValueError), clock("slow"):
        time.sleep(0.02)
        raise ValueError("a crash is on the clock too")
    list(clock.watch([Document("x" * 1000)]))
    title, *rows = clock.table()
    assert title.split() == ["seconds", "share", "MB/s", "check"]
    names = [row[28:] for row in rows]
    assert names[0] == "slow"
    assert names[-2:] == ["reading, scoring and reporting", "all"]
    seconds = [float(row[:9]) for row in rows]
    assert sum(seconds[:-1]) == pytest.approx(seconds[-1], abs=0.005)


def test_without_a_clock_nothing_is_done():
    assert untimed("one") is untimed("two")
    with untimed("one"), untimed("one"):
        pass
