#!/usr/bin/env bash
# The filter on Ray: bash with_ray.sh FOLDER, with the folder that documents.py made. Two rows go to quarantine.
set -euo pipefail
qualitycheck filter "$1/documents" "$1/parquet" --output "$1/filtered-by-ray" --engine ray --workers 2 || [ $? = 2 ]
