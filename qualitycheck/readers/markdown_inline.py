"""Where the markup within a Markdown paragraph stands.

markdown-it parses inline content by the CommonMark rules but does not tell where it found what. So its rules are called
from here, where it can be noted at which place each began and left off, and nothing has to be searched for afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum, auto
from typing import Any, NamedTuple

from markdown_it import MarkdownIt, rules_inline
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from qualitycheck.readers import elements

_SLICE = 1 << 16  # code points parsed at a time: a token costs 300 bytes, and each code point can be one

_MARKUP = re.compile(r"[*_`\[<&\\~{]|://|www\.", re.IGNORECASE)  # content with none of these is all text

# What many renderers know and CommonMark does not.
_BARE_URL = re.compile(
    r"""(?<![\w@/])(?:https?://|ftp://|www\.)(?:[^\s<>()\[\]"`|\\]++|\([^\s<>()\[\]"`|\\]*+\))++""", re.IGNORECASE
)
_AFTER_URL = ".,;:!?'*_~’”"
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,100}+\]:?+")
_ATTRIBUTES = re.compile(r"\{[#.:][^{}\n]{0,200}+\}(?=[ \t]*+(?:\n|\Z))")
_BOX = re.compile(r"\[(?:[ xX]|![A-Za-z]{1,20})\](?=\s|\Z)")  # a task box, or the kind of a note
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*+)")


class Kind(Enum):
    """What becomes of a piece of markup; the methods of Mask say what each means."""

    BLANK = auto()
    JOIN = auto()
    OBJECT = auto()
    SPLIT = auto()
    LINE = auto()
    DECODE = auto()


class Markup(NamedTuple):
    """A piece of markup: offsets in the content, half open, and for DECODE the characters that it stands for."""

    start: int
    end: int
    kind: Kind
    characters: str = ""


class MarkdownParser(MarkdownIt):
    """Parses blocks but not what is in them, and takes every address as it is: nobody will follow it."""

    def __init__(self) -> None:
        super().__init__("commonmark")
        self.enable(["table", "strikethrough"])
        self.core.ruler.disable(["inline", "text_join"])

    def normalizeLink(self, url: str) -> str:  # noqa: D102, N802 (markdown-it’s name)
        return url

    def validateLink(self, url: str) -> bool:  # noqa: D102, N802
        return True


class InlineParser:
    """Finds the markup in inline content."""

    def __init__(self, parser: MarkdownParser) -> None:
        self._parser = parser
        parser.inline.ruler.enableOnly(["text"])
        parser.inline.ruler.push("watched", self._apply_rules)
        parser.inline.ruler2.enableOnly(["balance_pairs", "strikethrough", "emphasis"])
        parser.inline.terminator_re = _RULE_START
        self._begin(0)

    def markup(self, content: str, env: dict[str, Any], *, nested: bool) -> list[Markup]:
        """The markup in ``content``, in order of place and without overlap.

        ``env`` is that of the block parser and holds the link definitions; ``nested`` tells that the content stands in
        a list or quotation.
        """
        found: list[Markup] = []
        start = 0
        while start < len(content):
            end = _slice_end(content, start)
            part = content[start:end]
            if _MARKUP.search(part):
                found += self._parse(part, start, env, nested=nested and start == 0)
            start = end
        return found

    def _parse(self, content: str, offset: int, env: dict[str, Any], *, nested: bool) -> list[Markup]:
        self._begin(offset)
        for match in _extensions(content, nested=nested):
            self._add(*match)
        self._parser.inline.parse(content, self._parser, env, [])
        for token, start, end in self._delimiters:
            if not token.content:  # it found a partner; a lone one keeps its text
                self.found.append(Markup(start, end, Kind.JOIN))
        self.found += _tag_markup(self._tags)
        return _disjoint(self.found)

    def _begin(self, offset: int) -> None:
        self.found: list[Markup] = []
        self._offset = offset
        self._delimiters: list[tuple[Token, int, int]] = []
        self._tags: list[tuple[int, int, str]] = []
        self._link_end = -1

    def _add(self, start: int, end: int, kind: Kind, characters: str = "") -> None:
        self.found.append(Markup(self._offset + start, self._offset + end, kind, characters))

    def _apply_rules(self, state: StateInline, silent: bool) -> bool:
        for rule, note in _RULES.get(state.src[state.pos], ()):
            start, tokens = state.pos, len(state.tokens)
            # The text of a picture is parsed as content of its own, while the rule is at work.
            inner = start + 2 if rule is rules_inline.image else 0
            self._offset += inner
            done = rule(state, silent)
            self._offset -= inner
            if done:
                if not silent and note is not None:
                    note(self, state, start, state.tokens[-1] if len(state.tokens) > tokens else None)
                return True
        return False

    def _note_escape(self, state: StateInline, start: int, token: Token | None) -> None:
        if token is not None and (token.type == "hardbreak" or token.content != token.markup):
            self._add(start, start + 1, Kind.JOIN)

    def _note_code(self, state: StateInline, start: int, token: Token | None) -> None:
        if token is not None and token.type == "code_inline":
            self._add(start, state.pos, Kind.OBJECT)

    def _note_delimiters(self, state: StateInline, start: int, token: Token | None) -> None:
        end = state.pos
        for delimiter in reversed(state.tokens):
            if end <= start:
                break
            begin = end - len(delimiter.content)
            self._delimiters.append((delimiter, self._offset + begin, self._offset + end))
            end = begin

    def _note_link(self, state: StateInline, start: int, token: Token | None) -> None:
        label_end = max(state.md.helpers.parseLinkLabel(state, start, disableNested=True), start + 1)
        # Two links side by side are two things and no word that is half one and half the other.
        beside = self._link_end == self._offset + start
        self._add(start, start + 1, Kind.BLANK if beside else Kind.JOIN)
        self._add(label_end, state.pos, Kind.JOIN)
        self._link_end = self._offset + state.pos

    def _note_image(self, state: StateInline, start: int, token: Token | None) -> None:
        label_end = max(state.md.helpers.parseLinkLabel(state, start + 1), start + 2)
        self._add(start, start + 2, Kind.BLANK)
        self._add(label_end, state.pos, Kind.OBJECT)

    def _note_address(self, state: StateInline, start: int, token: Token | None) -> None:
        self._add(start, state.pos, Kind.OBJECT)

    def _note_tag(self, state: StateInline, start: int, token: Token | None) -> None:
        self._tags.append((self._offset + start, self._offset + state.pos, state.src[start : state.pos]))

    def _note_entity(self, state: StateInline, start: int, token: Token | None) -> None:
        if token is not None:
            self._add(start, state.pos, Kind.DECODE, token.content)


