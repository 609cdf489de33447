"""Workers that hang or die cost the document that did it, and nothing else."""

import gzip
import os
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest
from corpora import contents, filter_to, ids, lines, rows, settings, write_jsonl

from qualitycheck import QualityCheckError


def corpus(folder, **texts):
    """A hundred documents, some with the texts given: ``at_7="HANG"``."""
    records = rows(100)
    for name, text in texts.items():
        records[int(name[3:])]["text"] = text
    return write_jsonl(folder / "a.jsonl", records)


@pytest.mark.parametrize("what", ["HANG", "SPIN"])
def test_a_check_that_never_returns(tmp_path, what):
    path = corpus(tmp_path, at_7=f"{what} 1", at_60=f"{what} 2")
    chosen = settings(tmp_path, timeout=1.5, split_size=5000)
    outcome, said = filter_to(tmp_path / "out", path, chosen, in_process=False)
    assert outcome.status == 2 and outcome.summary["reasons"] == {"timeout": 2}
    assert sorted(ids(tmp_path / "out")) == sorted(f"doc-{n}" for n in range(100))
    assert [each["id"] for each in lines(tmp_path / "out", "quarantine")] == ["doc-7", "doc-60"]
    assert all("longer than the 1.5 seconds that --timeout allows, in check “words”" in each for each in said)
    assert len(said) == 2
    filter_to(tmp_path / "calm", corpus(tmp_path), chosen)
    calm = contents(tmp_path / "calm")
    same = [name for name, data in contents(tmp_path / "out").items() if calm.get(name) == data]
    assert len(same) >= 4, "splits without a bad document are as ever"


def test_a_document_that_kills_its_worker(tmp_path):
    path = corpus(tmp_path, at_7="DIE", at_8="DIE", at_99="DIE")
    outcome, said = filter_to(tmp_path / "out", path, settings(tmp_path), in_process=False)
    assert [each["id"] for each in lines(tmp_path / "out", "quarantine")] == ["doc-7", "doc-8", "doc-99"]
    assert set(ids(tmp_path / "out").values()) == {1} and len(ids(tmp_path / "out")) == 100
    assert "was killed by signal 9 while it was checked, twice, in check “words”" in said[0]
    assert outcome.summary["run"]["workers_replaced"] >= 6


def test_a_worker_killed_from_outside_costs_nothing(tmp_path):
    once = [f"ONCE:{tmp_path / f'flag-{number}'} bad" for number in range(3)]
    path = corpus(tmp_path, at_5=once[0], at_50=once[1], at_51=once[2])
    outcome, said = filter_to(tmp_path / "out", path, settings(tmp_path), in_process=False)
    assert outcome.status == 0 and not said and outcome.summary["run"]["workers_replaced"] >= 3
    filter_to(tmp_path / "calm", path, settings(tmp_path))
    assert contents(tmp_path / "calm") == contents(tmp_path / "out")


@pytest.mark.parametrize("name", ["qualitycheck/__init__.py", "regex.py", "pickle.py", "numpy.py"])
def test_code_that_lies_beside_the_corpus_is_not_run(tmp_path, name):
    corpus(tmp_path)
    trap = tmp_path / name
    trap.parent.mkdir(exist_ok=True)
    trap.write_text(f"open({str(tmp_path / 'sprung')!r}, 'w').close()\nraise SystemExit(7)\n")
    command = [Path(sys.executable).parent / "qualitycheck", "filter", "a.jsonl", "--output", "out", "--quiet"]
    options = ["--isolated", "--workers", "1", "--select", "BRC"]
    result = subprocess.run([*command, *options], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert not (tmp_path / "sprung").exists()
    assert len(lines(tmp_path / "out", "ledger")) == 100


def test_workers_that_cannot_start_end_the_run(tmp_path):
    path = corpus(tmp_path)
    chosen = settings(tmp_path)
    plugin = tmp_path / "words.py"
    plugin.write_text(
        "import multiprocessing, os\nif multiprocessing.parent_process(): os._exit(3)\n" + plugin.read_text()
    )
    with pytest.raises(QualityCheckError, match="workers cannot be started: ended with status 3"):
        filter_to(tmp_path / "out", path, chosen, in_process=False)


def test_a_worker_takes_one_core(tmp_path, monkeypatch):
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    path = corpus(tmp_path)
    chosen = settings(tmp_path)
    plugin, seen = tmp_path / "words.py", tmp_path / "seen"
    plugin.write_text(
        "import multiprocessing, os, pathlib\nif multiprocessing.parent_process():"
        f" pathlib.Path({str(seen)!r}).write_text(os.environ['OPENBLAS_NUM_THREADS'])\n" + plugin.read_text()
    )
    filter_to(tmp_path / "out", path, chosen, in_process=False)
    assert seen.read_text() == "1" and "OPENBLAS_NUM_THREADS" not in os.environ


def test_fifty_megabytes_in_one_line_cost_neither_time_nor_memory(tmp_path):
    path = tmp_path / "a.jsonl"
    with path.open("wb") as stream:
        stream.write(b'{"id": "a", "text": "good"}\n{"id": "huge", "text": "')
        for _ in range(50):
            stream.write(b"word " * 200_000)
        stream.write(b'"}\n{"id": "b", "text": "good"}\n')
    chosen = settings(tmp_path, max_line=1_000_000, split_size=8_000_000)
    tracemalloc.start()
    outcome, said = filter_to(tmp_path / "out", path, chosen)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [each["id"] for each in lines(tmp_path / "out", "accepted")] == ["a", "b"]
    (lost,) = lines(tmp_path / "out", "quarantine")
    assert (lost["line"], lost["offset"], lost["length"]) == (2, 28, 50_000_000 + 27)
    assert "raw" not in lost and len(said) == 1 and outcome.status == 2
    assert peak < 25_000_000


def test_what_expands_a_thousandfold_is_read_in_bounded_memory(tmp_path):
    with gzip.open(tmp_path / "a.jsonl.gz", "wb", compresslevel=9) as stream:
        stream.write(b'{"text": "good"}\n{"text": "')
        for _ in range(100):
            stream.write(b"x" * 1_000_000)
    tracemalloc.start()
    chosen = settings(tmp_path, max_line=1_000_000, max_ratio=5000, compression="none")
    outcome, _ = filter_to(tmp_path / "out", tmp_path / "a.jsonl.gz", chosen)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert outcome.summary["reasons"] == {"line-too-long": 1} and len(lines(tmp_path / "out", "accepted")) == 1
    assert peak < 25_000_000
