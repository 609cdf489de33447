"""FineWeb's filter as datatrove 0.10 has it (Penedo et al. 2024, section 3.6)."""

from __future__ import annotations

from collections.abc import Iterator

from qualitycheck_datatrove.gopher import Reason, duplicates
from qualitycheck_datatrove.options import FineWebOptions
from qualitycheck_datatrove.vocabulary import terminal_marks


def fineweb(text: str, words: int, options: FineWebOptions) -> Iterator[Reason]:
    """FineWebQualityFilter; ``words`` is how many words the text has, marks included."""
    lines = [line for line in text.split("\n") if line.strip()]
    if not lines:
        yield Reason("empty")
        return
    ends = terminal_marks()
    share = sum(line[-1] in ends for line in lines) / len(lines)
    if share < options.line_punct_thr and not (share == 0 and options.line_punct_exclude_zero):
        yield Reason("line_punct_ratio", share, options.line_punct_thr)
    share = sum(len(line) <= options.short_line_length for line in lines) / len(lines)
    if share > options.short_line_thr:
        yield Reason("short_line_ratio", share, options.short_line_thr)
    share = duplicates(lines)[1] / len(text.replace("\n", ""))
    if share > options.char_duplicates_ratio:
        yield Reason("char_dup_ratio", share, options.char_duplicates_ratio)
    share = text.count("\n") / words
    if share > options.new_line_ratio:
        yield Reason("list_ratio", share, options.new_line_ratio)
