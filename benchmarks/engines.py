"""Throughput of each engine's adapter beside the plain filter: ``python benchmarks/engines.py ENGINE [DOCUMENTS]``.

ENGINE is one of plain, batch, pandas, polars, datasets, datatrove, dolma, spark, ray, ray-run and nemo, where that is
installed. The documents are those of the comparison tests. A process of its own does the work, once for few documents
and once for many: the difference is what documents cost, the first what a start costs. CPU is that of all processes of
the engine, Java's too; it is read from /proc, so this runs on Linux alone. Two cores are used by whatever can.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests" / "engines"))

MARK = "QUALITYCHECK_BENCHMARK"
FEW = 100


def plain(folder: Path, settings: Any) -> None:
    """The filter itself, with two workers."""
    from qualitycheck.filtering.run import Run

    Run(settings, [str(folder / "documents")], progress=False).into_folder(folder / "out")


def batch(folder: Path, settings: Any) -> None:
    """The batch function that all share, alone."""
    from qualitycheck.engines.batch import BatchJudge

    judge = BatchJudge(settings)
    for path in sorted((folder / "documents").iterdir()):
        judge.qualities(map(json.loads, path.read_text().splitlines()))


def pandas(folder: Path, settings: Any) -> None:
    """A frame a shard."""
    import pandas as pd

    from qualitycheck.engines.batch import BatchJudge
    from qualitycheck.engines.pandas import judge

    judging = BatchJudge(settings)
    for path in sorted((folder / "parquet").iterdir()):
        judge(pd.read_parquet(path), judging)


def polars(folder: Path, settings: Any) -> None:
    """A frame a shard."""
    import polars as pl

    from qualitycheck.engines.batch import BatchJudge
    from qualitycheck.engines.polars import judge

    judging = BatchJudge(settings)
    for path in sorted((folder / "parquet").iterdir()):
        judge(pl.read_parquet(path), judging)


def datasets(folder: Path, settings: Any) -> None:
    """``map`` with two processes."""
    import datasets as hf

    from qualitycheck.engines.datasets import judge

    given = hf.load_dataset("parquet", data_dir=str(folder / "parquet"), split="train", cache_dir=str(folder / "cache"))
    judge(given, settings, num_proc=2)


def datatrove(folder: Path, settings: Any) -> None:
    """A pipeline with two workers."""
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers import JsonlWriter

    from qualitycheck.engines.datatrove import QualityCheckFilter

    block = QualityCheckFilter(settings, exclusion_writer=JsonlWriter(str(folder / "rest")))
    pipeline = [JsonlReader(str(folder / "documents")), block, JsonlWriter(str(folder / "out"))]
    LocalPipelineExecutor(pipeline, tasks=4, workers=2, logging_dir=str(folder / "logs")).run()


def dolma(folder: Path, settings: Any) -> None:
    """The tagger with two processes; rows that dolma cannot read are left out beforehand."""
    from dolma.cli.__main__ import main as command

    readable = folder / "dolma" / "documents"
    readable.mkdir(parents=True)
    for path in (folder / "documents").iterdir():
        rows = [line for line in path.read_text().splitlines() if isinstance(json.loads(line).get("text"), str)]
        (readable / path.name).write_text("\n".join(rows) + "\n")
    tagger = ["--taggers", "qualitycheck", "--tagger_modules", "qualitycheck.engines.dolma"]
    command(["tag", "--documents", f"{readable}/*.jsonl", "--processes", "2", *tagger])


def spark(folder: Path, settings: Any) -> None:
    """Parquet in, Parquet out, on local[2]."""
    from pyspark.sql import SparkSession

    from qualitycheck.engines.spark import with_quality

    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = builder.getOrCreate()
    with_quality(session.read.parquet(str(folder / "parquet")), settings).write.parquet(str(folder / "out"))


def ray(folder: Path, settings: Any) -> None:
    """Parquet in, Parquet out, with up to two actors."""
    import ray.data

    from qualitycheck.engines.ray import with_quality

    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    given = ray.data.read_parquet(str(folder / "parquet"))
    with_quality(given, settings, actors=(1, 2)).write_parquet(str(folder / "out"))


def ray_run(folder: Path, settings: Any) -> None:
    """The filter with ``--engine ray``, with up to two actors."""
    import ray

    from qualitycheck.engines.ray_run import RayRun

    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    RayRun(settings, [str(folder / "documents")], progress=False).into_folder(folder / "out")


def nemo(folder: Path, settings: Any) -> None:
    """The stage, called as a worker of NeMo Curator does, without its pipeline."""
    import pandas as pd
    from nemo_curator.tasks import DocumentBatch

    from qualitycheck.engines.nemo import QualityStage

    stage = QualityStage(settings)
    stage.setup()
    for path in sorted((folder / "parquet").iterdir()):
        stage.process(DocumentBatch(dataset_name="benchmark", data=pd.read_parquet(path)))


def work(engine: str, documents: int) -> None:
    """Do it once, and print clock, CPU and the load of the machine as JSON."""
    import engine_corpus

    from qualitycheck import Settings
    from qualitycheck.filtering.options import FilterSettings

    rows = engine_corpus.rows(documents)
    settings = Settings(filter=FilterSettings(workers=2, split_size=500_000))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.chdir(folder)
        (folder / "documents").mkdir()
        (folder / "parquet").mkdir()
        for shard in range(4):
            part = rows[shard::4]
            path = folder / "documents" / f"{shard}.jsonl"
            path.write_text("".join(json.dumps(row) + "\n" for row in part))
            try:
                import pyarrow as pa
                import pyarrow.parquet as pq
            except ImportError:
                continue
            pq.write_table(pa.table(engine_corpus.columns(part)), folder / "parquet" / f"{shard}.parquet")
        started, before, load = time.monotonic(), cpu(), os.getloadavg()[0]
        globals()[engine.replace("-", "_")](folder, settings)
        seconds, used = time.monotonic() - started, cpu() - before
    size = sum(len(row["text"].encode()) for row in rows if isinstance(row.get("text"), str))
    print(json.dumps({"seconds": seconds, "cpu": used, "load": load, "bytes": size}), flush=True)


def cpu() -> float:
    """Seconds of CPU of all processes that were started for this run, and of those they have waited for."""
    mark = f"{MARK}={os.environ[MARK]}".encode()
    total = 0
    for path in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (path / "environ").read_bytes().split(b"\0"):
                total += sum(map(int, (path / "stat").read_text().rpartition(")")[2].split()[11:15]))
        except (OSError, ValueError):
            continue
    return total / os.sysconf("SC_CLK_TCK")


def measured(engine: str, documents: int) -> dict[str, float]:
    """The same from a process of its own."""
    environment = {**os.environ, MARK: f"{os.getpid()}-{documents}", "OMP_NUM_THREADS": "1"}
    command = [sys.executable, __file__, "--work", engine, str(documents)]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    facts: dict[str, float] = json.loads([line for line in done.stdout.splitlines() if line.startswith("{")][-1])
    return facts


def main() -> None:
    """Print a line of a Markdown table."""
    if sys.argv[1] == "--work":
        work(sys.argv[2], int(sys.argv[3]))
        return
    engine, documents = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 2000
    few, many = measured(engine, FEW), measured(engine, documents)
    more = documents - FEW
    by_cpu, by_clock = more / (many["cpu"] - few["cpu"]), more / max(many["seconds"] - few["seconds"], 1e-9)
    megabytes = (many["bytes"] - few["bytes"]) / (many["cpu"] - few["cpu"]) / 1e6
    print(
        f"| {engine} | {by_cpu:,.0f} | {megabytes:.2f} | {by_clock:,.0f} | {few['cpu']:.1f} | {few['seconds']:.1f} "
        f"| {few['load']:.0f} to {many['load']:.0f} |"
    )


if __name__ == "__main__":
    main()
