"""What a check says when it is asked why: plain data, that any format can show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qualitycheck.finding import Finding


@dataclass(frozen=True, slots=True)
class Row:
    """One piece of evidence: what it is, and what it weighs.

    ``value`` is a number or a text, ``unit`` what the number counts, ``note`` what a reader should know of it besides.
    A value in ``nats`` is evidence: above zero it speaks for the finding, below zero against it.
    """

    label: str
    value: float | str
    unit: str = ""
    note: str = ""

    def to_dict(self) -> dict[str, Any]:
        """As plain values for JSON."""
        return {"label": self.label, "value": self.value, "unit": self.unit, "note": self.note}


@dataclass(frozen=True, slots=True)
class Table:
    """Evidence of one kind, under a title."""

    title: str
    rows: Sequence[Row]

    def to_dict(self) -> dict[str, Any]:
        """As plain values for JSON."""
        return {"title": self.title, "rows": [row.to_dict() for row in self.rows]}


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a check says what it says: ``text`` in words, a sentence or a few, and ``tables`` with the evidence.

    Rule, message, confidence, and what a finding costs need not be repeated: they are shown in any case.
    """

    text: str = ""
    tables: Sequence[Table] = ()

    @classmethod
    def thinned(cls, costs: Mapping[str, tuple[float, int]], finding: Finding | None, words: int) -> Explanation:
        """What a finding adds to the badness that ``Evidence.thinned`` gives for these costs; nothing for None."""
        if finding is None or finding.code not in costs:
            return cls()
        cost, short = costs[finding.code]
        share = min(1.0, short / max(1, words))
        rows = [
            Row("what one finding of this rule costs in a short text", cost),
            Row("how sure it is", finding.confidence),
            Row(f"for the length: a text is short up to {short:,} words, and this has {words:,}", share),
            Row("their product, by which this finding alone makes the document bad", cost * finding.confidence * share),
        ]
        return cls("", [Table("what it weighs", rows)])

    def __bool__(self) -> bool:
        return bool(self.text or self.tables)

    def to_dict(self) -> dict[str, Any]:
        """As plain values for JSON."""
        return {"text": self.text, "tables": [table.to_dict() for table in self.tables]}
