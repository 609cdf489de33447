"""A thesaurus rewriter to measure with: replaces content words by WordNet synonyms, blind to the context.

Reads the files of WordNet 3.0 as Debian's ``wordnet-base`` installs them. What it knows of inflection are the regular
endings, as such rewriters do.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from pathlib import Path

FOLDER = Path("/usr/share/wordnet")
_FILES = {"noun": "s", "verb": "s ed ing", "adj": "er est", "adv": ""}
_WORD = re.compile(r"[A-Za-z]+")
_FUNCTION_WORDS = """a an the and or but if so as at by for from in into of on onto to with without he she it they we
    you i me him her
    us them his its their our your my be am is are was were been being have has had having do does did done will would
    shall should can could may might must not no this that these those who whom whose which what when where why how
    there here then than up down out off over under again more most some any all both each few other such only own same
    too very one two three four five six seven eight nine ten"""
_STOP = frozenset(_FUNCTION_WORDS.split())


class Thesaurus:
    """Synonyms by lemma, in WordNet's order. Raises FileNotFoundError where WordNet is not installed."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._synonyms: dict[str, list[str]] = defaultdict(list)
        for name in _FILES:
            for line in (folder / f"data.{name}").read_text(encoding="utf-8").splitlines():
                if line.startswith("  "):
                    continue
                fields = line.split(" | ")[0].split()
                words = [fields[4 + 2 * each].split("(")[0] for each in range(int(fields[3], 16))]
                for word in words:
                    self._synonyms[word.lower()] += [other.replace("_", " ") for other in words if other != word]
        self._endings = sorted({ending for each in _FILES.values() for ending in each.split()}, key=len, reverse=True)

    def rewrite(self, text: str, share: float, seed: int) -> tuple[str, int]:
        """The text with that share of its content words replaced, and how many were."""
        choose = random.Random(seed)
        replaced = 0

        def replace(match: re.Match[str]) -> str:
            nonlocal replaced
            word = match.group()
            lower = word.lower()
            if lower in _STOP or (word[0].isupper() and lower not in self._synonyms) or choose.random() >= share:
                return word
            options = self._options(lower)
            if not options:
                return word
            replaced += 1
            chosen = choose.choice(options)
            return chosen[0].upper() + chosen[1:] if word[0].isupper() else chosen

        return _WORD.sub(replace, text), replaced

    def _options(self, word: str) -> list[str]:
        if word in self._synonyms:
            return self._synonyms[word]
        for ending in self._endings:
            if not word.endswith(ending):
                continue
            stem = word[: -len(ending)]
            for lemma in (stem, stem + "e", stem[:-1] + "y" if stem.endswith("i") else stem):
                if lemma in self._synonyms:
                    return [_inflected(other, ending) for other in self._synonyms[lemma]]
        return []


def _inflected(phrase: str, ending: str) -> str:
    head, _, rest = phrase.partition(" ")
    if ending == "s" and head.endswith(("s", "x", "ch", "sh")):
        head += "e"
    if ending != "s" and head.endswith("e"):
        head = head[:-1]
    if head.endswith("y") and len(head) > 1 and head[-2] not in "aeiou" and ending != "ing":
        head = head[:-1] + ("ie" if ending == "s" else "i")
    return f"{head}{ending} {rest}".strip()
