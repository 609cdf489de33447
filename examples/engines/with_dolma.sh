#!/usr/bin/env bash
# dolma: bash with_dolma.sh FOLDER, with the folder that documents.py made.
set -euo pipefail
cd "$1"

# Attributes by our filter, which puts the rows that dolma cannot read into quarantine (and so ends with status 2) ...
qualitycheck filter documents --output filtered --output-format dolma --quiet || [ $? = 2 ]
wc -l filtered/attributes/qualitycheck/*.jsonl filtered/quarantine/*

# ... and by dolma with our tagger, for documents that dolma can read.
mkdir -p readable/documents
grep -hv '"null"\|"none"' documents/*.jsonl | gzip > readable/documents/all.jsonl.gz
dolma tag --documents 'readable/documents/*.gz' --taggers qualitycheck --tagger_modules qualitycheck.engines.dolma
gzip -dc readable/attributes/qualitycheck/all.jsonl.gz | head -n 1 | cut -c 1-300
