"""Hugging Face ``datasets``: functions for ``map`` and ``filter``, batched and for many processes.

The cache of ``datasets`` knows a function by its pickle. That of these is made of the settings and of the versions of
program, plugins and models: the same give the same fingerprint in every process and on every day, and what could change
a verdict changes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from qualitycheck.engines.arrow import free
from qualitycheck.engines.batch import BatchJudge, as_text
from qualitycheck.engines.extras import require
from qualitycheck.filtering.records import ACCEPTED
from qualitycheck.settings import Settings


class QualityMap(BatchJudge):
    """Adds a column, in ``dataset.map(function, batched=True)``; :func:`judge` does that with the right types.

    It loads plugins and models at once, to know their versions. Raises PluginError where a plugin does not load,
    SettingsError where the settings name what does not exist, or, when called, where there is a column of that name
    already.
    """

    def __init__(self, settings: Settings | None = None) -> None:
        super().__init__(settings)
        self._identity = msgspec.json.encode(self.describe(), order="sorted")

    def __reduce__(self) -> tuple[Any, ...]:
        return *super().__reduce__(), {"_identity": self._identity}

    def __call__(self, batch: Any) -> Any:
        """The column for a batch, which is a mapping from names to columns."""
        free(self.options.quality_field, batch)
        return {self.options.quality_field: [_row(each) for each in self.qualities(_documents(batch, self))]}


class QualityFilter(QualityMap):
    """Tells which documents to keep, in ``dataset.filter(function, batched=True)``: those in ``folders``.

    The folders are accepted, review, rejected and quarantine; in the last are the documents that could not be judged.
    """

    def __init__(self, settings: Settings | None = None, folders: tuple[str, ...] = (ACCEPTED,)) -> None:
        super().__init__(settings)
        self.folders = tuple(folders)

    def __reduce__(self) -> tuple[Any, ...]:
        *made, state = super().__reduce__()
        return *made, {**state, "folders": self.folders}

    def __call__(self, batch: Any) -> Any:
        """Whether each document of a batch is kept."""
        return [each["folder"] in self.folders for each in self.qualities(_documents(batch, self))]


def judge(dataset: Any, settings: Settings | QualityMap | None = None, **options: Any) -> Any:
    """The dataset (or iterable dataset, or dictionary of either) with a column ``quality``.

    A quality has folder, score, verdict, points (a list of check and points), reason and message. ``options`` are those
    of ``map``: ``num_proc``, ``batch_size`` and so on.
    """
    require("datasets", "datasets")
    function = settings if isinstance(settings, QualityMap) else QualityMap(settings)
    if isinstance(dataset, Mapping):
        kind: Any = type(dataset)
        return kind({name: judge(each, function, **options) for name, each in dataset.items()})
    if dataset.features is not None:
        options["features"] = type(dataset.features)(
            {**dataset.features, function.options.quality_field: feature(function)}
        )
    return dataset.map(function, batched=True, **options)


def feature(judging: BatchJudge) -> Any:
    """The type of the column: one that does not depend on what the first batch happens to hold."""
    hf = require("datasets", "datasets")
    text, number = hf.Value("string"), hf.Value("float64")
    points = hf.List({"check": text, "points": number})
    return {name: {"score": number, "points": points}.get(name, text) for name in judging.fields}


def _documents(batch: Any, judging: BatchJudge) -> list[dict[str, Any]]:
    options = judging.options
    paths = (options.text_field, options.id_field, options.source_field)
    names = [name for name in {part for path in paths for part in (path, path.partition(".")[0])} if name in batch]
    count = len(next(iter(batch.values()), ()))
    return [{name: batch[name][row] for name in names} for row in range(count)]


def _row(quality: dict[str, Any]) -> dict[str, Any]:
    points = [{"check": name, "points": points} for name, points in quality["points"].items()]
    return {**as_text(quality), "points": points}
