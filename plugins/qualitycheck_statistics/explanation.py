"""Values beside their limits, and beside what is usual in clean text."""

from __future__ import annotations

from importlib.resources import files

from qualitycheck import Document, Explanation, Row, Table
from qualitycheck.typical import measured_row, typical_ranges
from qualitycheck_statistics.limits import LIMITS, Limit
from qualitycheck_statistics.measure import Amounts, measure
from qualitycheck_statistics.options import StatisticsOptions
from qualitycheck_statistics.signals import UNITS, signals

_TYPICAL = files(__package__) / "typical.tsv"


def explain_rule(code: str, document: Document, options: StatisticsOptions, cost: float) -> Explanation:
    """What the rule measured in a document, what bounds it, and what is usual."""
    values = _values(document)
    rows: list[Row] = []
    for limit in LIMITS:
        if limit.code == code and limit.signal in values:
            rows += _rows(limit, float(values[limit.signal][0]), options)
    text = f"a reason of its own, however often it is found: it makes the badness at least {cost:g}"
    return Explanation(text, [Table("what was measured, of all of the document", rows)])


def explain_document(document: Document) -> Explanation:
    """All that was measured, beside what is usual."""
    if not len(document.tokens):
        return Explanation()
    usual = typical_ranges(_TYPICAL)
    values = {name: float(column[0]) for name, column in signals(measure([document])).items()}
    strange = [name for name, value in values.items() if name in usual and value not in usual[name]]
    rows = {name: measured_row(name, value, _unit(name), usual.get(name)) for name, value in values.items()}
    tables = [
        Table("what is unusual (98 of 100 clean English documents are not so)", [rows[name] for name in strange]),
        Table("what is as usual", [row for name, row in rows.items() if name not in strange]),
    ]
    return Explanation("", [table for table in tables if table.rows])


def _values(document: Document) -> Amounts:
    amounts = measure([document])
    return {**amounts, **signals(amounts)}


def _unit(name: str) -> str:
    """What a signal counts; nats without more would be evidence."""
    unit = UNITS.get(name, "words" if name == "words" else "")
    return "nats a word" if unit == "nats" else unit


def _rows(limit: Limit, value: float, options: StatisticsOptions) -> list[Row]:
    unit = _unit(limit.signal)
    bound = float(getattr(options, limit.option))
    if not bound:
        return []
    side = "at least" if limit.option.startswith("min_") else "at most"
    name = limit.option.replace("_", "-")
    return [
        measured_row(limit.signal, value, unit, typical_ranges(_TYPICAL).get(limit.signal)),
        Row(f"{side}, as {name} says", bound, unit),
    ]
