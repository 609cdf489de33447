"""Templates of HTML pages: whatever a document holds is escaped, and an unknown name in a template is an error."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jinja2


def environment(package: str, **filters: Callable[..., Any]) -> jinja2.Environment:
    """The templates in the folder ``templates`` of a package, with further filters."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader(package),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(filters)
    return made
