"""JSON lines. What is not looked at is passed through byte for byte: integers of any size, spaces, order and all.

msgspec, which the settings need anyway, checks the line and finds the fields that are asked for in one pass, and
leaves the others unread.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from qualitycheck.filtering.formats import clean, encode_json
from qualitycheck.filtering.lines import first_line_from, read_lines
from qualitycheck.filtering.options import FilterSettings
from qualitycheck.filtering.records import Fault, Judged, Record, not_utf8
from qualitycheck.filtering.splits import Split
from qualitycheck.plugins import Plugins

_ABSENT = msgspec.Raw()
_AnyObject = dict[str, msgspec.Raw]


class JsonLines:
    """Reads and writes JSON lines."""

    def __init__(self, options: FilterSettings) -> None:
        self._options = options
        self._paths = {name: path for name in ("text", "id", "source") if (path := getattr(options, f"{name}_field"))}
        tops = {part for path in self._paths.values() for part in (path, path.partition(".")[0])}
        self._slots = {name: f"field_{place}" for place, name in enumerate(sorted({*tops, options.quality_field}))}
        fields = [(slot, msgspec.Raw, msgspec.field(default=_ABSENT, name=name)) for name, slot in self._slots.items()]
        self._decode = msgspec.json.Decoder(msgspec.defstruct("Fields", fields)).decode
        self._key = encode_json(options.quality_field)

    def records(self, split: Split) -> Iterator[Record]:
        """The records of a split, parsed."""
        for record in self._lines(split):
            if record.fault is None:
                self._parse(record)
            yield record

    def _lines(self, split: Split) -> Iterator[Record]:
        if split.records is not None:
            yield from split.records
            return
        with split.input.open() as stream:
            first = first_line_from(stream, split.start, split.end)
            if first is not None:
                offset, before = first
                yield from read_lines(stream, offset, split.line + before, split.end, self._options.max_line)

    def _parse(self, record: Record) -> None:
        line = record.raw
        try:
            if not line.isascii():
                line.decode()
            fields = self._decode(line)
            text = self._find(fields, self._paths["text"])
            record.id = _as_name(self._find(fields, self._paths.get("id", "")))
            record.source = _as_name(self._find(fields, self._paths.get("source", "")))
            own = getattr(fields, self._slots[self._options.quality_field])
            if own is not _ABSENT and not _is_ours(own):
                name = self._options.quality_field
                message = f"it has a field “{name}” of its own; name another with --quality-field"
                record.fault = Fault("field-taken", message)
                return
        except UnicodeDecodeError as error:
            record.fault = not_utf8(error, record.offset)
            return
        except msgspec.ValidationError as error:
            record.fault = Fault("not-an-object", f"not a JSON object: {str(error)[:1].lower()}{str(error)[1:]}")
            return
        except (msgspec.DecodeError, RecursionError) as error:
            record.fault = Fault("broken-json", f"not valid JSON: {error}")
            return
        if isinstance(text, str):
            record.text = text
        else:
            record.fault = _no_text(self._options.text_field, text)

    def _find(self, fields: Any, path: str) -> Any:
        """The value of a field, nested or not; _ABSENT where there is none."""
        if not path:
            return _ABSENT
        raw = getattr(fields, self._slots[path])
        if raw is _ABSENT and "." in path:
            top, _, rest = path.partition(".")
            raw = getattr(fields, self._slots[top])
            for part in rest.split("."):
                if raw is _ABSENT or not bytes(raw).lstrip().startswith(b"{"):
                    return _ABSENT
                raw = msgspec.json.decode(raw, type=_AnyObject).get(part, _ABSENT)
        return raw if raw is _ABSENT else msgspec.json.decode(raw)

    def encode(self, judged: Sequence[Judged]) -> bytes:
        """Each line with its quality field as the last."""
        return b"".join(self._line(each) for each in judged)

    encode_json = encode

    def _line(self, judged: Judged) -> bytes:
        quality = encode_json(clean(judged.quality) if self._options.findings else judged.quality)
        line: bytes = judged.record.raw
        if self._key in line:
            # The field may be there already, from an earlier run: it is replaced, and the others stay as they are.
            fields = msgspec.json.decode(line, type=_AnyObject)
            if fields.pop(self._options.quality_field, None) is not None:
                line = b"{" + b",".join(encode_json(name) + b":" + bytes(raw) for name, raw in fields.items()) + b"}"
        return b"%b,%b:%b}\n" % (line[:-1].rstrip(), self._key, quality)


def _as_name(value: Any) -> str | None:
    """An id or source as text: numbers are as good as names."""
    return str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else None


def _is_ours(raw: msgspec.Raw) -> bool:
    """Whether a quality field is one that a run before has written."""
    value = msgspec.json.decode(raw)
    return isinstance(value, dict) and {"score", "verdict", "points"} <= value.keys()


def _no_text(name: str, value: Any) -> Fault:
    if value is _ABSENT:
        return Fault("no-text", f"there is no field “{name}”; name the field of the text with --text-field")
    kinds = {"NoneType": "null", "bool": "true or false", "int": "a number", "float": "a number", "list": "a list"}
    kind = kinds.get(type(value).__name__, "an object")
    return Fault("text-is-no-text", f"the field “{name}” is {kind}, and not text")


def make(name: str, options: FilterSettings, plugins: Plugins) -> JsonLines:
    """The format."""
    return JsonLines(options)