_Rule = Callable[[StateInline, bool], bool]
_Note = Callable[[InlineParser, StateInline, int, Token | None], None]

_RULES: dict[str, list[tuple[_Rule, _Note | None]]] = {
    "\n": [(rules_inline.newline, None)],
    "\\": [(rules_inline.escape, InlineParser._note_escape)],
    "`": [(rules_inline.backtick, InlineParser._note_code)],
    "~": [(rules_inline.strikethrough.tokenize, InlineParser._note_delimiters)],
    "*": [(rules_inline.emphasis.tokenize, InlineParser._note_delimiters)],
    "_": [(rules_inline.emphasis.tokenize, InlineParser._note_delimiters)],
    "[": [(rules_inline.link, InlineParser._note_link)],
    "!": [(rules_inline.image, InlineParser._note_image)],
    "<": [
        (rules_inline.autolink, InlineParser._note_address),
        (rules_inline.html_inline, InlineParser._note_tag),
    ],
    "&": [(rules_inline.entity, InlineParser._note_entity)],
}
_RULE_START = re.compile("[" + re.escape("".join(_RULES)) + "\\]]")


def _slice_end(content: str, start: int) -> int:
    """Where to cut content that is too long to be parsed at once: at a line end or space."""
    end = start + _SLICE
    if end >= len(content):
        return len(content)
    cut = max(content.rfind("\n", start, end), content.rfind(" ", start, end))
    return cut + 1 if cut > start else end


def _extensions(content: str, *, nested: bool) -> list[tuple[int, int, Kind]]:
    found = []
    if nested and (box := _BOX.match(content)):
        found.append((*box.span(), Kind.BLANK))
    for match in _BARE_URL.finditer(content):
        found.append((match.start(), match.start() + len(match.group().rstrip(_AFTER_URL)), Kind.OBJECT))
    found += [(*match.span(), Kind.JOIN) for match in _FOOTNOTE.finditer(content)]
    found += [(*match.span(), Kind.BLANK) for match in _ATTRIBUTES.finditer(content)]
    return found


def _tag_markup(tags: list[tuple[int, int, str]]) -> list[Markup]:
    """What HTML tags among the text are: an element that holds no prose is covered to its end tag."""
    found = []
    ends: dict[str, int] = {}
    for start, end, text in reversed(tags):
        match = _TAG.match(text)
        closing, name = (match[1] != "", match[2].lower()) if match else (True, "")
        if closing:
            ends[name] = end
        elif name in elements.HOLDS_OBJECT | elements.HOLDS_NO_PROSE | elements.RAW:
            end = ends.get(name, end)
        found.append(Markup(start, end, _kind(name, closing=closing)))
    return found


def _kind(name: str, *, closing: bool) -> Kind:
    if name in elements.BLOCK:
        return Kind.SPLIT
    if name in elements.LINE:
        return Kind.LINE
    return Kind.OBJECT if name in elements.OBJECT_ELEMENT and not closing else Kind.JOIN


def _disjoint(found: list[Markup]) -> list[Markup]:
    """In order of place, without what starts within another: a URL in a link’s target is no URL in the text."""
    kept: list[Markup] = []
    for each in sorted(found, key=lambda markup: (markup.start, -markup.end)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept
