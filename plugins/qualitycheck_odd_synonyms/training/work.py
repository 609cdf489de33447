"""What a training run has done so far, kept on disk, so that it goes on where it was stopped."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from qualitycheck import QualityCheckError

_STATE = "training.json"


class Work:
    """A working folder. What was recorded there under another fingerprint of the inputs is thrown away.

    Raises QualityCheckError where the folder holds something else than a training run, or cannot be written.
    """

    def __init__(self, folder: Path, fingerprint: str) -> None:
        self.folder = folder
        self._facts: dict[str, Any] = {"fingerprint": fingerprint}
        state = folder / _STATE
        try:
            if folder.exists() and not state.exists() and any(folder.iterdir()):
                raise QualityCheckError(f"{folder} is not the folder of a training run; move it away or name another")
            folder.mkdir(parents=True, exist_ok=True)
            known = self._read(state)
            if known.get("fingerprint") == fingerprint:
                self._facts = known
            else:
                self.clear()
                folder.mkdir()
                self._write()
        except OSError as error:
            raise QualityCheckError(f"{folder}: cannot be written: {error.strerror}") from None

    @property
    def resumed(self) -> bool:
        """Whether anything was done before."""
        return len(self._facts) > 1

    def fact(self, name: str) -> Any:
        """What was recorded under a name; None where nothing was."""
        return self._facts.get(name)

    def record(self, name: str, value: Any) -> None:
        """Record a fact, so that it outlives the process."""
        self._facts[name] = value
        self._write()

    def arrays(self, name: str) -> dict[str, np.ndarray] | None:
        """Arrays that were kept under a name; None where there are none."""
        folder = self.folder / name
        if not folder.is_dir():
            return None
        return {path.stem: np.load(path) for path in sorted(folder.glob("*.npy"))}

    def keep(self, name: str, arrays: Mapping[str, np.ndarray], instead_of: Sequence[str] = ()) -> None:
        """Keep arrays under a name, all of them or none, and throw away those of other names."""
        part, folder = self.folder / f"{name}.part", self.folder / name
        for old in (part, folder):
            shutil.rmtree(old, ignore_errors=True)
        part.mkdir()
        for each, array in arrays.items():
            np.save(part / f"{each}.npy", array)
        part.rename(folder)
        for old_name in instead_of:
            shutil.rmtree(self.folder / old_name, ignore_errors=True)

    def clear(self) -> None:
        """Remove the folder and all that is in it."""
        shutil.rmtree(self.folder, ignore_errors=True)

    @staticmethod
    def _read(state: Path) -> dict[str, Any]:
        try:
            facts = json.loads(state.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return {}
        return facts if isinstance(facts, dict) else {}

    def _write(self) -> None:
        part = self.folder / f"{_STATE}.part"
        part.write_text(json.dumps(self._facts), encoding="utf-8")
        part.replace(self.folder / _STATE)
