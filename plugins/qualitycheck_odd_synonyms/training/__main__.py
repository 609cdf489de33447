"""Rebuilds a shipped model: ``python -m qualitycheck_odd_synonyms.training CORPUS_FOLDER [OUTPUT_FOLDER]``.

CORPUS_FOLDER holds one JSONL file a source (see SOURCES), plain or xz; four novels come from Debian's
``r-cran-janeaustenr``. Takes about six minutes, a gigabyte of memory and one and a half of disk; the same inputs give
the same bytes. ``--measure`` builds nothing: it measures the model that is there, and writes the figures into its
manifest. ``--dense`` rebuilds the other model, of vectors; it takes twenty minutes and four gigabytes, and needs
WordNet, too (Debian's ``wordnet-base``).
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

from qualitycheck import QualityCheckError
from qualitycheck_odd_synonyms.check import DENSE_MODEL, MODEL
from qualitycheck_odd_synonyms.lexicon import Pair, read_lexicon
from qualitycheck_odd_synonyms.training import novels, wordnet
from qualitycheck_odd_synonyms.training.corpus import Text
from qualitycheck_odd_synonyms.training.dense_pipeline import train_dense
from qualitycheck_odd_synonyms.training.fit import Options
from qualitycheck_odd_synonyms.training.pipeline import Family, measure_again, train

LEXICONS = Path(__file__).parent.parent / "lexicon"

#: The share of each source that is trained on, from its start; the model is measured on the rest.
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
    "mixed_gum": 0.0,
    "news_bbc_2004_2005": 0.0,
    "news_fnc1_2014_2015": 0.0,
    "news_reuters21578_1987": 0.0,
}

#: The families, the share of training documents that each spins, and the evidence that each must have against a text
#: (see ``export``): a quarter above what the worst of 16,743 documents that were not trained on has.
FAMILIES = [
    Family(LEXICONS / "news-spinner.tsv", 0.72, (18.5, 0.03)),
    Family(LEXICONS / "mangler.tsv", 0.08, (15.0, 0.02)),
]

#: The same for the model of vectors, whose second lexicon comes from WordNet.
DENSE_SHARES = (0.33, 0.45)
DENSE_LEAST = ((9.5, 0.05), (21.5, 0.05))


def dense_lexicons() -> dict[str, list[Pair]]:
    """The pairs of the families that the model of vectors knows."""
    own = read_lexicon(LEXICONS / "thesaurus-spinner.tsv")
    return {
        "science-paraphraser": read_lexicon(LEXICONS / "science-paraphraser.tsv"),
        "thesaurus-spinner": list({(pair.original, pair.observed): pair for pair in [*own, *wordnet.pairs()]}.values()),
    }


def sources(corpus: Path) -> list[Text]:
    """The files of the corpus with what is trained on of each."""
    return [Text(corpus / f"{name}.jsonl.xz", share) for name, share in SOURCES.items()]


def main(arguments: list[str]) -> int:
    """Train and write the model, or measure it."""
    paths = [Path(each) for each in arguments if not each.startswith("--")]
    if len(paths) not in (1, 2):
        print(__doc__, file=sys.stderr)  # noqa: T201
        return 2
    dense = "--dense" in arguments
    corpus, output = paths[0], paths[1] if len(paths) == 2 else DENSE_MODEL if dense else MODEL
    started = time.monotonic()

    def progress(line: str) -> None:
        print(f"{time.monotonic() - started:6.0f} s  {line}", file=sys.stderr, flush=True)  # noqa: T201

    if "--measure" in arguments:
        manifest = json.loads((output / "manifest.json").read_text(encoding="utf-8"))
        lexicons = [*dense_lexicons().values()] if dense else [read_lexicon(family.path) for family in FAMILIES]
        manifest["measured"] = measure_again(output, lexicons, sources(corpus), progress=progress)
        text = json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"
        (output / "manifest.json").write_text(text, encoding="utf-8")
        return 0
    with tempfile.TemporaryDirectory() as name:
        fiction = Path(name) / "novels_austen.jsonl"
        novels.write(fiction)
        texts = [*sources(corpus), Text(fiction, 1.0)]
        if dense:
            train_dense(dense_lexicons(), DENSE_SHARES, DENSE_LEAST, texts, output, progress=progress)
        else:
            options = Options([family.share for family in FAMILIES])
            train(FAMILIES, texts, output, language="en", options=options, overwrite=True, progress=progress)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (QualityCheckError, OSError) as error:
        sys.exit(f"error: {error}")
