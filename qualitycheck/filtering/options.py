"""What can be set for the filter: the table ``[filter]`` of the settings."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

Keep = Literal["review", "reject"]
OutputFormat = Literal["same", "jsonl", "dolma"]
Compression = Literal["same", "none", "gz", "bz2", "xz", "zst"]

_Size = Annotated[int, msgspec.Meta(ge=1)]
_Share = Annotated[float, msgspec.Meta(gt=0, le=1)]


class FilterSettings(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """How the filter reads, judges and writes.

    ``text_field``, ``id_field`` and ``source_field`` name fields of a record; a dot leads into a nested one
    (``content.body``) unless the record has a field of that very name. ``quality_field`` is the field that is added.
    ``output_format`` and ``compression`` are those of the input unless told; ``dolma`` writes dolma’s attributes,
    a line for every document, in place of the documents.

    ``split_size`` is the size in bytes of the pieces that inputs are cut into: each becomes one output file a folder,
    whatever the number of workers. Limits, all in force before any text is looked at: ``max_line`` bytes for a record
    as it stands in the file, ``max_document`` characters for its text, ``max_ratio`` for how far a compressed file may
    expand. ``timeout`` is in seconds, for one document; 0 means none. ``workers`` is a number of processes; 0 means the
    number of cores.

    ``where`` is an expression that a document must fulfil; ``keep`` names verdicts that count as accepted.
    ``findings`` and ``signals`` put those into the quality field; ``annotate`` writes one stream with all documents in
    place of a folder a verdict. ``sample`` is the number of examples a rule that the summary keeps. ``limit`` takes
    the first so many documents (0: all), ``sample_rate`` a share of them. ``corpus_checks`` adds a second pass, for
    checks that must see all documents (duplicates).
    """

    text_field: str = "text"
    id_field: str = "id"
    source_field: str = "source"
    quality_field: str = "quality"
    output_format: OutputFormat = "same"
    compression: Compression = "same"
    split_size: _Size = 8_000_000
    max_line: _Size = 16_000_000
    max_document: _Size = 2_000_000
    max_ratio: _Size = 200
    timeout: Annotated[float, msgspec.Meta(ge=0)] = 60.0
    workers: Annotated[int, msgspec.Meta(ge=0)] = 0
    where: str = ""
    keep: tuple[Keep, ...] = ()
    annotate: bool = False
    findings: bool = False
    signals: bool = False
    sample: Annotated[int, msgspec.Meta(ge=0, le=1000)] = 3
    limit: Annotated[int, msgspec.Meta(ge=0)] = 0
    sample_rate: _Share = 1.0
    corpus_checks: bool = False

    def __post_init__(self) -> None:
        for name in ("text_field", "quality_field"):
            if not getattr(self, name):
                raise ValueError(f"{name.replace('_', '-')} is empty; name a field")
        if self.output_format == "dolma" and (self.limit or self.sample_rate < 1 or self.compression != "same"):
            raise ValueError("dolma needs attributes for every line; leave limit, sample-rate and compression alone")


#: What may differ between two runs of one job: it changes when a document is done, and not what comes out.
NOT_PART_OF_THE_JOB = ("workers", "timeout")
