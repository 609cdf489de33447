"""The second pass of a run: what corpus checks say of documents once all have been read.

A pass may be spread over processes: each keeps entries of its documents, and one resolves the entries of all in order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qualitycheck.checks import CorpusCheck, Seen
from qualitycheck.document import Document
from qualitycheck.errors import PluginError
from qualitycheck.finding import Finding, Signal
from qualitycheck.plugins import FOREIGN_ERRORS, one_line
from qualitycheck.report import DocumentReport
from qualitycheck.runner import MOST_YIELDED, Outcome, Runner, misfit


@dataclass(slots=True)
class Entry:
    """What is kept of one document: its name, its length, the rules that found something, and a sketch for each check.

    ``sketches`` are by the name of the check, and lack those that the document does not fit; ``problems`` say why, or
    why a check crashed.
    """

    name: str
    words: int
    codes: tuple[str, ...]
    sketches: dict[str, bytes]
    problems: dict[str, str]


def enter(runner: Runner, document: Document, report: DocumentReport) -> Entry:
    """What to keep of a document and its report."""
    codes = tuple(sorted({finding.code for finding in report.findings}))
    entry = Entry(report.name, report.words, codes, {}, {})
    for check in runner.corpus_checks:
        if misfit(check, document) is not None:
            continue
        failure = runner.set_up(check)
        if failure is None:
            try:
                with runner.timed(check.name):
                    sketch = check.sketch(document)
                if not isinstance(sketch, bytes):
                    raise PluginError(f"sketch gave {sketch!r}, which is no bytes")
                entry.sketches[check.name] = sketch
            except FOREIGN_ERRORS as error:
                failure = one_line(error)
        if failure is not None:
            entry.problems[check.name] = failure
    return entry


#: What corpus checks say of one document, by the name of the check.
Outcomes = dict[str, Outcome]


def resolve(runner: Runner, entries: Sequence[Entry]) -> dict[int, Outcomes]:
    """What each check says of which document: outcomes by the number of the document and the name of the check.

    Documents of which nothing is said are left out. Raises PluginError where a check crashes over the corpus.
    """
    found: dict[int, Outcomes] = {}
    for number, entry in enumerate(entries):
        for name, problem in entry.problems.items():
            found.setdefault(number, {})[name] = problem
    for check in runner.corpus_checks:
        numbers = [number for number, entry in enumerate(entries) if check.name in entry.sketches]
        for place, item in _said(check, [_seen(entries[number], check) for number in numbers]):
            outcome = found.setdefault(numbers[place], {}).setdefault(check.name, [])
            if isinstance(outcome, list) and len(outcome) < MOST_YIELDED:
                outcome.append(item)
    return found


def _seen(entry: Entry, check: CorpusCheck) -> Seen:
    return Seen(entry.name, entry.sketches[check.name], entry.words, frozenset(entry.codes))


def _said(check: CorpusCheck, corpus: list[Seen]) -> Iterator[tuple[int, Finding | Signal]]:
    """What a check says of which document, held against the interface."""
    try:
        for place, item in check.resolve(corpus) if corpus else ():
            if not 0 <= place < len(corpus):
                raise PluginError(f"resolve gave a finding for document {place} of {len(corpus)}")
            if isinstance(item, Finding) and item.start is not None:
                raise PluginError(f"resolve gave a finding of {item.code} with a span")
            yield place, item
    except FOREIGN_ERRORS as error:
        raise PluginError(f"check “{check.name}” crashed over {len(corpus):,} documents: {one_line(error)}") from None
