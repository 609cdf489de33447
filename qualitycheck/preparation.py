"""What plugins know of a document before it is checked: stretches that are no prose, quotations, language, metadata.

A plugin says it and this module carries it out, on a new document of the same text: no plugin can change a text, an
offset, or a document that somebody else holds. Where no plugin has anything to say, nothing is done at all.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from qualitycheck.document import Document
from qualitycheck.errors import PluginError
from qualitycheck.plugins import FOREIGN_ERRORS, Plugins, callers, one_line
from qualitycheck.quotation import united
from qualitycheck.readers.mask import Mask

_HOOK = "qualitycheck_prepare"
_LANGUAGE = re.compile("[a-z]{2,3}")
_MARGIN = 200  # code points of a line that are looked at before and after a stretch, so that long lines cost no more

_Spans = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Preparation:
    """What a plugin says of a document with the hook ``qualitycheck_prepare``.

    ``mask`` are stretches of its text that are no prose, such as what a template puts in: pairs of start and end, in
    code points, in any order. Whole lines are then not there for checks; within a line something stands for the stretch
    that is no word. ``quotations`` are stretches that count as quoted speech, beside those within quotation marks.
    ``language`` is the ISO 639 code of the language, where it need not be guessed. ``metadata`` is laid over what came
    with the document. Where two plugins speak of the same language or metadata, the one that was loaded later is heard.
    """

    mask: Iterable[tuple[int, int]] = ()
    quotations: Iterable[tuple[int, int]] = ()
    language: str | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)


class Preparer:
    """Prepares documents with the plugins of a run; false where none of them implements the hook."""

    def __init__(self, plugins: Plugins) -> None:
        self._settings = plugins.settings
        loaded = [plugin.name for plugin in plugins.loaded]
        self._callers = sorted(callers(plugins, _HOOK), key=lambda each: loaded.index(each[0]))

    def __bool__(self) -> bool:
        return bool(self._callers)

    def __call__(self, document: Document) -> tuple[Document, list[str]]:
        """The document as checks are to see it, and one line for each plugin that failed on it.

        What fails is left out as a whole, and the others' say goes on. A document of which nobody says anything is
        handed back as it is.
        """
        said: list[Preparation] = []
        failures: list[str] = []
        for name, caller in self._callers:
            try:
                said += [_valid(each, document) for each in caller(document=document, settings=self._settings)]
            except FOREIGN_ERRORS as error:
                where = document.path or document.id or "the text"
                failures.append(f"plugin “{name}” failed to prepare {where}: {one_line(error)}")
        return (_applied(said, document) if said else document), failures


def _valid(said: object, document: Document) -> Preparation:
    """The preparation with plain spans, in order. Raises PluginError where it is not what the interface asks for."""
    if not isinstance(said, Preparation):
        raise PluginError(f"{_HOOK} returned {said!r}, which is no Preparation")
    if said.language is not None and not (isinstance(said.language, str) and _LANGUAGE.fullmatch(said.language)):
        raise PluginError(f"language {said.language!r} is no ISO 639 code such as en")
    if not isinstance(said.metadata, Mapping):
        raise PluginError(f"metadata is {said.metadata!r}; give names and values")
    return Preparation(
        _valid_spans(said.mask, "mask", document),
        _valid_spans(said.quotations, "quotations", document),
        said.language,
        dict(said.metadata),
    )


def _valid_spans(spans: Iterable[tuple[int, int]], name: str, document: Document) -> _Spans:
    found: _Spans = []
    most = len(document) + 1_000
    for first, last in islice(spans, most + 1):
        start, end = operator.index(first), operator.index(last)  # numpy's integers are welcome
        if not 0 <= start < end <= len(document):
            raise PluginError(f"{name} has {start}:{end}, outside the text or empty")
        found.append((start, end))
    if len(found) > most:
        raise PluginError(f"{name} has more stretches than the text has characters")
    return found


def _applied(said: Sequence[Preparation], document: Document) -> Document:
    """A new document of the same text, with all that was said of it."""
    metadata = dict(document.metadata)
    language = document.known_language
    for each in said:
        metadata.update(each.metadata)
        language = each.language or language
    spans = united(span for each in said for span in each.mask)
    prepared = Document(
        document.text,
        prose=_masked(document, spans) if spans else document.prose,
        path=document.path,
        id=document.id,
        metadata=metadata,
        comments=document.comments,
        fragment=document.fragment,
        language=language,
        quotations=[*document.known_quotations, *(span for each in said for span in each.quotations)],
    )
    if not spans and "tokens" in document.__dict__:
        prepared.__dict__["tokens"] = document.tokens  # found already, and the prose is the same
    return prepared


def _masked(document: Document, spans: _Spans) -> str:
    """The prose without these stretches: whole lines are blanked, and within a line an object stands for a stretch."""
    mask = Mask(document.prose)
    for start, end in spans:
        mask.keep(start)
        if _fills_lines(document, start, end):
            mask.blank(end)
        else:
            mask.object(end)
    mask.keep(len(document))
    return mask.prose()


def _fills_lines(document: Document, start: int, end: int) -> bool:
    """Whether nothing else stands in the lines that a stretch begins and ends in."""
    first, _ = document.line_span(document.position(start)[0])
    _, last = document.line_span(document.position(end - 1)[0])
    if start - first > _MARGIN or last - end > _MARGIN:
        return False
    return not document.prose[first:start].strip() and not document.prose[end : max(last, end)].strip()
