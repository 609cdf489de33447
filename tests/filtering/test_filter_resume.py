"""Another job in the same folder is noticed, and what to do about it is the user's choice."""

import fcntl
import os

import pytest
from corpora import contents, filter_to, ids, lines, rows, settings, write_jsonl

from qualitycheck import QualityCheckError, SettingsError


@pytest.fixture
def corpus(tmp_path):
    return write_jsonl(tmp_path / "a.jsonl", rows(60))


def test_a_changed_setting_is_refused_and_named(tmp_path, corpus):
    filter_to(tmp_path / "out", corpus, settings(tmp_path))
    before = contents(tmp_path / "out")
    with pytest.raises(SettingsError, match=r"reject-below was 40\.0, and is 70\.0.*--resume .*--overwrite ") as error:
        filter_to(tmp_path / "out", corpus, settings(tmp_path, reject_below=70.0))
    assert "\n" not in str(error.value) and contents(tmp_path / "out") == before


@pytest.mark.parametrize("how", ["resume", "overwrite"])
def test_a_changed_setting_makes_all_anew(tmp_path, corpus, how):
    filter_to(tmp_path / "out", corpus, settings(tmp_path))
    changed = settings(tmp_path, reject_below=70.0, split_size=3333)
    outcome, _ = filter_to(tmp_path / "out", corpus, changed, **{how: True})
    filter_to(tmp_path / "fresh", corpus, changed)
    assert outcome.resumed == 0 and contents(tmp_path / "out") == contents(tmp_path / "fresh")


def test_a_changed_input_is_refused_and_only_it_is_done_anew(tmp_path, corpus):
    other = write_jsonl(tmp_path / "b.jsonl", rows(30, id="b"))
    filter_to(tmp_path / "out", [corpus, other], settings(tmp_path))
    write_jsonl(other, [{"id": "new", "text": "good"}])
    with pytest.raises(SettingsError, match=r"input .*b\.jsonl is changed"):
        filter_to(tmp_path / "out", [corpus, other], settings(tmp_path))
    outcome, _ = filter_to(tmp_path / "out", [corpus, other], settings(tmp_path), resume=True)
    assert outcome.resumed == 60
    assert ids(tmp_path / "out") == {**{f"doc-{n}": 1 for n in range(60)}, "new": 1}


def test_an_input_more_or_less(tmp_path, corpus):
    other = write_jsonl(tmp_path / "b.jsonl", [{"id": "b", "text": "good"}])
    filter_to(tmp_path / "out", corpus, settings(tmp_path))
    with pytest.raises(SettingsError, match=r"input .*b\.jsonl is new"):
        filter_to(tmp_path / "out", [other, corpus], settings(tmp_path))
    outcome, _ = filter_to(tmp_path / "out", [other, corpus], settings(tmp_path), resume=True)
    assert outcome.resumed == 60 and ids(tmp_path / "out")["b"] == 1
    with pytest.raises(SettingsError, match=r"input .*b\.jsonl is no longer there"):
        filter_to(tmp_path / "out", corpus, settings(tmp_path))
    outcome, _ = filter_to(tmp_path / "out", corpus, settings(tmp_path), resume=True)
    assert outcome.resumed == 60 and "b" not in ids(tmp_path / "out")


def test_an_edited_plugin_is_a_changed_job(tmp_path, corpus):
    chosen = settings(tmp_path)
    filter_to(tmp_path / "out", corpus, chosen)
    plugin = tmp_path / "words.py"
    plugin.write_text(plugin.read_text().replace("0.25", "0.35"))
    with pytest.raises(SettingsError, match="versions of qualitycheck, plugins or models"):
        filter_to(tmp_path / "out", corpus, chosen)


def test_workers_and_timeout_are_no_part_of_the_job(tmp_path, corpus):
    filter_to(tmp_path / "out", corpus, settings(tmp_path, workers=2, timeout=5.0))
    outcome, _ = filter_to(tmp_path / "out", corpus, settings(tmp_path, workers=1, timeout=9.0))
    assert outcome.resumed == 60


def test_two_runs_into_one_folder_at_once(tmp_path, corpus):
    filter_to(tmp_path / "out", corpus, settings(tmp_path))
    held = os.open(tmp_path / "out" / ".qualitycheck" / "lock", os.O_RDWR)
    fcntl.flock(held, fcntl.LOCK_EX)
    with pytest.raises(SettingsError, match="another run is writing to it"):
        filter_to(tmp_path / "out", corpus, settings(tmp_path))
    os.close(held)
    filter_to(tmp_path / "out", corpus, settings(tmp_path))


def test_what_is_not_ours_is_left_alone(tmp_path, corpus):
    filter_to(tmp_path / "out", corpus, settings(tmp_path))
    (tmp_path / "out" / "accepted" / "notes.txt").write_text("mine")
    filter_to(tmp_path / "out", corpus, settings(tmp_path), overwrite=True)
    assert (tmp_path / "out" / "accepted" / "notes.txt").read_text() == "mine"


class FullDisk:
    """A file on a disk that has room for so many bytes."""

    room = 0

    def __init__(self, path):
        self._stream = path.open("wb")

    def write(self, data):
        FullDisk.room -= len(data)
        if FullDisk.room < 0:
            raise OSError(28, "No space left on device")
        self._stream.write(data)

    def __getattr__(self, name):
        return getattr(self._stream, name)


def test_a_disk_that_fills_up(tmp_path, corpus, monkeypatch):
    chosen = settings(tmp_path, split_size=2000)
    filter_to(tmp_path / "fresh", corpus, chosen)
    monkeypatch.setattr("qualitycheck.filtering.parts.opener", FullDisk)
    FullDisk.room = 9000
    with pytest.raises(QualityCheckError, match="No space left on device; what is finished is kept: make room"):
        filter_to(tmp_path / "out", corpus, chosen)
    assert not list((tmp_path / "out" / ".qualitycheck" / "parts").iterdir()), "room is made"
    complete = contents(tmp_path / "fresh")
    assert all(complete[name] == data for name, data in contents(tmp_path / "out").items())
    done = len(lines(tmp_path / "out", "ledger"))
    FullDisk.room = 10**9
    outcome, _ = filter_to(tmp_path / "out", corpus, chosen)
    assert outcome.resumed == done > 0 and contents(tmp_path / "out") == complete


def test_a_folder_that_may_not_be_written(tmp_path, corpus):
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="cannot be written: Not a directory"):
        filter_to(tmp_path / "file" / "out", corpus, settings(tmp_path))
