"""Tables of what can be set, from the structs that hold it: names, kinds, defaults, and what their docstrings say."""

from __future__ import annotations

import ast
import inspect
import json
import re
import textwrap
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import msgspec

_CLAUSE = re.compile(r"(?<=[.;])\s+")


def table(kind: type[msgspec.Struct], defaults: msgspec.Struct | None = None) -> str:
    """A row for each field; ``defaults`` are taken in place of those of the class."""
    rows = ["| name | what it is | kind | default |", "|---|---|---|---|"]
    for field in msgspec.structs.fields(kind):
        if isinstance(field.type, type) and issubclass(field.type, msgspec.Struct):
            continue  # a table of its own
        default = None if field.required else _default(field, defaults)
        rows.append(
            f"| `{field.encode_name}` | {meaning(kind, field.name)} | {_kind(field.type)} | {_shown(default)} |"
        )
    return "\n".join(rows)


def undocumented(kind: type[msgspec.Struct]) -> list[str]:
    """The fields that the docstring of the class says nothing of."""
    return [each.name for each in msgspec.structs.fields(kind) if not meaning(kind, each.name)]


def meaning(kind: type[msgspec.Struct], name: str) -> str:
    """What a field is: the docstring below it, or else what that of its class says of it; empty where neither does."""
    text = _below(kind).get(name) or " ".join(_clauses(kind, name))
    text = text.rstrip(".;").replace("|", "\\|")
    return re.sub(r"``(.+?)``", lambda match: f"`{_as_in_file(match[1], kind)}`", text)


def _below(kind: type[msgspec.Struct]) -> dict[str, str]:
    """The docstrings that stand below fields, which Python itself forgets."""
    (definition,) = ast.parse(textwrap.dedent(inspect.getsource(kind))).body
    assert isinstance(definition, ast.ClassDef)
    found = {}
    for field, below in pairwise(definition.body):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            said = below.value if isinstance(below, ast.Expr) else None
            if isinstance(said, ast.Constant) and isinstance(said.value, str):
                found[field.target.id] = " ".join(said.value.split())
    return found


def _clauses(kind: type[msgspec.Struct], name: str) -> Iterator[str]:
    """The clauses of the class's docstring about a field: those that name it in double backticks, and what goes on."""
    names = {field.name for field in msgspec.structs.fields(kind)}
    concerned = False
    for paragraph in (inspect.getdoc(kind) or "").split("\n\n"):
        for clause in _CLAUSE.split(" ".join(paragraph.split())):
            named = names.intersection(re.findall(r"``(.+?)``", clause))
            concerned = name in named if named else concerned
            if concerned:
                yield clause
        concerned = False


def _as_in_file(text: str, kind: type[msgspec.Struct]) -> str:
    names = {field.name: field.encode_name for field in msgspec.structs.fields(kind)}
    return names.get(text, text)


def _default(field: msgspec.structs.FieldInfo, defaults: msgspec.Struct | None) -> Any:
    if defaults is not None:
        return getattr(defaults, field.name)
    return field.default if field.default is not msgspec.NODEFAULT else field.default_factory()


def _shown(value: Any) -> str:
    return "" if value is None else f"`{_toml(value)}`"


def _toml(value: Any) -> str:
    plain = msgspec.to_builtins(value, str_keys=True)
    if isinstance(plain, dict):
        pairs = ", ".join(f"{name} = {_toml(each)}" for name, each in plain.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    return json.dumps(plain, ensure_ascii=False)


def _kind(kind: Any) -> str:
    """A field's type in words, with its bounds, as the library that validates it describes it."""
    schema = msgspec.json.schema(kind)
    target = schema.get("$ref", "").rsplit("/", 1)[-1]
    return _words(schema["$defs"][target] if target else schema)


def _words(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return "table"
    if "enum" in schema:
        return ", ".join(f"`{each}`" for each in schema["enum"])
    if "anyOf" in schema:
        return " or ".join(_words(each) for each in schema["anyOf"] if each.get("type") != "null")
    kind = schema.get("type", "any")
    if kind == "array":
        return f"list of {_words(schema.get('items') or {})}"
    if kind == "object":
        inner = schema.get("additionalProperties")
        return f"table of {_words(inner)}" if isinstance(inner, dict) else "table"
    name = {"string": "text", "integer": "whole number", "number": "number", "boolean": "true or false"}.get(kind, kind)
    bounds = [f"{sign} {schema[key]:g}" for key, sign in _BOUNDS.items() if key in schema]
    return f"{name}, {', '.join(bounds)}" if bounds else name


_BOUNDS = {"minimum": "≥", "exclusiveMinimum": ">", "maximum": "≤", "exclusiveMaximum": "<"}
