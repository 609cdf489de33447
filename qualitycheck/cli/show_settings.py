"""The settings in force, in the form in which a settings file holds them."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from qualitycheck.settings import Settings


def as_toml(settings: Settings) -> str:
    """The lines of a ``qualitycheck.toml`` that says what ``settings`` says."""
    return "\n".join(f"{name} = {_value(value)}" for name, value in msgspec.to_builtins(settings).items())


def _value(value: Any) -> str:
    """A value as TOML, whose strings, numbers, booleans and arrays are those of JSON."""
    if isinstance(value, dict):
        pairs = ", ".join(f"{json.dumps(name)} = {_value(each)}" for name, each in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_value, value))}]"
    return json.dumps(value, ensure_ascii=False)
