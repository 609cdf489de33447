"""The Languages check: documents in a language that is not expected, and documents in two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from typing import ClassVar

from qualitycheck import Check, Document, Evidence, Finding, PluginError, Rule, Severity
from qualitycheck.batch import prepare_passages
from qualitycheck.tokens import LOWER, WORD
from qualitycheck_languages.names import NAMES, shown

_RULES = files(__package__) / "rules"

# A few words can be of many languages, and a list of names of any; from a page on, languages that are much alike can be
# told apart.
_LEAST_WORDS = 15
_LIST_WORDS, _LEAST_LOWER = 50, 0.5
_PAGE_WORDS = 100
_ALIKE = (
    {"da", "nn", "no", "sv"},
    {"bs", "hr", "mk", "sl", "sr"},
    {"cs", "sk"},
    {"ca", "es", "gl", "oc", "pt", "an", "ext"},
    {"id", "jv", "ms"},
    {"be", "bg", "ru", "uk"},
    {"af", "fy", "nl"},
    {"ja", "wuu", "yue", "zh"},
    {"ar", "ary", "arz", "fa", "sdh", "ur"},
    {"hi", "mr", "ne", "sa"},
    {"de", "lb"},
    {"az", "crh", "tr"},
)

# A second language counts from so many words on, and from this share of the document's words.
_SECOND_WORDS = 30
_SECOND_SHARE = 0.2


class Languages(Check):
    """Which languages a document is in, held against those that are expected; by default any is welcome."""

    name = "languages"
    weight = 0.1
    rules: ClassVar = [
        Rule(
            "LNG001",
            "unexpected-language",
            "The document is in a language that is not among those expected.",
            Severity.WARNING,
            _RULES / "LNG001.md",
        ),
        Rule(
            "LNG002",
            "mixed-language",
            "A good part of the document is in a second language.",
            Severity.WARNING,
            _RULES / "LNG002.md",
        ),
    ]

    def __init__(self, expected: Sequence[str] = ()) -> None:
        for code in expected:
            if code not in NAMES:
                by_name = [known for known, name in NAMES.items() if name.lower() == code.lower()]
                hint = f"; write “{by_name[0]}”" if by_name else ", such as “en” or “de”"
                raise PluginError(f"the setting languages has “{code}”, which is no code of a known language{hint}")
        self._expected = frozenset(expected)

    def inspect_batch(self, documents: Sequence[Document]) -> Iterable[Iterable[Finding]]:
        """Yield at most one finding about each document, which is about all of it."""
        prepare_passages(documents)
        return map(self._judge, documents)

    def _judge(self, document: Document) -> Iterator[Finding]:
        language = document.language
        if language is None or document.words < _LEAST_WORDS:
            return
        if self._is_unexpected(language, document):
            names = ", ".join(shown(code) for code in sorted(self._expected))
            message = f"this is in {shown(language)}; expected: {names}"
            yield self.finding("LNG001", None, message, confidence=0.9)
            return
        if not document.foreign_passages:
            return
        words: Counter[str] = Counter()
        for passage in document.foreign_passages:
            words[passage.language] += passage.words
        second, count = words.most_common(1)[0]
        share = count / document.words
        if count >= _SECOND_WORDS and share > _SECOND_SHARE and (not self._expected or second not in self._expected):
            message = f"{share:.0%} of the words are in {shown(second)}, the rest in {shown(language)}"
            yield self.finding("LNG002", None, message, confidence=0.85)

    def _is_unexpected(self, language: str, document: Document) -> bool:
        if not self._expected or language in self._expected:
            return False
        if document.words < _LIST_WORDS:
            words = document.tokens.kind == WORD
            lower = words & (document.tokens.shape == LOWER)
            if int(lower.sum()) < _LEAST_LOWER * int(words.sum()):
                return False
        alike = any(language in group and group & self._expected for group in _ALIKE)
        return document.words >= _PAGE_WORDS or not alike

    def badness(self, evidence: Evidence) -> float:
        """A document in an unexpected language is refused whole; one in two languages perhaps."""
        return max({"LNG001": 1.0, "LNG002": 0.5}[each.code] * each.confidence for each in evidence.findings)
