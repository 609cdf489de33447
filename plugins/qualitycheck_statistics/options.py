"""What can be set: the limits of the statistics rules."""

from __future__ import annotations

from typing import Annotated

import msgspec

from qualitycheck import Options

_Count = Annotated[int, msgspec.Meta(ge=0)]
_Amount = Annotated[float, msgspec.Meta(ge=0)]


class StatisticsOptions(Options):
    """Limits of the statistics rules; 0 turns a limit off.

    A text of less than ``text_words`` words is not measured, but for its length and its longest word; rules about lines
    need ``text_lines`` of them that are not blank. Lengths are in code points, ratios and fractions as the pages of the
    rules say.
    """

    text_words: _Count = 50
    text_lines: _Count = 10
    min_words: _Count = 0
    max_words: _Count = 0
    min_mean_word_length: _Amount = 2.5
    max_mean_word_length: _Amount = 10.0
    max_hash_word_ratio: _Amount = 0.1
    max_ellipsis_word_ratio: _Amount = 0.2
    max_bullet_lines: _Amount = 0.97
    max_ellipsis_lines: _Amount = 0.6
    min_alphabetic_words: _Amount = 0.5
    min_stop_words: _Count = 0
    min_stop_word_fraction: _Amount = 0.02
    min_finished_lines: _Amount = 0.05
    max_short_lines: _Amount = 0.9
    max_newline_word_ratio: _Amount = 0.4
    max_word_length: _Count = 1000
    min_sentences: _Count = 0
    min_unigram_entropy: _Amount = 3.0
    max_punctuation: _Amount = 0.3
    max_capital_words: _Amount = 0.0
    max_curly_brackets: _Amount = 0.03
    min_long_lines: _Count = 0
