"""Whether a rule's page has its parts, and its example shows what the rule finds."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qualitycheck.rule import Rule
from qualitycheck.runner import Runner
from qualitycheck.settings import Settings

#: The parts of a rule's page, in order.
PARTS = ("What it finds", "Why it matters", "Example", "Known false alarms")


def assert_documented(
    code: str, *, settings: Settings | None = None, plugins: Sequence[object] = (), run_example: bool = True
) -> None:
    """Raise AssertionError where a rule's page lacks a part, or its example is not what the rule finds.

    The page begins with ``# CODE name`` and has the four parts. The example has the texts “Before:” and “After:”, each
    in a quotation (lines that start with ``>``): the rule must find something in the first and nothing in the second,
    unless ``run_example`` is false. ``settings`` are those to check them with, ``plugins`` are objects beside the
    installed plugins.
    """
    __tracebackhide__ = True
    runner = Runner(settings or Settings(select=(code,)), plugins)
    if code not in runner.rules:
        failed = "; ".join(f"{each.name}: {each.reason}" for each in runner.plugins.failed)
        raise AssertionError(f"no plugin brings rule {code}" + (f"; {failed}" if failed else ""))
    rule = runner.rules[code]
    page = rule.help()
    if not page.startswith(f"# {code} {rule.name}\n"):
        raise AssertionError(f"the page of {code} begins with “{page[:60]}”, and not with “# {code} {rule.name}”")
    found = re.findall(r"^## (.*)$", page, re.MULTILINE)
    if found != [*PARTS]:
        raise AssertionError(f"the page of {code} has the parts {found}; it needs {[*PARTS]}")
    for part in PARTS:
        if not page.partition(f"\n## {part}\n")[2].split("\n## ")[0].strip():
            raise AssertionError(f"the page of {code} has nothing under “{part}”")
    if not run_example:
        return
    for part, wanted in (("Before", True), ("After", False)):
        text = example(rule, part)
        if any(finding.code == code for finding in runner.check(text).findings) is not wanted:
            raise AssertionError(f"{code} finds {'nothing' if wanted else 'something'} in its example “{part}”: {text}")


def example(rule: Rule, part: str) -> str:
    """The quoted text below “Before:” or “After:” on a rule's page. Raises AssertionError where there is none."""
    quoted = re.search(rf"^{part}:\n\n((?:>.*\n)+)", rule.help() + "\n", re.MULTILINE)
    if quoted is None:
        raise AssertionError(f"the page of {rule.code} has no quotation below “{part}:”")
    return "\n".join(line.removeprefix(">").removeprefix(" ") for line in quoted.group(1).splitlines())
