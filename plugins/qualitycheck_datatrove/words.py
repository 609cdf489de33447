"""datatrove's words: those of spaCy's rule-based English tokenizer, found again without spaCy.

What a stretch between white space is split into depends on it alone, so that each needs splitting once. The rules are
those of spaCy 3.8, stated anew: marks are taken off both ends, unless what is left is an exception; what remains is
one word where it is an exception or looks like a URL, and is else cut at marks within. Letters and symbols are those of
Unicode's properties where spaCy lists code points, which differs for rare scripts alone.
"""

from __future__ import annotations

import functools
import itertools
import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import regex

#: A longer stretch without white space is one word: none is prose, and the rules take quadratic time.
LONGEST = 2_000
_REACH = 10

_PUNCTUATION = "…,:;!?¿؟¡()[]{}<>_#*&。？！，、；：～·।،۔؛٪"
_QUOTES = ",'\"”“`‘´’‚„»«「」『』（）〔〕【】《》⟦⟧\u2329\u232a\u3008\u3009"
_CURRENCY = "$£€¥฿₽﷼₴₠₡₢₣₤₥₦₧₨₩₪₫₭₮₯₰₱₲₳₵₶₷₸₹₺₻₼₾₿"
_HYPHENS = r"(?:---|--|——|[-–—~])"


@functools.cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "english.toml").read_text(encoding="utf-8"))


# Letters as spaCy groups them: with case, and of scripts without.
_CASELESS = (
    r"\u0591-\u05f4\ufb1d-\ufb4f\u0620-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufbb1\ufe70-\ufefc\u0900-\u09ff"
    r"\u0b80-\u0c7f\u0c80-\u0cff\u0d80-\u0dff\u1200-\u137f\u1100-\u11ff\uac00-\ud7af\u3000-\u30ff\u2e80-\u2fff"
    r"\u31c0-\u31ef\u3200-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f\U0001f200-\U0001f2ff\U00020000-\U0002fa1f"
)
_CASED = r"[\p{Latin}\p{Greek}\p{Cyrillic}]"
_LOWER = rf"[[\p{{Ll}}&&{_CASED}]ʔʕ{_CASELESS}]"
_UPPER = rf"[[\p{{Lu}}&&{_CASED}]{_CASELESS}]"
_LETTER = rf"[[\p{{Ll}}\p{{Lu}}\p{{Lt}}&&{_CASED}]ʔʕƻ{_CASELESS}]"


def _compiled(*alternatives: str) -> regex.Pattern[str]:
    return regex.compile("|".join(alternatives), regex.VERSION1)


def _any(characters: str) -> str:
    return f"[{regex.escape(characters, special_only=False)}]"


_QUOTE = _any(_QUOTES)
_UNITS = "|".join(map(regex.escape, _data()["marks"]["units"].split()))
_PREFIX = _compiled(
    _any("§%=—–" + _PUNCTUATION + _QUOTES + _CURRENCY), r"\p{So}", r"\+(?![0-9])", r"\.\.+", r"(?:US|C|A)\$"
)
_SUFFIX = _compiled(
    *(f"(?:{each})$" for each in ("……", _any("—–" + _PUNCTUATION + _QUOTES), r"\p{So}", "['’][sS]")),
    r"(?<=[0-9])\+$",
    r"(?<=°[FfCcKk])\.$",
    rf"(?<=[0-9])(?:(?:US|C|A)\$|{_any(_CURRENCY)}|{_UNITS})$",
    rf"(?<=[0-9%²\-+|?:(){regex.escape(_PUNCTUATION + _QUOTES, special_only=False)}]|{_LOWER})\.$",
    rf"(?<={_UPPER}{_UPPER})\.$",
)
_INFIX = _compiled(
    r"\.\.+",
    "…",
    r"\p{So}",
    r"(?<=[0-9])[+\-*^](?=[0-9-])",
    rf"(?<={_LOWER}|{_QUOTE})\.(?={_UPPER}|{_QUOTE})",
    rf"(?<={_LETTER}),(?={_LETTER})",
    rf"(?<={_LETTER}|[0-9]){_HYPHENS}(?={_LETTER})",
    rf"(?<={_LETTER}|[0-9])[:<>=/](?={_LETTER})",
)

_HOST_CHARACTER = r"[A-Za-z0-9\u00a1-\uffff]"
_HOST = regex.compile(
    rf"(?:(?:[0-9]{{1,3}}\.){{3}}[0-9]{{1,3}}|(?:(?:{_HOST_CHARACTER}[A-Za-z0-9\u00a1-\uffff_-]{{0,62}})?"
    rf"{_HOST_CHARACTER}\.)+{_LOWER}{{2,63}})(?::[0-9]{{2,5}})?(?:[/?#].*)?",
    regex.VERSION1 | regex.DOTALL,
)
_SCHEME = re.compile(r"[\w+\-.]{2,}://")
_MOST_SIGNS = 3  # how many @ a URL is searched for its host after


