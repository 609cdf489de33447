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
    """The fewest words of a document."""
    max_doc_words: _Count = 100_000
    """The most words of a document."""
    min_avg_word_length: float = 3
    """The least mean length of words."""
    max_avg_word_length: float = 10
    """The greatest mean length of words."""
    max_symbol_word_ratio: float = 0.1
    """The most “#”, or ellipses, to a word."""
    max_bullet_lines_ratio: _Share = 0.9
    """The largest share of lines that begin with a bullet."""
    max_ellipsis_lines_ratio: _Share = 0.3
    """The largest share of lines that end with an ellipsis."""
    max_non_alpha_words_ratio: _Share = 0.8
    """The least share of words with a letter in them; the name is datatrove's."""
    min_stop_words: _Count = 2
    """The fewest stop words."""


class GopherRepetitionOptions(Options):
    """GopherRepetitionFilter; 0 turns a limit on lines or paragraphs off."""

    dup_line_frac: _Share = 0.3
    """The largest share of duplicate lines."""
    dup_para_frac: _Share = 0.3
    """The largest share of duplicate paragraphs."""
    dup_line_char_frac: _Share = 0.2
    """The largest share of characters in duplicate lines."""
    dup_para_char_frac: _Share = 0.2
    """The largest share of characters in duplicate paragraphs."""
    top_n_grams: dict[_Length, _Share] = msgspec.field(default_factory=lambda: {2: 0.2, 3: 0.18, 4: 0.16})
    """For each length in words, the largest share of characters that the commonest phrase may take."""
    dup_n_grams: dict[_Length, _Share] = msgspec.field(
        default_factory=lambda: {5: 0.15, 6: 0.14, 7: 0.13, 8: 0.12, 9: 0.11, 10: 0.1}
    )
    """For each length in words, the largest share of characters in phrases that occur again."""


class C4Options(Options):
    """C4QualityFilter, on lines; −1 turns a number off."""

    remove_citations: bool = True
    """Whether marks such as [3] and [citation needed] are taken out of a line first."""
    filter_no_terminal_punct: bool = True
    """Whether lines without a mark at their end are dropped."""
    min_num_sentences: int = 5
    """The fewest sentences in what is left."""
    min_words_per_line: int = 3
    """The fewest words of a line; shorter ones are dropped."""
    max_word_length: int = 1000
    """The longest word of a line; lines with a longer one are dropped."""
    filter_lorem_ipsum: bool = True
    """Whether documents with “lorem ipsum” in them are dropped."""
    filter_javascript: bool = True
    """Whether lines that speak of JavaScript are dropped."""
    filter_curly_bracket: bool = True
    """Whether documents with a curly bracket are dropped."""
    filter_policy: bool = True
    """Whether lines about privacy, cookies and terms of use are dropped."""


class FineWebOptions(Options):
    """FineWebQualityFilter."""

    line_punct_thr: _Share = 0.12
    """The least share of lines that end with a mark."""
    line_punct_exclude_zero: bool = False
    """Whether a document in which no line ends with a mark passes."""
    short_line_thr: _Share = 0.67
    """The largest share of short lines."""
    short_line_length: _Count = 30
    """The most characters of a short line."""
    char_duplicates_ratio: _Share = 0.01
    """The largest share of characters in duplicate lines."""
    new_line_ratio: float = 0.3
    """The most line ends to a word."""
    after_c4: bool = False
    """Whether it reads what C4QualityFilter leaves, as it does behind that filter."""


class DatatroveOptions(Options):
    """The options of all four filters."""

    gopher_quality: GopherQualityOptions = msgspec.field(default_factory=GopherQualityOptions)
    """Those of GopherQualityFilter."""
    gopher_repetition: GopherRepetitionOptions = msgspec.field(default_factory=GopherRepetitionOptions)
    """Those of GopherRepetitionFilter."""
    c4: C4Options = msgspec.field(default_factory=C4Options)
    """Those of C4QualityFilter."""
    fineweb: FineWebOptions = msgspec.field(default_factory=FineWebOptions)
    """Those of FineWebQualityFilter."""
