"""What users can set of a check: declared by the check as a struct, validated here, shown by ``--show-settings``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from qualitycheck.errors import SettingsError, nearest

if TYPE_CHECKING:
    from qualitycheck.checks import Check

Struct = TypeVar("Struct", bound=msgspec.Struct)


class Options(msgspec.Struct, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """The base of a check's options: subclass it, and give each field a type and a default.

    A field ``max_lines: int = 5`` is set by ``max-lines = 9`` under ``[tool.qualitycheck.checks.NAME]``, where NAME is
    that of the check. An unknown name or a value of the wrong type is an error that says so; ``typing.Annotated`` with
    ``msgspec.Meta(ge=0)`` bounds a value, and a ValueError raised in ``__post_init__`` refuses the rest.
    """


def field_names(kind: type[msgspec.Struct]) -> list[str]:
    """The names of the fields as they stand in a file."""
    return [field.encode_name for field in msgspec.structs.fields(kind)]


def convert(
    values: Mapping[str, Any], kind: type[Struct], source: str, noun: str, known: Sequence[str] | None = None
) -> Struct:
    """Plain values as a struct; ``source`` names where they come from, ``noun`` what one of them is.

    ``known`` are the names to suggest from, where they are more than those of the fields.

    Raises SettingsError for an unknown name (with the nearest known one) or a value of the wrong kind.
    """
    _know(values, kind, source, noun, known)
    try:
        return msgspec.convert(dict(values), kind, str_keys=True)
    except msgspec.ValidationError as error:
        where = re.search(r" - at (?:`key` in )?`\$\.?(.*)`$", str(error))
        text = str(error)[: where.start()] if where else str(error)
        name = f"“{where.group(1)}”: " if where and where.group(1) else ""
        raise SettingsError(f"{source}: {name}{text[:1].lower()}{text[1:]}") from None


def _know(
    values: Mapping[str, Any], kind: type[msgspec.Struct], source: str, noun: str, known: Sequence[str] | None = None
) -> None:
    """Raise SettingsError for a name that is no field's; structs within are gone through as well."""
    fields = {field.encode_name: field.type for field in msgspec.structs.fields(kind)}
    for name, value in values.items():
        if name not in fields:
            raise SettingsError(f"{source}: unknown {noun} “{name}”{nearest(name, list(known or fields))}")
        inner = fields[name]
        if isinstance(value, Mapping) and isinstance(inner, type) and issubclass(inner, msgspec.Struct):
            _know(value, inner, f"{source}.{name}", noun)


def configure(checks: Iterable[Check], given: Mapping[str, Mapping[str, Any]]) -> None:
    """Give each check the options that are set for it, by the name of the check; its defaults fill the rest.

    Raises SettingsError for a check that there is not, an unknown option, or a value of the wrong kind.
    """
    by_name = {check.name: check for check in checks}
    for name in given:
        if name not in by_name:
            raise SettingsError(f"checks: unknown check “{name}”{nearest(name, list(by_name))}")
    for name, check in by_name.items():
        if name in given:
            check.options = convert(given[name], type(check.options), f"checks.{name}", "option")
