"""The Python names that are promised, and the modules that plugins may import."""

from __future__ import annotations

import importlib
import inspect

import qualitycheck

#: Modules beside ``qualitycheck`` itself that plugins and their tests may import, and what of them is promised.
MODULES = {
    "qualitycheck.testing": (),
    "qualitycheck.phrases": ("PhraseMatcher",),
    "qualitycheck.tokens": ("Tokens", "tokenize", "token_key"),
    "qualitycheck.batch": ("Batch", "batches"),
    "qualitycheck.characters": ("places_of",),
    "qualitycheck.readers": ("Reader",),
    "qualitycheck.reporters": ("Reporter", "Options"),
    "qualitycheck.commands": ("read_document", "settings_from", "settings_options"),
}


def page() -> str:
    """The page; Sphinx takes signatures and docstrings from the code."""
    own = [
        _entry("qualitycheck", name) for name in sorted(qualitycheck.__all__, key=str.lower) if name != "__version__"
    ]
    parts = ["# Python", "", "## qualitycheck", "", _rst(own)]
    for module, names in MODULES.items():
        loaded = importlib.import_module(module)
        parts += [f"## {module}", "", _rst([_entry(module, name) for name in names or loaded.__all__])]
    return "\n".join(parts)


def _entry(module: str, name: str) -> str:
    value = getattr(importlib.import_module(module), name)
    if inspect.isclass(value):
        # Errors and structs are said by their docstrings; the members of what is inherited are elsewhere.
        return f".. autoclass:: {module}.{name}\n   :members:\n"
    if inspect.isroutine(value):
        return f".. autofunction:: {module}.{name}\n"
    return f".. autodata:: {module}.{name}\n"


def _rst(entries: list[str]) -> str:
    lines = "\n".join(entries)
    return f"```{{eval-rst}}\n{lines}```\n"
