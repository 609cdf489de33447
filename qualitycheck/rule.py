"""Rules: what a check can say about a text, each under a code that never changes its meaning."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from importlib.resources.abc import Traversable

_CODE = re.compile(r"[A-Z]{3}[0-9]{3}")
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class Severity(enum.StrEnum):
    """How bad a finding is. ``info`` is shown but costs no points."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        """0 for info, 1 for warning, 2 for error."""
        return list(Severity).index(self)


class Fix(enum.StrEnum):
    """Whether a finding's first suggestion can be put in its place by a machine.

    ``safe``: the text is better for it without anybody looking. ``unsafe``: probably. ``none``: a person must decide.
    """

    NONE = "none"
    SAFE = "safe"
    UNSAFE = "unsafe"


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of damage.

    ``code`` is three capitals and three digits and is never used again for something else; ``name`` is lower case
    with hyphens; both name the rule wherever one is asked for. ``message`` is one line, a sentence, used for findings
    that bring no message of their own. ``documentation`` is Markdown, or a file that holds it (read only when asked
    for), with four sections: What it finds, Why it matters, Example, Known false alarms. ``fix`` says whether the first
    suggestion of a finding may replace its span; an empty suggestion deletes it.

    Raises ValueError for a malformed code or name.
    """

    code: str
    name: str
    message: str
    severity: Severity = Severity.WARNING
    documentation: str | Traversable = ""
    fix: Fix = Fix.NONE

    def __post_init__(self) -> None:
        if not _CODE.fullmatch(self.code):
            raise ValueError(f"rule code {self.code!r} is not three capital letters and three digits")
        if not _NAME.fullmatch(self.name):
            raise ValueError(f"rule name {self.name!r} is not lower-case words joined by hyphens")

    @property
    def family(self) -> str:
        """The three letters that open the code."""
        return self.code[:3]

    def help(self) -> str:
        """The documentation as Markdown; the message alone where the rule has none."""
        if isinstance(self.documentation, str):
            return self.documentation or self.message
        return self.documentation.read_text(encoding="utf-8")
