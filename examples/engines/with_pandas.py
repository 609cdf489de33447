"""pandas: ``python with_pandas.py FOLDER``, with the folder that ``documents.py`` made."""

import sys

import pandas

from qualitycheck.engines.pandas import judge

frame = pandas.read_json(f"{sys.argv[1]}/documents/0.jsonl", lines=True)
frame = frame.join(judge(frame))
print(frame[["id", "folder", "score", "reason"]].to_string())
