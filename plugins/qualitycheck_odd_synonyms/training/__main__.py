"""Rebuilds the shipped model: ``python -m qualitycheck_odd_synonyms.training CORPUS_FOLDER [OUTPUT_FOLDER]``.

CORPUS_FOLDER holds one JSONL file a source (see SOURCES), plain or xz. Takes about five minutes
and 4 GB; the same inputs give the same bytes.
"""

from __future__ import annotations

import hashlib
import sys
import time
from pathlib import Path

from qualitycheck import QualityCheckError
from qualitycheck_odd_synonyms.check import MODEL
from qualitycheck_odd_synonyms.lexicon import read_lexicon
from qualitycheck_odd_synonyms.training.corpus import read_source
from qualitycheck_odd_synonyms.training.export import export
from qualitycheck_odd_synonyms.training.fit import Options, fit
from qualitycheck_odd_synonyms.training.tables import build

LEXICONS = Path(__file__).parent.parent / "lexicon"

#: The share of each source that is trained on, from its start; sources that are not named are kept for measuring.
SOURCES = {
    "gov_fed_speeches_1996_2022": 0.5,
    "legal_au_fca_2006_2009": 0.5,
    "news_allsides_us_2012_2020": 1.0,
    "news_reuters_fin_2006_2013": 1.0,
    "parl_singapore_1980_2024": 1.0,
    "reviews_imdb_2011": 1.0,
    "science_cdc_mmwr_pcd_1985_2024": 0.5,
    "tech_specs_peps_rfcs_guides": 1.0,
    "textbook_openstax": 1.0,
    "wiki_en_2015": 1.0,
}

#: The families and the share of training documents that each spins.
FAMILIES = {"news-spinner": 0.62, "science-paraphraser": 0.12, "mangler": 0.06}

#: The evidence that each must have against a text (see ``export``), a quarter above what the worst of 16,743 documents
#: that were not trained on has.
LEAST_EVIDENCE = {"news-spinner": (22.0, 0.03), "science-paraphraser": (14.0, 0.06), "mangler": (15.0, 0.02)}


def main(arguments: list[str]) -> int:
    """Train and write the model."""
    if len(arguments) not in (1, 2):
        print(__doc__, file=sys.stderr)  # noqa: T201
        return 2
    corpus, output = Path(arguments[0]), Path(arguments[1]) if len(arguments) == 2 else MODEL
    started = time.monotonic()

    def progress(line: str) -> None:
        print(f"{time.monotonic() - started:6.0f} s  {line}", file=sys.stderr, flush=True)  # noqa: T201

    lexicons = {name: read_lexicon(LEXICONS / f"{name}.tsv") for name in FAMILIES}
    tables = build(list(lexicons.values()))
    progress(f"{len(tables.observed.texts)} phrases that stand for {len(tables.originals.texts)} originals")
    sources = []
    for name, share in SOURCES.items():
        sources.append(read_source(corpus / f"{name}.jsonl.xz", share))
        progress(f"{name}: {sources[-1].documents} documents, {len(sources[-1].keys) / 1e6:.1f} M tokens")
    options = Options(list(FAMILIES.values()))
    fitted = fit(sources, tables, options, progress)
    provenance = {
        "lexicons": {
            name: {
                "pairs": len(pairs),
                "sha256": hashlib.sha256((LEXICONS / f"{name}.tsv").read_bytes()).hexdigest(),
                "share": FAMILIES[name],
            }
            for name, pairs in lexicons.items()
        },
        "sources": {
            source.name: {"documents": source.documents, "tokens": len(source.keys), "sha256": source.digest}
            for source in sources
        },
        "seed": options.seed,
        "candidates": int(fitted.sums[0]),
        "loss": round(fitted.sums[2] / fitted.sums[0], 4),
    }
    export(output, fitted, tables, list(FAMILIES), sources, provenance, options.seed, LEAST_EVIDENCE)
    progress(f"written to {output}")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (QualityCheckError, OSError) as error:
        sys.exit(f"error: {error}")
