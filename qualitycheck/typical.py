"""What is usual: for each measurement the range that clean text keeps to, from a file that a check brings.

A check that explains a value by what is usual ships the ranges as tab-separated lines, without any text: name, first
percentile, median and 99th percentile. ``benchmarks/typical_values.py`` measures those of the bundled checks.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources.abc import Traversable

from qualitycheck.explanation import Row


@dataclass(frozen=True, slots=True)
class Range:
    """Of a hundred clean documents one lies below ``low``, one above ``high``, and half of them below ``median``."""

    low: float
    median: float
    high: float

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high

    def __str__(self) -> str:
        return f"{_short(self.low)} to {_short(self.high)}, median {_short(self.median)}"


def typical_ranges(file: Traversable) -> dict[str, Range]:
    """The ranges in a file, by name; lines that begin with # are comments."""
    lines = file.read_text(encoding="utf-8").splitlines()
    found = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {name: Range(*map(float, numbers)) for name, *numbers in found}


def measured_row(name: str, value: float | str, unit: str, usual: Range | None) -> Row:
    """A measurement with what is usual for it, and a word where it is not that."""
    label = name.replace("_", " ")
    if usual is None or isinstance(value, str):
        return Row(label, value, unit)
    unusual = "" if value in usual else "; unusually " + ("low" if value < usual.low else "high")
    return Row(label, value, unit, f"usual {usual}{unusual}")


def _short(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.2g}"
