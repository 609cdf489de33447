"""What a thesaurus rewriter puts in place of what: the synonyms of WordNet, inflected well, badly and not at all.

Such programs look each word up and draw a synonym, blind to the context. Some give it the ending of the word that it
replaces, by rules that know no exceptions or by a list of them; many leave it as the thesaurus has it. The pairs are
those of all of them. Reads the files of WordNet 3.0 (Princeton University) as Debian's ``wordnet-base`` installs them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from wordfreq import zipf_frequency

from qualitycheck import InputError
from qualitycheck_odd_synonyms.lexicon import Pair

_Builder = Callable[[str], str]

FOLDER = Path("/usr/share/wordnet")
_ENDINGS = {"noun": ("s",), "verb": ("s", "ed", "ing"), "adj": ("er", "est"), "adv": ()}
_VOWEL = re.compile("[aeiouy]")
_PHRASE = re.compile(r"[a-z]+(?:[ '-][a-z]+){0,2}")
_LEAST_ZIPF = 3.0  # of an original: what people seldom write is seldom replaced
_LEAST_INFLECTED = 2.5  # of its inflected forms
_WORDS_OF_FORM = """
    a about above after again all also an and any are as at be because been before being below between both but
    by can could did do does doing down during each either else few for from further had has have having he her
    here hers him his how i if in into is it its just may me might more most must my neither no nor not now of
    off on once one only or other our out over own same shall she should so some such than that the their them
    then there these they this those three through to too two under until up upon us very was we were what when
    where which while who whom whose why will with would you your yours
"""
_FUNCTION_WORDS = frozenset(_WORDS_OF_FORM.split())


def pairs(folder: Path = FOLDER) -> list[Pair]:
    """All pairs, those of one original together. Raises InputError where WordNet is not installed there."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for part, endings in _ENDINGS.items():
        try:
            synonyms = _synonyms(folder / f"data.{part}")
            forms = _Forms(folder / f"{part}.exc", noun=part == "noun")
        except OSError as error:
            raise InputError(f"{error.filename}: {error.strerror}; install WordNet (Debian's wordnet-base)") from None
        for lemma, others in synonyms.items():
            if lemma in _FUNCTION_WORDS or len(lemma) < 3 or zipf_frequency(lemma, "en") < _LEAST_ZIPF:
                continue
            found[lemma].update(others)
            for ending in endings:
                for form in forms.written(lemma, ending):
                    if zipf_frequency(form, "en") < _LEAST_INFLECTED:
                        continue
                    for other in others:
                        found[form].update(dict.fromkeys(forms.written(other, ending)))
                        found[form].update({forms.regular(other, ending): None, other: None})
    return [
        Pair(original, other, "wordnet") for original, others in found.items() for other in others if other != original
    ]


def _synonyms(path: Path) -> dict[str, dict[str, None]]:
    """For each word or phrase in lower case all that share a sense with it."""
    synonyms: dict[str, dict[str, None]] = defaultdict(dict)
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.startswith("  "):  # the licence
                continue
            fields = line.split(" | ")[0].split()
            words = [fields[4 + 2 * each].split("(")[0].replace("_", " ") for each in range(int(fields[3], 16))]
            for word in words:
                others = (other.lower() for other in words if other != word and _writable(other.lower()))
                if _PHRASE.fullmatch(word):
                    synonyms[word].update(dict.fromkeys(others))
    return synonyms


def _writable(word: str) -> bool:
    """Whether a rewriter's use of it tells anything: abbreviations (“pct”, “lbs”) are what some people write."""
    return bool(_PHRASE.fullmatch(word)) and all(_VOWEL.search(each) for each in word.split())


class _Forms:
    """The inflected forms of a part of speech, exceptions from WordNet's list; of a noun the last word takes them."""

    def __init__(self, exceptions: Path, *, noun: bool) -> None:
        self._noun = noun
        self._irregular: dict[str, list[str]] = defaultdict(list)
        with exceptions.open(encoding="utf-8") as file:
            for line in file:
                form, *lemmas = line.split()
                for lemma in lemmas:
                    self._irregular[lemma].append(form)

    def written(self, phrase: str, ending: str) -> list[str]:
        """As people write it: the exceptions where there are any, else the regular form."""
        head, build = self._split(phrase)
        irregular = [form for form in self._irregular[head] if form.isalpha() and self._ending(form) == ending]
        return [build(form) for form in irregular] or [build(_regular(head, ending))]

    def regular(self, phrase: str, ending: str) -> str:
        """By rule, whether it is a word or not: “holded”."""
        head, build = self._split(phrase)
        return build(_regular(head, ending))

    def _ending(self, form: str) -> str:
        """What an irregular form stands for; those of the past have any shape."""
        if self._noun:
            return "s"
        return next((ending for ending in ("ing", "est", "er", "s") if form.endswith(ending)), "ed")

    def _split(self, phrase: str) -> tuple[str, _Builder]:
        words = phrase.split(" ")
        place = len(words) - 1 if self._noun else 0
        return words[place], lambda form: " ".join([*words[:place], form, *words[place + 1 :]])


def _regular(word: str, ending: str) -> str:
    if ending == "s" and word.endswith(("s", "x", "z", "ch", "sh")):
        return f"{word}es"
    if word.endswith("y") and len(word) > 1 and word[-2] not in "aeiou" and ending != "ing":
        return f"{word[:-1]}i{'es' if ending == 's' else ending}"
    return f"{word[:-1] if word.endswith('e') and ending != 's' else word}{ending}"
