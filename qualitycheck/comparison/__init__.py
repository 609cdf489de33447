"""Comparing a text with what was made of it: which words became which, and what kind of rewrite it is.

In stages, one file each: sentences that go together (``sentences``), their words (``changes``, with ``pieces`` where
several words in a row were rewritten), tables (``tables``), the verdict (``verdict``), and the ways to show it all.
"""

from __future__ import annotations

from qualitycheck.comparison.result import (
    Change,
    Comparison,
    Counted,
    Figures,
    Kind,
    Passage,
    Quotation,
    Rewrite,
)
from qualitycheck.document import Document

__all__ = ["Change", "Comparison", "Counted", "Figures", "Kind", "Passage", "Quotation", "Rewrite", "compare"]


def compare(original: Document | str, rewritten: Document | str) -> Comparison:
    """How a text differs from what was made of it.

    Sentences are aligned first, moved ones included, then their words. Works on megabytes in seconds, and on any
    language that is written with spaces; function words are known best in English. In languages that write every noun
    with a capital, names are not told from other words.
    """
    from qualitycheck.comparison.changes import align_words
    from qualitycheck.comparison.lexis import Lexis
    from qualitycheck.comparison.passages import passages
    from qualitycheck.comparison.sentences import align_sentences
    from qualitycheck.comparison.tables import names, numbers, quotations, substitutions
    from qualitycheck.comparison.verdict import figures, judge
    from qualitycheck.comparison.words import Words

    documents = [each if isinstance(each, Document) else Document(each) for each in (original, rewritten)]
    first, second = (Words.of(document) for document in documents)
    lexis = Lexis(documents[0].language or documents[1].language)
    aligned = align_words(first, second, align_sentences(first, second), lexis)
    found = figures(first, second, aligned)
    return Comparison(
        original=documents[0],
        rewritten=documents[1],
        verdict=judge(found),
        figures=found,
        passages=passages(first, second, aligned),
        substitutions=substitutions(first, second, aligned),
        names=names(first, second, aligned, lexis),
        numbers=numbers(first, second, aligned),
        quotations=quotations(first, second, aligned),
    )
