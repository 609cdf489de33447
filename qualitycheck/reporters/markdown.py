"""A summary for a pull request or a job's page: verdicts, the worst documents, the commonest rules, their findings.

Everything that comes from a document stands in code spans, which nothing in it can end: no markup, no link, no mention
of a person. It is kept shorter than the longest comment that GitHub takes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from qualitycheck.document import Document
from qualitycheck.report import CorpusReport, DocumentReport, ReportedFinding
from qualitycheck.reporters import Reporter
from qualitycheck.reporters.summary import closing, rule_counts, shown_score
from qualitycheck.screen import Screen

#: Rows of the tables, findings told of a document, and documents whose findings are told.
ROWS, FINDINGS, DOCUMENTS = 20, 10, 10
#: Characters; a comment on GitHub may have 65,536.
LONGEST = 60_000

_CLIPPED = 120
_SIGNS = {"accept": "✅", "review": "⚠️", "reject": "❌"}


class MarkdownReporter(Reporter):
    """GitHub-flavoured Markdown, at the end, the worst first."""

    name: ClassVar[str] = "markdown"
    streams: ClassVar[bool] = False

    def document(self, document: Document, report: DocumentReport) -> None:
        """Nothing yet: the worst come first."""

    def finish(self, report: CorpusReport) -> None:
        """Write the summary."""
        screen = Screen(self.stream.encoding)
        worst = sorted(report.documents, key=lambda each: (each.score, -len(each.findings), each.name))
        parts = [_head(report, screen), _table(worst, screen), _rules(report)]
        parts += [_details(document, screen) for document in worst[:DOCUMENTS] if document.findings]
        room = LONGEST
        for part in filter(None, parts):
            room -= len(part) + 1
            if room < 0:
                break
            self.stream.write(f"{part}\n")


def _head(report: CorpusReport, screen: Screen) -> str:
    lines = ["## Quality report", "", screen.words(closing(report))]
    if report.errors:
        lines += ["", *(f"- {code(error, screen)}" for error in report.errors[:ROWS])]
    return "\n".join([*lines, ""])


def _table(worst: list[DocumentReport], screen: Screen) -> str:
    if not worst:
        return ""
    lines = ["| Score | Verdict | Document | Findings | Words |", "|---:|---|---|---:|---:|"]
    for each in worst[:ROWS]:
        sign = _SIGNS[each.verdict] if screen.exact(_SIGNS[each.verdict]) == _SIGNS[each.verdict] else ""
        cells = [shown_score(each.score), f"{sign} {each.verdict}".strip(), code(each.name, screen).replace("|", "\\|")]
        cells += [f"{len(each.findings):,}", f"{each.words:,}"]
        lines.append(f"| {' | '.join(cells)} |")
    if len(worst) > ROWS:
        lines += ["", f"and {len(worst) - ROWS:,} more"]
    return "\n".join([*lines, ""])


def _rules(report: CorpusReport) -> str:
    counts = rule_counts(report)
    if not counts:
        return ""
    lines = ["| Rule | Severity | Findings | Documents |", "|---|---|---:|---:|"]
    for each in counts[:ROWS]:
        lines.append(f"| {each.code} {each.name} | {each.severity} | {each.findings:,} | {each.documents:,} |")
    return "\n".join([*lines, ""])


def _details(document: DocumentReport, screen: Screen) -> str:
    name = screen.exact(document.name).replace("&", "&amp;").replace("<", "&lt;")
    title = f"<code>{name}</code>: {document.verdict}, {shown_score(document.score)} of 100"
    lines = ["<details>", f"<summary>{title}</summary>", ""]
    # The worst findings, in the order of their place.
    told = sorted(document.findings, key=lambda each: (-each.severity.rank, -each.confidence))[:FINDINGS]
    lines += [f"- {line}" for each in document.findings if each in told for line in _finding(each, screen)]
    if len(document.findings) > len(told):
        lines.append(f"- and {len(document.findings) - len(told):,} more")
    return "\n".join([*lines, "", "</details>", ""])


def _finding(finding: ReportedFinding, screen: Screen) -> Iterator[str]:
    place = f"{finding.line}:{finding.column} " if finding.line is not None else ""
    change = ""
    if finding.text:
        change = f" {code(finding.text, screen)}"
        if finding.suggestions:
            text = finding.suggestions[0].text
            arrow = screen.words("→")
            change += f" {arrow} {code(text, screen) if text else 'leave it out'}"
    message = "" if finding.text and finding.text in finding.message else f": {code(finding.message, screen)}"
    yield f"{place}**{finding.code}** {finding.name}{change}{message}"


def code(text: str, screen: Screen) -> str:
    """A text as a code span that it cannot end."""
    dots = screen.words("…")
    shown = screen.exact(text if len(text) <= _CLIPPED else f"{text[:_CLIPPED]}{dots}")
    # Spaces of many kinds would not be seen; a span that is nothing else would be no span at all.
    shown = re.sub(r"\s", " ", shown) or " "
    fence = "`" * (max(map(len, re.findall("`+", shown)), default=0) + 1)
    pad = " " if shown.startswith(("`", " ")) or shown.endswith(("`", " ")) else ""
    return f"{fence}{pad}{shown}{pad}{fence}"
