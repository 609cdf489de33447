"""What is known of the words of a language: which belong to its grammar, and for English of which kind they are.

Frequencies are those of wordfreq. Where it does not know the language, short words are taken for function words.
"""

from __future__ import annotations

import functools

_FUNCTION = 5.8  # on the Zipf scale of word frequencies: function words, and a few more
_SHORT = 3  # letters

_KINDS = {
    "en": (
        "the a an this that these those its his her their our my your no any some each every both either one other "
        "another",
        "of in to for with on at by from as into about than through during within inside upon over under up out off "
        "against between among toward towards",
        "is are was were be been being am has have had do does did will would can could may might must shall should",
        "and or but nor yet while whereas because if though although however when where whether which who that",
        "i you he she it we they me him them us who himself herself itself themselves",
        "not also very just only now then there here still even again too",
    ),
}  # fmt: skip
_PARTICLES = {"en": "up out off down away over on in into of to about for with"}
_PRENOMINALS = {"en": "the a an and or its his her their our my your"}


class Lexis:
    """The function words of a language, given by its ISO 639 code; None where it is not known."""

    def __init__(self, language: str | None) -> None:
        self.language = language
        self._kinds: dict[str, int] = {}
        for number, words in enumerate(_KINDS.get(language or "", ())):
            for word in words.split():
                self._kinds[word] = self._kinds.get(word, 0) | 1 << number
        self._particles = frozenset(_PARTICLES.get(language or "", "").split())
        self._prenominals = frozenset(_PRENOMINALS.get(language or "", "").split())
        self.is_function = functools.lru_cache(maxsize=1 << 16)(self._look_up)

    def kinds(self, word: str) -> int:
        """The kinds of function words that a word belongs to, one bit each; 0 where it is not known for one."""
        return self._kinds.get(word, 0)

    def is_grammar(self, word: str) -> bool:
        """Whether a word is known as one of the language's grammar, whatever its frequency."""
        return word in self._kinds

    def follows(self, word: str) -> bool:
        """Whether a word belongs to what goes before it, as the “up” of “set up”."""
        return word in self._particles

    def precedes(self, word: str) -> bool:
        """Whether a word belongs to what comes after it, as an article."""
        return word in self._prenominals

    def _look_up(self, word: str) -> bool:
        if word in self._kinds:
            return True
        if self._frequencies is None:
            return len(word) <= _SHORT
        return bool(self._frequencies.get(word, 0.0) >= 10.0 ** (_FUNCTION - 9.0))

    @functools.cached_property
    def _frequencies(self) -> dict[str, float] | None:
        from wordfreq import available_languages, get_frequency_dict

        if self.language not in available_languages("small"):
            return None
        frequencies: dict[str, float] = get_frequency_dict(self.language, wordlist="small")
        return frequencies
