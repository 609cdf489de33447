"""The hooks: what a plugin can implement."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from qualitycheck import hookspecs


def hooks() -> list[Callable[..., Any]]:
    """The hook specifications, in the order of their file."""
    return [
        each for each in vars(hookspecs).values() if inspect.isfunction(each) and hasattr(each, "qualitycheck_spec")
    ]


def page() -> str:
    """The page; Sphinx takes signatures and docstrings from the code."""
    entries = "\n".join(f".. autofunction:: {each.__module__}.{each.__name__}\n" for each in hooks())
    return f"""# Hooks

A plugin is a module, or an object, with functions of these names, each marked with `@qualitycheck.hookimpl`; it takes
as many of the arguments as it needs. The interface has version {hookspecs.INTERFACE}: a plugin says which it is written
for as `qualitycheck_interface = {hookspecs.INTERFACE}`, and one for a newer interface is refused.

```{{eval-rst}}
{entries}```
"""
