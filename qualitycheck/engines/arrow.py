"""Arrow batches in, the same batches with a column of qualities out: what Ray, Spark and Arrow itself share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qualitycheck.engines.batch import BatchJudge, as_text
from qualitycheck.engines.extras import require
from qualitycheck.errors import SettingsError
from qualitycheck.filtering.records import Fault


class ArrowJudge(BatchJudge):
    """Adds a column to record batches and tables: ``quality`` unless the settings name another.

    It is a struct of folder, score, verdict, points (a map from check to points), reason and message, and of signals
    and findings as JSON where the settings ask for those. Rows stay as they are and in order, those in quarantine too.
    """

    def add_to(self, batch: Any) -> Any:
        """The batch or table with the column.

        Raises SettingsError where it has a column of that name already.
        """
        pa = require("pyarrow", "parquet")
        name = self.options.quality_field
        free(name, batch.schema.names)
        qualities = pa.array(
            [as_text(quality) for quality in self.qualities(self.documents(batch))], self.column_type()
        )
        schema = batch.schema.append(pa.field(name, qualities.type))
        return type(batch).from_arrays([*batch.columns, qualities], schema=schema)

    def column_type(self) -> Any:
        """The Arrow type of the column."""
        pa = require("pyarrow", "parquet")
        types = {"score": pa.float64(), "points": pa.map_(pa.string(), pa.float64())}
        return pa.struct([(name, types.get(name, pa.string())) for name in self.fields])

    def schema(self, schema: Any) -> Any:
        """The schema of what comes out for batches of this schema. Raises SettingsError as :meth:`add_to`."""
        free(self.options.quality_field, schema.names)
        return schema.append(require("pyarrow", "parquet").field(self.options.quality_field, self.column_type()))

    def documents(self, batch: Any) -> Iterator[dict[str, Any]]:
        """The rows of a batch, with the columns that are looked at alone."""
        options = self.options
        paths = (options.text_field, options.id_field, options.source_field)
        asked = {name for path in paths for name in (path, path.partition(".")[0])}
        names = [name for name in batch.schema.names if name in asked]
        columns = [_values(batch.column(batch.schema.names.index(name))) for name in names]
        for row in zip(*columns, strict=True) if columns else [()] * batch.num_rows:
            yield dict(zip(names, row, strict=True))


def free(name: str, taken: Any) -> None:
    """Raises SettingsError where a column of this name is there already."""
    if name in taken:
        raise SettingsError(f"there is a column “{name}” already; drop it, or name another with filter.quality-field")


def _values(column: Any) -> list[Any]:
    try:
        values: list[Any] = column.to_pylist()
    except UnicodeDecodeError:  # one text in bytes that are no text must not cost its neighbours theirs
        values = [_value(each) for each in column]
    return values


def _value(scalar: Any) -> Any:
    try:
        return scalar.as_py()
    except UnicodeDecodeError as error:
        return Fault("invalid-utf8", f"not valid UTF-8: {error.reason} at byte {error.start:,} of the text")
