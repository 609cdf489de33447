"""Slots of a template that nobody filled: ``{{name}}``, ``[INSERT CITY]``, ``%(name)s``, ``lorem ipsum``.

Slots in plain words (``[Your Name]``) are what a language model leaves, and the model-residue check reports them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import regex

from qualitycheck import Document

#: Nobody reads on after so many slots of one form.
_ENOUGH = 1_000

# What letters, advertisements and mailings leave a slot for.
_SLOT = (
    "name|names|surname|firstname|lastname|username|company|business|brand|organi[sz]ation|employer|institution|school"
    "|university|department|title|position|job|role|industry|product|service|address|street|city|town|state|county"
    "|country|region|zip|zipcode|postcode|location|place|venue|email|e-mail|phone|telephone|mobile|number|date|time"
    "|day|month|year|deadline|price|amount|website|url|link|domain|keyword|keywords|topic|subject|niche|signature"
    "|client|customer|recipient|sender|author|contact|manager|candidate|applicant|text|here|id|information|details|designation|affiliation"
)
_WORD = r"[\p{L}\p{N}][\p{L}\p{N}'’&/-]*+"


@dataclass(frozen=True, slots=True)
class _Form:
    """A way to write a slot: ``needs`` is in the marks of every document that has one."""

    needs: str
    pattern: regex.Pattern[str]
    confidence: float


def _form(needs: str, pattern: str, confidence: float) -> _Form:
    return _Form(needs, regex.compile(pattern, regex.VERBOSE), confidence)


_FORMS = (
    # {{name}}, {{ user.first_name | title }}, {{#if member}}
    _form("{{", r"\{\{[ ]?[\#/^&!>~%-]?[\p{L}_][^{}\n\\=<>,]{0,80}+\}\}(?!/)", 0.95),
    _form("{%", r"\{%-?[ ]?[a-z]{2,12}\b[^{}\n]{0,80}+\}", 0.95),
    # ${name}, %{name}, #{name}
    _form("{", r"(?<![\w$%\#\\])[$%\#]\{[\p{L}_][\w.]{0,40}+\}(?![\w/])", 0.95),
    # {first_name}, {firstName}, {FIRSTNAME}
    _form(
        "{",
        rf"(?<![\w{{$%\#\\/_-])\{{(?:\p{{L}}{{2,20}}(?:_\p{{L}}{{2,20}}){{1,4}}"
        rf"|[a-z]{{2,20}}[A-Z][a-z]{{2,20}}"
        rf"|(?i:(?:{_SLOT}))(?<=[A-Z]{{2}}))\}}(?![\w}}/_-])",
        0.9,
    ),
    # Dear {name}, in {city}
    _form("{", rf"(?<=\b(?:Dear|Hi|Hello|Hey|in|at|from|to|with|near|on)[ ])\{{(?i:{_SLOT})\}}(?=[\s.,;:!?)])", 0.8),
    # [INSERT CITY], [YOUR NAME HERE], [FIRST_NAME], [COMPANY NAME], <INSERT DATE>
    _form(
        "[",
        rf"(?<![\w\])])\[\[?(?:(?:INSERT|ENTER|ADD|YOUR)(?:[ _]{_WORD}){{1,6}}"
        rf"|[A-Z]{{2,20}}(?:_[A-Z]{{2,20}}){{1,4}})\]\]?+(?![\w(\[])",
        0.9,
    ),
    _form(
        "[",
        rf"(?<![\w\])])\[(?!REDACT|WITHH|DELET|REMOV|CHANG|OMIT|UNKNOWN)"
        rf"(?:[A-Z'’]{{2,20}}[ ]){{1,3}}(?=[A-Z])(?i:{_SLOT})\](?![\w(\[])(?<=[A-Z]\])",
        0.8,
    ),
    _form("<", rf"<(?:INSERT|ENTER|YOUR)(?:[ _]{_WORD}){{1,6}}>", 0.9),
    _form("<<", rf"<<[ ]?(?:{_WORD}[ _])?(?i:{_SLOT})[ ]?>>", 0.9),
    # *|FNAME|*, %FIRST_NAME%, %%name%%
    _form("*|", r"\*\|[A-Z][A-Z0-9_:]{0,40}+\|\*", 0.95),
    _form(
        "%",
        rf"(?<![\w%])%%?(?:[A-Z]{{2,20}}(?:_[A-Z]{{2,20}}){{1,4}}"
        rf"|(?i:(?:first|last|full)_?name|{_SLOT}))%(?!\w)",
        0.9,
    ),
    # %s, %d, %1$s, %(name)s
    _form("%", r"(?<![\w%/@*$&!\#])%(?:\([a-z_]{1,40}\)|\d\$)?[sd](?![\w%])", 0.85),
    # <%= name %>
    _form("<%", r"<%[=@-]?[^%<>\n]{1,80}+%>", 0.95),
)
_LOREM = regex.compile(r"(?i)\blorem ipsum dolor(?:[ \n]\p{L}++[,.;]?){1,60}+")


def placeholders(document: Document) -> Iterator[tuple[int, int, float]]:
    """Start, end and confidence of each slot, in order of place; where two forms overlap, the longer one."""
    text = document.prose
    found: list[tuple[int, int, float]] = []
    for form in _FORMS:
        if form.needs in document.marks:
            matches = islice(form.pattern.finditer(text), _ENOUGH)
            found += [(*match.span(), form.confidence) for match in matches]
    if "orem ipsum" in text or "OREM IPSUM" in text:
        found += [(*match.span(), 0.95) for match in islice(_LOREM.finditer(text), _ENOUGH)]
    last = 0
    for start, end, confidence in sorted(found, key=lambda each: (each[0], -each[1])):
        if start >= last:
            yield start, end, confidence
            last = end
