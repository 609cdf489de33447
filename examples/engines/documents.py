"""Makes a small corpus for the examples out of the texts in ``seeds/``: ``python documents.py FOLDER``.

FOLDER gets ``documents/`` with two shards of JSON lines, one row in them without a text and one with null for it, and,
where pyarrow is installed, ``parquet/`` with the same rows.
"""

import json
import sys
from pathlib import Path

SEEDS = Path(__file__).resolve().parent.parent.parent / "seeds"


def main(folder):
    rows = [{"id": path.stem, "text": path.read_text("utf-8")} for path in sorted(SEEDS.glob("*.txt"))]
    rows += [{"id": "null", "text": None}, {"id": "none"}]
    (folder / "documents").mkdir(parents=True, exist_ok=True)
    for shard in range(2):
        lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows[shard::2]]
        (folder / "documents" / f"{shard}.jsonl").write_text("".join(lines), "utf-8")
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        return
    (folder / "parquet").mkdir(exist_ok=True)
    schema = pyarrow.schema([("id", pyarrow.string()), ("text", pyarrow.string())])
    for shard in range(2):
        table = pyarrow.Table.from_pylist(rows[shard::2], schema=schema)
        pyarrow.parquet.write_table(table, folder / "parquet" / f"{shard}.parquet")


main(Path(sys.argv[1]))
