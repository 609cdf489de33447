"""The formats for programs: the whole report as one JSON object, or each document as a line of its own.

``schema/report-1.schema.json`` describes them. The output is valid whatever the documents hold: Python's text may
have lone surrogates, which UTF-8 has no bytes for, so they are written as the escapes that JSON has for them; and a
stream in another encoding gets ASCII, which every encoding can carry.
"""

from __future__ import annotations

import codecs
import json
import re
from typing import Any, ClassVar, TextIO

from qualitycheck.document import Document
from qualitycheck.report import CorpusReport, DocumentReport
from qualitycheck.reporters import Options, Reporter

_SURROGATE = re.compile("[\ud800-\udfff]")


class JsonReporter(Reporter):
    """The whole report as one indented object, at the end of the run."""

    name: ClassVar[str] = "json"
    streams: ClassVar[bool] = False

    def __init__(self, stream: TextIO, options: Options) -> None:
        super().__init__(stream, options)
        self._texts: list[str] = []

    def document(self, document: Document, report: DocumentReport) -> None:
        """Nothing yet: the report holds all documents."""
        if self.options.with_text:
            self._texts.append(document.text)

    def finish(self, report: CorpusReport) -> None:
        """Write the report."""
        value = report.to_dict()
        for document, text in zip(value["documents"], self._texts, strict=False):
            document["text"] = text
        self.stream.write(encode(value, self.stream.encoding, indent=2) + "\n")


class JsonLinesReporter(Reporter):
    """Each document as one line, as soon as it is done."""

    name: ClassVar[str] = "jsonl"

    def document(self, document: Document, report: DocumentReport) -> None:
        """Write one line, and let a reader at the other end of a pipe have it at once."""
        value = report.to_dict()
        if self.options.with_text:
            value["text"] = document.text
        self.stream.write(encode(value, self.stream.encoding) + "\n")
        self.stream.flush()


def encode(value: Any, encoding: str | None, indent: int | None = None) -> str:
    """A value as JSON that a stream of this encoding can carry, whatever its texts hold."""
    unicode = codecs.lookup(encoding or "utf-8").name.startswith("utf")
    # A plugin's numbers may be numpy's, which json does not know but float does.
    text = json.dumps(value, ensure_ascii=not unicode, allow_nan=False, default=float, indent=indent)
    return _SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
