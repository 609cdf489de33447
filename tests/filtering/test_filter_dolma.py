"""Attribute files for dolma: a line for every line of the documents, under the name that dolma looks for."""

import gzip
import json

import pytest
from click.testing import CliRunner
from corpora import filter_to, rows, settings, write_jsonl

from qualitycheck import InputError
from qualitycheck.cli.group import qualitycheck
from qualitycheck.filtering.options import FilterSettings


def attribute_lines(path):
    data = path.read_bytes()
    return [json.loads(line) for line in (gzip.decompress(data) if path.suffix == ".gz" else data).splitlines()]


def chosen(folder, **more):
    return settings(folder, output_format="dolma", annotate=True, **more)


def test_every_line_has_its_attributes_in_order_and_under_its_name(tmp_path):
    records = rows(300)
    records[7]["text"] = "good BOOM"
    source = tmp_path / "data" / "documents" / "a"
    source.mkdir(parents=True)
    write_jsonl(source / "one.jsonl", records[:200])
    packed = b"".join(json.dumps(record).encode() + b"\n" for record in records[200:])
    (source / "two.json.gz").write_bytes(gzip.compress(packed))
    outcome, said = filter_to(tmp_path / "out", tmp_path / "data", chosen(tmp_path))
    assert outcome.status == 2 and len(said) == 1  # the one that crashed a check
    place = tmp_path / "out" / "attributes" / "qualitycheck" / "a"
    assert sorted(path.name for path in place.iterdir()) == ["one.jsonl", "two.json.gz"]
    lines = attribute_lines(place / "one.jsonl") + attribute_lines(place / "two.json.gz")
    assert [line["id"] for line in lines] == [record["id"] for record in records]
    assert [line["source"] for line in lines] == [record["source"] for record in records]
    for record, line in zip(records, lines, strict=True):
        text = record["text"]
        found = {name.removeprefix("qualitycheck__qualitycheck__"): value for name, value in line["attributes"].items()}
        assert ("quarantine" in found) == ("BOOM" in text)
        bad = found.get("WRD001", [])
        assert [text[start:end] for start, end, _ in bad] == ["bad"] * text.count("bad")
        assert len({"accept", "review", "reject", "quarantine"} & found.keys()) == 1
        assert found["score"][0][:2] == [0, len(text)]
        assert ("points_words" in found) == (found["score"][0][2] < 100)
    kept = filter_to(tmp_path / "plain", tmp_path / "data", settings(tmp_path))[0].summary["verdicts"]
    counted = {
        name: sum(f"qualitycheck__qualitycheck__{name}" in line["attributes"] for line in lines) for name in kept
    }
    assert counted == kept


def test_lines_that_hold_no_document_keep_their_place(tmp_path):
    path = tmp_path / "shard.jsonl"
    path.write_text('{"id": "a", "text": "good"}\n{"id": "b"}\n{broken\n{"id": "d", "text": ""}\n')
    filter_to(tmp_path / "out", path, chosen(tmp_path))
    lines = attribute_lines(tmp_path / "out" / "attributes" / "qualitycheck" / "shard.jsonl")
    assert [line["id"] for line in lines] == ["a", "b", None, "d"]
    reasons = [[name.rpartition("reason_")[2] for name in line["attributes"] if "reason_" in name] for line in lines]
    assert reasons == [[], ["no_text"], ["broken_json"], ["empty"]]
    (quarantine,) = (tmp_path / "out" / "quarantine").iterdir()
    assert len(quarantine.read_text().splitlines()) == 2


def test_files_without_a_folder_of_documents_lie_below_what_they_share(tmp_path):
    for name in ("x/one.jsonl", "y/z/one.jsonl"):
        (tmp_path / "in" / name).parent.mkdir(parents=True)
        write_jsonl(tmp_path / "in" / name, rows(3))
    filter_to(tmp_path / "out", tmp_path / "in", chosen(tmp_path))
    place = tmp_path / "out" / "attributes" / "qualitycheck"
    assert [len(attribute_lines(place / name)) for name in ("x/one.jsonl", "y/z/one.jsonl")] == [3, 3]


def test_a_run_again_makes_the_same_files(tmp_path):
    write_jsonl(tmp_path / "shard.jsonl", rows(100))
    filter_to(tmp_path / "out", tmp_path / "shard.jsonl", chosen(tmp_path))
    path = tmp_path / "out" / "attributes" / "qualitycheck" / "shard.jsonl"
    before = path.read_bytes()
    path.unlink()
    assert filter_to(tmp_path / "out", tmp_path / "shard.jsonl", chosen(tmp_path))[0].resumed == 100
    assert path.read_bytes() == before


def test_what_would_break_the_lines_apart_is_refused(tmp_path):
    (tmp_path / "plain.txt").write_text("good")
    with pytest.raises(InputError, match="JSON lines alone"):
        filter_to(tmp_path / "out", tmp_path / "plain.txt", chosen(tmp_path))
    for more in ({"limit": 3}, {"sample_rate": 0.5}, {"compression": "gz"}):
        with pytest.raises(ValueError, match="dolma needs attributes for every line"):
            FilterSettings(output_format="dolma", **more)


def test_on_the_command_line(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = write_jsonl(tmp_path / "shard.jsonl", [{"id": "a", "text": "Fine."}])
    given = ["filter", str(path), "-o", "out", "--output-format", "dolma", "-q", "--select", "BRC"]
    assert CliRunner().invoke(qualitycheck, given).exit_code == 0
    (line,) = attribute_lines(tmp_path / "out" / "attributes" / "qualitycheck" / "shard.jsonl")
    assert line == {
        "id": "a",
        "attributes": {
            "qualitycheck__qualitycheck__score": [[0, 5, 100.0]],
            "qualitycheck__qualitycheck__accept": [[0, 5, 1.0]],
        },
        "source": None,
    }
