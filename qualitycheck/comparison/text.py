"""A comparison for people at a terminal: the verdict and its reasons, then a table for each kind of change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from qualitycheck.comparison.result import Change, Comparison, Counted, Figures, Kind, Rewrite
from qualitycheck.reporters.excerpt import end_of, start_of
from qualitycheck.reporters.summary import count
from qualitycheck.screen import Screen

#: Rows of each table; JSON has them all.
ROWS = 200

_SCANNED = 1000  # code points at either end of a text that are looked at for its short form

_REASONS = {
    Rewrite.COPY: "the same words",
    Rewrite.EDIT: "most words are the same, and changes stand here and there",
    Rewrite.SPIN: "words were replaced one by one throughout, and their order kept",
    Rewrite.PARAPHRASE: "the same, said in other words",
    Rewrite.UNRELATED: "too little goes together for a rewrite",
}
_LOOSE = {Kind.DELETION: "Left out", Kind.INSERTION: "Put in", Kind.REWORDING: "Reworded"}
_VERDICT_STYLE = {
    Rewrite.COPY: "accept", Rewrite.EDIT: "accept", Rewrite.SPIN: "reject", Rewrite.PARAPHRASE: "review",
    Rewrite.UNRELATED: "info",
}  # fmt: skip


def text_lines(comparison: Comparison, screen: Screen, width: int) -> Iterator[str]:
    """The lines of the report, each at most about ``width`` columns wide."""
    original, rewritten = (
        screen.exact(document.path or name)
        for document, name in ((comparison.original, "original"), (comparison.rewritten, "rewritten"))
    )
    arrow, verdict = screen.words("→"), comparison.verdict.value
    line = screen.words("─") * max(width - cell_len(original + rewritten) - len(verdict) - 5, 3)
    paint = screen.paint
    yield (
        f"{paint(original, 'bold')} {arrow} {paint(rewritten, 'bold')} {paint(line, 'dim')} "
        f"{paint(verdict, _VERDICT_STYLE[comparison.verdict])}"
    )
    yield screen.words(f"{_REASONS[comparison.verdict]}:")
    for fact in _facts(comparison.figures):
        yield screen.words(f"  {fact}")
    for title, rows in (
        ("Substitutions", comparison.substitutions),
        ("Changed names", comparison.names),
        ("Changed numbers", comparison.numbers),
        ("Other forms of the same word", _forms(comparison.changes)),
    ):
        yield from _table(title, rows, screen, width)
    yield from _quotations(comparison, screen, width)
    yield from _loose(comparison, screen, width)


def _facts(figures: Figures) -> Iterator[str]:
    yield (
        f"{count(figures.original_words, 'word')} became {count(figures.rewritten_words, 'word')}; of the original "
        f"{figures.original_linked:.0%} has a counterpart, of the rewritten text {figures.rewritten_linked:.0%}"
    )
    if figures.original_linked:
        yield (
            f"of those words {figures.kept:.0%} were kept and {figures.substituted:.0%} replaced one by one; "
            f"{figures.touched:.0%} of the longer passages have a replaced word"
        )
    if figures.consistent is not None:
        yield f"words that recur and were replaced became the same word {figures.consistent:.0%} of the times"


def _forms(changes: Sequence[Change]) -> list[Counted]:
    forms = [change for change in changes if change.kind is Kind.FORM]
    counts = Counter((change.original.lower(), change.rewritten.lower()) for change in forms)
    first = {(change.original.lower(), change.rewritten.lower()): change for change in reversed(forms)}
    return [
        Counted(*pair, number, first[pair].original_span, first[pair].rewritten_span)
        for pair, number in counts.most_common()
    ]


def _table(title: str, rows: Sequence[Counted], screen: Screen, width: int) -> Iterator[str]:
    if not rows:
        return
    total = sum(row.count for row in rows)
    pairs = f", {count(len(rows), 'pair')}" if total != len(rows) else ""
    yield ""
    yield screen.paint(screen.words(f"{title} ({total:,}{pairs})"), "bold")
    arrow = screen.words("→")
    room = max((width - 12) // 2, 10)
    cells = [tuple(_short(text, room, screen) for text in (row.original, row.rewritten)) for row in rows[:ROWS]]
    column = max(cell_len(first) for first, _ in cells)
    for row, (first, second) in zip(rows, cells, strict=False):
        yield f"{row.count:>5,}  {first}{' ' * (column - cell_len(first))}  {arrow} {second}"
    if len(rows) > ROWS:
        yield screen.paint(f"       and {len(rows) - ROWS:,} more pairs; --output-format json has them all", "dim")


def _quotations(comparison: Comparison, screen: Screen, width: int) -> Iterator[str]:
    if not comparison.quotations:
        return
    yield ""
    yield screen.paint(f"Altered quotations ({len(comparison.quotations):,})", "bold")
    arrow = screen.words("→")
    for each in comparison.quotations[:ROWS]:
        yield f"       {_short(each.original, width - 7, screen)}"
        yield f"     {arrow} {_short(each.rewritten, width - 7, screen)}"
    if len(comparison.quotations) > ROWS:
        yield screen.paint(f"       and {len(comparison.quotations) - ROWS:,} more", "dim")


def _loose(comparison: Comparison, screen: Screen, width: int) -> Iterator[str]:
    """What was left out, put in, said otherwise, and moved."""
    places: dict[str, list[str]] = {"Left out": [], "Put in": [], "Reworded": [], "Moved": []}
    for passage in comparison.passages:
        first = comparison.original.excerpt(*passage.original_span)
        second = comparison.rewritten.excerpt(*passage.rewritten_span)
        title = "Left out" if not second else "Put in" if not first else "Moved" if passage.moved else None
        if title is not None:
            places[title].append(second or first)
        for change in passage.changes:
            if change.kind in _LOOSE:
                arrow = screen.words(" → ") if change.kind is Kind.REWORDING else ""
                places[_LOOSE[change.kind]].append(f"{change.original}{arrow}{change.rewritten}")
    for title, texts in places.items():
        yield from _listing(title, texts, screen, width)


def _listing(title: str, texts: Sequence[str], screen: Screen, width: int) -> Iterator[str]:
    if not texts:
        return
    words = sum(len(text.split()) for text in texts)
    counted = Counter(texts)
    yield ""
    yield screen.paint(f"{title} ({count(len(texts), 'place')}, {count(words, 'word')})", "bold")
    for text, number in list(counted.items())[:ROWS]:
        yield f"{number:>5,}  {_short(text, width - 7, screen)}"
    if len(counted) > ROWS:
        yield screen.paint(f"       and {len(counted) - ROWS:,} more", "dim")


def _short(text: str, room: int, screen: Screen) -> str:
    """A text on one line, its middle left out where it is too long."""
    if len(text) > 2 * _SCANNED:
        text = f"{text[:_SCANNED]} {text[-_SCANNED:]}"  # far more than a line has room for
    shown = screen.exact(" ".join(text.split()))
    if cell_len(shown) <= room:
        return shown
    dots = screen.words("…")
    half = (room - cell_len(dots)) // 2
    return f"{start_of(shown, half)}{dots}{end_of(shown, half)}"
