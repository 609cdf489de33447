"""What passes through the filter: a record as it was read, and the same record judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from qualitycheck.corpus import Entry
from qualitycheck.report import DocumentReport

ACCEPTED, REVIEW, REJECTED, QUARANTINE, ANNOTATED = "accepted", "review", "rejected", "quarantine", "annotated"
#: Where a document can end. ``annotated`` takes the place of the first three where one stream was asked for.
FOLDERS = (ACCEPTED, REVIEW, REJECTED, QUARANTINE, ANNOTATED)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why something could not be judged: ``reason`` is a short name to count by, ``message`` is for a person."""

    reason: str
    message: str


def not_utf8(error: UnicodeDecodeError, offset: int) -> Fault:
    """The fault of bytes that are not UTF-8; ``offset`` is where in the input they start."""
    place = f"byte {error.object[error.start]:#04x} at offset {offset + error.start}"
    return Fault("invalid-utf8", f"not valid UTF-8: {place}")


@dataclass(slots=True)
class Record:
    """One document as an input holds it, or the place where one could not be read.

    ``offset`` is the byte at which it starts (in the decompressed data), or its row, counted from 0, in a Parquet file;
    ``line`` the line or row, counted from 1; ``length`` its bytes. ``raw`` is what its format needs to write it out
    again unchanged. ``prose`` is the text with markup masked, where that differs. ``fault`` says why there is no text.
    """

    offset: int
    line: int
    length: int = 0
    text: str = ""
    id: str | None = None
    source: str | None = None
    raw: Any = None
    prose: str | None = None
    path: str | None = None
    fault: Fault | None = None


@dataclass(slots=True)
class Judged:
    """A record, the folder it belongs to, and why.

    ``quality`` is what is written beside the text; ``reason`` says what decided where it was not the score.
    ``report`` is None where the document was not looked at. ``entry`` is what corpus checks keep of it.
    """

    record: Record
    folder: str
    quality: dict[str, Any]
    reason: Fault | None = None
    report: DocumentReport | None = None
    entry: Entry | None = None
