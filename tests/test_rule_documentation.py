"""Every rule's documentation: its sections, and its example, which is run."""

import re

import pytest
from support import Plugin

from qualitycheck import Check, Rule, Runner, Settings
from qualitycheck.settings import make_settings
from qualitycheck.testing import assert_documented

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
# What shows only in a whole document, and what cannot be seen on a page and is shown by its code points.
WHOLE_DOCUMENT = {"SYN001", "SYN002", "SYN003", "SYN005", "SYN010", "LLM011", "MTX010"}
AMONG_OTHERS = {"DUP001", "DUP002", "DUP010"}  # tests/plugins/test_duplicates.py
INVISIBLE = {"ENC003", "ENC004", "ENC006", "ENC007", "ENC008"}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_page_has_its_parts_and_its_example_is_found_before_and_not_after(rule):
    settings = make_settings({"select": [rule.code], "checks": SMALL, "languages": ["en"]})
    shown = rule.code not in WHOLE_DOCUMENT | AMONG_OTHERS | INVISIBLE
    assert_documented(rule.code, settings=settings, run_example=shown)


PAGE = """# MRK001 hash

## What it finds

A hash.

## Why it matters

It does not.

## Example

Before:

> A # here.

After:

> None here.

## Known false alarms

All.
"""


def documented(tmp_path, page):
    """Hold a rule with this page against it."""
    path = tmp_path / "page.md"
    path.write_text(page, encoding="utf-8")
    rule = Rule("MRK001", "hash", "A hash.", documentation=path)

    def inspect(self, document):
        yield from (self.finding("MRK001", match.span()) for match in document.finditer("#"))

    check = type("Hashes", (Check,), {"rules": (rule,), "inspect": inspect})()
    assert_documented("MRK001", plugins=[Plugin(check)])


def test_a_page_that_is_right(tmp_path):
    documented(tmp_path, PAGE)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("# MRK001 hash\n", "# MRK001 mark\n", "begins with “# MRK001 mark"),
        ("## Why it matters\n\nIt does not.\n\n", "", "has the parts"),
        ("It does not.\n", "", "has nothing under “Why it matters”"),
        ("Before:", "As it was:", "has no quotation below “Before:”"),
        ("A # here.", "None there.", "finds nothing in its example “Before”"),
        ("None here.", "One # here.", "finds something in its example “After”"),
    ],
)
def test_what_is_wrong_with_a_page_is_said(tmp_path, old, new, message):
    with pytest.raises(AssertionError, match=re.escape(message)):
        documented(tmp_path, PAGE.replace(old, new))


def test_a_rule_that_nobody_brings():
    with pytest.raises(AssertionError, match="no plugin brings rule ZZZ001"):
        assert_documented("ZZZ001", settings=Settings())
