"""Articles that do not fit the sound of the next word: “an finish”, “a apple”.

A machine that puts one word in place of another leaves the article as it was. Only what is sure counts: the next word
is a common English one, it is not a word that would make the “a” a letter or a label (“policy a is”), and its first
sound is not in doubt.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import regex

from qualitycheck import Document
from qualitycheck.phrases import KeySet, TokenRow
from qualitycheck.tokens import FILLER, token_keys
from qualitycheck_machine_translation.pronunciation import Sound, first_sound, letter_sound

# How common (Zipf, from 0 to 8) the next word must be: others may be of another language, or of none. Capitalised
# words are more often names.
_COMMON = 3.0
_COMMON_CAPITALISED = 4.0


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Before these an “a” is a letter, a label, a slip for another word, or of another language; so is an “an”.
_NEVER_NEXT = _words(
    """a about above across after again against all along already also although always am among an and another any are
    around as at away be but by can das dem den der des did die do does each either el elle else even ever every for
    from had has have he her here him his how i if in instead into is it it's its itself may me my no nor not of off
    often on once one only onto or os other our out over own pas que se she should so some su sur than that the
    their them then there they this those though through to un una under une uno until up upon us very was we were
    what when where which while who whose why will with would you your"""
)
_LABELS = _words(
    """annex appendix article category class clause column exhibit figure grade group hepatitis influenza item letter
    level model note option paragraph part phase plan point row rule schedule section serie series set step table
    team type variable vitamin vowel"""
)

# Signs of a text from before the rules settled: such texts have “an hundred”, “an useful man”, “an European war”.
_OLD_WORDS = """betwixt chuse connexion doth ere hast hath hither shew shewed shewn thee thine thither thou thy tis
    twas unto whence wherefore"""

_RIGHT = {Sound.VOWEL: "an", Sound.CONSONANT: "a"}
# What can be wrong after “a” opens so, what cannot after “an” opens so: most articles cost one look.
_AFTER_A, _NEVER_AFTER_AN = "aeiouhxAEIOUHFLMNRSX18", "aiAI"
# No straight apostrophe: it makes the “a” part of a name in code, or of a word of another language.
_BEFORE = ' \n\t\r\u00a0"“‘«([—–' + FILLER
_GAP = regex.compile(r"[ \u00a0]|[ \t]*+(?:\r\n|\n)[ \t]*+")
_SENTENCE_START = regex.compile(r"(?:\A|[.!?]|[\r\n])[\s\"'“‘«(\[—–]*+\Z")
_NEAR = 12  # code points that are looked at for the start of the sentence


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Where article and word stand, what should stand there, and the probability that it should.

    ``old`` is what books from before the rules settled are full of: “an hundred”, “an useful man”.
    """

    start: int
    end: int
    suggestion: str
    confidence: float
    old: bool


class Article(NamedTuple):
    """An article before a word: the index of its token, where it stands, and where the word does."""

    token: int
    span: tuple[int, int]
    word: tuple[int, int]


def articles(row: TokenRow, documents: Sequence[Document]) -> Iterator[list[Article]]:
    """The articles in each document before a token that they may not fit; ``row`` are the documents' tokens."""
    places = _articles().places(row.keys)
    places = places[places + 1 < len(row.keys)]
    columns = (row.start[places], row.end[places], row.start[places + 1], row.end[places + 1])
    spans = zip(*(column.tolist() for column in columns), strict=True)
    for document, indices in zip(documents, row.split(places), strict=True):
        text = document.prose
        # What follows the last token of a text is no word, and ends before the article does.
        yield [
            Article(index, (start, end), (word, word_end))
            for index, (start, end, word, word_end) in zip(indices, spans, strict=False)
            if word >= end and (text[word] in _AFTER_A if end - start == 1 else text[word] not in _NEVER_AFTER_AN)
        ]


def wrong_articles(document: Document, before_words: Sequence[Article]) -> list[Mismatch]:
    """Those of a text's articles that do not fit, in order of place; those in quotations only where there are others.

    Speech has its dialects, and a machine does not err in speech alone.
    """
    found = [each for article in before_words if (each := _mismatch(document, article)) is not None]
    if any(each.old for each in found) and _is_old(document):
        found = [each for each in found if not each.old]
    return [] if all(document.in_quotation(each.start, each.end) for each in found) else found


def _is_old(document: Document) -> bool:
    keys = document.tokens.key
    return len(set(keys[_old_words().places(keys)].tolist())) > 1


@functools.cache
def _articles() -> KeySet:
    return KeySet(token_keys(["a", "an"]))


@functools.cache
def _old_words() -> KeySet:
    return KeySet(token_keys(_OLD_WORDS.split()))


def _mismatch(document: Document, found: Article) -> Mismatch | None:
    text = document.prose
    index, article, word = found
    said, following = document.excerpt(*article), document.excerpt(*word)
    right = _RIGHT.get(_sound(text, following, word[1]), said.lower())
    gap = text[article[1] : word[0]]
    if (
        said.lower() == right
        or not _GAP.fullmatch(gap)
        or (following.lower() in _NEVER_NEXT and not _is_acronym(following))
    ):
        return None
    if not (_is_article(document, index, said, following) and _is_english(following)):
        return None
    if "\n" in gap and following[0].isupper():
        return None  # the sentence was cut off before its line end
    suggestion = f"{right.capitalize() if said[0] == 'A' else right}{gap}{following}"
    # “an” before a consonant is “and” now and then.
    confidence = 0.97 if right == "an" else 0.93
    return Mismatch(article[0], word[1], suggestion, confidence, right == "a" and following[0].lower() in "heou")


def _is_article(document: Document, index: int, said: str, following: str) -> bool:
    """Whether an “a” or “an” is the article, and the next word one that it belongs to."""
    text, start = document.prose, int(document.tokens.start[index])
    if start and text[start - 1] not in _BEFORE:
        return False
    if said == "AN" or (index and document.excerpt(*_span(document, index - 1)).lower() in _LABELS):
        return False
    at_start = _SENTENCE_START.search(text, max(0, start - _NEAR), start) is not None
    # A capital A within a sentence is a name or a label, and so is one that does something (“A allows”); a small one
    # at its start marks a note or an item of a list.
    if said == "A" and following.endswith("s"):
        return False
    if said[0] == "A":
        return at_start and not following[0].isupper()
    after_number = text[max(0, start - 2) : start - 1].isdigit()
    return not after_number and not (said == "a" and at_start and following[0].isupper())


def _span(document: Document, index: int) -> tuple[int, int]:
    return int(document.tokens.start[index]), int(document.tokens.end[index])


def _sound(text: str, word: str, end: int) -> Sound:
    """The first sound of a word that ends at ``end``; a single letter counts where a hyphen joins it to a word."""
    if text.startswith(("$", "€", "£"), end):
        return Sound.UNSURE  # NZ$5 is said otherwise than it is written
    if len(word) > 1 or word.isdigit():
        return first_sound(word)
    return letter_sound(word) if text[end : end + 1] == "-" and text[end + 1 : end + 2].isalnum() else Sound.UNSURE


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper()


@functools.lru_cache(maxsize=4096)
def _is_english(word: str) -> bool:
    """Whether a word is common in English; letters, acronyms and figures are taken as they are."""
    if len(word) == 1 or word.isupper() or word[0].isdigit():
        return True
    import wordfreq

    least = _COMMON_CAPITALISED if word[0].isupper() else _COMMON
    return float(wordfreq.zipf_frequency(word, "en")) >= least
