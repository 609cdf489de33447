"""Character references, as HTML and Markdown write them: ``&rsquo;``, ``&#8217;``, ``&#x2019;``."""

from __future__ import annotations

import functools
import html
import html.entities

#: A regular expression for what may be a reference; :func:`decode` tells what it is.
REFERENCE = r"&(?:\#(?:[0-9]++|[xX][0-9a-fA-F]++);?+|[A-Za-z][A-Za-z0-9]{0,31}+;?+)"

_LONGEST_WITHOUT_SEMICOLON = max(len(name) for name in html.entities.html5 if not name.endswith(";"))
_MOST_DIGITS = 12  # more are beyond Unicode, and thousands are more than int() takes


def decode(reference: str) -> tuple[str, int]:
    """The characters that a reference stands for, and how much of it is the reference; 0 where it is none.

    As in HTML, an old name needs no semicolon: ``&notit;`` is “¬it;”.
    """
    if reference[1] != "#":
        return _named(reference[1:])
    base = "x" if reference[2] in "xX" else ""
    digits = reference[2 + len(base) :].rstrip(";").lstrip("0") or "0"
    characters = html.unescape(f"&#{base}{digits};") if len(digits) <= _MOST_DIGITS else "\ufffd"
    return characters, len(reference)


@functools.lru_cache(maxsize=4096)
def _named(name: str) -> tuple[str, int]:
    if name in html.entities.html5:
        return html.entities.html5[name], len(name) + 1
    for length in range(min(len(name), _LONGEST_WITHOUT_SEMICOLON), 1, -1):
        if name[:length] in html.entities.html5:
            return html.entities.html5[name[:length]], length + 1
    return "", 0
