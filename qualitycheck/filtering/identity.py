"""What a result follows from, apart from the documents: settings, and versions of the program, plugins and models."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import msgspec

from qualitycheck.errors import SettingsError
from qualitycheck.filtering.judging import Judge
from qualitycheck.filtering.options import NOT_PART_OF_THE_JOB
from qualitycheck.settings import Settings
from qualitycheck.version import __version__


def describe(settings: Settings, judge: Judge) -> dict[str, Any]:
    """Settings and versions as plain values; two runs with the same give the same for every document.

    Models have a version once they are loaded (:meth:`Judge.warm_up`). Raises SettingsError where a plugin's file
    cannot be read.
    """
    plain = msgspec.to_builtins(settings)
    options = plain.pop("filter")
    for name in ("fail-on", "min-score"):  # of the exit status of ``check``
        plain.pop(name)
    for name in NOT_PART_OF_THE_JOB:
        options.pop(name.replace("_", "-"))
    plugins = {name: _hash_of(name) for name in settings.plugins if name.endswith(".py")}
    versions = {"qualitycheck": __version__, **judge.runner.versions(), **plugins}
    return {"settings": {**plain, **options}, "versions": dict(sorted(versions.items()))}


def _hash_of(name: str) -> str:
    try:
        return hashlib.sha256(Path(name).read_bytes()).hexdigest()[:16]
    except OSError as error:
        raise SettingsError(f"plugin {name}: cannot be read: {error.strerror}") from None
