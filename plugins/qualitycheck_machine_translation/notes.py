"""What translators leave beside their text: notes in brackets, credits on a line of their own, traces of a machine.

A sentence that speaks of translating (“a novel translated by his daughter”) is none of them, so each must stand as
notes do: in brackets, alone on its line, or as a statement about “this article”.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import regex

from qualitycheck import Document
from qualitycheck.phrases import PhraseMatcher, TokenRow

# What a line with one of these has in it; most texts have none, and end here.
# The first word of each should be rare in English: only where it occurs is there anything to look at.
_WORDS = (
    *("translated", "translation", "translator", "translators", "translator's", "translators'", "/ N", "TL note"),
    *("traduction", "traduit", "traduite", "traducteur", "traducción", "traducido", "traductor", "del T"),
    *("tradução", "traduzido", "tradutor", "traduzione", "traduttore", "NdT"),
    *("übersetzung", "übersetzt", "übersetzers", "übers", "aus dem"),
    *("перевод", "переводчика", "пер", "译者注", "译注", "訳注", "訳者注"),
)
_ENOUGH = 2_000  # places that are looked at in one text
_LONGEST = 600  # code points of a line that are looked at, before the word and after it

_NAME = r"\p{Lu}[\p{L}'’.-]{0,30}+"
_NAMES = rf"{_NAME}(?:(?:\ |,\ |\ and\ |\ &\ |\ y\ |\ et\ |\ und\ ){_NAME}){{0,6}}"
_LANGUAGE = r"(?:the\ )?(?:original\ )?\p{Lu}\p{L}{2,14}(?:\ \p{Lu}\p{L}{2,14})?"
_ENGINE = r"""(?:the\ )?(?:www\.)?(?:
    DeepL(?:\.com/?(?:Translator)?)?(?:\ Translat(?:e|or))?|Google(?:\ Translat(?:e|or))?|Bing(?:\ Translator)?
    |Microsoft\ Translator|Yandex(?:\ Translate)?|Papago|Reverso|ChatGPT|GPT-?\d?\w{0,3}|AI|A\.I\.
    |artificial\ intelligence|(?:a\ )?machine(?:\ translation)?
    |(?:an?\ )?(?:automatic|automated|online)\ (?:system|tool|translator|software))"""
_MARKER = r"""(?:translator[’'s]{0,2}[’']?\ (?:note|comment|remark)s?|note\ (?:by|from|of)\ (?:the\ )?translator
    |TL\ note|T/N|note\ du\ traducteur|nota\ del\ traductor|nota\ do\ tradutor|nota\ del\ traduttore
    |Anm(?:erkung|\.)\ d(?:es|\.)\ Übers(?:etzers|\.)|N\.?\ ?d(?:el|\.)?\ ?T\.?
    |прим(?:ечание|\.)\ пер(?:еводчика|\.)|译者注|译注|訳注|訳者注)"""
_START, _END = r"(?<![^\n])[^\S\n]*+", r"[.)\]*_]{0,3}[^\S\n]*+(?![^\n])"


@dataclass(frozen=True, slots=True)
class Note:
    """Where a note stands, what kind of note it is, and how sure that it does not belong to the text."""

    start: int
    end: int
    what: str
    confidence: float


@dataclass(frozen=True, slots=True)
class _Form:
    what: str
    source: str
    confidence: float

    @property
    def pattern(self) -> regex.Pattern[str]:
        """What it looks like; few texts have a word that makes one look, and to compile all patterns takes long."""
        return _compiled(self.source)


@functools.cache
def _compiled(source: str) -> regex.Pattern[str]:
    return regex.compile(source, regex.VERBOSE)


_FORMS = (
    # [Translator's note: …], (T/N: …), (N. del T.), Translator's note: … up to its line end
    _Form(
        "a translator's note",
        rf"""[\[(（【][^\S\n]?(?i:{_MARKER})(?![\p{{L}}\p{{N}}])[^\[\](){{}}（）【】\n]{{0,500}}+[\])）】]
            | (?<![^\n])(?i:{_MARKER})[^\S\n]?[:：][^\n]{{0,500}}+""",
        0.9,
    ),
    # Translated with DeepL, (machine translation), This page was translated automatically …
    _Form(
        "a note that a machine translated this",
        rf"""{_START}[*_(\[]?(?i:
                machine[ -]translated
                |(?:(?:automatically|machine|auto)[ -])?translated\ (?:automatically\ )?
                    (?:with|by|using|via|from\ {_LANGUAGE}\ (?:with|by|using))\ {_ENGINE}
                |(?:automatic|machine|AI)\ translation\ (?:by|with|provided\ by|from)\ {_ENGINE}
                )(?:\ \([^()\n]{{1,40}}\))?{_END}
            | [\[(](?i:(?:machine|automatic(?:ally)?|AI)[ -]translat(?:ion|ed)
                |translated\ (?:by|with|using)\ {_ENGINE}[^()\[\]\n]{{0,40}}+)[\])]
            | (?<![\p{{L}}“"])This\ (?:article|page|text|post|story|document|content|website|site|translation)\s
                (?:was|has\ been|is)\ (?:(?:generated|made|produced|created)\ by\ {_ENGINE}
                    |(?:machine|automatically|auto)[ -]translated
                    |translated\ (?:automatically|(?:by|with|using)\ {_ENGINE}))[^.\n]{{0,120}}+\.?""",
        0.95,
    ),
    # Translated from the French by Ana Lope. Translation: Ana Lope.
    _Form(
        "a translator's credit",
        rf"""{_START}[*_(\[—–-]{{0,2}}[^\S\n]?(?:
                (?:[Tt]his\ \w{{3,12}}\ (?:was|has\ been)\ )?[Tt]ranslated\ (?:from\ {_LANGUAGE}\ )?
                    (?:into\ {_LANGUAGE}\ )?by:?\ {_NAMES}
                | Translated\ from\ {_LANGUAGE}
                | (?:(?:English\ )?Translation|Translators?|Translated\ by|Traduction|Traducción|Traduzione|Tradução
                    |Übersetzung|Перевод)[^\S\n]?:[^\S\n]?{_NAMES}
                | (?:Traduite?\ (?:de\ l['’]\p{{Ll}}{{3,12}}|du\ \p{{Ll}}{{3,12}})\ par
                    |Traducido\ (?:del\ \p{{Ll}}{{3,12}}\ )?por|Traduzido\ (?:do\ \p{{Ll}}{{3,12}}\ )?por
                    |Aus\ dem\ \p{{Lu}}\p{{Ll}}{{3,14}}\ (?:übersetzt\ )?von)\ {_NAMES}
                ){_END}""",
        0.7,
    ),
)


def hints(row: TokenRow) -> list[list[int]]:
    """The places in each text of a row that have a word which notes and credits have: none in most."""
    return [[place for place, _, _ in islice(found, _ENOUGH)] for found in _matcher().find_all(row)]


def translation_notes(document: Document, places: Sequence[int]) -> Iterator[Note]:
    """The notes and credits around these places in a text, in order."""
    text = document.prose
    done = 0
    for place in places:
        if place < done:
            continue
        start = max(text.rfind("\n", max(0, place - _LONGEST), place) + 1, place - _LONGEST, done)
        end = text.find("\n", place, place + _LONGEST)
        end = min(len(text), place + _LONGEST) if end < 0 else end
        for form in _FORMS:
            match = form.pattern.search(text, start, end)
            if match is not None and not document.in_quotation(*match.span()):
                shown = match.group()
                first = match.start() + len(shown) - len(shown.lstrip())
                done = match.start() + len(shown.rstrip())
                yield Note(first, done, form.what, form.confidence)
                break


@functools.cache
def _matcher() -> PhraseMatcher:
    return PhraseMatcher(_WORDS)
