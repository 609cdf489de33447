"""What another threshold would decide, worked out from the ledger of a finished run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from qualitycheck import scoring
from qualitycheck.errors import InputError, SettingsError, nearest
from qualitycheck.filtering import ledger
from qualitycheck.filtering.decisions import Decision
from qualitycheck.filtering.journal import HOME
from qualitycheck.filtering.ledger import Entry
from qualitycheck.filtering.options import FilterSettings
from qualitycheck.filtering.records import QUARANTINE

_NAMES = ("reject-below", "review-below", "keep", "where")
_EXAMPLES = 10


@dataclass(slots=True)
class Change:
    """How many documents are in which folder, and would be; ``moved`` counts pairs of them."""

    asked: dict[str, Any]
    documents: int = 0
    before: Counter[str] = field(default_factory=Counter)
    after: Counter[str] = field(default_factory=Counter)
    moved: Counter[tuple[str, str]] = field(default_factory=Counter)
    examples: dict[tuple[str, str], list[Entry]] = field(default_factory=dict)

    def lines(self) -> list[str]:
        """The change, for a terminal."""
        asked = ", ".join(f"{name}={value}" for name, value in self.asked.items())
        folders = [
            name for name in ("accepted", "review", "rejected", QUARANTINE) if self.before[name] or self.after[name]
        ]
        lines = [f"{self.documents:,} documents; with {asked}:", "", f"{'':<12}{'now':>12}{'then':>12}{'change':>12}"]
        lines += [
            f"{name:<12}{self.before[name]:>12,}{self.after[name]:>12,}{self.after[name] - self.before[name]:>+12,}"
            for name in folders
        ]
        for (old, new), number in self.moved.most_common():
            lines += ["", f"{number:,} from {old} to {new}"]
            lines += [
                f"  {each.score:>6.1f}  {each.id or f'{each.file}:{each.line}'}" for each in self.examples[old, new]
            ]
        return lines if self.moved else [*lines, "", "no document would be moved"]


def parse(changes: Sequence[str]) -> dict[str, Any]:
    """``["reject-below=30"]`` as a mapping. Raises SettingsError for what is none of the known names."""
    asked: dict[str, Any] = {}
    for change in changes:
        name, sign, value = change.partition("=")
        name = name.strip().replace("_", "-")
        if not sign or name not in _NAMES:
            raise SettingsError(
                f"--what-if {change}: write NAME=VALUE with one of {', '.join(_NAMES)}{nearest(name, list(_NAMES))}"
            )
        if name.endswith("below"):
            try:
                asked[name] = float(value)
            except ValueError:
                raise SettingsError(f"--what-if {change}: “{value}” is no number") from None
        else:
            asked[name] = value.strip() if name == "where" else [each.strip() for each in value.split(",")]
    return asked


def decide_anew(folder: Path, asked: dict[str, Any]) -> Change:
    """What would change. Raises InputError where the folder holds no run, SettingsError for values out of range."""
    stored = _stored(folder)
    thresholds = {name: asked.get(name, stored[name]) for name in ("reject-below", "review-below")}
    low, high = thresholds["reject-below"], thresholds["review-below"]
    if not 0 <= low <= high <= 100:
        raise SettingsError(f"--what-if: reject-below ({low:g}) must not be above review-below ({high:g})")
    try:
        options = msgspec.convert(
            {"where": asked.get("where", stored["where"]), "keep": asked.get("keep", stored["keep"])}, FilterSettings
        )
    except msgspec.ValidationError as error:
        raise SettingsError(f"--what-if: {error}") from None
    now = Decision(msgspec.convert({"where": stored["where"], "keep": stored["keep"]}, FilterSettings))
    then = Decision(options)
    change = Change(asked)
    for entry in ledger.read(folder):
        change.documents += 1
        old = new = QUARANTINE
        if entry.verdict is not None:
            old = now.folder(entry.verdict)
            new = then.folder(_verdict(entry, then, low, high))
        change.before[old] += 1
        change.after[new] += 1
        if old != new:
            change.moved[old, new] += 1
            examples = change.examples.setdefault((old, new), [])
            if len(examples) < _EXAMPLES:
                examples.append(entry)
    return change


def _verdict(entry: Entry, decision: Decision, reject_below: float, review_below: float) -> str:
    """The verdict under new thresholds; an empty text is rejected as ever, and a plugin's word stands."""
    assert entry.verdict is not None
    if entry.reason == "empty":
        return entry.verdict
    verdict = entry.ruled or scoring.verdict(entry.score, reject_below, review_below)
    return decision(verdict, {**ledger.as_values(entry), "verdict": verdict})[0]


def _stored(folder: Path) -> dict[str, Any]:
    """The settings that a run was made with."""
    try:
        job = msgspec.json.decode((folder / HOME / "job.json").read_bytes())
    except FileNotFoundError:
        raise InputError(f"{folder}: holds no run of the filter") from None
    except (OSError, msgspec.DecodeError) as error:
        raise InputError(f"{folder}: its job cannot be read: {error}") from None
    settings: dict[str, Any] = job["settings"]
    return settings
