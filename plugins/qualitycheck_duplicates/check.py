"""The Duplicates check: documents that others of the same run were copied or made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, ClassVar

from qualitycheck import CorpusCheck, Document, Evidence, Finding, Rule, Seen, Severity, Signal
from qualitycheck_duplicates.options import DuplicatesOptions

if TYPE_CHECKING:
    from qualitycheck_duplicates.copies import Copy
    from qualitycheck_duplicates.kinship import Kinship
    from qualitycheck_duplicates.rewrites import Rewrite

_RULES = files(__package__) / "rules"

#: How bad each is: with the weight of the check none alone takes more than 57 points, which is a case for review.
_BADNESS = {"DUP001": 0.95, "DUP002": 0.9, "DUP010": 0.8}
#: The rule that says of a document by itself that its words were replaced: then it is not the original.
_SPUN = "SYN010"


class Duplicates(CorpusCheck):
    """Finds exact and near duplicates, and rewrites of other documents; the first of each stays as it is."""

    name = "duplicates"
    weight = 0.6
    min_words = 30
    whole_documents = True
    options: DuplicatesOptions = DuplicatesOptions()
    rules: ClassVar = [
        Rule("DUP001", "exact-duplicate", "Another document has the same words.", Severity.WARNING,
             _RULES / "DUP001.md"),
        Rule("DUP002", "near-duplicate", "Another document has nearly the same words.", Severity.WARNING,
             _RULES / "DUP002.md"),
        Rule("DUP010", "rewritten-from", "Another document was rewritten word by word.", Severity.WARNING,
             _RULES / "DUP010.md"),
    ]  # fmt: skip

    def sketch(self, document: Document) -> bytes:
        """A digest of the words, a signature of their passages, and the first thousand of them."""
        # Here and below: a run of one document, which needs none of it, starts sooner.
        from qualitycheck_duplicates.sketch import sketch

        return sketch(document).pack()

    def resolve(self, corpus: Sequence[Seen]) -> Iterator[tuple[int, Finding | Signal]]:
        """Copies of earlier documents; then, among what is no copy, rewrites."""
        from qualitycheck_duplicates.copies import copies
        from qualitycheck_duplicates.kinship import Kinships
        from qualitycheck_duplicates.rewrites import rewrites
        from qualitycheck_duplicates.sketch import Sketch

        sketches = [Sketch.unpack(each.sketch) for each in corpus]
        found = copies(sketches, self.options.near)
        for copy in found.values():
            yield from self._copy(copy, corpus)
        originals = [number for number in range(len(sketches)) if number not in found]
        if len(originals) < 2:
            return
        heads = [sketches[number].head for number in originals]
        kinships = Kinships(heads)
        likeliest = _likeliest(rewrites(heads, kinships), [_SPUN in corpus[number].codes for number in originals])
        for document, (parent, confidence) in likeliest.items():
            # Where many were made of one text, a pair may be two of those: the text they were made of is behind both.
            # An original comes before its rewrites in the order of (spun, number), so this ends.
            original = parent
            while original in likeliest:
                original = likeliest[original][0]
            name, kinship = corpus[originals[original]].name, kinships.of(original, document)
            yield from self._rewrite(originals[document], name, kinship, confidence)

    def _copy(self, copy: Copy, corpus: Sequence[Seen]) -> Iterator[tuple[int, Finding | Signal]]:
        name = corpus[copy.original].name
        yield copy.document, Signal("copy_of", name)
        yield copy.document, Signal("similarity", round(copy.similarity, 3), "share of passages of five words")
        if copy.exact:
            yield copy.document, self.finding("DUP001", None, f"the same words as {name}")
        else:
            message = f"nearly the same as {name}: about {copy.similarity:.0%} of their passages are in both"
            yield copy.document, self.finding("DUP002", None, message, confidence=0.95)

    def _rewrite(
        self, document: int, original: str, kinship: Kinship, confidence: float
    ) -> Iterator[tuple[int, Finding | Signal]]:
        yield document, Signal("rewritten_from", original)
        yield document, Signal("anchors_kept", round(kinship.agreement, 3), "share by weight")
        yield document, Signal("words_kept", round(kinship.others, 3), "share of the other words")
        message = (
            f"probably {original} with its words replaced: of the numbers, names and rare words "
            f"{kinship.agreement:.0%} are the same, in the same order, and of the other words {kinship.others:.0%}"
        )
        yield document, self.finding("DUP010", None, message, confidence=confidence)

    def badness(self, evidence: Evidence) -> float:
        """That of the worst finding: a copy is no worse for being like two others."""
        return max(_BADNESS[finding.code] * finding.confidence for finding in evidence.findings)


def _likeliest(pairs: Iterable[Rewrite], spun: Sequence[bool]) -> dict[int, tuple[int, float]]:
    """The likeliest original of each rewrite, and how likely it is one.

    That is a text that is not spun itself, then the one that is most alike, then the first.
    """
    best: dict[int, tuple[int, float]] = {}
    ranks: dict[int, tuple[bool, float, int]] = {}
    for pair in pairs:
        original, document = pair.first, pair.second
        if spun[original] and not spun[document]:
            original, document = document, original
        rank = not spun[original], pair.confidence, -original
        if document not in ranks or rank > ranks[document]:
            ranks[document], best[document] = rank, (original, pair.confidence)
    return best
