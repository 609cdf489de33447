"""Pairs of a user's own list, for which no model is trained.

Nothing is known of such a pair but that it is wrong where the user works. So it never makes a document a spun one. In a
document that is held to be spun for other reasons it is weighed by Bayes' rule, without a look at the context: a phrase
is the commoner in such a text the commoner its originals are, the more of them are gone, and the higher the share of
words that the machine replaced; and the rarer the phrase is by itself, the less of it is a writer's own.
"""

from __future__ import annotations

import functools
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from qualitycheck import Document
from qualitycheck.phrases import PhraseMatcher
from qualitycheck_odd_synonyms.lexicon import LexiconError, read_numbered

#: A listed phrase is reported where the probability that it was put there passes this, as with the model's.
LEAST_POSTERIOR = 0.75

_MOST_POSTERIOR = 0.95  # frequencies of words tell nothing of the sentence that a phrase stands in
_AT_HOME = 2.0  # how much commoner than in all texts a word may be where its subject is spoken of
_PRIOR_WEIGHT = 2.0  # originals that survive, against the share that was replaced in the whole document
_NEXT_WORD = 0.05  # what each further word of an original takes from the frequency of its rarest


@dataclass(frozen=True, slots=True)
class Listed:
    """A listed phrase in a document: its span, the probability that it was put there, and the list that has it.

    ``originals`` are what may have stood there, with their probabilities, likeliest first.
    """

    start: int
    end: int
    confidence: float
    originals: tuple[tuple[str, float], ...]
    source: str


class ListedPairs:
    """The pairs of some lexicon files. Raises LexiconError, naming file and line, for one that cannot be used."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._originals: dict[str, list[str]] = {}
        self._sources: dict[str, str] = {}
        self._alternatives: Counter[str] = Counter()
        self._versions: dict[str, str] = {}
        for path in paths:
            self._read(path)
        self._observed = list(self._originals)
        self._kept = list(self._alternatives)
        self._find_observed = PhraseMatcher(self._observed)
        self._find_kept = PhraseMatcher(self._kept)

    def __bool__(self) -> bool:
        return bool(self._observed)

    def versions(self) -> dict[str, str]:
        """A hash of each file."""
        return dict(self._versions)

    def _read(self, path: Path) -> None:
        for line, pair in read_numbered(path):
            original, observed = _fold(pair.original), _fold(pair.observed)
            for phrase in (original, observed):
                _examine(phrase, f"{path}:{line}")
            if original == observed:
                raise LexiconError(f"{path}:{line}: “{pair.observed}” stands for itself; take the line out")
            known = self._originals.setdefault(observed, [])
            if original not in known:
                known.append(original)
                self._alternatives[original] += 1
            self._sources.setdefault(observed, path.name)
        self._versions[f"lexicon {path.name}"] = hashlib.sha256(path.read_bytes()).hexdigest()[:12]

    def find(self, document: Document, rate: float, *, everywhere: bool = False) -> Iterator[Listed]:
        """The listed phrases that were put into a document, in order of place.

        ``rate`` is the share of replaceable words that were replaced, 0 where the document is not held to be spun.
        ``everywhere`` takes each of them for wrong, whatever the document is like.
        """
        if not self or not (rate or everywhere):
            return
        places = defaultdict(list)
        for start, end, index in self._find_observed.find(document.tokens):
            observed = self._observed[index]
            # To the matcher one number is like another.
            if not any(map(str.isdigit, observed)) or _fold(document.excerpt(start, end)) == observed:
                places[observed].append((start, end))
        if not places:
            return
        kept = Counter(self._kept[index] for _, _, index in self._find_kept.find(document.tokens))
        found = []
        for observed, spans in places.items():
            posterior, originals = self._weigh(observed, kept, rate or 1.0, document.language or "")
            if everywhere:
                posterior = 1.0
            if posterior >= LEAST_POSTERIOR:
                source = self._sources[observed]
                found += [Listed(start, end, posterior, originals, source) for start, end in spans]
        yield from sorted(found, key=lambda each: each.start)

    def _weigh(
        self, observed: str, kept: Counter[str], rate: float, language: str
    ) -> tuple[float, tuple[tuple[str, float], ...]]:
        """The probability that the phrase was put there, and what stood there with the probability of each."""
        strengths = {}
        for original in self._originals[observed]:
            replaced = rate * _PRIOR_WEIGHT / (_PRIOR_WEIGHT + kept[original])
            strengths[original] = _least_frequency(original, language) * replaced / self._alternatives[original]
        total = sum(strengths.values())
        natural = _AT_HOME * _most_frequency(observed, language)
        posterior = min(total / (total + natural), _MOST_POSTERIOR) if total else 0.0
        even = 1.0 / len(strengths)
        ranked = sorted(
            ((original, strength / total if total else even) for original, strength in strengths.items()),
            key=lambda each: -each[1],
        )
        return posterior, tuple(ranked)


def _examine(phrase: str, where: str) -> None:
    try:
        PhraseMatcher([phrase])
    except ValueError as error:
        raise LexiconError(f"{where}: {error}") from None


def _fold(text: str) -> str:
    return " ".join(text.lower().replace("’", "'").split())


@functools.lru_cache(maxsize=1 << 14)
def _frequency(word: str, language: str) -> float:
    """How often a word occurs among all words; 0 in a language that there are no figures for."""
    from wordfreq import available_languages, word_frequency

    return float(word_frequency(word, language)) if language in available_languages() else 0.0


def _most_frequency(phrase: str, language: str) -> float:
    """An upper bound for how often a phrase occurs: as often as its rarest word; of an unknown word very seldom."""
    return max(min(_frequency(word, language) for word in phrase.split()), 1e-9)


def _least_frequency(phrase: str, language: str) -> float:
    """A cautious estimate of the same; none for a word that nobody uses."""
    words = phrase.split()
    return min(_frequency(word, language) for word in words) * float(_NEXT_WORD ** (len(words) - 1))
