"""A synonym spinner, for measuring: replaces listed phrases in a text as such machines do.

One pass, longest phrase first, one alternative for each document and phrase, capitals kept, words joined by a hyphen
left alone. It works on text and shares no code with the training loops.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import regex

_WORD = regex.compile(r"[\p{L}\p{N}]+(?:['’][\p{L}]+)*")
_LONGEST = 5


@dataclass(frozen=True, slots=True)
class Substitution:
    """A replaced span of the spun text, and what stood there."""

    start: int
    end: int
    original: str


class Spinner:
    """Spins texts with a table of pairs (original, observed)."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._table: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for original, observed in pairs:
            self._table[tuple(original.lower().split())].append(observed)

    def spin(self, text: str, rate: float, seed: int) -> tuple[str, list[Substitution]]:
        """The text with a share ``rate`` in [0, 1] of the listed phrases replaced, and what was replaced."""
        chance = random.Random(seed)
        words = list(_WORD.finditer(text))
        folded = [match.group().lower().replace("’", "'") for match in words]
        choices: dict[tuple[str, ...], str | None] = {}
        pieces: list[str] = []
        substitutions: list[Substitution] = []
        place = length = index = 0
        while index < len(words):
            phrase = self._longest(text, words, folded, index)
            if phrase is None:
                index += 1
                continue
            if phrase not in choices:
                choices[phrase] = chance.choice(self._table[phrase]) if chance.random() < rate else None
            replacement = choices[phrase]
            start, end = words[index].start(), words[index + len(phrase) - 1].end()
            index += len(phrase)
            if replacement is None:
                continue
            if text[start].isupper():
                replacement = replacement[:1].upper() + replacement[1:]
            pieces += text[place:start], replacement
            length += start - place
            substitutions.append(Substitution(length, length + len(replacement), text[start:end]))
            length += len(replacement)
            place = end
        pieces.append(text[place:])
        return "".join(pieces), substitutions

    def _longest(
        self, text: str, words: list[regex.Match[str]], folded: list[str], index: int
    ) -> tuple[str, ...] | None:
        for count in range(min(_LONGEST, len(words) - index), 0, -1):
            phrase = tuple(folded[index : index + count])
            if phrase not in self._table:
                continue
            start, end = words[index].start(), words[index + count - 1].end()
            joined = text[start - 1 : start] == "-" or text[end : end + 1] == "-"
            apart = any(
                not text[words[i].end() : words[i + 1].start()].isspace() for i in range(index, index + count - 1)
            )
            if not joined and not apart:
                return phrase
        return None
