"""Contractions that no one writes: a spinner replaced the stem of “won’t” and left the ending (“received’t”).

These convict on their own. Old and dialect elisions (“is’t”, “do’t”, “know’t”) are left alone: the stem must be a
common inflected word, and the whole must be unknown to wordfreq.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator

import regex

from qualitycheck import Document
from qualitycheck.characters import places_of
from qualitycheck.tokens import FILLER

_ENDING = regex.compile(rf"['’]{FILLER}*+t(?![\p{{L}}\p{{N}}'’])")  # between the two stands the rest of “&rsquo;”
_STEM = regex.compile(r"(?<![\p{L}\p{N}'’])\p{L}{3,20}(?:ed|ing|es)$")
_LAST = ("d", "g", "s")  # letters of a stem
_LONGEST = 24  # code points looked at before the ending
_LEAST_FREQUENCY = 3.0  # on the Zipf scale: once in a million words

# Spinners read the “won” of “won’t” as the past of “win”.
_WON = frozenset({"received", "gained", "attained", "earned", "secured"})


def broken_contractions(document: Document, known: set[int]) -> Iterator[tuple[tuple[int, int], str]]:
    """Span of each broken contraction, and the whole word it stood for where that is known (else an empty string).

    Those that start at a place in ``known`` are left out: wordfreq takes long to load, and need not be asked for them.
    """
    text = document.prose
    for place in places_of("'’", text):
        # Nearly all are seen by the letter before them to be something else.
        ending = _ENDING.match(text, place) if text[place - 1 : place] in _LAST else None
        stem = _STEM.search(text[max(0, place - _LONGEST) : place]) if ending else None
        if ending is None or stem is None:
            continue
        start = ending.start() - len(stem.group())
        if start not in known and _is_broken(stem.group().lower()):
            apostrophe = ending.group()[0]
            yield (start, ending.end()), f"won{apostrophe}t" if stem.group().lower() in _WON else ""


@functools.lru_cache(maxsize=4096)
def _is_broken(stem: str) -> bool:
    from wordfreq import zipf_frequency

    whole, inflected = (zipf_frequency(word, "en", wordlist="small") for word in (f"{stem}'t", stem))
    return whole == 0.0 and inflected >= _LEAST_FREQUENCY
