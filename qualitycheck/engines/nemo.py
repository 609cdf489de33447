"""NeMo Curator: a document filter, and a stage that keeps the whole quality beside every document."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from qualitycheck.engines.batch import BatchJudge
from qualitycheck.engines.extras import require
from qualitycheck.engines.pandas import judge
from qualitycheck.errors import SettingsError
from qualitycheck.filtering.formats import clean, encode_json
from qualitycheck.filtering.records import ACCEPTED, QUARANTINE
from qualitycheck.settings import Settings

require("nemo_curator.stages.text.filters.doc_filter", "nemo")

from nemo_curator.stages.base import ProcessingStage  # noqa: E402
from nemo_curator.stages.text.filters.doc_filter import DocumentFilter  # noqa: E402
from nemo_curator.tasks import DocumentBatch  # noqa: E402


class QualityCheckFilter(DocumentFilter):
    """For ``ScoreFilter(QualityCheckFilter(settings), score_field="quality_score")``.

    The score is ours, in [0, 100], and −1 for what cannot be judged; a document is kept where the plain filter would
    accept it. NeMo shows a filter a text and gives it back a number, so conditions on anything else (``where``) and
    verdicts of plugins cannot be held to: with those, take :class:`QualityStage`. Raises SettingsError then.
    """

    def __init__(self, settings: Settings | None = None) -> None:
        super().__init__()
        self._name = "qualitycheck"
        self._judging = BatchJudge(settings)
        options = self._judging.options
        if options.where or self._judging.overrides_verdicts:
            raise SettingsError(
                "NeMo’s document filter sees a score alone; for where and plugins’ verdicts take QualityStage"
            )
        chosen = self._judging.settings
        least = [chosen.review_below, *((chosen.reject_below,) if "review" in options.keep else ())]
        self._least = 0.0 if "reject" in options.keep else min(least)

    def load_model(self) -> None:
        """Load models, once an actor; NeMo asks for it."""
        self._judging.warm_up()

    def score_document(self, text: Any) -> float:
        """The score of a text; −1 where there is none to judge."""
        (quality,) = self._judging.qualities([{self._judging.options.text_field: text}])
        return -1.0 if quality["folder"] == QUARANTINE else float(quality["score"])

    def keep_document(self, scores: Any) -> bool:
        """Whether a document with this score is accepted."""
        return bool(scores >= self._least)


@dataclass
class QualityStage(ProcessingStage[DocumentBatch, DocumentBatch]):
    """Adds the columns folder, score, verdict, points, reason and message, each with ``quality_`` before it.

    ``filter`` drops what is not accepted; otherwise every document stays, those in quarantine too.
    """

    settings: Settings = field(default_factory=Settings)
    filter: bool = False
    name: str = "qualitycheck"

    def __post_init__(self) -> None:
        self._judging = BatchJudge(self.settings)

    def inputs(self) -> tuple[list[str], list[str]]:
        """What NeMo must find in a batch."""
        return ["data"], [self._judging.options.text_field]

    def outputs(self) -> tuple[list[str], list[str]]:
        """What it finds there afterwards."""
        prefix = self._judging.options.quality_field
        return ["data"], [self._judging.options.text_field, *(f"{prefix}_{name}" for name in self._judging.fields)]

    def ray_stage_spec(self) -> dict[str, Any]:
        """An actor, so that models load once."""
        return {"is_actor_stage": True}

    def setup(self, worker_metadata: Any = None) -> None:
        """Load models."""
        self._judging.warm_up()

    def process(self, batch: Any) -> Any:
        """The batch with the columns."""
        frame = batch.to_pandas()
        made = judge(frame, self._judging)
        if self.filter:
            frame, made = frame[made["folder"] == ACCEPTED], made[made["folder"] == ACCEPTED]
        for name in ("points", "signals", "findings"):  # of one type each, as writers of Parquet need them
            if name in made:
                made[name] = [encode_json(clean(each)).decode() for each in made[name]]
        return DocumentBatch(
            dataset_name=batch.dataset_name,
            data=frame.join(made.add_prefix(f"{self._judging.options.quality_field}_")),
            _metadata=batch._metadata,
            _stage_perf=batch._stage_perf,
        )
