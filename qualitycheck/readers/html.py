"""HTML: the text of the page is prose; tags, attributes, comments, scripts, code and formulas are not.

A mask needs to know where each run of text stands, not which tree a page makes, so this is the tokeniser of the HTML
standard and no tree builder. It was weighed against one that records where nodes come from (justhtml 3.16): that merges
text around a stray tag into one node with one offset, so that its nodes must be found again in the raw text with a
tokeniser as careful as this one, and for a page of 5 MB it takes 3.7 s and 170 MB where this takes 0.8 s and 35 MB.
The tests hold this tokeniser against it. What a tree would know besides is where an element ends that is never
closed: here it ends with the element around it.

Each step consumes what it looks at, so that no input takes more than time linear in its length.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from qualitycheck.comments import SPEAKS
from qualitycheck.readers import elements
from qualitycheck.readers.entities import REFERENCE, decode
from qualitycheck.readers.mask import Mask

_SPACE = r"[\t\n\f\r ]"
_ATTRIBUTES = rf"""(?:
    [\t\n\f\r /]++
    | [^\t\n\f\r />][^\t\n\f\r />=]*+
      (?: {_SPACE}*+ = {_SPACE}*+ (?: "[^"]*+"?+ | '[^']*+'?+ | [^\t\n\f\r >"'][^\t\n\f\r >]*+ )?+ )?+
    )*+"""
_TAG = rf"<(?P<slash>/?+)(?P<name>[A-Za-z][^\t\n\f\r />]*+){_ATTRIBUTES}>?+"
_DECLARATION = r"<(?:!|\?|/(?=[\s\S]))"

_MARKUP = re.compile(rf"(?P<reference>{REFERENCE})|{_TAG}|(?P<declaration>{_DECLARATION})", re.VERBOSE)
_TAG_OR_DECLARATION = re.compile(rf"{_TAG}|(?P<declaration>{_DECLARATION})", re.VERBOSE)
_REFERENCE = re.compile(REFERENCE)
_COMMENT_END = re.compile(r"--!?>")
_SCRIPT_PART = re.compile(r"<!--|-->|<(/?)script(?=[\t\n\f\r />])", re.IGNORECASE)
_XML = re.compile(r"\ufeff?\s*<\?xml\s")


def prose(text: str) -> str:
    """The text of the page; a character reference is the character it stands for, and FILLER."""
    return Page(text).prose()


def comments(text: str) -> list[tuple[int, int]]:
    """Start and end of each comment that speaks to qualitycheck; one in a script or in code is none."""
    page = Page(text)
    page.prose()
    return page.comments


def escape(text: str) -> str:
    """The text as a page has it."""
    return text.replace("&", "&amp;").replace("<", "&lt;")


class Page:
    """One pass over a page. ``open`` counts the elements that are open, by name; ``comments`` are those that
    speak to qualitycheck.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.mask = Mask(text)
        self.open: Counter[str] = Counter()
        self.xml = _XML.match(text) is not None
        self.link_end = -1
        self.comments: list[tuple[int, int]] = []

    def prose(self) -> str:
        """The text of the page; called once."""
        if self.text.startswith("\ufeff"):
            self.mask.blank(1)
        while match := _MARKUP.search(self.text, self.mask.at):
            self.mask.keep(match.start())
            if match["reference"]:
                self._reference(match["reference"])
            elif match["name"]:
                self._tag(match)
            else:
                end = _declaration_end(self.text, match.start(), foreign=self.xml)
                if SPEAKS.match(self.text, match.start()):
                    self.comments.append((match.start(), end))
                self.mask.join(end)
        self.mask.keep(len(self.text))
        return self.mask.prose()

    def _reference(self, reference: str) -> None:
        characters, length = decode(reference)
        if length:
            self.mask.decode(self.mask.at + length, characters)
        else:
            self.mask.keep(self.mask.at + len(reference))

    def _tag(self, match: re.Match[str]) -> None:
        start, end = match.span()
        name = match["name"].lower()
        if match["slash"]:
            self.open[name] -= self.open[name] > 0
        elif name not in elements.VOID and not self._closes_itself(match):
            if name in elements.RAW:
                return self._raw(name, end)
            if name in elements.HOLDS_OBJECT or name in elements.HOLDS_NO_PROSE:
                return self._cover(name, self._end_of(name, end))
            self.open[name] += 1
        if start == self.link_end and name == "a" and not match["slash"]:
            # Two links side by side are two things, as in a menu, and no word that is half one and half the other.
            return self.mask.blank(end)
        self._cover(name, end, closing=bool(match["slash"]))
        if start == self.link_end or (name == "a" and match["slash"]):
            self.link_end = end
        return None

    def _closes_itself(self, match: re.Match[str]) -> bool:
        own = self.xml or match["name"].lower() in elements.FOREIGN
        return own and match.group().endswith("/>")

    def _cover(self, name: str, end: int, *, closing: bool = False) -> None:
        """Mask up to ``end`` what an element of this name is."""
        if name in elements.BLOCK:
            self.mask.split(end)
        elif name in elements.LINE:
            self.mask.split(end, 1)
        elif name in elements.OBJECT_ELEMENT and not closing:
            self.mask.object(end)
        else:
            self.mask.join(end)

    def _raw(self, name: str, start: int) -> None:
        """Mask an element whose content has no markup; a page's title is prose."""
        content_end, end = _raw_end(self.text, name, start)
        if name == "title":
            self.mask.split(start)
            while match := _REFERENCE.search(self.text, self.mask.at, content_end):
                self.mask.keep(match.start())
                self._reference(match.group())
            self.mask.keep(content_end)
        self._cover(name, end)

    def _end_of(self, name: str, at: int) -> int:
        """Where the element that has just been opened ends: at its end tag, or before that of an element around it."""
        depth = 1
        inner: Counter[str] = Counter()
        for match in _tags(self.text, at, foreign=self.xml or name in elements.FOREIGN):
            tag = match["name"].lower()
            if tag == name:
                depth += -1 if match["slash"] else 1
                if not depth:
                    return match.end()
            elif not match["slash"]:
                inner[tag] += tag not in elements.VOID
            elif inner[tag]:
                inner[tag] -= 1
            elif self.open[tag] and not (tag == "p" and name in elements.HOLDS_NO_PROSE):
                return match.start()
        return len(self.text)


def _tags(text: str, at: int, *, foreign: bool) -> Iterator[re.Match[str]]:
    """The tags from ``at`` on, but for those that close themselves and those in comments and raw content."""
    while match := _TAG_OR_DECLARATION.search(text, at):
        at = match.end()
        if match["declaration"]:
            at = _declaration_end(text, match.start(), foreign=foreign)
        elif not (foreign and match.group().endswith("/>")):
            yield match
            if match["name"].lower() in elements.RAW and not match["slash"] and not foreign:
                at = _raw_end(text, match["name"].lower(), at)[1]


def _declaration_end(text: str, start: int, *, foreign: bool) -> int:
    """Where a comment, a document type, a processing instruction or an end tag without a name ends."""
    if text.startswith("<!--", start):
        for short in ("<!-->", "<!--->"):
            if text.startswith(short, start):
                return start + len(short)
        match = _COMMENT_END.search(text, start + 4)
        return match.end() if match else len(text)
    last = "]]>" if foreign and text.startswith("<![CDATA[", start) else ">"
    found = text.find(last, start + 2)
    return found + len(last) if found >= 0 else len(text)


def _raw_end(text: str, name: str, at: int) -> tuple[int, int]:
    """Where the content of a raw element ends, and where its end tag does."""
    if name == "plaintext":
        return len(text), len(text)
    start = _script_end(text, at) if name == "script" else _end_tag(text, name, at)
    match = _TAG_OR_DECLARATION.match(text, start)
    return start, match.end() if match else len(text)


def _end_tag(text: str, name: str, at: int) -> int:
    match = re.compile(rf"</{name}(?=[\t\n\f\r />])", re.IGNORECASE).search(text, at)
    return match.start() if match else len(text)


def _script_end(text: str, at: int) -> int:
    """Where a script's end tag starts; one within a comment that opened a script of its own closes that one."""
    commented = nested = False
    while match := _SCRIPT_PART.search(text, at):
        at = match.end()
        part = match.group()
        if part == "<!--":
            commented = True
            at -= 2  # “<!-->” opens and closes
        elif part == "-->":
            commented = nested = False
        elif match.group(1) and not nested:
            return match.start()
        else:
            nested = commented and not match.group(1)
    return len(text)
