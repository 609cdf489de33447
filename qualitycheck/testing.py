"""Tests for rules, bundled and foreign alike: the cases of a rule live in one TOML file.

    rule = "BRC002"

    [[pass]]
    name = "set notation"
    text = "Let S = {1, 2, 3}."

    [[fail]]
    name = "a listed word without alternatives"
    text = "{That a} president would say so."
    finds = ["{That a}"]
    suggestions = ["That a"]

    [[known_failure]]
    name = "what the rule gets wrong today, and why"
    text = "..."
    finds = []

``pass`` texts must give no finding of the rule. ``fail`` texts must give exactly the findings in ``finds``, named by
their text in order of place, or in ``spans`` as pairs of offsets; ``document = true`` stands for one finding about the
whole document. ``suggestions`` are the first suggestion of each. A ``known_failure`` states what should come out and
must not: once it does, its test fails and asks to be moved. ``repeat`` repeats the text, ``seconds`` bounds the time,
and ``format`` names the reader (``text``, ``markdown``, ``html``).
"""

from __future__ import annotations

import time
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any

from qualitycheck.report import DocumentReport
from qualitycheck.runner import Runner
from qualitycheck.settings import Settings

_KEYS = {"name", "text", "finds", "spans", "document", "suggestions", "repeat", "seconds", "format"}


@dataclass(frozen=True, slots=True)
class Case:
    """One case of a rule; ``kind`` is ``pass``, ``fail`` or ``known_failure``."""

    rule: str
    kind: str
    name: str
    text: str
    finds: tuple[str, ...] | None = None
    spans: tuple[tuple[int, int], ...] | None = None
    document: bool = False
    suggestions: tuple[str, ...] | None = None
    seconds: float | None = None
    format: str = "text"

    def __str__(self) -> str:
        return f"{self.rule} {self.kind}: {self.name}"


def load_cases(path: str | PathLike[str]) -> list[Case]:
    """The cases of one file, or of every ``.toml`` file of a folder.

    Raises ValueError, naming file and case, for a key that means nothing or a case that states nothing.
    """
    place = Path(path)
    if place.is_dir():
        return [case for file in sorted(place.glob("*.toml")) for case in load_cases(file)]
    data = tomllib.loads(place.read_text(encoding="utf-8"))
    cases = [
        _case(place, data["rule"], kind, entry)
        for kind in ("pass", "fail", "known_failure")
        for entry in data.get(kind, [])
    ]
    unknown = set(data) - {"rule", "pass", "fail", "known_failure"}
    if unknown or not cases:
        raise ValueError(f"{place}: {f'unknown table {unknown}' if unknown else 'no cases'}")
    return cases


def _case(place: Path, rule: str, kind: str, entry: dict[str, Any]) -> Case:
    label = f"{place}: case “{entry.get('name', '?')}”"
    if unknown := set(entry) - _KEYS:
        raise ValueError(f"{label}: unknown key {', '.join(sorted(unknown))}")
    states = {"finds", "spans", "document"} & set(entry)
    if kind == "pass" and states:
        raise ValueError(f"{label}: a pass case finds nothing, so it has no {states.pop()}")
    if kind != "pass" and len(states) != 1:
        raise ValueError(f"{label}: needs one of finds, spans and document")
    return Case(
        rule=rule,
        kind=kind,
        name=entry["name"],
        text=entry["text"] * entry.get("repeat", 1),
        finds=tuple(entry["finds"]) if "finds" in entry else None,
        spans=tuple((start, end) for start, end in entry["spans"]) if "spans" in entry else None,
        document=entry.get("document", False),
        suggestions=tuple(entry["suggestions"]) if "suggestions" in entry else None,
        seconds=entry.get("seconds"),
        format=entry.get("format", "text"),
    )


def run_case(case: Case, plugins: Sequence[object] = ()) -> None:
    """Run one case with all installed plugins and ``plugins``; raises AssertionError where it does not hold."""
    problem = _problem(case, Runner(Settings(select=(case.rule,)), plugins))
    if case.kind == "known_failure":
        assert problem is not None, f"{case}: this works now; move it to fail or pass"
    else:
        assert problem is None, f"{case}: {problem}"


def run_cases(path: str | PathLike[str], plugins: Sequence[object] = ()) -> int:
    """Run all cases of a file or folder; how many ran. Raises one AssertionError that lists those that do not hold."""
    failures = []
    cases = load_cases(path)
    for case in cases:
        try:
            run_case(case, plugins)
        except AssertionError as error:
            failures.append(str(error))
    assert not failures, "\n".join(failures)
    return len(cases)


def _problem(case: Case, runner: Runner) -> str | None:
    """What is wrong with the outcome of a case, or None."""
    from qualitycheck.readers import read_text

    document = read_text(case.text, case.format, runner.plugins)
    started = time.perf_counter()
    report = runner.check(document)
    elapsed = time.perf_counter() - started
    if report.errors:
        return "; ".join(report.errors)
    if case.seconds is not None and elapsed > case.seconds:
        return f"took {elapsed:.2f} s, more than {case.seconds} s"
    return _difference(case, report)


def _difference(case: Case, report: DocumentReport) -> str | None:
    found = report.findings
    if case.document:
        if [finding.start for finding in found] != [None]:
            return f"expected one finding about the document, found {[finding.text for finding in found]}"
    elif case.spans is not None:
        spans = tuple((finding.start, finding.end) for finding in found)
        if spans != case.spans:
            return f"expected {list(case.spans)}, found {list(spans)}"
    else:
        texts = tuple(finding.text for finding in found)
        if texts != (case.finds or ()):
            return f"expected {list(case.finds or ())}, found {list(texts)}"
    if case.suggestions is not None:
        first = tuple(finding.suggestions[0].text if finding.suggestions else "" for finding in found)
        if first != case.suggestions:
            return f"expected suggestions {list(case.suggestions)}, found {list(first)}"
    return None
