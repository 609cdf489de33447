"""Tables of measured figures: as Markdown, and written into the pages that quote them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

_Z = 1.96  # 95 %


@dataclass(slots=True)
class Table:
    """A named table. ``name`` is what pages ask for it by."""

    name: str
    columns: Sequence[str]
    rows: list[Sequence[object]] = field(default_factory=list)

    def add(self, *cells: object) -> None:
        """One more row."""
        self.rows.append(cells)

    def markdown(self) -> str:
        """The table as Markdown."""
        lines = [self.columns, ["---"] * len(self.columns), *self.rows]
        return "".join(f"| {' | '.join(map(str, line))} |\n" for line in lines)


def interval(hits: int, count: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson's score interval)."""
    if not count:
        return 0.0, 1.0
    share = hits / count
    centre = share + _Z * _Z / (2 * count)
    spread = _Z * math.sqrt(share * (1 - share) / count + _Z * _Z / (4 * count * count))
    scale = 1 + _Z * _Z / count
    return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)


def share(hits: int, count: int) -> str:
    """A share with its 95 % interval."""
    if not count:
        return "–"
    low, high = interval(hits, count)
    return f"{hits / count:.1%} ({low:.1%}–{high:.1%})"


def write_into(page: Path, tables: Sequence[Table]) -> bool:
    """Renew the tables that a page quotes between ``<!-- measured: NAME -->`` and ``<!-- end -->``; whether any was."""
    text = page.read_text(encoding="utf-8")
    renewed = text
    for table in tables:
        opening = f"<!-- measured: {table.name} -->\n"
        before, found, after = renewed.partition(opening)
        if found:
            _, closing, rest = after.partition("<!-- end -->")
            if not closing:
                raise ValueError(f"{page}: “{opening.strip()}” is not closed by <!-- end -->")
            renewed = f"{before}{opening}\n{table.markdown()}\n{closing}{rest}"
    if renewed != text:
        page.write_text(renewed, encoding="utf-8")
    return renewed != text
