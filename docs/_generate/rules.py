"""A page for each rule, from the Markdown beside its check, and a table of all."""

from __future__ import annotations

from _generate.plugins import bundled
from qualitycheck import Check, Rule
from qualitycheck.rule import Fix

_FIXES = {
    Fix.NONE: "No machine can mend it.",
    Fix.SAFE: "`--fix` mends it.",
    Fix.UNSAFE: "`--unsafe-fixes` mends it, by what is likeliest.",
}


def pages() -> dict[str, str]:
    """The table, and the page of each rule."""
    found = sorted(
        ((rule, check, plugin.name) for plugin in bundled() for check in plugin.checks for rule in check.rules),
        key=lambda each: each[0].code,
    )
    return {
        "rules/index.md": _index([rule for rule, _, _ in found]),
        **{f"rules/{rule.code}.md": _page(rule, check, plugin) for rule, check, plugin in found},
    }


def _index(found: list[Rule]) -> str:
    rows = [
        f"| [{rule.code}]({rule.code}.md) | {rule.name} | {rule.severity.value} | {rule.message} |" for rule in found
    ]
    codes = "\n".join(rule.code for rule in found)
    table = "\n".join(["| code | name | severity | what it says |", "|---|---|---|---|", *rows])
    return f"# Rules\n\n{table}\n\n```{{toctree}}\n:hidden:\n\n{codes}\n```\n"


def _page(rule: Rule, check: Check, plugin: str) -> str:
    """What ``qualitycheck rule CODE`` prints, with who brings the rule below the title."""
    title, _, body = rule.help().strip().partition("\n")
    facts = f"Severity `{rule.severity.value}`. {_FIXES[rule.fix]} Check [{check.name}](../checks.md#{check.name})"
    facts += "." if plugin == check.name else f" of plugin `{plugin}`."
    asked = f" Only where it is asked for: `--select {rule.family}`." if check.opt_in else ""
    return f"{title}\n\n{facts}{asked}\n\n{body.strip()}\n"
