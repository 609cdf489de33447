"""What the filter says of a document in the form of dolma's attributes, and files of them beside the documents.

An attribute is a list of spans, each with start, end and a number. dolma finds the attributes of
``documents/a/b.json.gz`` in ``attributes/NAME/a/b.json.gz``, line by line in the same order, so every line of the input
has one here, those in quarantine too.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from qualitycheck.filtering.formats import clean, encode_json
from qualitycheck.filtering.inputs import Input
from qualitycheck.filtering.journal import Journal, sync_folder
from qualitycheck.filtering.records import ANNOTATED, QUARANTINE, Judged

#: The name of the experiment, and of the tagger: the first two parts of every attribute's name in a file.
NAME = "qualitycheck"
FOLDER = "attributes"

Spans = dict[str, list[tuple[int, int, float]]]


def spans(judged: Judged) -> Spans:
    """The attributes of a document, by names without prefix.

    ``score`` in [0, 100], over the whole document, where one was given; one of ``accept``, ``review``, ``reject`` and
    ``quarantine``, with 1; ``reason_NAME`` with 1 where it was not the score that decided; ``points_CHECK``; and for
    each rule the spans of its findings, with their confidence.
    """
    length = len(judged.record.text)
    quality = judged.quality
    found: Spans = {}
    if quality:
        found["score"] = [(0, length, quality["score"])]
    found[QUARANTINE if judged.folder == QUARANTINE else quality["verdict"]] = [(0, length, 1.0)]
    if judged.reason is not None:
        found[f"reason_{_variable(judged.reason.reason)}"] = [(0, length, 1.0)]
    for name, points in quality.get("points", {}).items():
        found[f"points_{_variable(name)}"] = [(0, length, points)]
    for each in judged.report.findings if judged.report is not None else ():
        start, end = (0, length) if each.start is None or each.end is None else (each.start, each.end)
        found.setdefault(_variable(each.code), []).append((start, end, each.confidence))
    return found


def encode(judged: Iterable[Judged]) -> bytes:
    """A line for each document."""
    return b"".join(_line(each) for each in judged)


def _line(judged: Judged) -> bytes:
    named = {f"{NAME}__{NAME}__{name}": places for name, places in spans(judged).items()}
    line: dict[str, Any] = {"id": judged.record.id, "attributes": named, "source": judged.record.source}
    return encode_json(clean(line)) + b"\n"


def _variable(name: str) -> str:
    return re.sub(r"\W", "_", name, flags=re.ASCII)


def gather(folder: Path, journal: Journal, inputs: Sequence[Input], unreadable: Sequence[str]) -> None:
    """Put the parts of each input together to one file, under the name that dolma looks for.

    An input that could not be read to its end gets none: a file that is too short would be taken for another's.
    """
    splits: dict[str, list[tuple[int, str]]] = {}
    for done in journal.done.values():
        label, _, place = done.name.rpartition("-")
        parts = [name for name in done.files if name.startswith(f"{ANNOTATED}/")]
        splits.setdefault(label, []).extend((int(place), part) for part in parts)
    names = _relative([given.path for given in inputs])
    for given, name in zip(inputs, names, strict=True):
        target = folder / FOLDER / NAME / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if any(line.startswith(f"{given.path}: ") for line in unreadable):
            target.unlink(missing_ok=True)
            continue
        part = target.with_name(f".{target.name}.part")
        with part.open("wb") as stream:
            for _, piece in sorted(splits.get(given.label(), [])):
                with (folder / piece).open("rb") as source:
                    shutil.copyfileobj(source, stream)
        part.replace(target)
        sync_folder(target.parent)


def _relative(paths: Sequence[str]) -> list[str]:
    """The paths below the folder ``documents`` they are in, or below the folder they have in common."""
    parts = [PurePosixPath(path.replace("\\", "/")).parts for path in paths]
    marks = [len(each) - each[::-1].index("documents") if "documents" in each[:-1] else 0 for each in parts]
    if not all(marks):
        shared = 0
        while all(len(each) > shared + 1 and each[shared] == parts[0][shared] for each in parts):
            shared += 1
        marks = [shared] * len(parts)
    return ["/".join(each[mark:]) for each, mark in zip(parts, marks, strict=True)]
