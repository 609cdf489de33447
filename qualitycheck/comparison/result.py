"""What comes out of a comparison: the passages that go together, every change, tables of them, and a verdict."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from qualitycheck.document import Document

Span = tuple[int, int]  # start and end in code points of the file, half open


class Kind(StrEnum):
    """What a change is.

    ``substitution``: a word or phrase stands for another. ``form``: another form, spelling or contraction of the same
    word. ``name``, ``number``: a proper name or number changed. ``deletion``, ``insertion``: words left out or put in.
    ``rewording``: a passage said otherwise, in which no word stands for a certain other.
    """

    SUBSTITUTION = "substitution"
    FORM = "form"
    NAME = "name"
    NUMBER = "number"
    DELETION = "deletion"
    INSERTION = "insertion"
    REWORDING = "rewording"


class Rewrite(StrEnum):
    """What kind of rewrite a text is of another.

    ``copy``: the same words. ``edit``: most words are the same, and changes stand here and there. ``spin``: words were
    replaced throughout, one by one, and their order kept. ``paraphrase``: the same said otherwise. ``unrelated``: no
    rewrite at all.
    """

    COPY = "copy"
    EDIT = "edit"
    SPIN = "spin"
    PARAPHRASE = "paraphrase"
    UNRELATED = "unrelated"


@dataclass(frozen=True, slots=True)
class Change:
    """One change: its kind, and where and what it is in both texts (for an insertion, empty in the original)."""

    kind: Kind
    original_span: Span
    rewritten_span: Span
    original: str
    rewritten: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences of both texts that go together, with the changes in them, in order.

    A passage with an empty span on one side was deleted or inserted as a whole, and has no changes. ``moved`` tells
    that it stands elsewhere in the rewritten text than its neighbours.
    """

    original_span: Span
    rewritten_span: Span
    changes: tuple[Change, ...] = ()
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """An entry of a table: what became what, how often, and where it first stands in both texts."""

    original: str
    rewritten: str
    count: int
    original_span: Span
    rewritten_span: Span


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation of the original whose words were changed; ``rewritten`` is what stands in its place."""

    original: str
    rewritten: str
    original_span: Span
    rewritten_span: Span


@dataclass(frozen=True, slots=True)
class Figures:
    """What the verdict rests on.

    ``original_words`` and ``rewritten_words`` are how many the texts have; all else are shares in [0, 1]: of the words
    of each text that stand in passages which go together (``original_linked``, ``rewritten_linked``), of the linked
    words of the original that were kept in place (``kept``) or replaced one by one (``substituted``), and of the longer
    passages in which any word was replaced (``touched``). ``loose`` is the number of places where words were put in or
    left out, or were reworded, for each linked word; ``consistent``, of the occurrences of words that stand several
    times and were replaced somewhere, how many were replaced by the same (None where there are too few to tell).
    """

    original_words: int
    rewritten_words: int
    original_linked: float
    rewritten_linked: float
    kept: float
    substituted: float
    touched: float
    loose: float
    consistent: float | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """How two texts differ; :func:`qualitycheck.compare` makes it."""

    original: Document
    rewritten: Document
    verdict: Rewrite
    figures: Figures
    passages: tuple[Passage, ...]
    substitutions: tuple[Counted, ...]
    names: tuple[Counted, ...]
    numbers: tuple[Counted, ...]
    quotations: tuple[Quotation, ...]

    @property
    def changes(self) -> list[Change]:
        """Every change, in the order of the original."""
        return [change for passage in self.passages for change in passage.changes]

    def to_dict(self) -> dict[str, Any]:
        """The comparison as plain values; its shape is that of ``schema/comparison-1.schema.json``."""
        from qualitycheck.comparison.plain import plain

        return plain(self)
