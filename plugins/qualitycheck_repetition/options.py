"""What can be set: the limits above which repetition is reported."""

from __future__ import annotations

from typing import Annotated

import msgspec

from qualitycheck import Options

_Count = Annotated[int, msgspec.Meta(ge=1)]
_Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
_Length = Annotated[int, msgspec.Meta(ge=2, le=100)]


class RepetitionOptions(Options):
    """Limits of the repetition rules; a share of 1 turns a limit off.

    A text of less than ``min_words`` words is not measured, except for loops; lines and paragraphs of less than
    ``min_line_words`` do not count. ``max_duplicate_lines`` and ``max_duplicate_paragraphs`` are shares of all that
    count, if they are ``min_lines`` and more; the others are shares of the code points of all words. ``max_top_ngrams``
    and ``max_duplicate_ngrams`` give a limit for each length in words. A loop is ``min_loop_copies`` and more copies in
    a row, of ``min_loop_words`` words together.
    """

    min_words: _Count = 100
    min_line_words: _Count = 3
    min_lines: _Count = 10
    max_duplicate_lines: _Share = 0.5
    max_duplicate_line_characters: _Share = 0.35
    max_duplicate_paragraphs: _Share = 0.5
    max_duplicate_paragraph_characters: _Share = 0.35
    max_top_ngrams: dict[_Length, _Share] = msgspec.field(default_factory=lambda: {2: 0.25, 3: 0.23, 4: 0.22})
    max_duplicate_ngrams: dict[_Length, _Share] = msgspec.field(default_factory=lambda: {20: 0.45})
    min_loop_words: _Count = 30
    min_loop_copies: Annotated[int, msgspec.Meta(ge=2)] = 5

    def limits(self, code: str) -> dict[str, float]:
        """The limits of a rule, by the name of the share that they bound."""
        if code == "REP003":
            return {f"top_{n}_gram_character_fraction": limit for n, limit in self.max_top_ngrams.items()}
        if code == "REP004":
            return {f"duplicate_{n}_gram_character_fraction": limit for n, limit in self.max_duplicate_ngrams.items()}
        kind = "line" if code == "REP001" else "paragraph"
        return {
            f"duplicate_{kind}_fraction": getattr(self, f"max_duplicate_{kind}s"),
            f"duplicate_{kind}_character_fraction": getattr(self, f"max_duplicate_{kind}_characters"),
        }
