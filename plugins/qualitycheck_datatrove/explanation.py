"""What datatrove's filters measured, beside their limits and what is usual in clean text."""

from __future__ import annotations

from importlib.resources import files

from qualitycheck import Document, Explanation, Row, Table
from qualitycheck.typical import measured_row, typical_ranges
from qualitycheck_datatrove.filters import FILTERS, reasons
from qualitycheck_datatrove.options import DatatroveOptions

_TYPICAL = files(__package__) / "typical.tsv"


def explain_reasons(code: str | None, document: Document, options: DatatroveOptions) -> Explanation:
    """The reasons of a filter, or of all where ``code`` is None, in datatrove's order."""
    usual = typical_ranges(_TYPICAL)
    rows: list[Row] = []
    for name, reason in reasons(document.text, options):
        if code is None or FILTERS[name] == code:
            rows.append(measured_row(reason.name, reason.value, "", usual.get(reason.name)))
            if reason.limit:
                rows.append(Row(f"the limit of {name}", reason.limit))
    if not rows:
        return Explanation("no filter of datatrove's has a reason to drop it")
    text = "datatrove stops at the first reason; here are all. One is enough: the badness is 1"
    return Explanation(text, [Table("why it is dropped (usual: 98 of 100 clean English documents)", rows)])
