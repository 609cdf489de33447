"""A document's text as HTML: line by line as it is, with its findings marked in place.

Documents are hostile. Everything is escaped; what nobody would see, or what would turn the direction of writing
beyond its line, is shown as a badge with its name; and marks never overlap, whatever the findings do.
"""

from __future__ import annotations

import bisect
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import regex
from markupsafe import Markup

from qualitycheck.report import ReportedFinding

#: The most findings that one piece of text is marked with; of more, the narrowest.
DEEPEST = 4

_LINE_END = regex.compile(r"\r\n|\n|\r")
# Tabs are shown as they are; Persian, Hindi and many emoji are written with the two joiners.
_SPECIAL = regex.compile(r"[&<>\p{Cc}\p{Cf}\p{Cs}\p{Cn}\p{Zl}\p{Zp}--[\t\u200c\u200d]]", regex.V1)
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_BADGES = {
    "\0": "NUL",
    "\n": "LF",
    "\r": "CR",
    "\x1b": "ESC",
    "\x85": "NEL",
    "\xad": "SHY",
    "\u061c": "ALM",
    "\u200b": "ZWSP",
    "\u200e": "LRM",
    "\u200f": "RLM",
    "\u2028": "LS",
    "\u2029": "PS",
    "\u202a": "LRE",
    "\u202b": "RLE",
    "\u202c": "PDF",
    "\u202d": "LRO",
    "\u202e": "RLO",
    "\u2060": "WJ",
    "\u2066": "LRI",
    "\u2067": "RLI",
    "\u2068": "FSI",
    "\u2069": "PDI",
    "\ufeff": "BOM",
}
# A browser lays out what is in view alone where it knows the pieces: so many lines, or characters, make one.
_PIECE_LINES, _PIECE_LENGTH = 40, 6000


def shown(text: str) -> Markup:
    """``text`` with markup escaped and what nobody would see as badges."""
    return Markup(_SPECIAL.sub(lambda match: _ENTITIES.get(match[0]) or _badge(match[0]), text))


def _badge(character: str) -> str:
    code = ord(character)
    name = unicodedata.name(character, "")
    label = _BADGES.get(character, f"U+{code:04X}")
    return f'<i class="ch" data-c="{label}" title="{f"U+{code:04X} {name}".strip()}"></i>'


@dataclass(slots=True)
class MarkedText:
    """A text with its findings marked.

    ``prefix`` opens every id; ``anchors`` fills while the pieces are made, with the id of the mark where each finding,
    by its number, begins.
    """

    text: str
    findings: Sequence[ReportedFinding]
    prefix: str
    anchors: dict[int, str] = field(default_factory=dict)

    def pieces(self) -> Iterator[Markup]:
        """The text as paragraphs, one a line, in pieces of some dozens."""
        piece: list[str] = []
        length = 0
        for number, line in enumerate(self._lines(), 1):
            piece.append(f'<p data-l="{number}">{line}</p>')
            length += len(line)
            if len(piece) >= _PIECE_LINES or length >= _PIECE_LENGTH:
                yield Markup('<div class="piece">{}</div>').format(Markup("".join(piece)))
                piece, length = [], 0
        if piece:
            yield Markup('<div class="piece">{}</div>').format(Markup("".join(piece)))

    def _lines(self) -> Iterator[str]:
        segments = list(_segments(self.findings, len(self.text)))
        start = first = 0
        for end, following in self._line_ends():
            while first < len(segments) and segments[first][1] <= start:
                first += 1
            yield "".join(self._line(start, end, following, segments, first))
            start = following

    def _line_ends(self) -> Iterator[tuple[int, int]]:
        """Where each line's content ends, and where the next line starts."""
        last = 0
        for match in _LINE_END.finditer(self.text):
            yield match.start(), match.end()
            last = match.end()
        if last < len(self.text) or not self.text:
            yield len(self.text), len(self.text)

    def _line(
        self, start: int, end: int, following: int, segments: list[tuple[int, int, list[int]]], first: int
    ) -> Iterator[str]:
        place = start
        for index in range(first, len(segments)):
            low, high, numbers = segments[index]
            if low >= following:
                break
            low, high = max(low, start), min(high, end)
            if low < high:
                yield shown(self.text[place:low])
                yield self._mark(shown(self.text[low:high]), numbers)
                place = high
            elif self._is_blank(numbers[0]):
                yield shown(self.text[place:end])
                yield self._mark(_badge("\n"), numbers)
                place = end
        yield shown(self.text[place:end])

    def _is_blank(self, number: int) -> bool:
        """Whether a finding is about line ends, so that they have to be seen."""
        finding = self.findings[number]
        return self.text[finding.start : finding.end].isspace()

    def _mark(self, content: str, numbers: list[int]) -> str:
        finding = self.findings[numbers[0]]
        anchor = ""
        if fresh := [number for number in numbers if number not in self.anchors]:
            name = f"{self.prefix}-{fresh[0]}"
            self.anchors.update(dict.fromkeys(fresh, name))
            anchor = f' id="{name}"'
        listed = " ".join(map(str, numbers))
        return (
            f'<mark class="{family_class(finding.code)} {finding.severity}" data-f="{listed}"{anchor}>{content}</mark>'
        )


def family_class(code: str) -> str:
    """The style class that gives the findings of a rule the colour of its family."""
    family = code[:3]
    return f"f-{family}" if re.fullmatch("[A-Z]{3}", family) else "f-none"


def clipped(text: str, longest: int) -> Markup:
    """A text from a document, or that may quote one, within the page's own: clipped, and in its own direction."""
    return Markup("<bdi>{}</bdi>").format(shown(text if len(text) <= longest else f"{text[:longest]}…"))


def _segments(findings: Sequence[ReportedFinding], length: int) -> Iterator[tuple[int, int, list[int]]]:
    """The marked pieces of a text, in order and disjoint, each with its findings by number, the narrowest first."""
    events: list[tuple[int, int, int, int]] = []
    for number, finding in enumerate(findings):
        if finding.start is None or finding.end is None:
            continue
        start, end = finding.start, min(finding.end, length)
        if start < end:
            events.append((start, 1, end - start, number))
            events.append((end, 0, end - start, number))
    events.sort()
    active: list[tuple[int, int]] = []
    place = 0
    for offset, opens, width, number in events:
        if active and place < offset:
            yield place, offset, [each for _, each in active[:DEEPEST]]
        place = offset
        if opens:
            bisect.insort(active, (width, number))
        else:
            del active[bisect.bisect_left(active, (width, number))]
