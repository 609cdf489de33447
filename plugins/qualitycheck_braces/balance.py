"""Brackets without a partner.

Each opening bracket is paired with the next closing one of its kind, over any number of paragraphs. A closing bracket
in a list (``a)``) or a face (``:)``) needs no partner but may be one, and which it is only a reader can tell. So it
takes the open bracket before it, if there is one, and a closing bracket that then finds none is excused.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

import regex

#: How far, in code points, a bracket may be from its partner.
_REACH = 5_000
#: Where more than this share of all brackets is loose they are a notation, and no slips of the pen.
_MOST = 0.2
#: The longest list mark with its brackets, ``(viii)``: that pair leaves nothing to excuse.
_LIST_MARK = 9
#: Nobody reads on after so many.
_ENOUGH = 1_000

_PAIRS = {")": "(", "]": "[", "}": "{"}
_ANY = regex.compile(r"[()\[\]{}]")
# What a bracket is, seen from its place: half-open intervals as a whole, list marks and faces by what stands before.
_KIND = regex.compile(
    r"""
    (?P<interval> [\[(] (?:(?!\p{L}{3})[^()\[\]{},\n]){1,24}+ , (?:(?!\p{L}{3})[^()\[\]{}\n]){1,24}+ [\])])
    | (?P<mark> [)\]] (?<= (?<![^\s(\[;,:“"'.?!—–-]) (?:\d{1,3}\p{Ll}?|\p{L}{1,2}|[ivxlIVXL]{1,7}) \.? [)\]]))
    | (?P<face> [()\[\]{}] (?<= (?:[:;=]|(?<!\w)[8xX]) ['’^o-]? [()\[\]{}]{1,9}) (?![()\[\]{}]{0,9}[\p{L}\d])
        | [(\[] (?<!\w[(\[]) [o'’-]?[:;=] (?!\S))
    """,
    regex.VERBOSE,
)


def loose_brackets(text: str) -> list[int]:
    """The places of brackets without a partner, in order; none where they are a notation. Linear in the text."""
    waiting: dict[str, deque[int]] = {"(": deque(), "[": deque(), "{": deque()}
    excuse = dict.fromkeys(waiting, -_REACH)
    loose: list[int] = []
    total = 0
    for place, bracket, needs_partner in _brackets(text):
        if len(loose) >= _ENOUGH:
            break
        total += 1
        kind = _PAIRS.get(bracket, bracket)
        opened = waiting[kind]
        while opened and place - opened[0] > _REACH:
            loose.append(opened.popleft())
        if bracket == kind:
            opened.append(place)
        elif opened:
            if place - opened.pop() >= _LIST_MARK and not needs_partner:
                excuse[kind] = place
        elif needs_partner:
            if place - excuse[kind] < _REACH:
                excuse[kind] = -_REACH
            else:
                loose.append(place)
    loose.extend(place for opened in waiting.values() for place in opened)
    loose = [place for place in loose if not _stands_alone(text, place)]
    return sorted(loose) if len(loose) <= max(2, _MOST * total) else []


def _stands_alone(text: str, place: int) -> bool:
    """Whether there is white space on both sides: a rule drawn with brackets, and no bracket of a sentence."""
    return text[place - 1 : place].isspace() and text[place + 1 : place + 2].isspace()


def all_paired(marks: str) -> bool:
    """Whether every bracket has its partner, taken at face value: true of most texts, and cheap to see.

    The ``marks`` of a text are enough.
    """
    waiting = dict.fromkeys("([{", 0)
    for bracket in _ANY.findall(marks):
        if bracket in waiting:
            waiting[bracket] += 1
        elif waiting[_PAIRS[bracket]]:
            waiting[_PAIRS[bracket]] -= 1
        else:
            return False
    return not any(waiting.values())


def _brackets(text: str) -> Iterator[tuple[int, str, bool]]:
    """Place and sign of each bracket that counts, and whether it must have a partner."""
    seen = 0
    for match in _ANY.finditer(text):
        if match.start() < seen:
            continue
        kind = _KIND.match(text, match.start())
        if kind is None:
            yield match.start(), match.group(), True
        elif kind.lastgroup == "interval":
            seen = kind.end()
        elif match.group() in _PAIRS:
            yield match.start(), match.group(), False
