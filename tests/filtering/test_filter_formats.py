"""Compressed files, tables, Parquet, plain files and URLs: through the filter and out again in the same form."""

import bz2
import csv
import gzip
import io
import json
import lzma
import sys

import fsspec
import pytest
from corpora import contents, filter_to, ids, lines, rows, settings, write_jsonl

from qualitycheck import InputError
from qualitycheck.filtering.compression import compress

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

OPEN = {".gz": gzip.decompress, ".bz2": bz2.decompress, ".xz": lzma.decompress, ".zst": zstd.decompress}


def packed(folder, suffix, records, name="a.jsonl"):
    path = folder / f"{name}{suffix}"
    path.write_bytes(compress(write_jsonl(folder / "plain.jsonl", records).read_bytes(), suffix))
    return path


def unpacked(folder, name, suffix):
    """The records of compressed outputs."""
    data = [OPEN[suffix](path.read_bytes()) for path in sorted((folder / name).glob(f"*.jsonl{suffix}"))]
    return [json.loads(line) for each in data for line in each.splitlines()]


@pytest.mark.parametrize("suffix", OPEN)
def test_compressed_in_compressed_out(tmp_path, suffix):
    path = packed(tmp_path, suffix, rows(150))
    filter_to(tmp_path / "out", path, settings(tmp_path, annotate=True))
    found = unpacked(tmp_path / "out", "annotated", suffix)
    assert [each["id"] for each in found] == [f"doc-{n}" for n in range(150)]
    assert len(list((tmp_path / "out" / "annotated").iterdir())) > 3, "it is cut into splits"
    again, _ = filter_to(tmp_path / "out", path, settings(tmp_path, annotate=True))
    assert again.resumed == 150
    filter_to(tmp_path / "plain", path, settings(tmp_path, annotate=True, compression="none"))
    assert [each["id"] for each in lines(tmp_path / "plain", "annotated")] == [f"doc-{n}" for n in range(150)]


@pytest.mark.parametrize("suffix", OPEN)
@pytest.mark.parametrize("share", [0.0, 0.5, 0.95])
def test_a_truncated_file_costs_its_tail(tmp_path, suffix, share):
    import random

    noise = random.Random(5)
    records = [{**each, "noise": noise.randbytes(2000).hex()} for each in rows(300)]
    path = packed(tmp_path, suffix, records)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    outcome, said = filter_to(tmp_path / "out", path, settings(tmp_path, annotate=True, split_size=100_000))
    found = unpacked(tmp_path / "out", "annotated", suffix)
    if share == 0.0 and suffix != ".gz" and not said:
        pytest.fail("an empty file is no compressed file")
    assert [each["id"] for each in found] == [f"doc-{n}" for n in range(len(found))]
    if share == 0.5 and suffix in (".gz", ".zst"):
        assert len(found) > 60, "what can be read is read"
    if share > 0.0:
        (lost,) = lines(tmp_path / "out", "quarantine")
        assert lost["reason"] == "unreadable" and lost["line"] == len(found) + 1
        written = [json.dumps(each, ensure_ascii=False) + "\n" for each in records[: len(found)]]
        assert lost["offset"] == len("".join(written).encode())
        assert outcome.status == 2 and len(said) == 1 and f"{path}:{len(found) + 1} (byte " in said[0]


def test_what_follows_a_good_member_is_a_fault_too(tmp_path):
    path = packed(tmp_path, ".gz", rows(10))
    path.write_bytes(path.read_bytes() + b"garbage after the end")
    outcome, _ = filter_to(tmp_path / "out", path, settings(tmp_path, annotate=True))
    assert len(unpacked(tmp_path / "out", "annotated", ".gz")) == 10 and outcome.summary["reasons"] == {"unreadable": 1}


@pytest.mark.parametrize("suffix", OPEN)
def test_a_bomb_is_stopped(tmp_path, suffix, monkeypatch):
    monkeypatch.setattr("qualitycheck.filtering.compression._FREE", 1_000_000)
    bomb = write_jsonl(tmp_path / "p.jsonl", rows(5)).read_bytes() + b"\n".join([b" " * 99_999] * 300)
    (tmp_path / f"a.jsonl{suffix}").write_bytes(compress(bomb, suffix))
    chosen = settings(tmp_path, max_ratio=20, compression="none")
    outcome, said = filter_to(tmp_path / "out", tmp_path / f"a.jsonl{suffix}", chosen)
    assert len([name for name in ids(tmp_path / "out") if name]) == 5
    assert outcome.summary["reasons"] == {"unreadable": 1} and "expands more than 20 times" in said[0]


