"""What can be set: the limits above which repetition is reported."""

from __future__ import annotations

from typing import Annotated

import msgspec

from qualitycheck import Options

_Count = Annotated[int, msgspec.Meta(ge=1)]
_Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
_Length = Annotated[int, msgspec.Meta(ge=2, le=100)]


class RepetitionOptions(Options):
    """Limits of the repetition rules; a share of 1 turns a limit off."""

    min_words: _Count = 100
    """Words that a text needs to be measured; loops are found in shorter ones, too."""
    min_line_words: _Count = 3
    """Words that a line or a paragraph needs to count."""
    min_lines: _Count = 10
    """Lines, or paragraphs, that a text needs for their shares to be measured."""
    max_duplicate_lines: _Share = 0.5
    """The largest share of lines that stand in the text before."""
    max_duplicate_line_characters: _Share = 0.35
    """The largest share of the characters of all words that is in such lines."""
    max_duplicate_paragraphs: _Share = 0.5
    """The largest share of paragraphs that stand in the text before."""
    max_duplicate_paragraph_characters: _Share = 0.35
    """The largest share of the characters of all words that is in such paragraphs."""
    max_top_ngrams: dict[_Length, _Share] = msgspec.field(default_factory=lambda: {2: 0.25, 3: 0.23, 4: 0.22})
    """For each length in words, the largest share of characters that the commonest phrase may take."""
    max_duplicate_ngrams: dict[_Length, _Share] = msgspec.field(default_factory=lambda: {20: 0.45})
    """For each length in words, the largest share of characters in phrases that occur again."""
    min_loop_words: _Count = 30
    """Words that the copies of a loop have together."""
    min_loop_copies: Annotated[int, msgspec.Meta(ge=2)] = 5
    """Copies in a row that make a loop."""

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
