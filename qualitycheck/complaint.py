"""What is said about texts that do not pass: why, their worst spans, and the points each check cost.

A test that fails is read by someone who did something else a minute ago. So the reason comes first, and a page of
findings is cut to the worst of each kind, in the form that ``qualitycheck check`` gives them.
"""

from __future__ import annotations

import dataclasses
import heapq
import io
import math
import shutil
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator

from qualitycheck.report import CheckResult, CorpusReport, ReportedFinding
from qualitycheck.reporters import Options
from qualitycheck.reporters.full import FullReporter
from qualitycheck.reporters.summary import count, next_step, shown_score
from qualitycheck.screen import Screen, harmless
from qualitycheck.standard import Judged

#: Findings shown of one text, and of each of those of a collection that are shown in full.
SHOWN = 6
SHOWN_OF_EACH = 3
#: Texts of a collection that are shown in full, and in the list of those that do not pass.
FULL = 3
ROWS = 10

_MARGIN = 8  # columns that pytest puts before each line of a message
_CLOSE = 1e-9  # points; sums of floats in another order


def about_text(judged: Judged, *, width: int | None = None, color: bool = False, shown: int = SHOWN) -> str:
    """The message about one text that does not pass. ``width`` is in columns; ``color`` paints for a terminal."""
    width = width or message_width()
    headline = Screen(None, color=color).paint(judged.headline, "bold")
    return "\n".join([headline, "", *details(judged, width=width, color=color, shown=shown), *_advice([judged])])


def about_collection(texts: Iterable[Judged], share: float) -> str:
    """The message about a collection of which less than ``share`` passes, in (0, 1]; empty where enough does.

    A check that crashed is never forgiven. However long the collection, no more of it is kept than is shown.
    """
    total = passed = crashed = 0
    rules = Counter[str]()
    worst: list[tuple[float, int, Judged]] = []
    for judged in texts:
        total += 1
        crashed += bool(judged.report.errors)
        if not judged.reasons:
            passed += 1
            continue
        rules += _rules(judged.report.findings)
        heapq.heappush(worst, (-judged.report.score, -total, judged))
        if len(worst) > ROWS:
            heapq.heappop(worst)
    if total == 0:
        return "there are no texts in the collection, so nothing was judged"
    if passed / total >= share and not crashed:
        return ""
    wanted = "all must" if share == 1 else f"at least {round(100 * share, 6):g}% must"
    lines = [f"{passed:,} of {count(total, 'text')} pass, {math.floor(1000 * passed / total) / 10:g}%; {wanted}"]
    if crashed:
        lines[0] += f"; checks crashed on {crashed:,}"
    shown = [judged for *_, judged in sorted(worst, reverse=True)]
    for judged in shown[:FULL]:
        lines += ["", *details(judged, width=message_width(), shown=SHOWN_OF_EACH)]
    lines += ["", "not passed, worst first:"]
    lines += [f"  {_row(judged)}" for judged in shown]
    if len(shown) < total - passed:
        lines.append(f"  and {total - passed - len(shown):,} more")
    if total - passed > FULL:
        lines += _wrapped(f"all their findings: {_counted(rules)}", message_width())
    return "\n".join([*lines, *_advice(shown)])


def about_comparison(new: Judged, old: Judged, tolerance: float) -> str:
    """The message about a text that is worse than an old one by over ``tolerance`` points; empty where it is not."""
    width = message_width()
    for judged in (new, old):
        if judged.report.errors:
            return "\n".join([judged.report.errors[0], *details(judged, width=width)])
    if old.document.text.strip() and not new.document.text.strip():
        return "the new text is empty, and the old one is not"
    worse = old.report.score - new.report.score
    if worse <= tolerance + _CLOSE:
        return ""
    allowed = f" ({tolerance:g} allowed)" if tolerance else ""
    scores = f"{shown_score(new.report.score)} of 100, and the old one {shown_score(old.report.score)}"
    lines = [f"the new text is worse by {worse:.3g} points{allowed}: {scores}"]
    lines += [f"  {line}" for line in _points_compared(new.report.checks, old.report.checks)]
    fresh = _fresh(new.report.findings, old.report.findings)
    if fresh:
        lines += ["", *_wrapped(f"what the old text has not: {_counted(_rules(fresh))}", width)]
        new = dataclasses.replace(new, report=dataclasses.replace(new.report, findings=fresh))
    return "\n".join([*lines, "", *details(new, width=width), *_advice([new])])


