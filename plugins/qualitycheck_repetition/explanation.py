"""Shares beside their limits, and beside what is usual in clean text."""

from __future__ import annotations

from importlib.resources import files

from qualitycheck import Document, Explanation, Row, Table
from qualitycheck.typical import measured_row, typical_ranges
from qualitycheck_repetition.measure import Measures
from qualitycheck_repetition.options import RepetitionOptions

_TYPICAL = files(__package__) / "typical.tsv"
_LOOPING = "looping_character_fraction"


def explain_rule(code: str, document: Document, options: RepetitionOptions) -> Explanation:
    """The shares that a rule bounds, their limits, and what is usual."""
    shares, usual = _shares(document, options), typical_ranges(_TYPICAL)
    if code == "REP005":
        copies, words = options.min_loop_copies, options.min_loop_words
        text = f"{copies} copies in a row, of {words} words together, are a loop, however little of the text it is"
        return Explanation(
            text,
            [Table("how much of the text loops", [measured_row(_LOOPING, shares[_LOOPING], "", usual.get(_LOOPING))])],
        )
    rows: list[Row] = []
    for name, limit in options.limits(code).items():
        if limit < 1.0:
            row = measured_row(name, shares.get(name, 0.0), "", usual.get(name))
            rows += [row, Row("at most, as the settings say", limit)]
    return Explanation("", [Table("how much of the text is repeated", rows)])


def explain_document(document: Document, options: RepetitionOptions) -> Explanation:
    """All shares, beside what is usual."""
    if document.words < options.min_words:
        return Explanation(f"of less than {options.min_words} words nothing but loops is looked for")
    shares, usual = _shares(document, options), typical_ranges(_TYPICAL)
    rows = [measured_row(name, share, "", usual.get(name)) for name, share in shares.items() if share]
    if not rows:
        return Explanation("nothing is repeated")
    return Explanation("", [Table("what is repeated (usual: 98 of 100 clean English documents)", rows)])


def _shares(document: Document, options: RepetitionOptions) -> dict[str, float]:
    return {name: float(column[0]) for name, column in Measures([document], options).shares().items()}
