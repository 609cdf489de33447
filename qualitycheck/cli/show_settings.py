"""The settings in force, in the form in which a settings file holds them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from qualitycheck.checks import Check
from qualitycheck.settings import Settings


def as_toml(settings: Settings, checks: Iterable[Check] = ()) -> str:
    """The lines of a ``qualitycheck.toml`` that says what ``settings`` says, with the options of the checks."""
    values = msgspec.to_builtins(settings)
    given = values.pop("checks")
    options = {check.name: msgspec.to_builtins(check.options, str_keys=True) for check in checks}
    lines = list(_lines(values))
    for name, table in {**given, **options}.items():
        if table:
            lines += ["", f"[checks.{json.dumps(name)}]", *_lines(table)]
    return "\n".join(lines)


def _lines(table: Mapping[str, Any]) -> Iterator[str]:
    return (f"{name} = {_value(value)}" for name, value in table.items() if value is not None)


def _value(value: Any) -> str:
    """A value as TOML, whose strings, numbers, booleans and arrays are those of JSON."""
    if isinstance(value, dict):
        pairs = ", ".join(f"{json.dumps(name)} = {_value(each)}" for name, each in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_value, value))}]"
    return json.dumps(value, ensure_ascii=False)
