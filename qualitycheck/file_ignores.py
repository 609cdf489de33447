"""Rules that are ignored in some files: the setting ``per-file-ignores``.

A pattern is one of ``.gitignore``. Without a slash it is held against the name of a file; with one, against the path
from the folder of the settings, or from the root where it begins with the slash. What fits a folder fits all in it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qualitycheck.errors import SettingsError
from qualitycheck.rule import Rule
from qualitycheck.selection import resolve

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_SPECIAL = re.compile(r"[\\\[\]!*#?]")


@dataclass(frozen=True, slots=True, eq=False)
class FileIgnore:
    """A rule that a pattern ignores, as the settings name it, and the codes that it means."""

    pattern: str
    name: str
    codes: frozenset[str]
    spec: GitIgnoreSpec

    def fits(self, path: str) -> bool:
        """Whether the file at ``path`` is one that the pattern means."""
        if "/" not in self.pattern:
            return self.spec.match_file(Path(path).name)
        return self.spec.match_file((Path(path).parent.resolve() / Path(path).name).as_posix())


def file_ignores(patterns: Mapping[str, Sequence[str]], rules: Sequence[Rule]) -> list[FileIgnore]:
    """The setting's patterns and rules one by one. Raises SettingsError for one that means nothing."""
    if not patterns:
        return []
    from pathspec import GitIgnoreSpec

    found = []
    for pattern, names in patterns.items():
        try:
            if not pattern.strip() or pattern.startswith(("!", "#")):
                raise ValueError("it fits nothing")
            spec = GitIgnoreSpec.from_lines([anchored(pattern, Path.cwd())])
        except ValueError as error:
            raise SettingsError(f"per-file-ignores: “{pattern}” is no pattern for files: {error}") from None
        found += [FileIgnore(pattern, name, frozenset(resolve([name], rules)), spec) for name in names]
    return found


def anchored(pattern: str, folder: Path) -> str:
    """The pattern that means from anywhere what ``pattern`` means in ``folder``."""
    if "/" not in pattern or pattern.startswith(("/", "!", "#")):
        return pattern
    start = _SPECIAL.sub(r"\\\g<0>", folder.resolve().as_posix())
    return f"{start}/{pattern.removeprefix('./')}"
