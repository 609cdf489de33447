"""Ways to damage a text, each at several strengths: what an editor would refuse, made of what an editor wrote.

The pieces put in are our own. ``strength`` is in (0, 1]; at .25 a reader notices the damage and at 1 it is everywhere.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from sources import pairs
from spinner import Spinner

Damage = Callable[[str, float, int], str]

STRENGTHS = (0.25, 0.5, 1.0)

_WORD = re.compile(r"(?<![-\w])[a-z]{4,}(?![-\w])")  # spinners leave words with a hyphen alone
_QUOTE = re.compile(r"(?<=\w)'(?=\w)|\"(?=\w)|(?<=[\w.,!?])\"| - ")
_CURLY = {"'": "’", " - ": " — "}
_SLOTS = ("[Your Name]", "{{city}}", "[INSERT DATE]", "${company}", "{first_name}", "[Product]", "%s", "{{ url }}")
_OTHERS = ("good", "great", "fine", "best", "top", "useful", "nice", "handy")
_PAGE = (
    "Home | News | Sport | Weather | Shop | Contact us",
    "Sign up for our newsletter and never miss a story.",
    "Subscribe now to continue reading this article.",
    "We use cookies to give you the best experience. Accept all cookies",
    "Share this: Facebook Twitter Pinterest Email",
    "Follow us on Twitter and like us on Facebook.",
    "Click here to read more",
    "Leave a comment below. You must be logged in to post a comment.",
    "Related articles: Ten things to do this weekend",
    "© 2019 All rights reserved. Terms of use. Privacy policy.",
    "Advertisement",
    "Photo: Getty Images",
)


def spun() -> Damage:
    """Words replaced throughout by our news spinner's table."""
    spinner = Spinner(pairs("news-spinner"))
    return lambda text, strength, seed: spinner.spin(text, strength, seed)[0]


def mojibake(text: str, strength: float, seed: int) -> str:
    """Curly quotes, dashes and a currency sign, in a share of the paragraphs read as Windows-1252."""
    chance = random.Random(seed)
    curly = _QUOTE.sub(_as_typeset, text)

    def broken(paragraph: str) -> str:
        if chance.random() >= strength:
            return paragraph
        if paragraph.isascii():
            paragraph += " It cost £20 – or €25."
        return paragraph.encode().decode("cp1252", "replace")

    paragraphs = [broken(each) if each.strip() else each for each in curly.split("\n")]
    if all(each in curly for each in paragraphs):
        paragraphs[0] = (paragraphs[0] + " “It’s £20.”").encode().decode("cp1252", "replace")
    return "\n".join(paragraphs)


def _as_typeset(match: re.Match[str]) -> str:
    mark = match.group()
    if mark in _CURLY:
        return _CURLY[mark]
    return "”" if match.start() and match.string[match.start() - 1] not in " \n(" else "“"


def spintax(text: str, strength: float, seed: int) -> str:
    """Groups of alternatives that nothing chose from; a word in fifteen at full strength."""
    chance = random.Random(seed)

    def grouped(match: re.Match[str]) -> str:
        if chance.random() >= strength / 15:
            return match.group()
        return f"{{{'|'.join([match.group(), *chance.sample(_OTHERS, 2)])}}}"

    return _at_least_one(text, _WORD.sub(grouped, text), "{good|great|fine}")


def template(text: str, strength: float, seed: int) -> str:
    """Slots that nobody filled; a word in thirty at full strength."""
    chance = random.Random(seed)

    def slotted(match: re.Match[str]) -> str:
        return chance.choice(_SLOTS) if chance.random() < strength / 30 else match.group()

    return _at_least_one(text, _WORD.sub(slotted, text), "{{city}} [Your Name]")


def _at_least_one(text: str, damaged: str, piece: str) -> str:
    return damaged if damaged != text else f"{text}\n{piece}"


def repetition(text: str, strength: float, seed: int) -> str:
    """A part of the text again and again, until so much of it is repeated: two fifths, a half, three quarters."""
    chance = random.Random(seed)
    lines = [line for line in text.split("\n") if line.strip()]
    start = chance.randrange(len(lines))
    part = "\n".join(lines[start : start + 3])[:600]
    copies = max(2, round(strength * 3 * len(text) / len(part)))
    return "\n".join([text, *[part] * copies])


def boilerplate(text: str, strength: float, seed: int) -> str:
    """Lines of the page among the lines of the text: a third of the words, a half, three quarters."""
    chance = random.Random(seed)
    lines = [line for line in text.split("\n") if line.strip()]
    wanted = len(text.split()) * {0.25: 0.5, 0.5: 1.0, 1.0: 3.0}[strength]
    while wanted > 0:
        line = chance.choice(_PAGE)
        lines.insert(chance.randrange(len(lines) + 1), line)
        wanted -= len(line.split())
    return "\n".join(lines)


def damages() -> dict[str, Damage]:
    """All of them by name."""
    return {
        "spun": spun(),
        "mojibake": mojibake,
        "spintax": spintax,
        "template": template,
        "repetition": repetition,
        "boilerplate": boilerplate,
    }
