"""Engines that are not installed: one line that names what to install."""

from __future__ import annotations

import importlib
from typing import Any

from qualitycheck.errors import QualityCheckError


class MissingEngine(QualityCheckError, ImportError):  # noqa: N818 (the name says what is the matter)
    """An engine that is not installed here. It is an ImportError too, as libraries' users expect."""


def require(module: str, extra: str) -> Any:
    """The module ``module``; raises MissingEngine, which names the extra to install, where there is none."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        text = f"needs {module}, which cannot be imported ({error}); pip install 'qualitycheck[{extra}]'"
        raise MissingEngine(text) from None
