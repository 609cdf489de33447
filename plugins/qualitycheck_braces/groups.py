"""The brace groups of a text: what stands between matching braces, nested groups inside their outermost one."""

from __future__ import annotations

from dataclasses import dataclass, field

import regex

#: Nobody nests deeper by hand or by tool; a text that does is no prose, and the bound keeps hostile input cheap.
_MAX_DEPTH = 20
#: A group without alternatives that is longer than this is two stray braces far apart, and not one group.
_MAX_PLAIN = 200
#: What is looked at in one text; so many are damage enough.
_MOST_GROUPS = 10_000

# Signs that no natural language writes: code, mathematics, markup. The two ends of a group are marks of their own.
_MARK = regex.compile(r"""[{}|]|[\\=<>_#*^~@]|\$(?=[\p{L}{])|\p{Sm}(?<![+|±×÷])""")


@dataclass(slots=True)
class Group:
    """One group. ``start`` and ``end`` include the braces; ``bars`` counts its own alternatives less one.

    ``code`` counts signs inside it, nested groups included, that prose does not have.
    """

    start: int
    end: int
    bars: int = 0
    code: int = 0
    inner: list[Group] = field(default_factory=list)

    @property
    def span(self) -> tuple[int, int]:
        """Start and end."""
        return self.start, self.end


def brace_groups(text: str) -> list[Group]:
    """The outermost groups, in order; linear in the text. Braces without a partner are as if they were not there."""
    outermost = Group(0, len(text))
    enclosing = [outermost]
    for match in _MARK.finditer(text):
        mark = match.group()
        if mark == "{":
            if len(enclosing) > _MAX_DEPTH:
                outermost.inner.extend(enclosing.pop(1).inner)
            enclosing.append(Group(match.start(), match.end()))
        elif mark == "|":
            enclosing[-1].bars += 1
        elif mark != "}":
            enclosing[-1].code += 1
        elif len(enclosing) > 1:
            _close(enclosing.pop(), match.end(), enclosing[-1])
            if len(outermost.inner) > _MOST_GROUPS:
                break
    for group in enclosing[1:]:
        outermost.inner.extend(group.inner)
    return outermost.inner


def _close(group: Group, end: int, outer: Group) -> None:
    """End a group, and put it into the one it stands in."""
    group.end = end
    outer.code += group.code
    if group.bars or end - group.start <= _MAX_PLAIN:
        outer.inner.append(group)
    else:
        outer.inner.extend(group.inner)
