"""What the plumbing of a model leaves: citation marks, addresses of links, chat markup, the names of who speaks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import regex

from qualitycheck import Document
from qualitycheck_model_residue.residue import Residue

#: Nobody reads on after so many of one kind.
_ENOUGH = 1_000


@dataclass(frozen=True, slots=True)
class _Form:
    """``mark`` is in the marks of each document that has an instance, which is faster to see, ``needs`` in its text."""

    what: str
    mark: str
    needs: str
    pattern: regex.Pattern[str]
    confidence: float


def _form(what: str, mark: str, needs: str, pattern: str, confidence: float) -> _Form:
    return _Form(what, mark, needs, regex.compile(pattern, regex.VERBOSE), confidence)


_CITATION = "a citation mark of a model"
_MARKUP = "markup of a chat"
_TURN = r"turn\d{1,2}(?:search|news|view|image|file|fetch|academia)\d{1,3}"

_FORMS = (
    _form(_CITATION, "†", "†", r"【\d{1,3}(?::\d{1,3})?†[^】\n]{0,80}+】", 0.97),
    _form(_CITATION, "[", "oaicite", r"(?::?contentReference)?\[oaicite:\d{1,4}\](?:\{index=\d{1,4}\})?+", 0.97),
    _form(_CITATION, "", "turn", rf"\ue200?(?:cite|navlist|image_group)?(?:\ue202?{_TURN})++\ue201?", 0.97),
    _form(_CITATION, "[", "[cite", r"\[cite_start\] | \[cite:\ ?\d{1,4}(?:,\ ?\d{1,4})*+\]", 0.97),
    _form(_CITATION, "[", "attached_file", r"\[attached_file:\d{1,3}\]", 0.97),
    _form("the address of a file of a chat", "/", "sandbox:/", r"\bsandbox:/mnt/data/[^\s)\]]{1,80}+", 0.97),
    _form(
        "the address of a link that a chat page gave",
        "=",
        "utm_source=",
        r"\butm_source=(?:chatgpt\.com|openai|copilot\.com|perplexity)\b",
        0.8,
    ),
    _form(
        _MARKUP,
        "<",
        "<|",
        r"""<\|(?:im_start|im_end|endoftext|eot_id|(?:start|end)_header_id|(?:begin|end)_of_text|assistant|user|system
            |end)\|>""",
        0.95,
    ),
    _form(_MARKUP, "<", "_of_turn>", r"<(?:start|end)_of_turn>", 0.95),
    _form(_MARKUP, "[", "INST]", r"\[/?INST\]", 0.95),
    _form(_MARKUP, "<", "SYS>>", r"<</?SYS>>", 0.95),
    _form(_MARKUP, "#", "###", r"(?<![^\n])\#\#\#\ ?(?:Instruction|Response|Human|Assistant):", 0.95),
)

# Who speaks, at the head of the text and again further down; in an article, prose stands before a conversation.
_ASKER = r"(?:Human|User|Prompt|You)"
_ANSWERER = r"(?:Assistant|AI|AI\ Assistant|ChatGPT|Chatbot|Claude|Gemini|Copilot|Bot)"
_FIRST = regex.compile(
    rf"\s*+(?P<name>\*{{0,2}}(?:(?P<asker>{_ASKER})|{_ANSWERER})\*{{0,2}}:\*{{0,2}})\s", regex.VERBOSE
)
_LONGEST_NAME = 30  # code points, with all that belongs to it
_ANSWER = regex.compile(rf"(?<=\n)\*{{0,2}}{_ANSWERER}\*{{0,2}}:\*{{0,2}}(?=\s)", regex.VERBOSE)


def leftovers(document: Document) -> Iterator[Residue]:
    """What is left in a text, kind by kind."""
    text = document.prose
    for form in _FORMS:
        if form.mark in document.marks and form.needs in text:
            for match in islice(form.pattern.finditer(text), _ENOUGH):
                yield Residue(*match.span(), form.what, form.confidence, alone=True)
    yield from _speakers(text)


def _speakers(text: str) -> Iterator[Residue]:
    # Without an end a match looks for a colon in all of the text before it looks at its beginning.
    first = _FIRST.match(text, 0, len(text) - len(text.lstrip()) + _LONGEST_NAME)
    if first is None:
        return
    answers = list(islice(_ANSWER.finditer(text, first.end() - 1), _ENOUGH))
    if answers or first["asker"] is None:
        for start, end in [first.span("name"), *(answer.span() for answer in answers)]:
            yield Residue(start, end, "the name of a speaker in a chat", 0.85, alone=True)
