"""The rules' own documentation as HTML, for those who ask what a rule is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markupsafe import Markup

from qualitycheck.plugins import FOREIGN_ERRORS, Plugins
from qualitycheck.rule import Rule


@dataclass(frozen=True, slots=True)
class DocumentedRule:
    """A rule with its documentation as HTML, without the title."""

    rule: Rule
    body: Markup


def documented(codes: Iterable[str], plugins: Plugins | None) -> list[DocumentedRule]:
    """The rules with these codes that a plugin brings, sorted by code."""
    known = {rule.code: rule for rule in plugins.rules} if plugins else {}
    return [DocumentedRule(known[code], _html(known[code])) for code in sorted(codes) if code in known]


def _html(rule: Rule) -> Markup:
    """The documentation, its sections as headings of the fourth level; HTML in it is shown and not obeyed."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    try:
        text = rule.help()
    except FOREIGN_ERRORS:
        text = rule.message
    first, _, rest = text.strip().partition("\n")
    tokens = markdown.parse(rest if first.startswith("# ") else text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = "h4"
    return Markup(markdown.renderer.render(tokens, markdown.options, {}))
