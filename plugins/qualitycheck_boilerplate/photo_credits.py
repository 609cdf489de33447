"""BPL002: who took a picture, where the picture is gone.

A credit stands alone on its line, in brackets, or at the end of a caption. It is made of names and of those who sell
pictures, parted by strokes, commas and “via”, and often opens with a label. Names alone prove nothing: one who sells
pictures, or a label that can mean nothing else, must be there.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator

import regex

from qualitycheck_boilerplate.agencies import CAPTION_LABELS, PICTURE_LABELS, SOURCE_LABELS, names

_LONGEST = 140  # code points of a credit
_NEAR = 200  # code points from a hint to a credit in a long line
_MOST_PARTS = 6

_BRACKETED = regex.compile(r"[(\[]\s*+([^()\[\]\r\n]{2,140}+)[)\]]")
_LABEL = regex.compile(
    r"""(?:(?:file|top|lead|main|feature|featured|cover|header|hero|stock|handout|archive|inset|above|below|left|right
        |titel|symbol|archiv)[\s-]++){0,2}+
    (?<label>[\p{L}\p{M}]++)
    (?<link>(?:[\s.:…–|©-]|\b(?:by|via|courtesy|credits?|source|copyright|provided|taken|illustration|photos?|of|from
        |von|par|de|di|da|por|door)\b|/(?=\s)){0,8}+)""",
    regex.VERBOSE | regex.IGNORECASE,
)
_LINKED = regex.compile(
    r"[:©|…]|\.\.|\b(?:by|via|courtesy|credits?|source|copyright|provided|taken|von|par)\b", regex.I
)
_MADE = regex.compile(r"\b(?:credits?|courtesy|by|via)\b|©", regex.IGNORECASE)
_AGENCY_LABEL = regex.compile(
    r"(AP|AFP|EPA|Reuters|Getty)\s+(?:file\s+)?(?:photos?|images?)\s*[:/]\s*", regex.IGNORECASE
)
_SPLIT = regex.compile(
    r"\s*(?:[/|,;&+©]|\b(?:via|for|through|and|und|et|y|per|über)\b|\bcourtesy(?:\s+of)?\b)\s*", regex.IGNORECASE
)
_STRONG = regex.compile(r"[/|©]|\b(?:via|courtesy)\b", regex.IGNORECASE)
_PARTICLE = r"(?:de|del|della|di|da|dos|du|la|le|van|von|der|den|ter|al|el|bin|ben|y|e|zu)(?!\p{L})"
_CAPITALISED = r"\p{Ll}?\p{Lu}[\p{L}\p{M}.'’-]{0,30}+"
_NAME = regex.compile(
    rf"(?:{_CAPITALISED}|{_PARTICLE})(?:\s++(?:{_CAPITALISED}|{_PARTICLE}|of|the|\d{{1,2}}\b)){{0,5}}+"
)
_PERSON = regex.compile(rf"(?:{_CAPITALISED}|{_PARTICLE})(?:\s++(?:{_CAPITALISED}|{_PARTICLE})){{1,5}}+")
_HANDLE = regex.compile(r"@\w{1,30}+(?: on \w{1,20}+)?|(?:www\.)?[\w-]{1,40}+(?:\.[a-z]{2,12}){1,3}", regex.IGNORECASE)
_YEAR = regex.compile(r"(?:19|20)\d\d")
_MEDIUM = regex.compile(
    r"\s+(?:(?P<photo>photos?|images?|pictures|fotos?)|file(?: photo)?|pool|handout|staff|archive|wire|news)$",
    regex.IGNORECASE,
)
# Where a credit at the end of a caption can begin: behind a sentence, a bracket or a bar, or with a word of its own.
_START = regex.compile(
    r"""(?<=[.!?…"”’)\]|:—–]\s{0,3})(?=[\p{Lu}©@(\[])
        |(?<=\s)(?=(?:REUTERS|Reuters|AFP|EPA|AP)\s?/|AP\ Photos?\b|Getty\ Images\b
            |(?:Photo|PHOTO|Image|IMAGE|Picture|Foto|Credit)s?\s?(?::|by\ |via\ |courtesy|[Cc]redit))""",
    regex.VERBOSE,
)


def find(text: str, start: int, end: int, hints: list[int]) -> Iterator[tuple[int, int, float]]:
    """The credits in the line from ``start`` to ``end`` near ``hints``: start and end of each, and how sure it is."""
    if confidence := _credit(text[start:end]):
        yield start, end, confidence
        return
    reached = start
    for hint in hints:
        if hint < reached:
            continue
        for first, last, confidence in _near(text, max(reached, hint - _NEAR), min(end, hint + _NEAR), end):
            yield first, last, confidence
            reached = last


def _near(text: str, start: int, stop: int, end: int) -> Iterator[tuple[int, int, float]]:
    """The credits in brackets between ``start`` and ``stop``, and the one that closes the line where it ends there."""
    for match in _BRACKETED.finditer(text, start, stop):
        if confidence := _credit(match[1], bracketed=True):
            yield *match.span(), confidence
            start = match.end()
    if stop == end:
        for match in _START.finditer(text, max(start, end - _LONGEST), end):
            if confidence := _credit(text[match.start() : end]):
                yield match.start(), end, confidence
                return


def _credit(text: str, *, bracketed: bool = False) -> float:
    """How sure it is, in [0, 1], that ``text`` is a credit and nothing else; 0 where it is none."""
    if len(text) > _LONGEST:
        return 0.0
    text = text.strip(" \t.")
    if text[:1] in ("(", "[") and text[-1:] in (")", "]"):
        text, bracketed = text[1:-1].strip(" ."), True
    label, who = _labelled(text)
    parts = [part for each in _SPLIT.split(who) if (part := each.strip(" ."))]
    if not 1 <= len(parts) <= _MOST_PARTS:
        return 0.0
    kinds = [_kind(part) for part in parts]
    if "" in kinds or any(part.casefold() in names("partner") for part in parts):
        return 0.0
    pictured = "picture" in kinds
    known = pictured or not {"agency", "origin", "handle"}.isdisjoint(kinds)
    person = any(kind == "name" and _PERSON.fullmatch(part) for kind, part in zip(kinds, parts, strict=True))
    if label in ("picture", "maker"):
        return 0.95 if known else 0.85 if person or label == "maker" else 0.0
    if label == "caption":
        return 0.9 if known else 0.0
    if label == "source":
        return 0.9 if pictured or (known and person and "/" in who) else 0.0
    if len(parts) == 1:
        return 0.9 if pictured else 0.0
    # Short names are other words as well, and need a full name beside them: “Peter Hill/PA”.
    sold = pictured or "agency" in kinds or (person and any(part.casefold() in names("ambiguous") for part in parts))
    if sold and _STRONG.search(who):
        return 0.95 if person else 0.85 if pictured or bracketed or "origin" in kinds else 0.0
    return 0.85 if sold and bracketed and person and len(parts) == 2 else 0.0


def _labelled(text: str) -> tuple[str, str]:
    """What the label says (``picture``, its ``maker``, ``caption``, ``source``, or nothing), and what follows."""
    agency = _AGENCY_LABEL.match(text)
    if agency is not None:
        return "picture", f"{agency[1]}/{text[agency.end() :]}"
    match = _LABEL.match(text)
    if match is None or not _LINKED.search(match["link"]):
        return "", text
    word = match["label"].casefold()
    rest = text[match.end() :]
    if word in PICTURE_LABELS | CAPTION_LABELS and _MADE.search(match["link"]):
        return "maker", rest
    if word in PICTURE_LABELS:
        return "picture", rest
    return ("caption", rest) if word in CAPTION_LABELS else ("source", rest) if word in SOURCE_LABELS else ("", text)


def _kind(part: str) -> str:
    """What a part of a credit is: ``picture`` (one who sells them), ``agency``, ``origin``, ``handle`` or ``name``."""
    folded = part.casefold().removesuffix(".com")
    medium = _MEDIUM.search(folded)
    short = folded[: medium.start()] if medium else folded
    if folded in names("picture") or short in names("picture") or (medium and medium["photo"] and _sells(short, part)):
        return "picture"
    if _sells(short, part):
        return "agency"
    if folded in names("origin") or _YEAR.fullmatch(part) or _of_origin().fullmatch(part):
        return "origin"
    if _HANDLE.fullmatch(part):
        return "handle"
    return "name" if _NAME.fullmatch(part) else ""


def _sells(folded: str, part: str) -> bool:
    return folded in names("agency") and (folded not in names("ambiguous") or part[:2] == "AP")


@functools.cache
def _of_origin() -> regex.Pattern[str]:
    """A name and where the picture lay: “Jane Doe on Flickr”, “Montgomery Advertiser file photo”."""
    origins = "|".join(sorted(map(regex.escape, names("origin")), key=len, reverse=True))
    return regex.compile(rf"{_NAME.pattern}\s+(?:on\s+|(?i:{origins})\s*)*(?i:{origins})")