class Splitter:
    """Splits stretches between white space into words."""

    def __init__(self) -> None:
        self._exceptions = _exceptions()
        self._joined = {tuple(_peeled(each)): each for each in self._exceptions if _has_affix(each)}
        self._longest = max(map(len, self._joined))
        self._openings = {parts[0] for parts in self._joined}

    def split(self, stretch: str) -> list[str]:
        """The words of a stretch without white space, marks included."""
        if stretch in self._exceptions:
            return list(self._exceptions[stretch])
        if len(stretch) > LONGEST:
            return [stretch]
        before, middle, after = _without_affixes(stretch, self._exceptions)
        if middle in self._exceptions:
            inner = list(self._exceptions[middle])
        else:
            inner = [middle] if not middle or _is_url(middle) else _cut(middle)
        return self._rejoin([*before, *(part for part in inner if part), *after])

    def _rejoin(self, parts: list[str]) -> list[str]:
        """The parts with exceptions put together again that were taken apart, the longest first."""
        if self._openings.isdisjoint(parts):
            return parts
        spans = [
            (first, first + length)
            for length in range(min(self._longest, len(parts)), 0, -1)
            for first in range(len(parts) - length + 1)
            if tuple(parts[first : first + length]) in self._joined
        ]
        taken: set[int] = set()
        chosen: dict[int, int] = {}
        for first, last in spans:
            if first not in taken and last - 1 not in taken:
                chosen[first] = last
            taken.update(range(first, last))
        return list(self._with(parts, chosen))

    def _with(self, parts: list[str], chosen: dict[int, int]) -> Iterator[str]:
        place = 0
        while place < len(parts):
            last = chosen.get(place)
            if last is None:
                yield parts[place]
                place += 1
            else:
                yield from self._exceptions[self._joined[tuple(parts[place:last])]]
                place = last


@functools.cache
def splitter() -> Splitter:
    """The splitter of this process."""
    return Splitter()


def _without_affixes(text: str, exceptions: dict[str, tuple[str, ...]]) -> tuple[list[str], str, list[str]]:
    """The marks taken off the front, what is left, and those taken off the back."""
    before: list[str] = []
    after: list[str] = []
    length = -1
    while text and len(text) != length and text not in exceptions:
        length = len(text)
        opening = _PREFIX.match(text)
        start = opening.end() if opening else 0
        if start and text[start:] in exceptions:
            before.append(text[:start])
            text = text[start:]
            break
        end = start + _body(text[start:])
        if end < len(text) and text[:end] in exceptions:
            after.append(text[end:])
            text = text[:end]
            break
        if start:
            before.append(text[:start])
        if end < len(text):
            after.append(text[end:])
        text = text[start:end]
    return before, text, after[::-1]


def _body(text: str) -> int:
    """How long a text is without the one mark at its end."""
    if text.endswith(".."):
        return len(text.rstrip("."))
    # No other mark is longer than four code points, nor looks back further than two.
    tail = max(0, len(text) - _REACH)
    closing = _SUFFIX.search(text[tail:])
    return tail + closing.start() if closing else len(text)


def _peeled(text: str) -> list[str]:
    """A text as the rules alone would split it."""
    before, middle, after = _without_affixes(text, {})
    inner = [middle] if not middle or _is_url(middle) else _cut(middle)
    return [*before, *(part for part in inner if part), *after]


def _has_affix(text: str) -> bool:
    return bool(_PREFIX.match(text) or _body(text) < len(text) or _INFIX.search(text))


def _cut(text: str) -> list[str]:
    """A word cut at the marks within; one that opens it stays."""
    parts: list[str] = []
    start = 0
    for match in _INFIX.finditer(text):
        if match.start() == 0:
            continue
        if match.start() != start:
            parts.append(text[start : match.start()])
        parts.append(match.group())
        start = match.end()
    return [*parts, text[start:]] if start < len(text) else parts


def _is_url(text: str) -> bool:
    """Whether a word is a host name with what may stand around one: a scheme, a user, a port, a path."""
    if "." not in text:
        return False
    scheme = _SCHEME.match(text)
    starts = [0, scheme.end()] if scheme else [0]
    for start in starts:
        if _HOST.fullmatch(text, start):
            return True
        sign = start
        for _ in range(_MOST_SIGNS):
            sign = text.find("@", sign + 1)
            if sign < 0:
                break
            if _HOST.fullmatch(text, sign + 1):
                return True
    return False


def _exceptions() -> dict[str, tuple[str, ...]]:
    """What is kept together or taken apart whatever the rules say."""
    made = itertools.chain(_contractions(), _parts(), ((text,) for text in _wholes()))
    curly = ((each, tuple(part.replace("'", "’") for part in each)) for each in made)
    return {"".join(parts): parts for pair in curly for parts in pair}


def _contractions() -> Iterator[tuple[str, ...]]:
    """“she'd” as “she”, “'d”, and “shed”-like forms without an apostrophe that are no words of their own."""
    unless = set(_data()["bare"]["unless"].split())
    for ending, heads in _data()["endings"].items():
        bare = ending.replace("'", "").split()
        for head in heads.split():
            for form in (head, head.title()):
                yield (form, *ending.split())
                if head + "".join(bare) not in unless:
                    yield (form, *bare)


def _parts() -> Iterator[tuple[str, ...]]:
    """What is cut for reasons of its own: “can”, “not”; “9”, “am”; “°”, “C”, “.”."""
    parts = _data()["parts"]
    for line in parts["lower-and-title"]:
        yield tuple(line.split())
        yield tuple((line[:1].upper() + line[1:]).split())
    yield from (tuple(line.split()) for line in parts["as-written"])
    yield from ((str(hour), half) for hour in range(1, 13) for half in parts["hours"])
    yield from (("°", degree, ".") for degree in parts["degrees"].split())


def _wholes() -> Iterator[str]:
    """What stays in one piece: abbreviations, faces, and words with an apostrophe at an end."""
    whole = _data()["whole"]
    for name in ("words", "abbreviations", "faces"):
        yield from whole[name].split()
    yield from (f":{nose}{mouth}" for nose in ("", "-") for mouth in whole["colons"].split())
    yield from (f"{letter}." for letter in whole["letters"])
