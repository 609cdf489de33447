"""pandas: a column function. ``frame.join(judge(frame))`` or ``judge(frame["text"])``."""

from __future__ import annotations

from typing import Any

from qualitycheck.engines.batch import BatchJudge
from qualitycheck.engines.extras import require
from qualitycheck.errors import InputError
from qualitycheck.settings import Settings


def judge(texts: Any, settings: Settings | BatchJudge | None = None) -> Any:
    """A data frame with the index of ``texts``, a row for each: folder, score, verdict, points, reason and message.

    ``texts`` is a series, or a frame with the columns that the settings name; missing values are quarantined. Where it
    is called many times, give it one :class:`BatchJudge` in place of settings, and models load once.

    Raises InputError for a frame without the column of texts.
    """
    pd = require("pandas", "pandas")
    judging = settings if isinstance(settings, BatchJudge) else BatchJudge(settings)
    documents = (
        _rows(texts, judging)
        if isinstance(texts, pd.DataFrame)
        else [{judging.options.text_field: text} for text in _plain(texts)]
    )
    return pd.DataFrame(judging.qualities(documents), index=texts.index, columns=list(judging.fields))


def _rows(frame: Any, judging: BatchJudge) -> list[dict[str, Any]]:
    options = judging.options
    if options.text_field not in frame.columns:
        raise InputError(f"there is no column “{options.text_field}”; name the column of the text in filter.text-field")
    names = [name for name in (options.text_field, options.id_field, options.source_field) if name in frame.columns]
    return [dict(zip(names, row, strict=True)) for row in zip(*(_plain(frame[name]) for name in names), strict=True)]


def _plain(series: Any) -> list[Any]:
    """The values, with None for each way in which pandas says that there is none."""
    values: list[Any] = series.astype(object).where(series.notna(), None).tolist()
    return values
