"""NeMo Curator: ``python with_nemo.py FOLDER``, with the folder that ``documents.py`` made."""

import sys

from nemo_curator.backends.xenna import XennaExecutor
from nemo_curator.pipeline import Pipeline
from nemo_curator.stages.text.io.reader import ParquetReader
from nemo_curator.stages.text.io.writer import ParquetWriter

from qualitycheck.engines.nemo import QualityStage

pipeline = Pipeline(
    name="quality",
    stages=[
        ParquetReader(f"{sys.argv[1]}/parquet"),
        QualityStage(),
        ParquetWriter(f"{sys.argv[1]}/by-nemo"),
    ],
)
# Stage after stage: to run all at once, as it does by itself, takes a core for each of them and one more.
for task in pipeline.run(XennaExecutor({"execution_mode": "batch"})):
    print(task.data)
