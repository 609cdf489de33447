"""The bundled checks: what each is, its rules, and what can be set."""

from __future__ import annotations

import inspect
import re

import msgspec

from _generate.fields import table
from _generate.plugins import bundled
from qualitycheck import Check


def page() -> str:
    """The page: a section for each check."""
    checks = sorted((check for plugin in bundled() for check in plugin.checks), key=lambda check: check.name)
    sections = "\n\n".join(map(_section, checks))
    return f"# Checks\n\nA check brings rules, and can take a share of the score, its weight.\n\n{sections}\n"


def structs(check: Check) -> list[type[msgspec.Struct]]:
    """The class of a check's options, and those of the tables within it."""
    own = type(check.options)
    return [own, *(field.type for field in msgspec.structs.fields(own) if _is_table(field))]


def _is_table(field: msgspec.structs.FieldInfo) -> bool:
    return isinstance(field.type, type) and issubclass(field.type, msgspec.Struct)


def _section(check: Check) -> str:
    lines = [f"## {check.name}", "", summary(check), ""]
    lines += ["Rules: " + ", ".join(f"[{rule.code}](rules/{rule.code}.md)" for rule in check.rules) + ".", ""]
    languages = ", ".join(f"`{each}`" for each in sorted(check.languages)) if check.languages else "any"
    facts = [f"weight {check.weight:g}", f"languages: {languages}"]
    facts += [f"from {check.min_words} words on"] if check.min_words else []
    facts += ["whole documents only"] if check.whole_documents else []
    facts += [f"of group `{check.group}` the worst check counts"] if check.group else []
    facts += ["only where its rules are selected"] if check.opt_in else []
    lines += [f"{'; '.join(facts)[:1].upper()}{'; '.join(facts)[1:]}.", ""]
    fields = {field.type: field for field in msgspec.structs.fields(type(check.options))}
    for kind in structs(check):
        if any(not _is_table(field) for field in msgspec.structs.fields(kind)):
            inner = fields.get(kind)
            name = f"checks.{check.name}" + (f".{inner.encode_name}" if inner else "")
            values = getattr(check.options, inner.name) if inner else check.options
            lines += [f"`[{name}]`:", "", table(kind, values), ""]
    return "\n".join(lines).rstrip()


def summary(check: Check) -> str:
    """The first paragraph of the check's docstring."""
    text = " ".join((inspect.getdoc(type(check)) or "").split("\n\n")[0].split())
    return re.sub(r"``(.+?)``", r"`\1`", text)
