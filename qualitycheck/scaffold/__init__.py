"""A plugin to begin with: a little distribution that installs, and passes its own tests as it is written.

The files beside this one are its templates, in which ``$code`` and other names stand for what differs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from string import Template

from qualitycheck.hookspecs import INTERFACE
from qualitycheck.version import __version__

_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")

#: Each template, and where it goes.
_FILES = {
    "pyproject.toml.txt": "pyproject.toml",
    "README.md.txt": "README.md",
    "__init__.py.txt": "src/$module/__init__.py",
    "check.py.txt": "src/$module/check.py",
    "rule.md.txt": "src/$module/rules/$code.md",
    "cases.toml.txt": "tests/cases/$code.toml",
    "tests.py.txt": "tests/test_$short.py",
}


@dataclass(frozen=True, slots=True)
class Plan:
    """What a new plugin is called: ``name`` in lower case with hyphens, ``code`` that of its first rule.

    Raises ValueError for a name that would be no name of a module, or a code that is none.
    """

    name: str
    code: str

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name) or len(self.name) > 50:
            raise ValueError(f"“{self.name}” is no name for a plugin; write lower-case words joined by hyphens")
        if not re.fullmatch(r"[A-Z]{3}[0-9]{3}", self.code):
            raise ValueError(f"“{self.code}” is no rule code; write three capital letters and three digits")

    @property
    def distribution(self) -> str:
        """What the distribution is called, and its folder."""
        return f"qualitycheck-{self.name}"

    def write(self, parent: Path) -> list[Path]:
        """Write the plugin into a new folder in ``parent``; the files.

        Raises FileExistsError where there is such a folder already, OSError where it cannot be written.
        """
        short = self.name.replace("-", "_")
        values = {
            "name": self.name,
            "short": short,
            "code": self.code,
            "distribution": self.distribution,
            "module": f"qualitycheck_{short}",
            "class_name": "".join(word.capitalize() for word in self.name.split("-")),
            "rule_name": f"{self.name}-phrase",
            "version": __version__,
            "interface": str(INTERFACE),
        }
        folder = parent / self.distribution
        folder.mkdir(parents=True)
        written = []
        for template, place in _FILES.items():
            path = folder / Template(place).substitute(values)
            path.parent.mkdir(parents=True, exist_ok=True)
            text = (files(__package__) / template).read_text(encoding="utf-8")
            path.write_text(Template(text).substitute(values), encoding="utf-8")
            written.append(path)
        return written


def code_for(name: str) -> str:
    """The code of the first rule of a plugin: three letters of its name, filled up with X, and 001."""
    letters = "".join(letter for letter in name.upper() if "A" <= letter <= "Z")
    return f"{letters[:3]:X<3}001"
