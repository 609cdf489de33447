"""BPL011 and BPL012: where and by which agency a story was filed. Good style in a newspaper, a label in a corpus.

A dateline opens one of the first lines: a place in capitals and a dash, or a place, perhaps a date, and an agency in
brackets. An agency's tag is its name alone on a line at the edge of a document, or in brackets at the end of a line.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from qualitycheck_boilerplate.lines import Lines
from qualitycheck_boilerplate.piece import Piece

_FIRST_LINES = 8
_EDGE = 4  # first and last lines in which an agency's name alone is its tag
_SHORTEST, _LONGEST = 40, 140  # code points of a line with a dateline, and of that dateline
_LONGEST_TAG, _LONGEST_STAFF = 60, 600

_AGENCIES = (
    r"Reuters|REUTERS|AP|AFP|UPI|CNN|dpa|DPA|EFE|ANSA|Ansa|Lusa|LUSA|ANP|Belga|BELGA|Xinhua|TASS|Tass|ITAR-TASS|"
    r"Interfax|Kyodo|Yonhap|PTI|IANS|Bloomberg|Bloomberg News|AAP|EUROPA PRESS|Europa Press|Notimex|Agência Brasil|"
    r"Adnkronos|ADNKRONOS|RIA Novosti|Anadolu|The Associated Press|Associated Press|Agence France[ -]Presse"
)
# In a dateline anything that sends out stories will do; alone these are other words as well.
_SENDERS = (
    rf"{_AGENCIES}|CNN Business|CNNMoney|dpa-AFX|ANI|SID|sid|APA|KNA|epd|AGI|NTB|AA|BUSINESS WIRE|Business Wire|"
    r"PRNewswire|PR Newswire|GLOBE NEWSWIRE|GlobeNewswire|MarketWatch|Thomson Reuters Foundation|RNS|CNS|JTA|KHN"
)
_DASH = r"(?:—|–|--?|―)"
_YEAR = r"(?:,?\ (?:19|20)\d\d)?"
_DATE = rf"""(?:,?\ (?:\p{{L}}{{3,10}}+\.?\ [0-3]?\d{_YEAR}|[0-3]?\d\.?\ \p{{L}}{{3,10}}+\.?{_YEAR}
    |[0-3]?\d/[01]?\d(?:/\d{{2,4}})?))"""
_CAPITALS = r"\p{Lu}[\p{Lu}\p{M}.'’-]{1,20}+(?:(?:[ ,/]|,\ )\p{Lu}[\p{Lu}\p{M}.'’-]{1,20}+){0,4}+"
_STATE = r"(?:,\ (?:\p{Lu}[\p{L}.]{1,14}+(?:\ \p{Lu}[\p{L}.]{1,14}+){0,2}+))?"
_PLACE = r"\p{Lu}[\p{L}\p{M}.'’-]{1,20}+(?:[ /]\p{L}[\p{L}\p{M}.'’-]{0,20}+){0,4}+"

_SENTENCE = r"\s{0,3}(?=[“\"'‘«„]?[\p{Lu}\d])"
_PLAIN = regex.compile(
    rf"{_CAPITALS}{_STATE}{_DATE}?\s{{1,2}}{_DASH}\s{{1,3}}(?=[“\"'‘«„]?[\p{{Lu}}\d])", regex.VERBOSE
)
_SIGNED = regex.compile(
    rf"""(?:{_DASH}\s?)?(?:{_PLACE}{_STATE}{_DATE}?\s{{0,2}})?
        \((?:[\w\ ,.-]{{0,20}}/)?(?:{_SENDERS})(?:[/|,\ -][\w\ ,.-]{{0,25}})?\)\s{{0,2}}
        (?:\.?{_DASH}|:|\.-)?{_SENTENCE}""",
    regex.VERBOSE,
)
# Other words in capitals before a dash.
_NO_PLACES = frozenset(
    regex.findall(
        r"\w+",
        """note notes warning update updated exclusive analysis file video photo photos opinion summary abstract section
        chapter question answer editor correction corrections read more related watch nato nasa fbi cia eu un gop faq
        introduction background methods results conclusion conclusions objective objectives purpose discussion scene
        breaking live review interview fact caution attention important tip reminder overall original ending editing""",
    )
)
_SMALL = frozenset(["a", "and", "are", "for", "how", "is", "it", "my", "now", "the", "to", "we", "what", "why", "you"])
_PARTED = regex.compile(r"\s-")
_TAG = regex.compile(rf"[—–(\[-]{{0,3}}\s?(?:{_AGENCIES}|Agencies|AGENCIES|Agencias|Agências)\s?[)\]]?\.?")
_CLOSING = regex.compile(rf"\((?:{_AGENCIES})(?:/(?:{_AGENCIES}))?\)\.?$")
_STAFF = regex.compile(
    r"""[(\[]\s?(?:additional\ |further\ )?(?:reporting|editing|writing|compiled)\ (?:and\ \w{7,9}\ )?
        by\ [^()\[\]\r\n]{2,400}+[)\]]""",
    regex.VERBOSE | regex.IGNORECASE,
)


def find(text: str, lines: Lines, numbers: range, taken: set[int]) -> Iterator[Piece]:
    """Datelines and agency tags in those first and last lines of a document that no other rule has taken."""
    for number in sorted({*numbers[:_FIRST_LINES], *numbers[-_EDGE:]} - taken):
        start, end = lines.span(number)
        if number < numbers.start + _FIRST_LINES and (span := _dateline(text, start, end)) is not None:
            yield Piece("dateline", *span, number, 0.9)
        edge = number < numbers.start + _EDGE or number >= numbers.stop - _EDGE
        for span in _tags(text, start, end, edge=edge):
            yield Piece("agency-tag", *span, number, 0.9)


def _dateline(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The dateline that opens a line."""
    last = min(end, start + _LONGEST)
    if end - start < _SHORTEST:
        return None
    head = text[start:last]
    # One of these is in each dateline.
    if not ("(" in head or "—" in head or "–" in head or ("-" in head and _PARTED.search(head))):
        return None
    signed = _SIGNED.match(text, start, last)
    if signed:
        return start, start + len(signed.group().rstrip())
    plain = _PLAIN.match(text, start, last)
    if plain is None:
        return None
    words = regex.findall(r"\p{L}++", plain[0].casefold())
    if words[0] in _NO_PLACES or not _SMALL.isdisjoint(words):
        return None
    return start, start + len(plain.group().rstrip())


def _tags(text: str, start: int, end: int, *, edge: bool) -> Iterator[tuple[int, int]]:
    """The agency tags of a line; ``edge`` says that it is one of the first or last of the document."""
    if edge and end - start <= _LONGEST_TAG and _TAG.fullmatch(text, start, end):
        yield start, end
    elif text[end - 1] in ")]" or text[end - 2 : end] in (").", "]."):
        for match in _STAFF.finditer(text, max(start, end - _LONGEST_STAFF), end):
            yield match.span()
        closing = _CLOSING.search(text, max(start, end - _LONGEST_TAG), end)
        if closing and closing.start() > start:
            yield closing.span()
