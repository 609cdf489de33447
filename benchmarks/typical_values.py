"""What clean text measures: ``python benchmarks/typical_values.py ../shared``.

Writes ``typical.tsv`` of the plugins statistics, repetition and datatrove: for each measurement the first percentile,
the median and the 99th percentile over as many documents of each source, whatever its size. The files hold numbers
alone, and nothing of the texts.
"""

from __future__ import annotations

import json
import lzma
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from qualitycheck import Document
from qualitycheck_datatrove.filters import reasons
from qualitycheck_datatrove.options import (
    C4Options,
    DatatroveOptions,
    FineWebOptions,
    GopherQualityOptions,
    GopherRepetitionOptions,
)
from qualitycheck_repetition.measure import Measures
from qualitycheck_repetition.options import RepetitionOptions
from qualitycheck_statistics.measure import measure
from qualitycheck_statistics.signals import signals

PLUGINS = Path(__file__).parent.parent / "plugins"
EACH = 300  # documents of a source
LEAST = 100  # words of a document
_NEVER, _ALWAYS = 1e12, 1e-12  # limits that everything is below, or above where it is more than nothing

#: Limits that no text keeps, so that the filters tell all that they measure.
ALL = DatatroveOptions(
    gopher_quality=GopherQualityOptions(
        min_doc_words=int(_NEVER),
        max_doc_words=0,
        min_avg_word_length=_NEVER,
        max_avg_word_length=_ALWAYS,
        max_symbol_word_ratio=_ALWAYS,
        max_bullet_lines_ratio=_ALWAYS,
        max_ellipsis_lines_ratio=_ALWAYS,
        max_non_alpha_words_ratio=_NEVER,
        min_stop_words=int(_NEVER),
    ),
    gopher_repetition=GopherRepetitionOptions(
        dup_line_frac=_ALWAYS,
        dup_para_frac=_ALWAYS,
        dup_line_char_frac=_ALWAYS,
        dup_para_char_frac=_ALWAYS,
        top_n_grams=dict.fromkeys((2, 3, 4), _ALWAYS),
        dup_n_grams=dict.fromkeys((5, 6, 7, 8, 9, 10), _ALWAYS),
    ),
    c4=C4Options(min_num_sentences=int(_NEVER), filter_lorem_ipsum=False, filter_curly_bracket=False),
    fineweb=FineWebOptions(
        line_punct_thr=_NEVER, short_line_thr=_ALWAYS, char_duplicates_ratio=_ALWAYS, new_line_ratio=_ALWAYS
    ),
)


def texts(path: Path) -> Iterator[str]:
    """Texts from all over a source, EACH of them or as many as there are."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        total = sum(1 for _ in lines)
    step = max(1, total // EACH)
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % step == 0 and number // step < EACH:
                yield json.loads(line)["text"]


def datatrove(documents: list[Document]) -> dict[str, list[float]]:
    """What datatrove's filters measure; a share that is nothing is told by no reason."""
    rows = [{reason.name: reason.value for _, reason in reasons(document.text, ALL)} for document in documents]
    names = dict.fromkeys(name for row in rows for name in row)
    return {name: [row.get(name, 0.0) for row in rows] for name in names}


def main() -> None:
    """Measure everything and write the files."""
    found: dict[str, dict[str, list[float]]] = {
        name: defaultdict(list) for name in ("statistics", "repetition", "datatrove")
    }
    total = sources = 0
    for path in sorted((Path(sys.argv[1]) / "corpus").glob("*.jsonl.xz")):
        documents = [document for document in map(Document, texts(path)) if document.words >= LEAST]
        print(f"{path.name}: {len(documents)}", flush=True)
        total, sources = total + len(documents), sources + 1
        measured = {
            "statistics": signals(measure(documents)),
            "repetition": Measures(documents, RepetitionOptions()).shares(),
            "datatrove": datatrove(documents),
        }
        for plugin, values in measured.items():
            for name, column in values.items():
                found[plugin][name] += [float(value) for value in column]
    for plugin, values in found.items():
        lines = [f"# 1st percentile, median, 99th percentile of {total:,} clean English documents of {sources} sources"]
        for name, column in values.items():
            # A reason that a source never had is a zero for all of its documents.
            column += [0.0] * (total - len(column))
            lines.append("\t".join([name, *(f"{value:.5g}" for value in np.percentile(column, [1, 50, 99]))]))
        (PLUGINS / f"qualitycheck_{plugin}" / "typical.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


main()