def details(judged: Judged, *, width: int, color: bool = False, shown: int = SHOWN) -> Iterator[str]:
    """The lines about one text: its worst findings, how many more there are, and the points each check cost.

    ``width`` is in columns, at least 40; ``color`` paints for a terminal.
    """
    findings = judged.report.findings
    worst = worst_findings(findings, shown)
    stream = io.StringIO()
    reporter = FullReporter(stream, Options(max(width, 40), color))
    reporter.document(judged.document, dataclasses.replace(judged.report, findings=worst))
    yield from stream.getvalue().rstrip("\n").splitlines()
    if len(worst) < len(findings):
        left = _rules(findings) - _rules(worst)
        yield from _wrapped(f"{count(left.total(), 'more finding')}: {_counted(left)}", width, "  ")


def worst_findings(findings: Iterable[ReportedFinding], shown: int) -> tuple[ReportedFinding, ...]:
    """The worst findings, in order of place: by severity, then one of each rule before a second of any."""
    seen = Counter[str]()
    ranked = []
    for finding in sorted(findings, key=lambda finding: (-finding.severity.rank, -finding.confidence)):
        seen[finding.code] += 1
        ranked.append((-finding.severity.rank, seen[finding.code], finding))
    ranked.sort(key=lambda item: item[:2])
    chosen = [finding for _, _, finding in ranked[:shown]]
    return tuple(sorted(chosen, key=lambda finding: -1 if finding.start is None else finding.start))


def message_width() -> int:
    """The columns that a line of a message may take up."""
    return min(max(shutil.get_terminal_size((80, 24)).columns - _MARGIN, 60), 100)


def _fresh(new: Iterable[ReportedFinding], old: Iterable[ReportedFinding]) -> tuple[ReportedFinding, ...]:
    """The findings of a new text that an old one has not: another rule, another text, or once more."""
    known = Counter((finding.code, finding.text) for finding in old)
    fresh = []
    for finding in new:
        if known[finding.code, finding.text] > 0:
            known[finding.code, finding.text] -= 1
        else:
            fresh.append(finding)
    return tuple(fresh)


def _points_compared(new: dict[str, CheckResult], old: dict[str, CheckResult]) -> Iterator[str]:
    for name in sorted(new, key=lambda name: -new[name].points):
        before = old[name].points if name in old else 0.0
        if new[name].points or before:
            yield f"{name}: {new[name].points:.1f} points lost, {before:.1f} before"


def _rules(findings: Iterable[ReportedFinding]) -> Counter[str]:
    return Counter(f"{finding.code} {finding.name}" for finding in findings)


def _counted(rules: Counter[str]) -> str:
    """``74 SYN001 odd-synonym, 6 BRC002 stray-brace``: the commonest first."""
    return ", ".join(f"{number:,} {rule}" for rule, number in rules.most_common())


def _wrapped(text: str, width: int, indent: str = "") -> list[str]:
    return textwrap.wrap(text, width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)


def _row(judged: Judged) -> str:
    """The name of a text and why it does not pass, on one line; the end of a long path tells more than its start."""
    width = message_width()
    reason = harmless(judged.headline)
    reason = reason if len(reason) <= width // 2 else f"{reason[: width // 2 - 1]}…"
    name, room = harmless(judged.report.name), width - len(reason) - 4
    return f"{name if len(name) <= room else f'…{name[1 - room :]}'}: {reason}"


def _advice(texts: Iterable[Judged]) -> list[str]:
    """What to do next, as a line of its own; none where nothing was found."""
    step = next_step(CorpusReport([judged.report for judged in texts]))
    return ["", f"Learn more: {step}"] if step else []
