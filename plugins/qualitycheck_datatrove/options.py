"""The options of datatrove's filters, under the names and with the defaults that they have there."""

from __future__ import annotations

from typing import Annotated

import msgspec

from qualitycheck import Options

_Count = Annotated[int, msgspec.Meta(ge=0)]
_Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
_Length = Annotated[int, msgspec.Meta(ge=2, le=100)]


class GopherQualityOptions(Options):
    """GopherQualityFilter; 0 turns a limit off."""

    min_doc_words: _Count = 50
    max_doc_words: _Count = 100_000
    min_avg_word_length: float = 3
    max_avg_word_length: float = 10
    max_symbol_word_ratio: float = 0.1
    max_bullet_lines_ratio: _Share = 0.9
    max_ellipsis_lines_ratio: _Share = 0.3
    max_non_alpha_words_ratio: _Share = 0.8
    min_stop_words: _Count = 2


class GopherRepetitionOptions(Options):
    """GopherRepetitionFilter; 0 turns a limit on lines or paragraphs off."""

    dup_line_frac: _Share = 0.3
    dup_para_frac: _Share = 0.3
    dup_line_char_frac: _Share = 0.2
    dup_para_char_frac: _Share = 0.2
    top_n_grams: dict[_Length, _Share] = msgspec.field(default_factory=lambda: {2: 0.2, 3: 0.18, 4: 0.16})
    dup_n_grams: dict[_Length, _Share] = msgspec.field(
        default_factory=lambda: {5: 0.15, 6: 0.14, 7: 0.13, 8: 0.12, 9: 0.11, 10: 0.1}
    )


class C4Options(Options):
    """C4QualityFilter, on lines; −1 turns a number off."""

    remove_citations: bool = True
    filter_no_terminal_punct: bool = True
    min_num_sentences: int = 5
    min_words_per_line: int = 3
    max_word_length: int = 1000
    filter_lorem_ipsum: bool = True
    filter_javascript: bool = True
    filter_curly_bracket: bool = True
    filter_policy: bool = True


class FineWebOptions(Options):
    """FineWebQualityFilter; ``after_c4`` lets it read what C4QualityFilter leaves, as it does behind that filter."""

    line_punct_thr: _Share = 0.12
    line_punct_exclude_zero: bool = False
    short_line_thr: _Share = 0.67
    short_line_length: _Count = 30
    char_duplicates_ratio: _Share = 0.01
    new_line_ratio: float = 0.3
    after_c4: bool = False


class DatatroveOptions(Options):
    """The options of all four filters."""

    gopher_quality: GopherQualityOptions = msgspec.field(default_factory=GopherQualityOptions)
    gopher_repetition: GopherRepetitionOptions = msgspec.field(default_factory=GopherRepetitionOptions)
    c4: C4Options = msgspec.field(default_factory=C4Options)
    fineweb: FineWebOptions = msgspec.field(default_factory=FineWebOptions)
