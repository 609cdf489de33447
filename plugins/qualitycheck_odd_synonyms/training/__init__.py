"""Trains odd-synonyms models; needs the ``train`` extra (numba)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qualitycheck_odd_synonyms.training.corpus import Text
    from qualitycheck_odd_synonyms.training.pipeline import Family, train

__all__ = ["Family", "Text", "train"]


def __getattr__(name: str) -> Any:
    """The public names, imported when they are first asked for: whoever has no numba is told so then."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from qualitycheck_odd_synonyms.training import corpus, pipeline

    return getattr(corpus if name == "Text" else pipeline, name)
