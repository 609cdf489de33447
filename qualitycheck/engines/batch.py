"""The one batch interface that every engine's adapter is made of: documents in, as many qualities out, in order.

A document that cannot be judged (no text, too long, a check that crashed) is not an exception and is not lost: its
quality has the folder ``quarantine`` and says why.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from qualitycheck.errors import SettingsError
from qualitycheck.filtering.batches import MOST_CHARACTERS, MOST_DOCUMENTS
from qualitycheck.filtering.formats import clean, encode_json
from qualitycheck.filtering.identity import describe
from qualitycheck.filtering.judging import Judge
from qualitycheck.filtering.mappings import record_of
from qualitycheck.filtering.options import FilterSettings
from qualitycheck.filtering.records import ACCEPTED, Judged, Record
from qualitycheck.settings import Settings
from qualitycheck.version import __version__

#: The parts of a quality that are there whatever the settings; ``signals`` and ``findings`` come last where asked for.
FIELDS = ("folder", "score", "verdict", "points", "reason", "message")
#: What has an effect here of the settings' table ``[filter]``: the rest concerns files and processes.
_OPTIONS = (
    *("text_field", "id_field", "source_field", "quality_field"),
    *("max_document", "where", "keep", "findings", "signals"),
)
_MOST_JUDGES = 8  # in one process, by settings


class BatchJudge:
    """Judges documents as ``qualitycheck filter`` does; calls may come from many threads.

    Plugins and models load with the first document, or with :meth:`warm_up`, and once a process for the same settings.
    It can be pickled, which takes the settings along and no model. There is no timeout: an engine has its own, for a
    task.
    """

    def __init__(self, settings: Settings | None = None) -> None:
        settings = settings or Settings()
        self.options = FilterSettings(**{name: getattr(settings.filter, name) for name in _OPTIONS})
        self.settings = msgspec.structs.replace(settings, filter=self.options)
        self._judge: Judge | None = None
        self._lock = threading.Lock()
        self._loading = threading.Lock()
        self._restored = False

    def __reduce__(self) -> tuple[Any, ...]:
        return restore, (type(self), self.settings, __version__)

    def _load(self) -> Judge:
        with self._loading:
            if self._judge is None:
                if self._restored:
                    self._judge, self._lock = _shared_judge(self.settings)
                else:
                    self._judge = Judge(self.settings)
            return self._judge

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of a quality's parts."""
        return *FIELDS, *(name for name in ("signals", "findings") if getattr(self.options, name))

    def warm_up(self) -> None:
        """Load plugins and models now.

        Raises PluginError where a plugin does not load, SettingsError where the settings name what does not exist.
        """
        judge = self._load()
        with self._lock:
            judge.warm_up()

    def describe(self) -> dict[str, Any]:
        """Settings and versions, of models too: what every quality follows from, apart from the document."""
        self.warm_up()
        return describe(self.settings, self._load())

    @property
    def overrides_verdicts(self) -> bool:
        """Whether a plugin may give another verdict than the score's."""
        return bool(self._load().runner.plugins.manager.hook.qualitycheck_verdict.get_hookimpls())

    def judged(self, documents: Iterable[Any]) -> Iterator[Judged]:
        """Each document judged, in order; they are taken so many at a time that memory stays bounded."""
        batch: list[Record] = []
        size = 0
        for place, document in enumerate(documents):
            batch.append(record_of(document, place, self.options))
            size += len(batch[-1].text)
            if len(batch) >= MOST_DOCUMENTS or size >= MOST_CHARACTERS:
                yield from self._judge_batch(batch)
                batch, size = [], 0
        if batch:
            yield from self._judge_batch(batch)

    def _judge_batch(self, records: list[Record]) -> list[Judged]:
        judge = self._load()
        with self._lock:
            return judge.judge(records)

    def qualities(self, documents: Iterable[Any]) -> list[dict[str, Any]]:
        """The quality of each document, which is a text or a mapping with the fields that the settings name.

        A quality has ``folder`` (accepted, review, rejected or quarantine), ``score`` in [0, 100], ``verdict`` (accept,
        review or reject), ``points`` that each check took, and, where it was not the score that decided, ``reason``, a
        short name, and ``message``, for a person. Score and verdict are None in quarantine where nothing was looked
        at. With ``signals`` and ``findings`` in the settings, there are those too.
        """
        return [quality_of(each, self.fields) for each in self.judged(documents)]


def quality_of(judged: Judged, fields: Iterable[str] = FIELDS) -> dict[str, Any]:
    """What is known about one document, every part of it there, None where there is nothing to say."""
    found: dict[str, Any] = {
        **judged.quality,
        "folder": judged.folder,
        "points": judged.quality.get("points", {}),
        "reason": None if judged.reason is None else judged.reason.reason,
        "message": None if judged.reason is None else clean(judged.reason.message),
    }
    return {name: found.get(name) for name in fields}


def as_text(quality: dict[str, Any]) -> dict[str, Any]:
    """The same with signals and findings as JSON, for engines whose columns have one type each."""
    plain = dict(quality)
    for name in ("signals", "findings"):
        if plain.get(name) is not None:
            plain[name] = encode_json(clean(plain[name])).decode()
    return plain


def accepted(quality: dict[str, Any]) -> bool:
    """Whether the document is one to keep."""
    return bool(quality["folder"] == ACCEPTED)


def cause(quality: dict[str, Any]) -> str:
    """Why a document is not kept, as a name to count by: ``rejected_odd-synonyms``, ``quarantine_too-long``.

    The part behind the folder is the reason or, where the score decided, the check that cost most.
    """
    points = quality["points"]
    why = quality["reason"] or (max(sorted(points), key=points.__getitem__) if points else "score")
    return f"{quality['folder']}_{why}"


_shared: dict[str, tuple[Judge, threading.Lock]] = {}
_shared_lock = threading.Lock()


def _shared_judge(settings: Settings) -> tuple[Judge, threading.Lock]:
    """The judge that all restored objects with these settings use in this process, and its lock."""
    key = settings.digest()
    with _shared_lock:
        if key not in _shared:
            while len(_shared) >= _MOST_JUDGES:
                del _shared[next(iter(_shared))]
            _shared[key] = Judge(settings), threading.Lock()
        return _shared[key]


def restore(kind: type[BatchJudge], settings: Settings, version: str) -> BatchJudge:
    """A pickled object, in a worker: what this process has loaded for the same settings is not loaded again.

    Raises SettingsError where the worker has another version of qualitycheck than whoever sent it.
    """
    if version != __version__:
        raise SettingsError(f"this worker has qualitycheck {__version__}, and was sent work for {version}; install one")
    made = kind.__new__(kind)
    BatchJudge.__init__(made, settings)  # what a kind adds is pickled beside
    made._restored = True
    return made
