"""ENC005: HTML that was left in plain prose: entities nobody decoded, tags nobody removed.

The same characters are good text in a manual about HTML, in code, in mathematics and between the angle brackets of
an address, a type or a stock symbol. So a tag must be one of HTML's and be shaped like one, and a document that talks
about markup or is full of code is left alone.
"""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.entities import html5

import regex

_BLOCKS = regex.findall(
    r"\w+",
    """address article aside blockquote body br caption center dd div dl dt figure footer form h1 h2 h3 h4 h5 h6 head
    header hr html li main nav ol option p pre section table tbody td tfoot th thead title tr ul""",
)
_INLINE = regex.findall(
    r"\w+",
    """a abbr b big button cite code del em figcaption font i iframe img input ins kbd label link meta nobr noframe
    noscript object param samp script select small span strike strong style sub sup tt u video""",
)
_NAMES = "|".join(sorted([*_BLOCKS, *_INLINE], key=len, reverse=True))

_AMPERSAND = r"&(?:amp;){0,8}"
_ENTITY = rf"{_AMPERSAND}(?:\#[0-9]{{1,7}}|\#[xX][0-9A-Fa-f]{{1,6}}|[A-Za-z][A-Za-z0-9]{{1,31}});"
_REMNANT = regex.compile(
    rf"""(?<tag><(?<close>/?)(?<name>{_NAMES})\b(?<body>(?:\s[^<>]{{0,500}}+|/)?)>)
        |(?<comment><!--[^<>]{{2,500}}+(?<=--)>)
        |(?<escaped>{_AMPERSAND}lt;/?(?:{_NAMES})\b[^<>&]{{0,200}}+{_AMPERSAND}gt;)
        |(?<entity>{_ENTITY})
        |(?<bare>&(?:nbsp|amp|quot|lt|gt)(?![\w;=])|&\ (?:nbsp|amp|quot|lt|gt)\ ?;|&(?:nbsp|amp|quot|lt|gt)\ ;)""",
    regex.VERBOSE | regex.IGNORECASE,
)

# What any of that begins with, as patterns that start with a fixed character: those run at the speed of memory.
_HINT_ENTITY = re.compile(r"&(?:#?\w{1,32};|(?:nbsp|amp|quot|lt|gt)\b| \w{2,4} ?;|\w{2,4} ;)")
_HINT_TAG = re.compile(r"</?[A-Za-z!]")

# Two and three letters may be an abbreviation ("R&D;"), so of the short names only these count.
_SHORT_NAMES = frozenset(
    regex.findall(
        r"\w+", "lt gt LT GT amp AMP mu nu xi pi chi eta phi psi rho tau deg eth ETH lrm reg rlm shy uml yen zwj"
    )
)
_LONE_TAGS = frozenset(["br", "hr", "nobr"])  # these come without a partner
_CONTRACTION = regex.compile(r"(?:s|t|d|m|re|ve|ll)\b")

_MARKUP_TALK = regex.compile(
    r"\b(?:X?HTML\d?|XML|SGML|XSLT|CSS|DOM|markup|stylesheets?|ASCII|Unicode)\b"
    r"|\b(?:character|entity) (?:entit|referenc)|\b(?:entity|entities|tags?)\b(?=[^.\n]{0,40}[<&])",
    regex.IGNORECASE,
)
_CODE = regex.compile(
    r"\w\(\)|::|->|=>|\w_\w|[=!]=|\|\||&&|\\[nt\"]|[{};]$|`|\b(?:parser?|syntax|string|boolean|API|compiler|Python|Java)s?\b",
    regex.MULTILINE,
)
_NAMED = regex.compile(r"\W{0,3}+(?:tags?|elements?|attributes?|entit(?:y|ies))\b", regex.IGNORECASE)
_FEW, _MANY_KINDS = 10, 8
_WORDS_PER_CODE = 100


@dataclass(frozen=True, slots=True)
class Remnant:
    """A piece of markup in prose, and what a browser would have made of it."""

    start: int
    end: int
    rendered: str


def find(text: str) -> list[Remnant]:
    """The remnants of HTML in ``text``, neighbours joined; none where the text is about markup or is technical."""
    if not _HINT_ENTITY.search(text) and not _HINT_TAG.search(text):
        return []
    found = list(_candidates(text))
    if not found or _technical(text, found):
        return []
    # A remnant that touches the one before belongs to it.
    rows: list[list[Remnant]] = []
    for each in found:
        if rows and rows[-1][-1].end == each.start:
            rows[-1].append(each)
        else:
            rows.append([each])
    return [Remnant(row[0].start, row[-1].end, "".join(each.rendered for each in row)) for row in rows]


def _candidates(text: str) -> Iterator[Remnant]:
    closed: frozenset[str] | None = None
    for match in _REMNANT.finditer(text):
        start, end = match.span()
        if _NAMED.match(text, end):
            continue
        rendered: str | None = ""
        if match["tag"] is not None:
            if closed is None:
                closed = frozenset(
                    each[1].lower() for each in regex.finditer(rf"</({_NAMES})\s?>", text, regex.IGNORECASE)
                )
            rendered = _tag(match, closed)
        elif match["entity"] is not None or match["bare"] is not None:
            rendered = _entity(text, match)
        if rendered is not None:
            yield Remnant(start, end, rendered)


def _tag(match: regex.Match[str], closed: frozenset[str]) -> str | None:
    """What a tag leaves behind, or None where it is no tag: "<U>" is USAir, and "<a young man>" an aside."""
    name, body = match["name"].lower(), match["body"].strip()
    if not match["close"] and "=" not in body:
        if body not in ("", "/"):
            return None
        if not body and name not in _LONE_TAGS and name not in closed:
            return None
    elif match["close"] and body:
        return None
    text = match.string
    start, end = match.span()
    apart = start == 0 or end == len(text) or text[start - 1].isspace() or text[end].isspace()
    return "\n" if name in _BLOCKS and not apart else ""


def _entity(text: str, match: regex.Match[str]) -> str | None:
    """The character that an entity stands for, or None where it stands for none."""
    written = match.group().replace(" ", "")
    written = written if written.endswith(";") else f"{written};"
    character = _decode(written)
    if character == "¿" and text[match.start() - 1 : match.start()].isalpha() and _CONTRACTION.match(text, match.end()):
        return "’"  # a Macintosh apostrophe on its way through Latin-1
    return character


@functools.lru_cache(maxsize=4096)
def _decode(written: str) -> str | None:
    name = written.removeprefix("&")
    while name != "amp;" and name.startswith("amp;"):
        name = name.removeprefix("amp;")
    if not name.startswith("#"):
        name = name if name in html5 or len(name) < 5 else name.lower()
        if name not in html5 or (len(name) < 5 and name[:-1] not in _SHORT_NAMES):
            return None
    return html.unescape(f"&{name}").replace("\xad", "")


def _technical(text: str, found: list[Remnant]) -> bool:
    """Whether the text is about markup, or so full of code that markup is no surprise in it."""
    talk = sum(1 for _ in _MARKUP_TALK.finditer(text))
    kinds = {text[each.start : each.end] for each in found}
    if talk and (len(found) <= _FEW or (talk > 1 and len(kinds) >= _MANY_KINDS)):
        return True
    code = talk + sum(1 for _ in _CODE.finditer(text))
    return code > 2 and code * _WORDS_PER_CODE > text.count(" ")
