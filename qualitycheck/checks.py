"""The base classes that a plugin author subclasses.

The module is not called ``check``: the package has a function of that name, and an imported submodule would hide it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from qualitycheck.explanation import Explanation
from qualitycheck.finding import Finding, Signal, Suggestion
from qualitycheck.options import Options
from qualitycheck.rule import Rule, Severity

if TYPE_CHECKING:
    from qualitycheck.document import Document

#: What one finding adds to the default badness of a check, by severity; the README tells plugin authors.
DEFAULT_COST = {Severity.ERROR: 0.4, Severity.WARNING: 0.1, Severity.INFO: 0.0}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a check found in one document and the user asked for: the base of its badness.

    ``findings`` are those of selected rules with severity ``warning`` or ``error``; there is at least one.
    ``severities`` maps the code of each to its severity. ``words`` is the length of the document.
    """

    findings: Sequence[Finding]
    signals: Sequence[Signal]
    severities: dict[str, Severity]
    words: int

    def of(self, *codes: str) -> list[Finding]:
        """The findings of these rules."""
        return [finding for finding in self.findings if finding.code in codes]

    def thinned(self, costs: Mapping[str, tuple[float, int]]) -> float:
        """The badness where each finding is a cause of its own, thinned out by the length of the document.

        ``costs`` holds for each code what one finding costs, in [0, 1], and the length in words from which on that
        falls in proportion.
        """
        kept = 1.0
        for finding in self.findings:
            cost, short = costs[finding.code]
            kept *= 1.0 - cost * finding.confidence * min(1.0, short / max(1, self.words))
        return 1.0 - kept


class Check:
    """Looks at one document and yields findings and signals. Subclass it, set ``rules``, write ``inspect``.

    ``name`` is how reports and settings call the check (by default the class name with hyphens). ``rules`` are all
    rules it can report. ``languages`` are ISO 639-1 codes of the languages it knows (None: any), and ``min_words`` the
    length it needs; ``whole_documents`` says that it judges what only a document has (its length, its layout, how it
    ends) and not a sentence or a heading: a document that does not fit is skipped at no cost. ``weight``, in [0, .99],
    is the share of the score the check can take away. Of the checks that share a ``group`` only the worst counts. An
    ``opt_in`` check runs only where ``select`` names its rules. ``options`` are what users can set, with their
    defaults; what a run sets takes their place before ``setup``. A check is used for many documents, so it keeps no
    state between them.
    """

    name: ClassVar[str] = ""
    rules: ClassVar[Sequence[Rule]] = ()
    languages: ClassVar[frozenset[str] | None] = None
    min_words: ClassVar[int] = 0
    whole_documents: ClassVar[bool] = False
    weight: ClassVar[float] = 0.5
    group: ClassVar[str | None] = None
    opt_in: ClassVar[bool] = False
    options: Options = Options()

    def __init_subclass__(cls, **arguments: Any) -> None:
        super().__init_subclass__(**arguments)
        if "name" not in cls.__dict__:
            cls.name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", cls.__name__).lower()

    def setup(self) -> None:
        """Load what is costly (models, word lists). Called once a process, before the first document that needs it."""

    def versions(self) -> Mapping[str, str]:
        """Versions of what the check loads (models, lists), by name; reports show them."""
        return {}

    def inspect(self, document: Document) -> Iterable[Finding | Signal]:
        """Yield what is wrong with the document. The prose to look at is ``document.prose``.

        By default what :meth:`inspect_batch` yields for it; a check writes one of the two.
        """
        if type(self).inspect_batch is Check.inspect_batch:
            raise NotImplementedError(f"{type(self).__name__} has neither inspect nor inspect_batch")
        return next(iter(self.inspect_batch([document])))

    def inspect_batch(self, documents: Sequence[Document]) -> Iterable[Iterable[Finding | Signal]]:
        """The same for many documents, one result each in the same order; override it where that is faster."""
        return [self.inspect(document) for document in documents]

    def badness(self, evidence: Evidence) -> float:
        """The probability, in [0, 1], that a careful editor would refuse the document for this reason.

        By default each finding adds its severity's cost times its confidence, as independent causes add up. An
        override must not fall when a finding is added.
        """
        kept = 1.0
        for finding in evidence.findings:
            kept *= 1.0 - DEFAULT_COST[evidence.severities[finding.code]] * finding.confidence
        return 1.0 - kept

    def explain(self, document: Document, finding: Finding | None = None) -> Explanation:
        """Which evidence weighed how much: for a finding, or for the document as a whole where it is None.

        ``finding`` is one that ``inspect`` yielded for this document; without one it may be that nothing was found.
        People ask for it one by one, so it may look again, and closer. By default there is nothing to add to what every
        finding shows: rule, message, confidence, and what it costs.
        """
        return Explanation()

    def finding(
        self,
        code: str,
        span: tuple[int, int] | None = None,
        message: str = "",
        suggestions: Iterable[str | Suggestion] = (),
        confidence: float = 1.0,
    ) -> Finding:
        """A finding of one of this check's rules at ``span``, or about the whole document where span is None."""
        if isinstance(suggestions, str):
            raise TypeError("suggestions is one text; give a list")
        start, end = span if span is not None else (None, None)
        made = tuple(Suggestion(each) if isinstance(each, str) else each for each in suggestions)
        return Finding(code, start, end, message, made, confidence)


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of one document when all have been read.

    ``name`` is how reports call it, ``sketch`` what the corpus check kept of it, ``words`` its length. ``codes`` are
    the rules of which other checks found something in it.
    """

    name: str
    sketch: bytes
    words: int
    codes: frozenset[str]


class CorpusCheck(Check):
    """A check that must see all documents of a run before it can judge one (duplicates, rewrites of each other).

    It works in two passes. In the first, ``sketch`` keeps what it needs of each document, in whatever process reads
    it; sketches of the parts of a run put one after the other are the sketches of the run, so the pass can be spread
    and resumed. They are held in memory together: a kilobyte or two is a good size. In the second, ``resolve`` looks at
    all of them, in the order of the documents, and says what is wrong with which.

    A document that does not fit (``languages``, ``min_words``, ``whole_documents``) is not among them. Runs of a single
    document, and those that hand out reports one by one, do without corpus checks.
    """

    def sketch(self, document: Document) -> bytes:
        """What to keep of a document. It must depend on the document and the options alone."""
        raise NotImplementedError(f"{type(self).__name__} has no sketch")

    def resolve(self, corpus: Sequence[Seen]) -> Iterable[tuple[int, Finding | Signal]]:
        """Findings and signals, each with the number of its document in ``corpus``; findings have no span."""
        raise NotImplementedError(f"{type(self).__name__} has no resolve")

    def inspect(self, document: Document) -> Iterable[Finding | Signal]:
        """Nothing: one document alone says nothing here."""
        return ()
