"""A comparison as plain values, for JSON; ``schema/comparison-1.schema.json`` describes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from qualitycheck.document import Document
from qualitycheck.version import __version__

if TYPE_CHECKING:
    from qualitycheck.comparison.result import Comparison, Counted, Span

SCHEMA = 1


def plain(comparison: Comparison) -> dict[str, Any]:
    """The comparison as dictionaries, lists, texts and numbers."""
    return {
        "schema": SCHEMA,
        "tool": f"qualitycheck {__version__}",
        "original": _document(comparison.original),
        "rewritten": _document(comparison.rewritten),
        "verdict": comparison.verdict.value,
        "figures": asdict(comparison.figures),
        "substitutions": _table(comparison.substitutions),
        "names": _table(comparison.names),
        "numbers": _table(comparison.numbers),
        "quotations": [
            {"original": _place(each.original_span, each.original),
             "rewritten": _place(each.rewritten_span, each.rewritten)}
            for each in comparison.quotations
        ],
        "passages": [
            {
                "original": _place(each.original_span),
                "rewritten": _place(each.rewritten_span),
                "moved": each.moved,
                "changes": [
                    {
                        "kind": change.kind.value,
                        "original": _place(change.original_span, change.original),
                        "rewritten": _place(change.rewritten_span, change.rewritten),
                    }
                    for change in each.changes
                ],
            }
            for each in comparison.passages
        ],
    }  # fmt: skip


def _document(document: Document) -> dict[str, Any]:
    return {"path": document.path, "words": document.words, "language": document.language}


def _table(rows: Sequence[Counted]) -> list[dict[str, Any]]:
    return [
        {
            "original": row.original,
            "rewritten": row.rewritten,
            "count": row.count,
            "first": {"original": _place(row.original_span), "rewritten": _place(row.rewritten_span)},
        }
        for row in rows
    ]


def _place(span: Span, text: str | None = None) -> dict[str, Any]:
    place: dict[str, Any] = {"start": span[0], "end": span[1]}
    if text is not None:
        place["text"] = text
    return place
