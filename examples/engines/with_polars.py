"""Polars: ``python with_polars.py FOLDER``, with the folder that ``documents.py`` made."""

import sys

import polars

from qualitycheck.engines.polars import quality

frame = polars.scan_ndjson(f"{sys.argv[1]}/documents/*.jsonl").with_columns(quality("text"))
print(frame.select("id", polars.col("quality").struct.unnest()).collect())
