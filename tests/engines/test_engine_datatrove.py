"""datatrove: the same verdicts, its exclusion writer, its statistics, and its output read back."""

import gzip
import json

import engine_corpus
import pytest

from qualitycheck import Filter, InputError, Settings
from qualitycheck.engines.batch import BatchJudge
from qualitycheck.engines.datatrove_output import read

FAST = Settings(select=("BRC",))


def test_the_block_says_what_the_filter_says(documents, chosen, expected, tmp_path):
    pytest.importorskip("datatrove")
    from datatrove.data import Document
    from datatrove.pipeline.writers.jsonl import JsonlWriter

    from qualitycheck.engines.datatrove import QualityCheckFilter

    block = QualityCheckFilter(chosen, exclusion_writer=JsonlWriter(str(tmp_path / "exclusions")))
    given = (Document(row.get("text"), row["id"], metadata={"source": row["source"]}) for row in documents)
    kept = [{"id": each.id, "quality": json.loads(each.metadata["quality"])} for each in block.run(given)]
    dropped = list(read([str(tmp_path / "exclusions")]))
    found = {each["id"]: engine_corpus.comparable(each["quality"]) for each in [*kept, *dropped]}
    # datatrove's documents have a text or None: a missing field is not told from null.
    engine_corpus.assert_same(
        found,
        {
            name: {**each, "reason": "text-is-no-text"} if each["reason"] == "no-text" else each
            for name, each in expected.items()
        },
    )
    assert {each["quality"]["folder"] for each in kept} == {"accepted"}
    stats = block.stats.stats
    assert stats["total"].total == len(documents) and stats["forwarded"].total == len(kept)
    assert sum(stat.total for name, stat in stats.items() if name.startswith("dropped_")) == len(dropped)
    assert stats["dropped_quarantine_check-crashed"].total > 0 and stats["batches"].total == -(-len(documents) // 64)


@pytest.mark.parametrize("expand", [False, True])
def test_a_pipeline_of_two_processes_and_its_output_read_back(expand, tmp_path):
    pytest.importorskip("datatrove")
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers import ParquetWriter

    from qualitycheck.engines.datatrove import QualityCheckFilter

    source = tmp_path / "in"
    source.mkdir()
    for shard in range(2):
        rows = [
            {"text": "Fine." if number % 2 else "A fine {text|essay} here.", "id": f"{shard}-{number}"}
            for number in range(50)
        ]
        (source / f"{shard}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    writers = [ParquetWriter(str(tmp_path / name), expand_metadata=expand) for name in ("out", "rest")]
    pipeline = [JsonlReader(str(source)), QualityCheckFilter(FAST, exclusion_writer=writers[1]), writers[0]]
    executor = LocalPipelineExecutor(pipeline, tasks=2, workers=1 if expand else 2, logging_dir=str(tmp_path / "logs"))
    executor.run()
    kept, rest = list(read([str(tmp_path / "out")])), list(read([str(tmp_path / "rest")]))
    assert len(kept) == len(rest) == 50 and len({each["id"] for each in [*kept, *rest]}) == 100
    assert {each["quality"]["folder"] for each in kept} == {"accepted"}
    assert {each["metadata"]["filter_reason"] for each in rest} == {"review_braces"}
    assert not any("quality" in name for each in [*kept, *rest] for name in each["metadata"])
    stats = json.loads((tmp_path / "logs" / "stats.json").read_text())[1]["stats"]
    assert stats["dropped_review_braces"] == 50 and stats["score"]["n"] == 100


def test_output_is_read_without_datatrove_and_judged_again(tmp_path):
    quality = BatchJudge(FAST).qualities(["Fine."])[0]
    rows = [
        {
            "text": "Fine.",
            "id": "a",
            "metadata": {"source": "s", "quality": json.dumps(quality), "quality_score": 100.0},
        },
        {"text": "A fine {text|essay} here.", "id": "b", "metadata": {}},
    ]
    (tmp_path / "00000.jsonl.gz").write_bytes(gzip.compress(b"".join(json.dumps(row).encode() + b"\n" for row in rows)))
    first, second = read([str(tmp_path)])
    assert first == {"text": "Fine.", "id": "a", "metadata": {"source": "s"}, "quality": quality}
    assert second["quality"] is None
    assert [report.verdict for report in Filter(FAST).run(read([str(tmp_path)]))] == ["accept", "review"]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.jsonl", b'{"text": "a"}\n{"te', r"a\.jsonl:2: is no document"),
        ("a.jsonl.gz", gzip.compress(b'{"text": "a"}\n' * 9)[:-12], r"a\.jsonl\.gz: cannot be read"),
        ("a.parquet", b"PAR1 and no more", r"a\.parquet: cannot be read"),
    ],
)
def test_what_is_broken_off_is_an_error_with_its_place(name, data, said, tmp_path):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError, match=said):
        list(read([str(tmp_path)]))
