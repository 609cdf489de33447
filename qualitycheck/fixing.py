"""Puts suggestions in the place of findings, where their rules say that a machine may.

A document is fixed in rounds: what the checks find is replaced, the text is read and checked again, until nothing is
left that can be. So a fix that makes room for another is followed by it, and to fix a document twice is to fix it once.
A fix must do what it says: read again, the document must show the suggestion there and all else as it was. Where it
does not, because the new characters are markup in that place, it is left; and where the rounds come to no end, because
two rules do not agree, the document is left as it was.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from qualitycheck.document import Document
from qualitycheck.edits import Edit, EditedText, apply
from qualitycheck.masked_edits import masked_edits
from qualitycheck.readers import Reader, make_document
from qualitycheck.report import DocumentReport, ReportedFinding
from qualitycheck.rule import Fix
from qualitycheck.runner import Runner
from qualitycheck.tokens import FILLER

_LINE_END = re.compile(r"\r\n|\n|\r")
_MOST_ROUNDS = 20
_MOST_GROWTH = 2  # times its length and a page: what grows more is not being mended
_PAGE = 3_000  # code points
_MOST_READINGS = 64  # of one document in one round, to find out which of its fixes do not do what they say


@dataclass(frozen=True, slots=True)
class Fixed:
    """What came of a document.

    ``edits`` are against the text that it had; ``counts`` says how many findings of each rule were fixed. ``unsettled``
    names the rules that went round in circles, where the document was therefore left alone.
    """

    document: Document
    report: DocumentReport
    edits: Sequence[Edit]
    counts: Counter[str]
    unsettled: Sequence[str] = ()


class _Change(NamedTuple):
    """A fix of one finding: the rule, what it does to the prose, and what to the file."""

    code: str
    prose: Edit
    edits: list[Edit]


class Fixer:
    """Fixes documents by what a runner's checks find in them; the unsafe fixes too where ``unsafe`` is set."""

    def __init__(self, runner: Runner, *, unsafe: bool = False) -> None:
        self._runner = runner
        self._allowed = {Fix.SAFE, Fix.UNSAFE} if unsafe else {Fix.SAFE}

    def wants(self, report: DocumentReport) -> bool:
        """Whether a report holds anything that might be fixed."""
        return any(finding.fix in self._allowed for finding in report.findings)

    def fix(self, document: Document, reader: Reader) -> Fixed:
        """What becomes of a document, which ``reader`` has read from its file."""
        edited = EditedText(document.text)
        counts: Counter[str] = Counter()
        now = document
        seen: set[bytes] = set()
        changes: list[_Change] = []
        for _ in range(_MOST_ROUNDS):
            seen.add(_digest(now.text))
            (report,) = self._runner.check_batch([now], all_findings=True)
            findings = self._within_prose(now, report.findings)
            changes = _sound(now, reader, list(self._changes(now, reader, findings)))
            if not changes:
                break
            edited.apply([edit for change in changes for edit in change.edits])
            counts.update(change.code for change in changes)
            now = make_document(reader, edited.text, document.path)
            if _digest(now.text) in seen or len(now) > _MOST_GROWTH * len(document) + _PAGE:
                break
        if changes:
            unsettled = sorted({change.code for change in changes})
            return Fixed(document, self._runner.check(document), (), Counter(), unsettled)
        return Fixed(now, self._runner.check(now), edited.edits, counts)

    def _within_prose(self, document: Document, findings: Iterable[ReportedFinding]) -> Iterator[ReportedFinding]:
        """The findings with nothing in them that a plugin holds to be no prose: a machine leaves that alone."""
        prose = self._runner.prepared(document).prose
        for each in findings:
            if prose is document.prose or prose[each.start : each.end] == document.prose[each.start : each.end]:
                yield each

    def _changes(self, document: Document, reader: Reader, findings: Iterable[ReportedFinding]) -> Iterator[_Change]:
        """The fixes that can be made at once; of two that overlap the first."""
        at = 0
        line_end = _line_end(document.text)
        for finding in findings:
            if finding.fix not in self._allowed or finding.start is None or finding.end is None or finding.start < at:
                continue
            prose = Edit(finding.start, finding.end, finding.suggestions[0].text)
            edits = _file_edits(document, reader, prose, self._runner.settings.encoding, line_end)
            if edits:
                at = finding.end
                yield _Change(finding.code, prose, edits)


def replacement(document: Document, reader: Reader, change: Edit, encoding: str) -> list[Edit]:
    """What to change in the file, so that its prose reads as ``change`` wants it, and all else stays as it is.

    ``reader`` has read the document, whose file is in ``encoding``. Empty where that cannot be done.
    """
    edits = _file_edits(document, reader, change, encoding, _line_end(document.text))
    return edits if edits and _sound(document, reader, [_Change("", change, edits)]) else []


def _file_edits(document: Document, reader: Reader, change: Edit, encoding: str, line_end: str) -> list[Edit]:
    """The edits of a file for one of its prose; none where there is nothing to change, or it cannot be written."""
    edits = []
    for start, end, shown in masked_edits(document, change) or ():
        written = _written(shown, reader, encoding)
        if written is None:
            return []
        edits.append(Edit(start, end, written.replace("\n", line_end)))
    return edits if any(edit.start < edit.end or edit.text for edit in edits) else []


def _written(shown: str, reader: Reader, encoding: str) -> str | None:
    """How text is written in the file; None where the file's encoding has no characters for it."""
    escape = getattr(reader, "escape", None)
    written: str = escape(shown) if escape is not None else shown
    try:
        written.encode(encoding)
    except UnicodeError:
        written = written.encode(encoding, "xmlcharrefreplace").decode(encoding)
        return written if _visible(reader.prose(written)) == _visible(shown) else None
    return written


def _sound(document: Document, reader: Reader, changes: list[_Change]) -> list[_Change]:
    """The changes that do what they say and no more, as reading the text again shows.

    Where together they do not, they are halved until the culprits are found.
    """
    readings = 0

    def hold(some: list[_Change]) -> bool:
        nonlocal readings
        readings += 1
        text = apply(document.text, [edit for change in some for edit in change.edits])
        return _visible(reader.prose(text)) == _visible(apply(document.prose, [change.prose for change in some]))

    def sound(some: list[_Change]) -> list[_Change]:
        if not some or readings >= _MOST_READINGS:
            return []
        if hold(some):
            return some
        half = len(some) // 2
        first = sound(some[:half])
        both = first + sound(some[half:]) if half else []
        return both if len(both) > len(first) and hold(both) else first

    return sound(changes)


def _visible(prose: str) -> str:
    """What a reader sees of masked prose; markup leaves white space behind, so any is alike."""
    return " ".join(prose.replace(FILLER, "").split())


def _line_end(text: str) -> str:
    """How the lines of a text end, by its first."""
    match = _LINE_END.search(text)
    return match.group() if match else "\n"


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
