"""Every rule's documentation: its sections, and its example, which is run."""

import re

import pytest

from qualitycheck import Runner
from qualitycheck.settings import make_settings

RUNNER = Runner()
# What is measured in long texts only, or has no limit by default, is shown in a few lines.
SMALL = {
    "repetition": {"min-words": 5, "min-lines": 2},
    "statistics": {
        "text-words": 1,
        "text-lines": 2,
        "min-words": 5,
        "min-sentences": 2,
        "min-long-lines": 1,
        "max-capital-words": 0.5,
        "max-word-length": 100,
    },
}
RULES = sorted(RUNNER.rules.values(), key=lambda rule: rule.code)
SECTIONS = ["What it finds", "Why it matters", "Example", "Known false alarms"]
# What shows only in a whole document, and what cannot be seen on a page and is shown by its code points.
WHOLE_DOCUMENT = {"SYN001", "SYN002", "SYN003", "SYN005", "SYN010", "LLM011", "MTX010"}
INVISIBLE = {"ENC003", "ENC004", "ENC006", "ENC007", "ENC008"}


def example(rule, part):
    """The quoted text after “Before:” or “After:”."""
    lines = re.search(rf"^{part}:\n\n((?:>.*\n)+)", rule.help(), re.MULTILINE)
    return "\n".join(line.removeprefix(">").removeprefix(" ") for line in lines.group(1).splitlines())


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_documentation_has_its_parts(rule):
    text = rule.help()
    assert text.startswith(f"# {rule.code} {rule.name}\n")
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == SECTIONS


@pytest.mark.parametrize(
    "rule",
    [rule for rule in RULES if rule.code not in WHOLE_DOCUMENT | INVISIBLE],
    ids=lambda rule: rule.code,
)
def test_the_example_is_found_before_and_not_after(rule):
    runner = Runner(make_settings({"select": [rule.code], "checks": SMALL, "languages": ["en"]}))
    assert rule.code in {finding.code for finding in runner.check(example(rule, "Before")).findings}
    assert rule.code not in {finding.code for finding in runner.check(example(rule, "After")).findings}
