"""Ray Data: ``python with_ray.py FOLDER``, with the folder that ``documents.py`` made."""

import sys

import ray

from qualitycheck.engines.ray import with_quality

judged = with_quality(ray.data.read_parquet(f"{sys.argv[1]}/parquet"), actors=(1, 2)).materialize()
kept = judged.filter(lambda row: row["quality"]["folder"] == "accepted")
kept.write_parquet(f"{sys.argv[1]}/by-ray/kept")
kept.drop_columns(["quality"]).write_json(f"{sys.argv[1]}/by-ray/kept-as-json-lines")
for row in judged.iter_rows():
    print(row["id"], row["quality"]["folder"], row["quality"]["reason"])
