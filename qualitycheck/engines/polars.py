"""Polars: a column function, for series and frames, and an expression for lazy queries."""

from __future__ import annotations

from typing import Any

from qualitycheck.engines.arrow import free
from qualitycheck.engines.batch import BatchJudge, as_text
from qualitycheck.engines.extras import require
from qualitycheck.errors import InputError
from qualitycheck.settings import Settings


def judge(texts: Any, settings: Settings | BatchJudge | None = None) -> Any:
    """A series of structs for a series of texts, or a frame with that series as its last column, ``quality``.

    A struct has folder, score, verdict, points (a list of structs of check and points), reason and message. Null texts
    are quarantined. A frame needs the column that the settings name for texts.

    Raises InputError for a frame without that column, SettingsError for one that has a column ``quality`` already.
    """
    pl = require("polars", "polars")
    judging = settings if isinstance(settings, BatchJudge) else BatchJudge(settings)
    if not isinstance(texts, pl.DataFrame):
        return _column(pl, [{judging.options.text_field: text} for text in texts], judging)
    options = judging.options
    free(options.quality_field, texts.columns)
    if options.text_field not in texts.columns:
        raise InputError(f"there is no column “{options.text_field}”; name the column of the text in filter.text-field")
    names = [name for name in (options.text_field, options.id_field, options.source_field) if name in texts.columns]
    return texts.with_columns(_column(pl, texts.select(names).iter_rows(named=True), judging))


def quality(column: Any = "text", settings: Settings | BatchJudge | None = None) -> Any:
    """An expression: the qualities of a column, given by its name or as an expression, of a lazy query too."""
    pl = require("polars", "polars")
    judging = settings if isinstance(settings, BatchJudge) else BatchJudge(settings)
    expression = pl.col(column) if isinstance(column, str) else column
    made = expression.map_batches(
        lambda series: judge(series, judging), return_dtype=_type(pl, judging), is_elementwise=True
    )
    return made.alias(judging.options.quality_field)


def _column(pl: Any, documents: Any, judging: BatchJudge) -> Any:
    rows = []
    for row in map(as_text, judging.qualities(documents)):
        row["points"] = [{"check": name, "points": points} for name, points in row["points"].items()]
        rows.append(row)
    return pl.Series(judging.options.quality_field, rows, dtype=_type(pl, judging))


def _type(pl: Any, judging: BatchJudge) -> Any:
    points = pl.List(pl.Struct({"check": pl.String, "points": pl.Float64}))
    types = {"score": pl.Float64, "points": points}
    return pl.Struct({name: types.get(name, pl.String) for name in judging.fields})
