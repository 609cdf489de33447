"""Spark: a function for ``mapInArrow`` with its schema, and a helper for data frames."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qualitycheck.engines.arrow import ArrowJudge, free
from qualitycheck.engines.extras import require
from qualitycheck.errors import InputError
from qualitycheck.settings import Settings


class QualityMap(ArrowJudge):
    """A function for ``frame.mapInArrow(function, function.spark_schema(frame.schema))``.

    Rows keep their columns and their order and get ``quality``, a struct of folder, score, verdict, points, reason and
    message; those that cannot be judged stay, with the folder ``quarantine``. Executors need qualitycheck installed,
    in the same version; it loads its models once a Python worker.
    """

    def __call__(self, batches: Iterator[Any]) -> Iterator[Any]:
        """The batches of a partition with the column, one at a time."""
        return map(self.add_to, batches)

    def spark_schema(self, schema: Any) -> Any:
        """Spark's schema of what comes out for frames of this schema.

        Raises SettingsError where there is a column of that name already.
        """
        types = require("pyspark.sql.types", "spark")
        free(self.options.quality_field, schema.names)
        text = types.StringType()
        kinds = {"score": types.DoubleType(), "points": types.MapType(text, types.DoubleType())}
        quality = types.StructType([types.StructField(name, kinds.get(name, text)) for name in self.fields])
        return types.StructType([*schema.fields, types.StructField(self.options.quality_field, quality)])


def with_quality(frame: Any, settings: Settings | None = None) -> Any:
    """The data frame with the column ``quality``; ``where("quality.folder = 'accepted'")`` keeps what is good.

    Raises InputError where the frame has no column of texts, SettingsError where it has one called ``quality``.
    """
    function = QualityMap(settings)
    field = function.options.text_field
    if field not in frame.columns and field.partition(".")[0] not in frame.columns:
        raise InputError(f"there is no column “{field}”; name the column of the text in filter.text-field")
    return frame.mapInArrow(function, function.spark_schema(frame.schema))
