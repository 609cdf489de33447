"""Explanations for people: what a check says of a finding or a document, as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from qualitycheck.explaining import Account, ExplainedCheck, ExplainedFinding
from qualitycheck.explanation import Explanation, Row, Table
from qualitycheck.reporters.summary import count, shown_score
from qualitycheck.reporters.terminal import INDENT, Terminal

_WHOLE = 5  # findings of a rule about the whole document that are shown


def account_lines(terminal: Terminal, account: Account, *, verbose: bool = False) -> Iterator[str]:
    """The answer to what was asked; ``verbose`` tells of checks that cost nothing, too."""
    if account.line is None:
        yield from _verdict(terminal, account, verbose=verbose)
    elif account.findings:
        for number, explained in enumerate(account.findings):
            if number:
                yield ""
            yield from _finding(terminal, account, explained)
        if account.further:
            yield ""
            told = f"{count(account.further, 'more finding')} in this place; a column says which is meant"
            yield from terminal.wrapped(told, "")
    else:
        yield from _nothing(terminal, account)


def _verdict(terminal: Terminal, account: Account, *, verbose: bool) -> Iterator[str]:
    """How the score follows from what the checks found, and what each says of the document."""
    report = account.report
    yield terminal.header(report)
    costly = [check for check in account.checks if check.result.points > 0]
    kept = " * ".join(f"(1 - {check.weight:g} * {check.result.badness:.4g})" for check in costly)
    yield from terminal.wrapped(f"score: 100 * {kept or '1'} = {shown_score(report.score)}", INDENT)
    silent = []
    for check in account.checks:
        told = bool(check.rules or check.explanation) if verbose else check in costly
        if told or check.failure or check.result.status == "crashed":
            yield ""
            yield from _check(terminal, account, check)
        else:
            silent.append(check.name)
    if silent:
        yield ""
        more = "" if verbose else "; --verbose tells what they measured"
        yield from terminal.wrapped(f"no points lost to {', '.join(silent)}{more}", INDENT, "dim")
    for note in report.notes:
        yield from terminal.wrapped(f"note: {note}", INDENT, "info")


def _nothing(terminal: Terminal, account: Account) -> Iterator[str]:
    """That there is no finding, what was looked at, and what is next to it."""
    report = account.report
    column = f":{account.column}" if account.column is not None else ""
    why = "this is markup or code, where nothing is looked for" if account.markup else "no finding here"
    yield f"{terminal.screen.exact(report.name)}:{account.line}{column} {terminal.screen.words(why)}"
    shown = _shown(report.score, report.verdict)
    ran = ", ".join(name for name, result in report.checks.items() if result.status == "ok") or "no check"
    yield from terminal.wrapped(f"the document has {shown}; looked at by {ran}", INDENT)
    if account.nearest:
        yield ""
        yield "The nearest findings:"
    for finding in account.nearest:
        yield ""
        yield from terminal.finding(account.document, report, finding)


def _finding(terminal: Terminal, account: Account, explained: ExplainedFinding) -> Iterator[str]:
    """A finding as ``full`` shows it, then why it is one and what it costs."""
    report, without = account.report, explained.without
    yield from terminal.finding(account.document, report, explained.finding)
    yield from _explanation(terminal, explained.explanation, explained.failure)
    told = f"the document has {_shown(report.score, report.verdict)}; without this finding it would have "
    yield from terminal.wrapped(told + _shown(without.score, without.verdict), INDENT)


def _check(terminal: Terminal, account: Account, check: ExplainedCheck) -> Iterator[str]:
    result, paint = check.result, terminal.screen.paint
    if result.status == "crashed":
        yield from terminal.wrapped(f"{check.name} crashed: {result.reason}", INDENT, "error")
        return
    cost = f"{result.points:.1f} points" if result.points else "no points"
    yield f"{INDENT}{paint(terminal.screen.words(check.name), 'bold')} {paint(f'cost {cost}', 'dim')}"
    for rule in check.rules:
        without = _shown(rule.without.score, rule.without.verdict)
        found = [each for each in account.report.findings if each.code == rule.code]
        first = next((f", first at {each.line}:{each.column}" for each in found if each.line is not None), "")
        told = f"{rule.code} {rule.name}: {count(rule.findings, 'finding')}{first}; without {without}"
        yield from terminal.wrapped(told, 2 * INDENT)
        whole = [each for each in found if each.start is None]
        for finding in whole[:_WHOLE]:
            yield from terminal.wrapped(finding.message, 3 * INDENT)
    yield from _explanation(terminal, check.explanation, check.failure, 2 * INDENT)


def _explanation(
    terminal: Terminal, explanation: Explanation, failure: str | None, indent: str = INDENT
) -> Iterator[str]:
    if failure is not None:
        yield from terminal.wrapped(failure, indent, "error")
    if explanation.text:
        yield from terminal.wrapped(explanation.text, indent)
    for table in explanation.tables:
        yield from _table(terminal, table, indent)


def _table(terminal: Terminal, table: Table, indent: str) -> Iterator[str]:
    """The rows under their title, values first: labels may hold any text of the document, in any direction."""
    yield from terminal.wrapped(f"{table.title}:", indent, "help")
    values = [value(row) for row in table.rows]
    room = max((len(each) for each in values), default=0)
    units = max((len(row.unit) for row in table.rows), default=0)
    for row, number in zip(table.rows, values, strict=True):
        unit = f" {terminal.screen.words(row.unit):<{units}}" if units else ""
        start = f"{indent}{INDENT}{terminal.screen.words(number):>{room}}{unit}"
        note = f" ({row.note})" if row.note else ""
        yield from _hung(terminal, start, f"{row.label}{note}")


def _hung(terminal: Terminal, start: str, text: str) -> Iterator[str]:
    """``text`` behind ``start``, further lines of it below its own beginning."""
    indent = " " * (len(start) + 2)
    for number, line in enumerate(terminal.wrapped(text, indent)):
        yield f"{start}{line[len(start) :]}" if number == 0 else line


def value(row: Row) -> str:
    """A value as people read it; evidence in nats with its sign."""
    if isinstance(row.value, str):
        return row.value
    if row.unit == "nats":
        return f"{row.value:+.2f}"
    if row.value == int(row.value) and abs(row.value) < 1e15:
        return f"{row.value:,.0f}"
    return f"{row.value:.0f}" if abs(row.value) >= 1000 else f"{row.value:.3g}"


def _shown(score: float, verdict: str) -> str:
    return f"{shown_score(score)} ({verdict})"
