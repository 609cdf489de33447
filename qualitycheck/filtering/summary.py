"""What a run came to: as JSON for programs, and as a table for people."""

from __future__ import annotations

from typing import Any

import msgspec

from qualitycheck.filtering.records import FOLDERS
from qualitycheck.filtering.tally import BINS, MILLIONTHS, Example, Tally
from qualitycheck.screen import Screen
from qualitycheck.version import __version__

_BAR = 30
_MOST_LINES = 12


def as_dict(tally: Tally, **facts: Any) -> dict[str, Any]:
    """The contents of ``summary.json``; ``facts`` are about the run: inputs, settings, time."""
    rules = sorted(tally.rules.items(), key=lambda item: (-item[1][0], item[0]))
    return {
        "schema": 1,
        "tool": f"qualitycheck {__version__}",
        **facts,
        "documents": tally.documents,
        "not_sampled": tally.unsampled,
        "bytes": tally.bytes,
        "words": tally.words,
        "folders": {folder: tally.folders[folder] for folder in FOLDERS if folder in tally.folders},
        "verdicts": {verdict: tally.verdicts.get(verdict, 0) for verdict in ("accept", "review", "reject")},
        "reasons": _sorted(tally.reasons),
        "crashed_checks": tally.crashes,
        "points": {name: points / MILLIONTHS for name, points in _sorted(tally.points).items()},
        "documents_charged": _sorted(tally.charged),
        "score_histogram": [
            {"from": place * 100 // BINS, "to": (place + 1) * 100 // BINS, "documents": number}
            for place, number in enumerate(tally.histogram)
        ],
        "rules": [
            {"code": code, "name": tally.names[code], "documents": documents, "findings": findings}
            for code, (documents, findings) in rules
        ],
        "sources": dict(sorted(tally.sources.items())),
        "worst": [_example(each) for each in tally.worst],
        "borderline": [_example(each) for each in tally.borderline],
        "samples": {code: msgspec.to_builtins(samples) for code, samples in sorted(tally.samples.items())},
    }


def _sorted(counts: dict[str, int]) -> dict[str, int]:
    """Counts, the largest first."""
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _example(example: Example) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(example)
    del plain["rank"]
    return plain


def as_lines(summary: dict[str, Any], screen: Screen) -> list[str]:
    """The summary in lines for a terminal; what comes from documents is made harmless."""
    total = summary["documents"]
    lines = [f"{'documents':<12}{total:>12,}{'':10}{summary['bytes'] / 1e6:,.1f} MB, {summary['words']:,} words"]
    lines += [f"{name:<12}{number:>12,}{_share(number, total)}" for name, number in summary["folders"].items()]
    if summary["not_sampled"]:
        lines.append(f"{'not sampled':<12}{summary['not_sampled']:>12,}")
    lines += _table("why, where it was not the score", summary["reasons"], total)
    points = {
        name: f"{value:,.0f} points in {summary['documents_charged'][name]:,} documents"
        for name, value in summary["points"].items()
    }
    if points:
        lines += ["", "points by check"]
        lines += [f"  {screen.exact(name):<20}{text}" for name, text in points.items()]
    lines += _histogram(summary["score_histogram"])
    if summary["rules"]:
        lines += ["", f"{'documents':>11}  {'findings':>10}  rule"]
        lines += [
            f"{rule['documents']:>11,}  {rule['findings']:>10,}  {rule['code']} {rule['name']}"
            for rule in summary["rules"][:_MOST_LINES]
        ]
    lines += _sources(summary["sources"], screen)
    for title in ("worst", "borderline"):
        if summary[title]:
            lines += ["", title]
            lines += [_shown(each, screen) for each in summary[title][:5]]
    return lines


def _share(number: int, total: int) -> str:
    return f"{100 * number / total:>8.2f} %" if total else ""


def _table(title: str, counts: dict[str, int], total: int) -> list[str]:
    if not counts:
        return []
    return ["", title, *(f"  {name:<18}{number:>10,}{_share(number, total)}" for name, number in counts.items())]


def _histogram(bins: list[dict[str, int]]) -> list[str]:
    most = max(each["documents"] for each in bins)
    if not most:
        return []
    lines = ["", "scores"]
    for each in reversed(bins):
        if each["documents"]:
            bar = "#" * max(1, round(_BAR * each["documents"] / most))
            lines.append(f"  {each['from']:>3} to {each['to']:<3}{each['documents']:>12,}  {bar}")
    return lines


def _sources(sources: dict[str, dict[str, int]], screen: Screen) -> list[str]:
    if not sources:
        return []
    largest = sorted(sources.items(), key=lambda item: (-sum(item[1].values()), item[0]))[:_MOST_LINES]
    lines = ["", "by source"]
    for name, folders in largest:
        counts = ", ".join(f"{folders[folder]:,} {folder}" for folder in FOLDERS if folder in folders)
        lines.append(f"  {screen.exact(name[:40]):<24} {counts}")
    if len(sources) > len(largest):
        lines.append(f"  and {len(sources) - len(largest):,} more")
    return lines


def _shown(example: dict[str, Any], screen: Screen) -> str:
    name = example["id"] or f"{example['file']}:{example['line']}"
    rules = " ".join(example["rules"])
    return f"  {example['score']:>6.1f}  {example['verdict']:<8}{screen.exact(str(name)[:60])}  {rules}".rstrip()
