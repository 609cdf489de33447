"""``datasets``: ``python with_datasets.py FOLDER``, with the folder that ``documents.py`` made."""

import sys

import datasets

from qualitycheck.engines.datasets import QualityFilter, judge


def main(folder):
    given = datasets.load_dataset("json", data_dir=f"{folder}/documents", split="train", cache_dir=f"{folder}/cache")
    judged = judge(given, num_proc=2)
    print({row["id"]: row["quality"]["folder"] for row in judged})
    print(given.filter(QualityFilter(), batched=True)["id"])


if __name__ == "__main__":  # num_proc starts processes
    main(sys.argv[1])
