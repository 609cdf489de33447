"""datatrove: a filter block with its conventions, for pipelines of any executor."""

from __future__ import annotations

from typing import Any

from qualitycheck.engines.batch import BatchJudge, accepted, as_text, cause
from qualitycheck.engines.extras import require
from qualitycheck.filtering.formats import encode_json
from qualitycheck.settings import Settings

require("datatrove.pipeline.filters.base_filter", "datatrove")

from datatrove.pipeline.filters.base_filter import BaseFilter  # noqa: E402


class QualityCheckFilter(BaseFilter):
    """Drops what the plain filter would not accept; with an ``exclusion_writer`` that is written elsewhere.

    Every document gets metadata of one type each, as writers of Parquet need them: ``quality_folder`` (accepted,
    review, rejected, quarantine), ``quality_score`` (0 where nothing was looked at) and ``quality``, all of it as JSON,
    which :func:`qualitycheck.engines.datatrove_output.read` reads back. The first word is the settings' quality field.
    Statistics count what is dropped by folder and reason, or the check that cost most: ``dropped_rejected_braces``.

    A text that is none becomes one, as writers need it: empty for None, else as it prints.

    ``batch_size`` is datatrove's; documents are judged together however few come at once. Models load once a process.
    """

    name = "🔎 qualitycheck"

    def __init__(self, settings: Settings | None = None, exclusion_writer: Any = None, batch_size: int = 64) -> None:
        super().__init__(exclusion_writer, batch_size)
        self.judging = BatchJudge(settings)

    def filter(self, doc: Any) -> bool | tuple[bool, str]:
        """Whether to keep a document, or False and why not."""
        return self.filter_batch([doc])[0]

    def filter_batch(self, batch: list[Any]) -> list[bool | tuple[bool, str]]:
        """The same for many, in order."""
        return [
            self._note(document, quality)
            for document, quality in zip(batch, self.judging.qualities(map(self._row, batch)), strict=True)
        ]

    def _row(self, document: Any) -> dict[str, Any]:
        options = self.judging.options
        source = document.metadata.get(options.source_field)
        return {options.source_field: source, options.id_field: document.id, options.text_field: document.text}

    def _note(self, document: Any, quality: dict[str, Any]) -> bool | tuple[bool, str]:
        if not isinstance(document.text, str):  # of which writers of exclusions take the length
            document.text = "" if document.text is None else str(document.text)
        field = self.judging.options.quality_field
        document.metadata[field] = encode_json(as_text(quality)).decode()
        document.metadata[f"{field}_folder"] = quality["folder"]
        document.metadata[f"{field}_score"] = score = float(quality["score"] or 0.0)
        self.stat_update("score", value=score)
        return True if accepted(quality) else (False, cause(quality))
