"""Ray Data: a class for ``map_batches``, and a helper that calls it with actors that come and go with the load."""

from __future__ import annotations

from typing import Any

from qualitycheck.engines.arrow import ArrowJudge
from qualitycheck.engines.extras import require
from qualitycheck.settings import Settings

_ROWS = 256  # a batch: enough to be judged together, and little to do again


class QualityMap(ArrowJudge):
    """``dataset.map_batches(QualityMap, fn_constructor_args=(settings,), batch_format="pyarrow", compute=...)``.

    Rows stay as they are, in order, and get ``quality``: a struct of folder, score, verdict, points, reason, message.
    Those that cannot be judged stay too, with the folder ``quarantine``. Models load once an actor, when it starts.
    """

    def __init__(self, settings: Settings | None = None) -> None:
        super().__init__(settings)
        self.warm_up()

    def __call__(self, batch: Any) -> Any:
        """The batch, an Arrow table, with the column."""
        return self.add_to(batch)


def with_quality(
    dataset: Any, settings: Settings | None = None, *, actors: tuple[int, int | None] = (1, None), **options: Any
) -> Any:
    """The dataset with the column ``quality``.

    ``actors`` are the least and the most at work; None means as many as the cluster has cores for. ``options`` are
    those of ``map_batches``: ``batch_size``, ``num_cpus`` and so on.
    """
    data = require("ray.data", "ray")
    least, most = actors
    return dataset.map_batches(
        QualityMap,
        fn_constructor_args=(settings,),
        compute=data.ActorPoolStrategy(min_size=least, max_size=most),
        **{"batch_format": "pyarrow", "batch_size": _ROWS, "num_cpus": 1, **options},
    )
