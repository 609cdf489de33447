"""The ledger: one line a document that says what was decided and on what grounds, whatever the output format.

``--what-if`` and ``diff-runs`` read it, so neither needs the texts. It is written with the split it belongs to, and is
part of the same commit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from qualitycheck import scoring
from qualitycheck.errors import InputError
from qualitycheck.filtering.formats import clean, encode_json
from qualitycheck.filtering.judging import signals
from qualitycheck.filtering.records import QUARANTINE, Judged
from qualitycheck.settings import Settings

FOLDER = "ledger"
SUFFIX = ".jsonl"


class Entry(msgspec.Struct, omit_defaults=True):
    """What was decided about one document.

    ``verdict`` is None in quarantine; ``reason`` says what decided where it was not the score, and ``ruled`` is the
    verdict of a plugin that overrode the score's. ``findings`` are counted by rule.
    """

    file: str
    line: int
    offset: int
    id: str | None = None
    source: str | None = None
    score: float = 100.0
    verdict: str | None = None
    folder: str = ""
    reason: str | None = None
    ruled: str | None = None
    words: int = 0
    language: str | None = None
    points: dict[str, float] = {}
    findings: dict[str, int] = {}
    signals: dict[str, float | str] = {}


_decode = msgspec.json.Decoder(Entry).decode


def lines(judged: Iterable[Judged], settings: Settings, file: str) -> bytes:
    """The ledger's lines for one batch of the documents of ``file``."""
    return b"".join(_line(each, settings, file) for each in judged)


def _line(judged: Judged, settings: Settings, file: str) -> bytes:
    record, report, quality = judged.record, judged.report, judged.quality
    entry = Entry(record.path or file, record.line, record.offset, record.id, record.source, folder=judged.folder)
    if judged.reason is not None:
        entry.reason = judged.reason.reason
    if quality:
        entry.score = quality["score"]
        entry.points = quality["points"]
        entry.verdict = None if judged.folder == QUARANTINE else quality["verdict"]
    if report is not None:
        own = scoring.verdict(report.score, settings.reject_below, settings.review_below)
        entry.ruled = report.verdict if report.verdict != own else None
        entry.words, entry.language = report.words, report.language
        entry.findings = dict(Counter(finding.code for finding in report.findings))
        if settings.filter.signals:
            entry.signals = signals(report)
    try:
        return encode_json(entry) + b"\n"
    except UnicodeEncodeError:
        return encode_json(clean(msgspec.to_builtins(entry))) + b"\n"


def read(folder: Path) -> Iterator[Entry]:
    """All entries of a run's folder, split by split. Raises InputError where there is no ledger, or a broken one."""
    yield from (entry for path in files(folder) for entry in read_file(path))


def files(folder: Path) -> list[Path]:
    """The files of a run's ledger, in order."""
    if not (folder / FOLDER).is_dir():
        raise InputError(f"{folder}: holds no run of the filter (there is no folder “{FOLDER}” in it)")
    return sorted((folder / FOLDER).glob(f"*{SUFFIX}"))


def read_file(path: Path) -> Iterator[Entry]:
    """The entries of one file of a ledger."""
    try:
        with path.open("rb") as stream:
            for line in stream:
                yield _decode(line)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from None


def as_values(entry: Entry) -> dict[str, Any]:
    """What a condition can ask of an entry."""
    return {
        "score": entry.score,
        "verdict": entry.verdict,
        "words": entry.words,
        "language": entry.language,
        "id": entry.id,
        "source": entry.source,
        "signals": entry.signals,
        "points": entry.points,
        "findings": entry.findings,
    }
