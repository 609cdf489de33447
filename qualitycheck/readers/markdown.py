"""Markdown: what CommonMark with tables shows as text is prose; code, markup, addresses and front matter are not.

The blocks and their lines come from markdown-it, the markup within them from markdown_inline. A file is parsed in
pieces, because a token costs three hundred bytes and two characters can make three of them. Pieces are cut between
blocks, and a list or quotation that is longer than a piece between its items; of a longer table each piece gets the
first two lines, and of a longer block of code the end is looked for.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from markdown_it.common.utils import normalizeReference
from markdown_it.token import Token

from qualitycheck.comments import SPEAKS
from qualitycheck.readers import html
from qualitycheck.readers.markdown_inline import InlineParser, Kind, MarkdownParser, Markup
from qualitycheck.readers.mask import Mask

_PIECE = 1 << 18
_LONGEST_PIECE = 1 << 20  # for a block of HTML, which may hold blank lines

_LINE_END = re.compile(r"\r\n|\n|\r")
# A rule (“---”) may start a file too, so what follows must look like YAML.
_FRONT_MATTER = re.compile(
    r"""\ufeff? (?:
      ---[ \t]*+(?:\r\n|\n|\r)
        (?= (?:\#[^\r\n]*+[\r\n]++)*+ (?: [^\s:\#][^:\r\n]*+:(?:\s|\Z) | ---[ \t]*+(?:[\r\n]|\Z) ) )
      | \+\+\+[ \t]*+(?:\r\n|\n|\r)
    )""",
    re.VERBOSE,
)
_FRONT_MATTER_END = {
    "-": re.compile(r"(?:^|(?<=\r))(?:---|\.\.\.)[ \t]*+(?=[\r\n]|\Z)", re.MULTILINE),
    "+": re.compile(r"(?:^|(?<=\r))\+\+\+[ \t]*+(?=[\r\n]|\Z)", re.MULTILINE),
}
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_DEFINITION = re.compile(
    r"""(?:^|(?<=\r))[ \t>]{0,12}+\[(?!\^)([^\[\]\\\r\n]{1,999}+)\]:
    [ \t]*+ (?:[^\s]++[ \t]*+(?:["'(][^\r\n]*+)?+)?+ (?=[\r\n]|\Z)""",
    re.MULTILINE | re.VERBOSE,
)


def prose(text: str) -> str:
    """The text that is shown, pictures' alternative text included; markup, code and addresses are blanked."""
    return _File(text).prose()


def comments(text: str) -> list[tuple[int, int]]:
    """Start and end of each HTML comment that speaks to qualitycheck; one in code is none."""
    file = _File(text)
    file.prose()
    return file.comments


def escape(text: str) -> str:
    """The text as a file has it; what shows as it is needs no backslashes."""
    if not _PUNCTUATION.search(text) or prose(text) == text:
        return text
    return _PUNCTUATION.sub(r"\\\g<0>", text)


class _Segment(NamedTuple):
    """A part of inline content that stands in the file as it is: where in the content, where in the file, how long."""

    content: int
    source: int
    length: int


class _Piece:
    """Some lines of the file: ``start`` and ``end`` of each without its line end, and the blocks in them.

    ``head`` are lines to be parsed before those of the piece, where they stand for nothing.
    """

    def __init__(
        self, text: str, start: int, end: int, head: list[str], parser: MarkdownParser, env: dict[str, Any]
    ) -> None:
        self.lines: list[tuple[int, int]] = [(start, start) for _ in head]
        self.own = len(head)
        self.end = end
        begin = start
        for match in _LINE_END.finditer(text, start, end):
            self.lines.append((begin, match.start()))
            begin = match.end()
        if begin < end:
            self.lines.append((begin, end))
        self.sources = head + [text[begin:end].replace("\0", "\ufffd") for begin, end in self.lines[self.own :]]
        self.tokens: list[Token] = parser.parse("\n".join(self.sources), env)

    def whole_blocks(self) -> int:
        """The line before which a piece can be cut; 0 where it is one block that should not be."""
        top = [token.map[0] for token in self.tokens if token.level == 0 and token.map]
        if not top or top[-1] > 0:
            return top[-1] if top else len(self.lines)
        if self.tokens[0].type in ("fence", "html_block"):
            return 0
        if self.is_table():
            return len(self.lines)
        inner = [token.map[0] for token in self.tokens if token.level == 1 and token.map]
        return (inner[-1] if inner else 0) or len(self.lines)

    def is_table(self) -> bool:
        """Whether it is one table from its first line, which may go on in the next piece."""
        opened = [token.type for token in self.tokens if token.level == 0 and token.nesting >= 0]
        return opened == ["table_open"]

    def offset(self, line: int) -> int:
        """Where a line starts in the file."""
        return self.lines[line][0] if line < len(self.lines) else self.end


class _File:
    """One pass over a file."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.mask = Mask(text)
        self.parser = MarkdownParser()
        self.inline = InlineParser(self.parser)
        self.env: dict[str, Any] = {"references": {}}
        self.comments: list[tuple[int, int]] = []

    def prose(self) -> str:
        self.mask.blank(_front_matter_end(self.text))
        if len(self.text) > _PIECE:
            self._find_definitions()
        size = _PIECE
        head: list[str] = []
        while self.mask.at < len(self.text):
            end = self._line_end(self.mask.at + size)
            piece = _Piece(self.text, self.mask.at, end, head, self.parser, self.env)
            stop = len(piece.lines) if end == len(self.text) else piece.whole_blocks()
            if head and stop <= len(head):
                head = []  # what follows the table is none of its rows
            elif stop or size >= _LONGEST_PIECE:
                self._write(piece, stop or len(piece.lines))
                size = _PIECE
                head = piece.sources[:2] if piece.is_table() else []
            elif piece.tokens[0].type == "fence":
                self.mask.split(self._fence_end(piece.offset(1), piece.tokens[0].markup))
            else:
                size *= 2
        return self.mask.prose()

    def _find_definitions(self) -> None:
        """Link definitions count from the start of the file to its end, so the first piece must know the last one."""
        for match in _DEFINITION.finditer(self.text):
            self.env["references"].setdefault(normalizeReference(match[1]), {"href": "", "title": ""})

    def _line_end(self, at: int) -> int:
        match = _LINE_END.search(self.text, min(at, len(self.text)))
        return match.end() if match else len(self.text)

    def _fence_end(self, start: int, fence: str) -> int:
        """Where a code block that is longer than a piece ends: at a fence as long as its first."""
        closing = rf"(?:^|(?<=\r))[ ]{{0,3}}{fence[0]}{{{len(fence)},}}+[ \t]*+(?=[\r\n]|\Z)"
        match = re.compile(closing, re.MULTILINE).search(self.text, start)
        return match.end() if match else len(self.text)

    def _write(self, piece: _Piece, stop: int) -> None:
        """Deal with the blocks before line ``stop``: their text is kept, and what is between them is not prose."""
        self.env.pop("duplicate_refs", None)
        for parent, token in zip([None, *piece.tokens], piece.tokens, strict=False):
            if not token.map or not piece.own <= token.map[0] < stop:
                continue
            if token.type == "html_block":
                self._write_html(piece, *token.map, nested=token.level > 0)
            elif token.type == "inline" and token.content and parent is not None:
                self._write_inline(piece, parent, token, *token.map)
        self.mask.split(piece.offset(stop))

    def _write_html(self, piece: _Piece, first: int, last: int, *, nested: bool) -> None:
        """Deal with a block of HTML, whose text is shown like any other.

        One within a list or quotation stays blank: their markers stand in its lines, and HTML knows none.
        """
        start, end = piece.offset(first), piece.lines[min(last, len(piece.lines)) - 1][1]
        page = html.Page(self.text[start:end])
        prose = page.prose()
        self.comments += [(start + begin, start + stop) for begin, stop in page.comments]
        if not nested:
            self.mask.split(start)
            self.mask.take(end, prose)

    def _write_inline(self, piece: _Piece, parent: Token, token: Token, first: int, last: int) -> None:
        """Deal with inline content, which stands in the lines from ``first`` to before ``last``."""
        if parent.type in ("th_open", "td_open"):
            segments = _locate_cell(piece, token.content, first, self.mask.at)
        else:
            segments = _locate(piece, parent.markup, token.content, first, last)
        if not segments:
            # Not found where it should be: better to check a little markup than to leave prose out.
            self.mask.split(piece.offset(first))
            self.mask.keep(piece.lines[last - 1][1])
            return
        self.mask.split(segments[0].source)
        for markup in _in_file(segments, self.inline.markup(token.content, self.env, nested=token.level > 1)):
            self.mask.keep(markup.start)
            if markup.kind is Kind.JOIN and SPEAKS.match(self.text, markup.start):
                self.comments.append((markup.start, markup.end))
            _apply(self.mask, markup)
        self.mask.keep(segments[-1].source + segments[-1].length)


def _front_matter_end(text: str) -> int:
    """Where the YAML or TOML block at the very start ends; 0 where there is none, 1 for a byte order mark alone."""
    match = _FRONT_MATTER.match(text)
    end = match and _FRONT_MATTER_END["+" if "+" in match.group() else "-"].search(text, match.end())
    return end.end() if end else int(text.startswith("\ufeff"))


def _locate(piece: _Piece, marker: str, content: str, first: int, last: int) -> list[_Segment]:
    """Where each line of inline content stands in the file; nothing where that cannot be told.

    ``marker`` is that of a heading, before which the content does not start.
    """
    parts = content.split("\n")
    # White space that Markdown does not know (an ideographic space) makes no blank line, but is trimmed all the same.
    for line in range(first, max(last - len(parts), first) + 1):
        if segments := _locate_lines(piece, marker if marker.startswith("#") else "", parts, line):
            return segments
    return []


def _locate_lines(piece: _Piece, marker: str, parts: list[str], first: int) -> list[_Segment]:
    segments = []
    offset = 0
    for number, part in enumerate(parts, first):
        shown = part.lstrip(" \t")
        source = piece.sources[number] if number < len(piece.sources) else ""
        if marker:
            begin = source.find(shown, source.find(marker) + len(marker))
        elif source.endswith(shown):
            begin = len(source) - len(shown)
        else:
            begin = source.rfind(shown)
        if begin < 0:
            return []
        segments.append(_Segment(offset + len(part) - len(shown), piece.offset(number) + begin, len(shown)))
        offset += len(part) + 1
    return segments


def _locate_cell(piece: _Piece, content: str, line: int, at: int) -> list[_Segment]:
    """The same for a cell, which stands after the one before; a bar in it is written with a backslash."""
    start = piece.offset(line)
    begin = piece.sources[line].find(content.replace("|", "\\|"), max(at - start, 0))
    if begin < 0:
        return []
    segments = []
    offset, source = 0, start + begin
    for number, part in enumerate(content.split("|")):
        length = len(part) + (number > 0)
        source += number > 0
        segments.append(_Segment(offset, source, length))
        offset, source = offset + length, source + length
    return segments


def _in_file(segments: list[_Segment], markups: list[Markup]) -> Iterator[Markup]:
    """The markup with its offsets in the file, and in order with it what stands between the segments."""
    starts = [segment.content for segment in segments]

    def place(offset: int) -> int:
        segment = segments[max(bisect_right(starts, offset) - 1, 0)]
        return segment.source + min(offset - segment.content, segment.length)

    found = [_between(before, after) for before, after in pairwise(segments)]
    found += [Markup(place(start), place(end - 1) + 1, kind, text) for start, end, kind, text in markups]
    return iter(sorted(found, key=lambda markup: markup.start))


def _between(before: _Segment, after: _Segment) -> Markup:
    """A backslash before a bar; or a line end, which is kept, and what lists and quotations put before a line."""
    same_line = after.content == before.content + before.length
    return Markup(before.source + before.length, after.source, Kind.JOIN if same_line else Kind.BLANK)


def _apply(mask: Mask, markup: Markup) -> None:
    """Do with a piece of markup, which starts where the mask is, what its kind asks for."""
    match markup.kind:
        case Kind.BLANK:
            mask.blank(markup.end)
        case Kind.JOIN:
            mask.join(markup.end)
        case Kind.OBJECT:
            mask.object(markup.end)
        case Kind.SPLIT:
            mask.split(markup.end)
        case Kind.LINE:
            mask.split(markup.end, 1)
        case Kind.DECODE:
            mask.decode(markup.end, markup.characters)
