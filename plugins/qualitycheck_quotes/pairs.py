"""Double quotation marks, which way each points, and those without a partner.

Which way a mark points is told by the white space around it; where that does not tell, by its shape; and where that
does not either (a straight mark between two letters), it is whatever fits.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from qualitycheck.characters import places_of
from qualitycheck.tokens import FILLER

#: How far, in code points, a mark may be from its partner.
_REACH = 5_000
#: Where more than this share of all marks is loose, they are something else, and no slips of the pen.
_MOST_LOOSE = 0.2
#: Where more than this share has white space on both sides, white space tells nothing.
_MOST_ALONE = 0.1

#: Nobody reads on after so many.
_ENOUGH = 1_000

#: The double quotation marks.
SIGNS = '"“”'
_LONGEST_RUN = 3
_LONGEST_ENTITY = 12  # code points of a character reference before a mark
_ALONE = regex.compile(r'(?<!\S)["“”]{1,3}(?!\S)')
_BEFORE_OPENING = frozenset("([{<—–-/'‘=|*_~¿¡")
_AFTER_CLOSING = frozenset(".,;:!?…)]}>—–-/'’|*_~")
_LINE_START = regex.compile(r"(?:\A|[\n\r])[ \t]{0,20}['‘(\[]?\Z")
_SENTENCE_START = regex.compile(r"[.!?…]['’)\]]?[ \t]{1,20}['‘(\[]?\Z")

OPENS, CLOSES, EITHER = "opens", "closes", "either"
_SHAPES = {"“": OPENS, "”": CLOSES}


class Mark(NamedTuple):
    """A double quotation mark. ``way`` is OPENS, CLOSES or EITHER.

    ``doubtful`` says that it may be none: it stands after a digit (inches), or straight between two letters.
    """

    place: int
    sign: str
    way: str
    doubtful: bool


def marks(text: str) -> Iterator[Mark]:
    """The double quotation marks of a text; all marks of a run point the same way.

    After "â€" stands half of a mark or dash in the wrong encoding.
    """
    for start, end in _runs(text):
        before, after = text[start - 1 : start] or " ", text[end : end + 1] or " "
        if before == FILLER:
            before = text[max(0, start - _LONGEST_ENTITY) : start].rstrip(FILLER)[-1:] or " "
        if _is_no_mark(before, after) or (before == "€" and _is_mojibake(text, start)):
            continue
        places = range(start, end) if end - start == 1 else [at for at in range(start, end) if text[at] != FILLER]
        if len(places) > _LONGEST_RUN:
            continue
        way = _way(before, after)
        for place in places:
            sign = text[place]
            shape = _SHAPES.get(sign, EITHER) if way == EITHER else way
            doubtful = sign != "“" and (before.isdigit() or (sign == '"' and before.isalnum() and after.isalnum()))
            yield Mark(place, sign, shape, doubtful)


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each run of marks, with the fillers that follow them."""
    start = end = -1
    for place in places_of(SIGNS, text):
        if place != end:
            if end >= 0:
                yield start, end
            start = place
        end = place + 1
        while text[end : end + 1] == FILLER:
            end += 1
    if end >= 0:
        yield start, end


def _is_mojibake(text: str, start: int) -> bool:
    return text[max(0, start - _LONGEST_ENTITY) : start].rstrip(FILLER).endswith("â€")


def _is_no_mark(before: str, after: str) -> bool:
    """Whether a mark between two characters is a ditto, or one that is named ('"')."""
    return (before.isspace() and after.isspace()) or (before == after and before in "'`‘")


def _way(before: str, after: str) -> str:
    """Which way marks between two characters point."""
    may_open = before.isspace() or before in _BEFORE_OPENING
    may_close = after.isspace() or after in _AFTER_CLOSING
    if may_open == may_close:
        return EITHER
    return OPENS if may_open else CLOSES


def loose_marks(text: str, marks: Sequence[Mark]) -> list[Mark]:
    """Those of a text's marks without a partner, in order; none where they are no quotation marks. Linear in the text.

    None either in a text that opens with „, where “ closes.
    """
    if "„" in text:
        return []
    waiting: deque[Mark] = deque()
    excuse = -_REACH
    loose: list[Mark] = []
    total = 0
    for mark in marks:
        if len(loose) >= _ENOUGH:
            break
        total += 1
        while waiting and mark.place - waiting[0].place > _REACH:
            loose.append(waiting.popleft())
        if mark.way == OPENS or (mark.way == EITHER and not waiting and not mark.doubtful):
            if waiting and _continues(text, waiting[-1].place, mark.place):
                waiting.pop()
            waiting.append(mark)
        elif waiting:
            waiting.pop()
            excuse = mark.place if mark.doubtful else excuse
        elif mark.place - excuse < _REACH:
            excuse = -_REACH
        elif not mark.doubtful:
            loose.append(mark)
    loose.extend(waiting)
    return sorted(loose, key=lambda mark: mark.place) if _are_slips(text, len(loose), total) else []


def _continues(text: str, first: int, second: int) -> bool:
    """Whether an opening mark goes on with the speech that another opened.

    Speech of several paragraphs opens again at each and closes once. Some texts have lost the ends of paragraphs, and
    then a new sentence in the same line may be a new paragraph.
    """
    head = text[max(0, second - 30) : second]
    if _LINE_START.search(head) is not None:
        return True
    return _SENTENCE_START.search(head) is not None and text.find("\n", first, second) < 0


def _are_slips(text: str, loose: int, total: int) -> bool:
    """Whether so few marks are loose that the others are quotations."""
    return 0 < loose <= max(2, _MOST_LOOSE * total) and len(_ALONE.findall(text)) <= _MOST_ALONE * total
