"""What a finding is about, why it is one, and what its rule says, for an editor to show beside it.

What comes from the document can be no markup and no link: it is escaped, or stands in a block of code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualitycheck.explaining import ExplainedFinding
from qualitycheck.explanation import Explanation, Table
from qualitycheck.reporters.explained import value
from qualitycheck.reporters.summary import likely, shown_score
from qualitycheck.rule import Rule
from qualitycheck.screen import Screen
from qualitycheck.server.judged import Judged

_SUGGESTIONS = 5
_LONGEST = 200  # code points of a line
_SECTION = "## What it finds"
_SCREEN = Screen("utf-8")
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")


def hover(judged: Judged, start: int, end: int, most: int = 3) -> str:
    """Markdown about the findings that touch a span; empty where there are none."""
    found = judged.touching(start, end)
    told = ["\n".join(_finding(judged, judged.explainer.finding(each))) for each in found[:most]]
    if len(found) > most:
        told.append(f"and {len(found) - most} more here")
    return "\n\n---\n\n".join(told)


def _finding(judged: Judged, explained: ExplainedFinding) -> Iterator[str]:
    finding, report, without = explained.finding, judged.report, explained.without
    sure = f", {min(finding.confidence, 0.99):.0%}" if finding.confidence < 1 else ""
    yield f"**{finding.code} {finding.name}** ({finding.severity.value}{sure}): {_escaped(finding.message)}\n"
    if finding.suggestions:
        shown = likely(finding.suggestions)[:_SUGGESTIONS]
        yield f"Instead: {', '.join(_escaped(f'“{each.text}”') if each.text else 'nothing' for each in shown)}\n"
    yield from _explanation(explained.explanation)
    if explained.failure:
        yield f"{_escaped(explained.failure)}\n"
    yield (
        f"The document has {shown_score(report.score)} of 100 ({report.verdict}); without this finding it would have "
        f"{shown_score(without.score)} ({without.verdict}).\n"
    )
    yield from _rule(judged.runner.rules[finding.code])


def _explanation(explanation: Explanation) -> Iterator[str]:
    if explanation.text:
        yield f"{_escaped(explanation.text)}\n"
    if explanation.tables:
        lines = [line for table in explanation.tables for line in _table(table)]
        fence = "`" * (max(len(run) for line in ["``", *lines] for run in re.findall("`*", line)) + 1)
        yield "\n".join([f"{fence}text", *lines, f"{fence}\n"])


def _table(table: Table) -> Iterator[str]:
    yield _clipped(f"{table.title}:")
    values = [f"{value(row)} {row.unit}".rstrip() for row in table.rows]
    room = max(map(len, values), default=0)
    for row, shown in zip(table.rows, values, strict=True):
        note = f" ({row.note})" if row.note else ""
        yield _clipped(f"  {shown:>{room}}  {row.label}{note}")


def _rule(rule: Rule) -> Iterator[str]:
    """What the rule's page says that it finds; the page is the plugin's, and may have markup."""
    section = rule.help().partition(_SECTION)[2].partition("\n## ")[0].strip()
    if section:
        yield f"*What the rule finds:* {section}"


def _clipped(text: str) -> str:
    return _SCREEN.words(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")


def _escaped(text: str) -> str:
    return _PUNCTUATION.sub(r"\\\g<0>", _clipped(text))
