"""Spintax that was never spun: ``{great|good|fine}``."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from qualitycheck_braces.groups import Group

_PART = regex.compile(r"[{}|]|[^{}|]++")
_WORD = regex.compile(r"\p{L}{2}|\b[aI]\b")
_CODE_BEFORE = frozenset("_/\\$=#@%.&^:-")
_CODE_AFTER = frozenset("_/\\=#@&^*")


def is_spintax(text: str, group: Group) -> bool:
    """Whether a group is a choice between phrases of natural language, and not a set or a grammar."""
    if not group.bars or group.code:
        return False
    before = text[group.start - 1] if group.start else " "
    after = text[group.end] if group.end < len(text) else " "
    if before in _CODE_BEFORE or after in _CODE_AFTER or (before.isalpha() and after.isalpha()):
        return False
    content = text[group.start + 1 : group.end - 1]
    if _WORD.search(content) is None:
        return group.bars >= 2 and any(character.isalnum() for character in content)
    return not (content[0].isspace() and " | " in content)


def resolved(text: str) -> str:
    """``text`` with the first alternative of every group, nested ones too, in place of the group."""
    parts: list[str] = []
    chosen: list[bool] = []  # of each open group: whether its first alternative is over
    over = 0
    for match in _PART.finditer(text):
        part = match.group()
        if part == "{":
            chosen.append(False)
        elif part == "}":
            over -= chosen.pop() if chosen else 0
        elif part == "|":
            if chosen and not chosen[-1]:
                chosen[-1] = True
                over += 1
        elif not over:
            parts.append(part)
    return "".join(parts).strip()


def split_spintax(text: str, groups: Sequence[Group]) -> tuple[list[Group], list[Group]]:
    """The groups that are spintax, and the others; no spintax where most groups with bars or code are none."""
    spintax: list[Group] = []
    others: list[Group] = []
    for group in groups:
        (spintax if is_spintax(text, group) else others).append(group)
    if sum(1 for group in others if group.bars or group.code) >= len(spintax):
        return [], list(groups)
    return spintax, others
