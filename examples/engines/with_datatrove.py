"""datatrove: ``python with_datatrove.py FOLDER``, with the folder that ``documents.py`` made."""

import sys

from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter

from qualitycheck.engines.datatrove import QualityCheckFilter
from qualitycheck.engines.datatrove_output import read


def main(folder):
    pipeline = [
        JsonlReader(f"{folder}/documents"),
        QualityCheckFilter(exclusion_writer=JsonlWriter(f"{folder}/exclusions")),
        JsonlWriter(f"{folder}/kept"),
    ]
    LocalPipelineExecutor(pipeline, tasks=2, workers=2, logging_dir=f"{folder}/logs").run()
    for each in read([f"{folder}/exclusions"]):
        print(each["id"], each["metadata"]["filter_reason"], each["quality"]["score"])


if __name__ == "__main__":  # workers are processes
    main(sys.argv[1])
