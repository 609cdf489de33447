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
does not yet: once it does, its test fails and asks to be moved; a crash or a lost race against ``seconds`` is no known
failure. ``repeat`` repeats the text, ``seconds`` bounds the processor time, and ``format`` names the reader (``text``,
``markdown``, ``html``). A table ``settings`` at the top of the file holds what differs from the defaults for its cases,
the options of the check above all.
"""

from __future__ import annotations

import functools
import json
import time
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import Any

from qualitycheck.report import DocumentReport
from qualitycheck.runner import Runner
from qualitycheck.settings import make_settings

_KINDS = ("pass", "fail", "known_failure")
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
    settings: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.rule} {self.kind}: {self.name}"


def load_cases(path: str | PathLike[str]) -> list[Case]:
    """The cases of one file, or of every ``.toml`` file of a folder.

    Raises ValueError, naming file and case, for a key that means nothing or a case that states nothing; OSError for a
    file that cannot be read.
    """
    place = Path(path)
    if place.is_dir():
        return [case for file in sorted(place.glob("*.toml")) for case in load_cases(file)]
    try:
        data = tomllib.loads(place.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{place}: not valid TOML: {error}") from None
    if unknown := set(data) - {"rule", "settings", *_KINDS}:
        raise ValueError(f"{place}: unknown key {', '.join(sorted(unknown))}")
    if not isinstance(data.get("rule"), str):
        raise ValueError(f"{place}: rule is missing; it names the rule that the cases are for")
    cases = [_case(place, data, kind, entry) for kind in _KINDS for entry in data.get(kind, [])]
    if not cases:
        raise ValueError(f"{place}: no cases")
    return cases


def _case(place: Path, data: dict[str, Any], kind: str, entry: dict[str, Any]) -> Case:
    label = f"{place}: case “{entry.get('name', '?')}”"
    if unknown := set(entry) - _KEYS:
        raise ValueError(f"{label}: unknown key {', '.join(sorted(unknown))}")
    for key in ("name", "text"):
        if not isinstance(entry.get(key), str):
            raise ValueError(f"{label}: {key} is missing")
    states = {"finds", "spans", "document"} & set(entry)
    if kind == "pass" and states:
        raise ValueError(f"{label}: a pass case finds nothing, so it has no {states.pop()}")
    if kind != "pass" and len(states) != 1:
        raise ValueError(f"{label}: needs one of finds, spans and document")
    if kind == "fail" and not any(entry[state] for state in states):
        raise ValueError(f"{label}: a fail case that finds nothing is a pass case")
    return Case(
        rule=data["rule"],
        kind=kind,
        name=entry["name"],
        text=entry["text"] * entry.get("repeat", 1),
        finds=tuple(entry["finds"]) if "finds" in entry else None,
        spans=tuple((start, end) for start, end in entry["spans"]) if "spans" in entry else None,
        document=entry.get("document", False),
        suggestions=tuple(entry["suggestions"]) if "suggestions" in entry else None,
        seconds=entry.get("seconds"),
        format=entry.get("format", "text"),
        settings=data.get("settings", {}),
    )


def run_case(case: Case, plugins: Sequence[object] = ()) -> None:
    """Run one case with all installed plugins and ``plugins``; raises AssertionError where it does not hold."""
    from qualitycheck.readers import read_text

    if plugins:
        runner = Runner(make_settings({**case.settings, "select": [case.rule]}), plugins)
    else:
        runner = _runner(case.rule, json.dumps(case.settings))
    document = read_text(case.text, case.format, runner.plugins)
    started = time.process_time()  # of the processor: other work on the machine is no fault of a rule
    report = runner.check(document)
    elapsed = time.process_time() - started
    if report.errors:
        raise AssertionError(f"{case}: {'; '.join(report.errors)}")
    if case.seconds is not None and elapsed > case.seconds:
        raise AssertionError(f"{case}: took {elapsed:.2f} s, more than {case.seconds} s")
    difference = _difference(case, report)
    if case.kind == "known_failure" and difference is None:
        raise AssertionError(f"{case}: this works now; move it to fail or pass")
    if case.kind != "known_failure" and difference is not None:
        raise AssertionError(f"{case}: {difference}")


@functools.lru_cache(maxsize=1)
def _runner(rule: str, settings: str) -> Runner:
    """What checks with one rule: to make it takes longer than most cases, and those of a file share it."""
    return Runner(make_settings({**json.loads(settings), "select": [rule]}))


def run_cases(path: str | PathLike[str], plugins: Sequence[object] = ()) -> int:
    """Run all cases of a file or folder; how many ran. Raises one AssertionError that lists those that do not hold."""
    failures = []
    cases = load_cases(path)
    for case in cases:
        try:
            run_case(case, plugins)
        except AssertionError as error:
            failures.append(str(error))
    if failures:
        raise AssertionError("\n".join(failures))
    return len(cases)


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
