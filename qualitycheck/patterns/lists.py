"""The words and phrases of all entries, found together: thousands of them cost hardly more than one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualitycheck.errors import PluginError
from qualitycheck.finding import Finding
from qualitycheck.patterns.costs import SettingsCheck
from qualitycheck.patterns.entries import PatternEntry, read_word_list
from qualitycheck.phrases import PhraseMatcher
from qualitycheck.tokens import tokenize, tokenize_all

if TYPE_CHECKING:
    from qualitycheck.document import Document

_POSSESSIVE = "’s"


@dataclass(frozen=True, slots=True)
class Word:
    """A listed word or phrase. ``tail`` is how much of what is found does not belong to it: that of a possessive."""

    code: str
    text: str
    suggestion: str | None
    match_case: bool
    tail: int = 0

    @property
    def exact(self) -> bool:
        """Whether more than its tokens must agree: the matcher takes all capitals and all numbers for alike."""
        return self.match_case or any(map(str.isnumeric, self.text))

    def same(self, found: str) -> bool:
        """Whether this is what was found, letter for letter."""
        return _plain(found, self.match_case) == _plain(self.text, self.match_case)

    def replacement(self, found: str) -> list[str]:
        """The suggestion, with the capitals of what it is to replace."""
        text = self.suggestion
        if text is None:
            return []
        if not self.match_case and self.text.islower():
            if len(found) > 1 and found.isupper():
                text = text.upper()
            elif found[:1].isupper():
                text = text[:1].upper() + text[1:]
        return [text]


class Lists:
    """The words for one set of languages. Raises PluginError for a word that is listed twice."""

    def __init__(self, languages: Sequence[str], words: Iterable[Word]) -> None:
        self.languages = frozenset(languages)
        loose: dict[object, list[Word]] = {}
        exact: dict[object, list[Word]] = {}
        for word in words:
            # Numbers are alike to the matcher, so “Windows 95” and “Windows 98” are found under one name.
            key = tuple(tokenize(word.text).key.tolist()) if word.exact else _plain(word.text, match_case=False)
            others = (exact if word.exact else loose).setdefault(key, [])
            for other in others:
                if other.same(word.text) and other.match_case == word.match_case:
                    raise PluginError(f"{word.code} lists “{word.text}”, which {other.code} lists already")
            others.append(word)
        self._meanings = [list(each.values()) for each in (loose, exact) if each]
        self._matchers = [PhraseMatcher(words[0].text for words in each) for each in self._meanings]

    def find(self, document: Document) -> Iterator[tuple[int, int, Word]]:
        """Start, end and word of each occurrence in order, the longer first, none within another."""
        found = []
        for matcher, meanings in zip(self._matchers, self._meanings, strict=True):
            for start, end, place in matcher.find(document.tokens):
                for word in meanings[place]:
                    if not word.exact or word.same(document.excerpt(start, end)):
                        found.append((start, end, word))
                        break
        done = 0
        for start, end, word in sorted(found, key=lambda each: (each[0], -each[1])):
            if start >= done:
                done = end
                yield start, end - word.tail, word


class WordLists(SettingsCheck):
    """Finds the words and phrases that the settings list."""

    name = "word-lists"

    def __init__(self, entries: Sequence[PatternEntry]) -> None:
        groups: dict[tuple[str, ...], list[Word]] = {}
        state = hashlib.sha256()
        for entry in entries:
            words = list(_words(entry))
            groups.setdefault(tuple(sorted(entry.languages)), []).extend(words)
            state.update(repr(words).encode(errors="surrogatepass"))
        self._lists = [Lists(languages, words) for languages, words in groups.items()]
        self._version = state.hexdigest()[:12]

    def versions(self) -> Mapping[str, str]:
        """A hash of all words: what a file lists is no part of the settings, and changes reports as they do."""
        return {"words": self._version}

    def inspect(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each occurrence of a listed word in a language that its entry is for."""
        for lists in self._lists:
            if not lists.languages or document.language in lists.languages:
                for start, end, word in lists.find(document):
                    suggestions = word.replacement(document.excerpt(start, end))
                    yield self.finding(word.code, (start, end), suggestions=suggestions)


def words_check(entries: Sequence[PatternEntry]) -> WordLists:
    """The check for all entries with words. Raises PluginError, naming the entry, for a list that cannot be used."""
    made: WordLists = type("WordLists", (WordLists,), {"rules": tuple(entry.rule() for entry in entries)})(entries)
    return made


def _words(entry: PatternEntry) -> Iterator[Word]:
    """The words of an entry, names with their possessives."""
    given = list(_given(entry))
    for (text, suggestion), found in zip(given, tokenize_all([text for text, _ in given]), strict=True):
        tokens = len(found)
        if not 1 <= tokens <= 255:
            raise PluginError(f"{entry.code}: “{text[:60]}” has {tokens} words; it needs one at least, 255 at most")
        own = entry.suggestion if suggestion is None else suggestion
        yield Word(entry.code, text, own, entry.match_case)
        if text[:1].isupper() and text[-1:].isalpha():
            yield Word(entry.code, text + _POSSESSIVE, own, entry.match_case, len(_POSSESSIVE))


def _given(entry: PatternEntry) -> Iterable[tuple[str, str | None]]:
    if isinstance(entry.words, dict):
        return entry.words.items()
    if entry.words:
        return ((word, None) for word in entry.words)
    try:
        words = list(read_word_list(entry.word_list))
    except OSError as error:
        raise PluginError(f"{entry.code}: {entry.word_list}: cannot be read: {error.strerror}") from None
    except ValueError:
        raise PluginError(f"{entry.code}: {entry.word_list}: not in UTF-8") from None
    if not words:
        raise PluginError(f"{entry.code}: {entry.word_list}: lists no words")
    return words


def _plain(text: str, match_case: bool) -> str:
    """Text with white space and apostrophes made alike, and capitals too where they do not matter."""
    alike = " ".join(text.split()).replace("’", "'").replace("‘", "'")
    return alike if match_case else alike.casefold()