def write_csv(path, records, delimiter=","):
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, list(records[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(records)
    return path


def table(folder, name, suffix=".csv", delimiter=","):
    found = []
    for path in sorted((folder / name).glob(f"*{suffix}")):
        with path.open(newline="", encoding="utf-8") as stream:
            found += csv.DictReader(stream, delimiter=delimiter)
    return found


@pytest.mark.parametrize(("suffix", "delimiter"), [(".csv", ","), (".tsv", "\t")])
def test_tables_keep_their_rows(tmp_path, suffix, delimiter):
    texts = ['good, "so" said\nshe', "bad bad bad bad", 'good ""\r\n\r\n,x', "good\ttab", '"', 'good 5" disk']
    records = [{"id": str(n), "text": texts[n % len(texts)], "n": "007", "source": "s"} for n in range(60)]
    path = write_csv(tmp_path / f"a{suffix}", records, delimiter)
    outcome, said = filter_to(tmp_path / "out", path, settings(tmp_path, split_size=300))
    found = [
        each for name in ("accepted", "rejected", "review") for each in table(tmp_path / "out", name, suffix, delimiter)
    ]
    assert not said and outcome.summary["documents"] == 60
    for each in found:
        quality = json.loads(each.pop("quality"))
        assert quality["verdict"] in ("accept", "reject", "review")
    assert sorted(found, key=lambda each: int(each["id"])) == records
    for entry in lines(tmp_path / "out", "ledger"):
        assert path.read_bytes()[entry["offset"] :].startswith(entry["id"].encode() + delimiter.encode())
        assert entry["line"] == path.read_bytes()[: entry["offset"]].count(b"\n") + 1


def test_bad_rows_cost_one_row(tmp_path):
    rows_ = [
        b"id,text",
        b"1,good",
        b"2,good,more",
        b"3",
        b"4,caf\xe9",
        b'5,5" disk good',
        b"6,good",
        b'7,"never closed',
        b"8,x",
    ]
    (tmp_path / "a.csv").write_bytes(b"\n".join(rows_))
    outcome, _ = filter_to(tmp_path / "out", tmp_path / "a.csv", settings(tmp_path))
    assert [each["id"] for each in table(tmp_path / "out", "accepted")] == ["1", "5", "6"]
    assert [(each["line"], each["reason"]) for each in lines(tmp_path / "out", "quarantine")] == [
        (3, "broken-row"), (4, "broken-row"), (5, "invalid-utf8"), (8, "broken-row"),
    ]  # fmt: skip
    assert outcome.summary["documents"] == 7


def test_a_row_that_is_too_long_is_passed_over(tmp_path):
    long = b'2,"' + b"x\n" * 5000 + b'"'
    (tmp_path / "a.csv").write_bytes(b"\n".join([b"id,text", b"1,good", long, b"3,good"]))
    filter_to(tmp_path / "out", tmp_path / "a.csv", settings(tmp_path, max_line=1000))
    assert [each["id"] for each in table(tmp_path / "out", "accepted")] == ["1", "3"]
    (lost,) = lines(tmp_path / "out", "quarantine")
    assert (lost["reason"], lost["line"], lost["length"]) == ("line-too-long", 3, len(long) + 1)


def test_tables_without_the_columns_that_are_needed(tmp_path):
    (tmp_path / "a.csv").write_text("id,body\n1,good\n")
    outcome, said = filter_to(tmp_path / "out", tmp_path / "a.csv", settings(tmp_path))
    assert outcome.summary["reasons"] == {"no-text": 1} and "no column “text”" in said[0] and "--text-field" in said[0]
    (tmp_path / "b.csv").write_text("id,text,quality\n1,good,5\n")
    outcome, said = filter_to(tmp_path / "out2", tmp_path / "b.csv", settings(tmp_path))
    assert outcome.summary["reasons"] == {"field-taken": 1} and "--quality-field" in said[0]


def test_a_table_as_json_lines(tmp_path):
    path = write_csv(tmp_path / "a.csv", [{"id": "1", "text": "good, tea", "n": "007"}])
    filter_to(tmp_path / "out", path, settings(tmp_path, output_format="jsonl"))
    (found,) = lines(tmp_path / "out", "accepted")
    assert {name: found[name] for name in ("id", "text", "n")} == {"id": "1", "text": "good, tea", "n": "007"}


@pytest.fixture
def pa():
    pyarrow = pytest.importorskip("pyarrow")
    pytest.importorskip("pyarrow.parquet")
    return pyarrow


def write_parquet(pa, path, count=200, group=30, **more):
    records = rows(count)
    columns = {
        "id": pa.array([each["id"] for each in records]),
        "text": pa.array([each["text"] for each in records]),
        "price": pa.array([None if n % 7 == 0 else n for n in range(count)], pa.decimal128(20, 3)),
        "nested": pa.array([{"a": [n], "source": f"s{n % 2}"} for n in range(count)]),
        **more,
    }
    pa.parquet.write_table(pa.table(columns), path, row_group_size=group, compression="none")
    return path


def read_parquet(pa, folder, name):
    return pa.concat_tables([pa.parquet.read_table(path) for path in sorted((folder / name).glob("*.parquet"))])


def test_parquet_keeps_its_columns_and_types(tmp_path, pa):
    path = write_parquet(pa, tmp_path / "a.parquet")
    chosen = settings(tmp_path, annotate=True, source_field="nested.source")
    outcome, _ = filter_to(tmp_path / "out", path, chosen)
    found, given = read_parquet(pa, tmp_path / "out", "annotated"), pa.parquet.read_table(path)
    assert found.select(given.column_names).equals(given)
    assert len(list((tmp_path / "out" / "annotated").iterdir())) == 7, "a split a row group"
    assert found["quality"][0].as_py()["verdict"] in ("accept", "review", "reject")
    assert outcome.summary["sources"] == {"s0": {"annotated": 100}, "s1": {"annotated": 100}}
    filter_to(tmp_path / "two", path, chosen, in_process=False)
    assert contents(tmp_path / "two") == contents(tmp_path / "out")


def test_parquet_with_texts_that_are_none(tmp_path, pa):
    path = write_parquet(pa, tmp_path / "a.parquet", 3, text=pa.array(["good", None, ""]))
    outcome, _ = filter_to(tmp_path / "out", path, settings(tmp_path))
    assert outcome.summary["reasons"] == {"text-is-no-text": 1, "empty": 1}
    path = write_parquet(pa, tmp_path / "b.parquet", 3, text=pa.array([1, 2, 3]))
    outcome, said = filter_to(tmp_path / "out2", path, settings(tmp_path))
    assert outcome.summary["reasons"] == {"text-is-no-text": 3} and f"{path}: row 1: " in said[0]
    (first, *_) = lines(tmp_path / "out2", "quarantine")
    assert first["id"] == "doc-0"


def test_a_corrupt_page_costs_the_rest_of_its_row_group(tmp_path, pa):
    path = write_parquet(pa, tmp_path / "a.parquet", 90, 30)
    facts = pa.parquet.ParquetFile(path).metadata.row_group(1).column(1)
    data = bytearray(path.read_bytes())
    start = facts.data_page_offset
    data[start : start + 40] = b"\xff" * 40
    path.write_bytes(data)
    outcome, said = filter_to(tmp_path / "out", path, settings(tmp_path, annotate=True), in_process=False)
    assert read_parquet(pa, tmp_path / "out", "annotated")["id"].to_pylist() == [
        f"doc-{n}" for n in (*range(30), *range(60, 90))
    ]
    assert outcome.status == 2 and outcome.summary["reasons"] == {"unreadable": 1}
    assert "rows 31 to 60 cannot be read (row group 1)" in said[0]


def test_what_is_no_parquet_costs_that_input(tmp_path, pa):
    (tmp_path / "a.parquet").write_bytes(b"PAR1 nonsense")
    good = write_parquet(pa, tmp_path / "b.parquet", 5)
    outcome, said = filter_to(tmp_path / "out", [tmp_path / "a.parquet", good], settings(tmp_path))
    assert outcome.status == 2 and outcome.summary["documents"] == 5 and "not a Parquet file" in said[0]


def test_parquet_as_json_lines_and_in_parts(tmp_path, pa):
    path = write_parquet(pa, tmp_path / "a.parquet")
    filter_to(tmp_path / "out", path, settings(tmp_path, output_format="jsonl", annotate=True, limit=37))
    found = lines(tmp_path / "out", "annotated")
    assert [each["id"] for each in found] == [f"doc-{n}" for n in range(37)]
    assert found[1]["nested"] == {"a": [1], "source": "s1"} and found[1]["price"] == "1.000"


def test_without_pyarrow_the_message_names_the_extra(tmp_path, monkeypatch):
    (tmp_path / "a.parquet").write_bytes(b"PAR1")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(InputError, match=r"pip install 'qualitycheck\[parquet\]'"):
        filter_to(tmp_path / "out", tmp_path / "a.parquet", settings(tmp_path))


def test_a_folder_of_plain_files(tmp_path):
    texts = tmp_path / "texts"
    (texts / "deep").mkdir(parents=True)
    (texts / "a.txt").write_text("good tea")
    (texts / "deep" / "b.md").write_text("```\nbad bad bad bad\n```\n\nGood **tea**.\n")
    (texts / "c.html").write_text("<p>bad bad bad bad tea</p>")
    (texts / "d.txt.gz").write_bytes(gzip.compress(b"good tea"))
    (texts / "latin.txt").write_bytes(b"caf\xe9")
    (texts / "empty.txt").write_bytes(b"")
    write_jsonl(texts / "e.jsonl", [{"id": "e", "text": "good"}])
    outcome, said = filter_to(tmp_path / "out", texts, settings(tmp_path))
    assert [each.get("path", each.get("id")) for each in lines(tmp_path / "out", "accepted")] == [
        str(texts / "a.txt"), str(texts / "d.txt.gz"), str(texts / "deep" / "b.md"), "e",
    ]  # fmt: skip
    assert {each["path"] for each in lines(tmp_path / "out", "rejected")} == {
        str(texts / "c.html"),
        str(texts / "empty.txt"),
    }
    (lost,) = lines(tmp_path / "out", "quarantine")
    assert (lost["file"], lost["reason"]) == (str(texts / "latin.txt"), "not-text")
    assert len(said) == 1 and said[0].startswith(
        f"{texts}/latin.txt: not valid utf-8, because of byte 0xe9 at offset 3"
    )
    assert outcome.summary["documents"] == 7


def test_many_small_files_are_gathered(tmp_path):
    (tmp_path / "t").mkdir()
    for number in range(600):
        (tmp_path / "t" / f"{number:03}.txt").write_text("good")
    outcome, _ = filter_to(tmp_path / "out", tmp_path / "t", settings(tmp_path, split_size=10**6))
    assert outcome.summary["documents"] == 600 and len(list((tmp_path / "out" / "accepted").iterdir())) == 3


@pytest.fixture
def memory():
    system = fsspec.filesystem("memory")
    yield system
    system.store.clear()


def test_urls_of_the_in_memory_file_system(tmp_path, memory):
    write_jsonl(tmp_path / "a.jsonl", rows(50))
    memory.pipe("/corpus/a.jsonl", (tmp_path / "a.jsonl").read_bytes())
    memory.pipe("/corpus/b.jsonl.gz", gzip.compress(b'{"id": "b", "text": "good"}\n'))
    memory.pipe("/corpus/c.txt", b"good tea")
    memory.pipe("/corpus/readme.pdf", b"%PDF-")
    chosen = settings(tmp_path, compression="none")
    outcome, _ = filter_to(tmp_path / "out", "memory://corpus", chosen)
    assert outcome.status == 0 and outcome.summary["documents"] == 52
    outcome, _ = filter_to(tmp_path / "two", "memory://corpus/*.jsonl*", chosen, in_process=False)
    assert outcome.status == 0 and outcome.summary["documents"] == 51, "what only this process can read goes to workers"
    with pytest.raises(InputError, match="memory://corpus/none"):
        filter_to(tmp_path / "three", "memory://corpus/none.jsonl", chosen)


def test_urls_of_the_local_file_system(tmp_path):
    write_jsonl(tmp_path / "a.jsonl", rows(20))
    outcome, _ = filter_to(tmp_path / "out", f"file://{tmp_path}/a.jsonl", settings(tmp_path))
    assert outcome.summary["documents"] == 20
    with pytest.raises(InputError, match="no such file"):
        filter_to(tmp_path / "two", f"file://{tmp_path}/b.jsonl", settings(tmp_path))


def test_a_store_without_its_library_names_the_extra(tmp_path):
    pytest.importorskip("fsspec")
    if any(name in sys.modules or _installed(name) for name in ("s3fs",)):
        pytest.skip("it is installed")
    with pytest.raises(InputError, match=r"qualitycheck\[s3\]"):
        filter_to(tmp_path / "out", "s3://bucket/a.jsonl", settings(tmp_path))


def _installed(name):
    import importlib.util

    return importlib.util.find_spec(name) is not None


def test_standard_input_is_read_as_told(tmp_path, monkeypatch):
    class Stdin:
        buffer = io.BytesIO(b"id,text\n1,good\n")

    monkeypatch.setattr(sys, "stdin", Stdin)
    outcome, _ = filter_to(tmp_path / "out", "-", settings(tmp_path), input_format="csv")
    assert outcome.summary["documents"] == 1 and table(tmp_path / "out", "accepted")[0]["id"] == "1"
