"""What is found and does not count: it is left out of the report, and costs no points.

A finding is suppressed by a comment in its document, by what the settings ignore in its file, by a term that the
settings allow, or by a baseline. Whatever of that does nothing is reported, so that it can be taken out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterator, Sequence
from typing import TypeVar

import numpy as np

from qualitycheck.allowed import Allowed, place_of
from qualitycheck.baseline import Baseline, Entry
from qualitycheck.comments import IgnoreComment, ignore_comments
from qualitycheck.document import Document
from qualitycheck.file_ignores import FileIgnore, file_ignores
from qualitycheck.finding import Finding
from qualitycheck.rule import Rule
from qualitycheck.settings import Settings

_MOST_LINES = 10  # about one thing; the rest is counted

Means = TypeVar("Means", bound=Hashable)


class _Uses(dict[Means, bool]):
    """What could have suppressed something, and whether it did."""

    def note(self, means: Means, *, used: bool) -> None:
        self[means] = used or self.get(means, False)

    def idle(self) -> Iterator[Means]:
        return (means for means, used in self.items() if not used)


class Suppression:
    """What a run suppresses; ``rules`` are all there are.

    Raises SettingsError where the settings name a rule or pattern that means nothing.
    """

    def __init__(self, settings: Settings, rules: Sequence[Rule], baseline: Baseline | None) -> None:
        self.settings = settings
        self.rules = rules
        self.baseline = baseline
        self.allowed = Allowed(settings.allow)
        self.file_ignores = file_ignores(settings.per_file_ignores, rules)
        self.terms: _Uses[str] = _Uses()
        self.ignores: _Uses[FileIgnore] = _Uses()

    def of(self, document: Document) -> DocumentSuppression:
        """What it suppresses in one document."""
        return DocumentSuppression(self, document)

    def notes(self) -> list[str]:
        """What did nothing in the documents that were checked up to now, one line each.

        A baseline's entry counts if its document was checked or is gone, a pattern if it fitted a file, a term if it
        occurred.
        """
        stale = self.baseline.stale() if self.baseline is not None else []
        ignores = [f"“{each.pattern}”, {each.name}" for each in self.ignores.idle()]
        # What a term is needed for may be a rule that was not selected.
        terms = [f"“{term}”" for term in self.terms.idle()] if not self.settings.select else []
        return [
            *_first("stale in the baseline: ", [f"{name} {_lack(entry)}" for name, entry in stale]),
            *_first("nothing for per-file-ignores: ", ignores),
            *_first("nothing for allow: ", terms),
        ]


class DocumentSuppression:
    """What is suppressed in one document; ``counts`` says how many findings each means took."""

    def __init__(self, run: Suppression, document: Document) -> None:
        self._run = run
        self._document = document
        self._places = run.allowed.places(document)
        self._ignores = [each for each in run.file_ignores if document.path is not None and each.fits(document.path)]
        self._comments: list[IgnoreComment] = []
        self._problems: list[str] = []
        if document.comments and run.settings.inline_ignores:
            self._comments, self._problems = ignore_comments(document, run.rules)
        self._uses: _Uses[IgnoreComment] = _Uses()
        self.counts: Counter[str] = Counter()
        #: Whether anything is suppressed here, or said to be: then it must hear of checks that found nothing, too.
        self.active = bool(self._places or self._ignores or self._comments or run.baseline is not None)

    def kept(self, findings: Sequence[Finding], rules: Collection[str]) -> list[Finding]:
        """The findings of a check that count; ``rules`` are the codes of the rules that it looked for."""
        kept = list(findings)
        if self._comments or self._ignores or self._places:
            hidden: dict[int, str] = {}
            for means, indices in (
                ("comments", self._commented(findings, rules)),
                ("per-file-ignores", self._ignored(findings, rules)),
                ("allow", self._allowed(findings)),
            ):
                for index in indices:
                    hidden.setdefault(index, means)
            self.counts.update(hidden.values())
            kept = [finding for index, finding in enumerate(findings) if index not in hidden]
        if self._run.baseline is not None:
            new = self._run.baseline.new(self._document, kept, rules)
            if len(new) < len(kept):
                self.counts["baseline"] += len(kept) - len(new)
            return new
        return kept

    def notes(self) -> list[str]:
        """What the document's comments say in vain, one line each."""
        if not (self._problems or self._uses):
            return []
        idle = [f"line {each.line}: nothing to ignore for {each.name}" for each in self._uses.idle()]
        return [*_first("", self._problems), *_first("", idle)]

    def _commented(self, findings: Sequence[Finding], rules: Collection[str]) -> Iterator[int]:
        """What comments suppress. No finding is held against each comment: a document may have many of both."""
        comments = [comment for comment in self._comments if not comment.codes.isdisjoint(rules)]
        for comment in comments:
            self._uses.note(comment, used=False)
        for code in {finding.code for finding in findings} if comments else ():
            own = [index for index, finding in enumerate(findings) if finding.code == code]
            own.sort(key=lambda index: _place(findings[index]))
            places = np.array([_place(findings[index]) for index in own])
            depth = np.zeros(len(own) + 1, np.int64)  # how many comments begin less how many end before each finding
            for comment in comments:
                if code in comment.codes:
                    first, last = 0, len(own)
                    if comment.span is not None:
                        first, last = (int(place) for place in places.searchsorted(comment.span))
                    depth[first] += 1
                    depth[last] -= 1
                    self._uses.note(comment, used=first < last)
            yield from (own[place] for place in np.flatnonzero(depth.cumsum()[:-1]))

    def _ignored(self, findings: Sequence[Finding], rules: Collection[str]) -> Iterator[int]:
        for ignore in self._ignores:
            if not ignore.codes.isdisjoint(rules):
                indices = [index for index, finding in enumerate(findings) if finding.code in ignore.codes]
                self._run.ignores.note(ignore, used=bool(indices))
                yield from indices

    def _allowed(self, findings: Sequence[Finding]) -> Iterator[int]:
        for place in self._places:
            self._run.terms.note(place.term, used=False)
        for index, finding in enumerate(findings) if self._places else ():
            about = place_of(finding, self._places)
            if about is not None:
                self._run.terms.note(about.term, used=True)
                yield index


def _place(finding: Finding) -> int:
    """Where a finding starts; before the document where it is about all of it."""
    return -1 if finding.start is None else finding.start


def _lack(entry: Entry | None) -> str:
    """What a document has no more, of what a baseline accepts."""
    if entry is None:
        return "is gone"
    return f"no longer has {entry.rule}" if entry.text is None else f"no longer has {entry.rule} “{entry.text}”"


def _first(about: str, lines: Sequence[str]) -> Iterator[str]:
    """The first of the lines, and how many more there are, each after what it is about."""
    yield from (about + line for line in lines[:_MOST_LINES])
    if len(lines) > _MOST_LINES:
        yield f"{about}{len(lines) - _MOST_LINES} more such lines"
