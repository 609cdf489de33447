"""The JSON that reports and comparisons are written as, from the schemas that tests hold them against."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

SCHEMAS = ("report-1.schema.json", "comparison-1.schema.json")


def schema(name: str) -> dict[str, Any]:
    """A schema of the package."""
    loaded: dict[str, Any] = json.loads((files("qualitycheck") / "schema" / name).read_text(encoding="utf-8"))
    return loaded


def page() -> str:
    """The page: each schema's objects with their properties, and the schema itself."""
    parts = [
        "# JSON",
        "",
        "`--output-format json` prints one report; a line of `jsonl` is one of its documents. The schemas are part of",
        "the package: `qualitycheck/schema/`.",
        "",
    ]
    for name in SCHEMAS:
        loaded = schema(name)
        parts += [f"## {loaded['title']}", "", loaded.get("description", ""), "", f"`{name}`", ""]
        for title, each in objects(loaded):
            parts += [f"### {title}", "", each.get("description", ""), "", *_rows(each, loaded), ""]
    return "\n".join(parts)


def objects(loaded: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The schema's objects with properties by what they are called, the whole first."""
    yield from _within(loaded.get("title", ""), loaded)
    for name, each in loaded.get("$defs", {}).items():
        yield from _within(name, each)


def _within(name: str, each: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    if "properties" in each:
        yield name, each
        for key, inner in each["properties"].items():
            inner = inner.get("items", inner)
            if "properties" in inner:
                yield from _within(f"{name}: {key}", inner)


def meaning(value: dict[str, Any], loaded: dict[str, Any]) -> str:
    """What a property's description says, or that of what it refers to."""
    target = value.get("$ref") or value.get("items", {}).get("$ref")
    inner = loaded["$defs"][target.rsplit("/", 1)[1]] if target else {}
    return str(value.get("description") or inner.get("description") or value.get("items", {}).get("description", ""))


def _rows(each: dict[str, Any], loaded: dict[str, Any]) -> Iterator[str]:
    yield "| name | kind | what it is |"
    yield "|---|---|---|"
    for name, value in each["properties"].items():
        optional = "" if name in each.get("required", ()) else " (not always)"
        yield f"| `{name}`{optional} | {_kind(value)} | {meaning(value, loaded)} |"


def _kind(value: dict[str, Any]) -> str:
    if "$ref" in value:
        return str(value["$ref"]).rsplit("/", 1)[1]
    if "enum" in value:
        return ", ".join(f"`{json.dumps(each)}`" for each in value["enum"])
    if "const" in value:
        return f"`{json.dumps(value['const'])}`"
    kind = value.get("type", "")
    if kind == "array":
        return f"list of {_kind(value.get('items', {}))}"
    return " or ".join(kind) if isinstance(kind, list) else kind or "any"
