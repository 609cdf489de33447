"""One file a format: how a piece of an input becomes records, and how judged records are written in the same form."""

from __future__ import annotations

import base64
import importlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from qualitycheck.filtering.options import FilterSettings
from qualitycheck.filtering.records import ANNOTATED, QUARANTINE, Judged, Record

if TYPE_CHECKING:
    from qualitycheck.filtering.splits import Split
    from qualitycheck.plugins import Plugins

_MODULES = {"jsonl": "jsonl", "csv": "table", "tsv": "table", "parquet": "parquet", "text": "text"}

encode_json = msgspec.json.Encoder(enc_hook=float).encode


class Format(Protocol):
    """Reads the records of a split and writes judged ones."""

    def records(self, split: Split) -> Iterator[Record]:
        """The records in order, a fault in place of each that cannot be read; raises OSError where none can."""
        ...

    def encode(self, judged: Sequence[Judged]) -> bytes:
        """The bytes of these documents in an output file, each with its quality."""
        ...

    def encode_json(self, judged: Sequence[Judged]) -> bytes:
        """The same as JSON lines."""
        ...


def make_format(name: str, options: FilterSettings, plugins: Plugins) -> Format:
    """The format of this name."""
    module = importlib.import_module(f"qualitycheck.filtering.formats.{_MODULES[name]}")
    made: Format = module.make(name, options, plugins)
    return made


def output_suffix(name: str, compression: str, options: FilterSettings) -> str:
    """The suffix of the output files for inputs of a format: its own, or that of the output format asked for."""
    own = {"csv": ".csv", "tsv": ".tsv", "parquet": ".parquet"}.get(name, ".jsonl")
    if options.output_format != "same":
        own = ".jsonl"
    if own == ".parquet":
        return own
    if options.compression != "same":
        return own + ("" if options.compression == "none" else f".{options.compression}")
    return own if name == "text" else own + compression


def encode_folders(form: Format, judged: Sequence[Judged], file: str, output_format: str) -> dict[str, bytes]:
    """What goes to each folder; quarantine is JSON lines whatever the format, as what is in it may have no form."""
    folders: dict[str, list[Judged]] = {}
    for each in judged:
        folders.setdefault(each.folder, []).append(each)
    if output_format == "dolma":
        from qualitycheck.filtering import attributes

        faults = b"".join(quarantine_line(each, file) for each in folders.get(QUARANTINE, ()))
        return {ANNOTATED: attributes.encode(judged), **({QUARANTINE: faults} if faults else {})}
    encode = form.encode_json if output_format == "jsonl" else form.encode
    return {
        folder: b"".join(quarantine_line(each, file) for each in group) if folder == QUARANTINE else encode(group)
        for folder, group in folders.items()
    }


def quarantine_line(judged: Judged, file: str) -> bytes:
    """One line that says what could not be judged, why, where it is, and what it holds where that is known."""
    record, fault = judged.record, judged.reason
    assert fault is not None
    line: dict[str, Any] = {
        "reason": fault.reason,
        "message": fault.message,
        "file": record.path or file,
        "line": record.line,
        "offset": record.offset,
        "length": record.length,
    }
    if record.id is not None:
        line["id"] = record.id
    if judged.quality:
        line["quality"] = judged.quality
    if isinstance(record.raw, bytes):
        try:
            line["raw"] = record.raw.decode()
        except UnicodeDecodeError:
            line["raw_base64"] = base64.b64encode(record.raw).decode()
    elif record.text or record.raw is not None:
        line["text"] = record.text
    return encode_json(clean(line)) + b"\n"


def clean(value: Any) -> Any:
    """``value`` with lone surrogates, which file names and Python's text can hold and UTF-8 cannot, as escapes."""
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            return value.encode("utf-8", "backslashreplace").decode()
        return value
    if isinstance(value, dict):
        return {clean(key): clean(each) for key, each in value.items()}
    if isinstance(value, list):
        return [clean(each) for each in value]
    return value
