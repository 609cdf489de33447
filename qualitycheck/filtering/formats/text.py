"""Plain files: one document each, in text, Markdown, HTML or what a plugin's reader declares.

A plain file has no place for a quality field, so what comes out is JSON lines with ``path`` and ``text``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qualitycheck.decoding import decode
from qualitycheck.errors import InputError
from qualitycheck.filtering.compression import DAMAGE, decompressed
from qualitycheck.filtering.formats import clean, encode_json
from qualitycheck.filtering.inputs import Input
from qualitycheck.filtering.options import FilterSettings
from qualitycheck.filtering.records import Fault, Judged, Record
from qualitycheck.filtering.splits import Split
from qualitycheck.paths import has_suffix
from qualitycheck.plugins import FOREIGN_ERRORS, Plugins, one_line
from qualitycheck.readers import PLAIN_TEXT, Reader, all_readers
from qualitycheck.screen import harmless


class PlainFiles:
    """Reads files whole, and writes JSON lines."""

    def __init__(self, options: FilterSettings, plugins: Plugins) -> None:
        self._options = options
        self._encoding = plugins.settings.encoding
        self._limit = min(options.max_line, plugins.settings.max_size)
        self._readers = {suffix.lower(): reader for reader in all_readers(plugins) for suffix in reader.suffixes}

    def records(self, split: Split) -> Iterator[Record]:
        """One record a file."""
        for each in split.files:
            yield self._read(each)

    def _read(self, given: Input) -> Record:
        record = Record(0, 1, given.size or 0, path=given.path, id=given.path)
        try:
            with decompressed(given.open(), given.compression, self._options.max_ratio) as stream:
                data = stream.read(self._limit + 1)
            record.length = len(data)
            if len(data) > self._limit:
                message = f"larger than the limit of {self._limit:,} bytes; raise it with --max-line and --max-size"
                record.fault = Fault("too-long", message)
                return record
            record.text = decode(data, self._encoding, harmless(given.path))
            reader = self._reader(given.path.removesuffix(given.compression))
            prose = reader.prose(record.text)
            record.prose = None if prose == record.text else prose
        except InputError as error:
            record.fault = Fault("not-text", str(error).removeprefix(f"{harmless(given.path)}: "))
        except DAMAGE as error:
            record.fault = Fault("unreadable", f"cannot be read: {one_line(error)}")
        except FOREIGN_ERRORS as error:
            record.fault = Fault("unreadable", f"its reader failed: {one_line(error)}")
        return record

    def _reader(self, path: str) -> Reader:
        suffixes = [suffix for suffix in self._readers if has_suffix(path, [suffix])]
        return self._readers[max(suffixes, key=len)] if suffixes else PLAIN_TEXT

    def encode(self, judged: Sequence[Judged]) -> bytes:
        """A line for each file."""
        name = self._options.quality_field
        return b"".join(
            encode_json(clean({"path": each.record.path, "text": each.record.text, name: each.quality})) + b"\n"
            for each in judged
        )

    encode_json = encode


def make(name: str, options: FilterSettings, plugins: Plugins) -> PlainFiles:
    """The format."""
    return PlainFiles(options, plugins)
