"""The settings and checks of each folder that is open in the editor.

Settings are searched from the folder upwards, as ``check`` searches them from the working directory. They can load
plugins, so the folder must be one that is trusted; ``--isolated`` reads none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from qualitycheck.errors import QualityCheckError
from qualitycheck.inputs import reader_of, readers_by_suffix
from qualitycheck.paths import has_suffix
from qualitycheck.readers import Reader, all_readers
from qualitycheck.runner import Runner
from qualitycheck.settings import Settings

#: What an editor calls the languages whose files are read; a plugin's reader goes by its own name.
_LANGUAGES = {"plaintext": "text", "text": "text", "markdown": "markdown", "html": "html", "xhtml": "html"}


class Workspace:
    """One folder: its checks, and which reader reads what."""

    def __init__(self, settings: Settings) -> None:
        self.runner = Runner(settings)
        self._by_suffix = readers_by_suffix(self.runner.plugins)
        self._by_name = {reader.name: reader for reader in all_readers(self.runner.plugins)}

    @property
    def failures(self) -> list[str]:
        """One line for each plugin that did not load."""
        return [
            f"plugin “{each.name}” from {each.origin} does not load: {each.reason}"
            for each in self.runner.plugins.failed
        ]

    def reader(self, path: str, language: str | None) -> Reader | None:
        """The reader of a file, by what the editor says that it is, else by its suffix; None for what is not read."""
        named = self._by_name.get(_LANGUAGES.get(language or "", language or ""))
        if named is not None:
            return named
        return reader_of(path, self._by_suffix) if has_suffix(path, self._by_suffix) else None


class Workspaces:
    """The workspaces by folder, made when a document in them is first checked.

    ``settings_for`` gives the settings for a folder, or those for a document in none; ``complain`` is told what is
    wrong with them, once.
    """

    def __init__(self, settings_for: Callable[[Path | None], Settings], complain: Callable[[str], None]) -> None:
        self._settings_for = settings_for
        self._complain = complain
        self._made: dict[Path | None, Workspace | None] = {}

    def of(self, path: Path | None, folders: Sequence[Path]) -> Workspace | None:
        """The workspace of a document: that of the innermost folder around it; None where its settings are wrong."""
        around = [folder for folder in folders if path is not None and path.is_relative_to(folder)]
        root = max(around, key=lambda folder: len(folder.parts), default=None)
        if root not in self._made:
            self._made[root] = self._make(root)
        return self._made[root]

    def forget(self) -> None:
        """Read all settings again when they are next needed."""
        self._made.clear()

    def _make(self, root: Path | None) -> Workspace | None:
        try:
            workspace = Workspace(self._settings_for(root))
        except (QualityCheckError, OSError) as error:
            self._complain(f"nothing is checked: {error}")
            return None
        for failure in workspace.failures:
            self._complain(failure)
        return workspace
