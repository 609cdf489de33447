"""What can be set: the limits of the statistics rules."""

from __future__ import annotations

from typing import Annotated

import msgspec

from qualitycheck import Options

_Count = Annotated[int, msgspec.Meta(ge=0)]
_Amount = Annotated[float, msgspec.Meta(ge=0)]


class StatisticsOptions(Options):
    """Limits of the statistics rules; 0 turns a limit off. The pages of the rules define what is measured."""

    text_words: _Count = 50
    """Words that a text needs to be measured, but for its length and its longest word."""
    text_lines: _Count = 10
    """Lines that are not blank which a text needs for rules about lines."""
    min_words: _Count = 0
    """The fewest words of a document."""
    max_words: _Count = 0
    """The most words of a document."""
    min_mean_word_length: _Amount = 2.5
    """The least mean length of words, in code points."""
    max_mean_word_length: _Amount = 10.0
    """The greatest mean length of words, in code points."""
    max_hash_word_ratio: _Amount = 0.1
    """The most “#” to a word."""
    max_ellipsis_word_ratio: _Amount = 0.2
    """The most ellipses to a word."""
    max_bullet_lines: _Amount = 0.97
    """The largest share of lines that begin with a bullet."""
    max_ellipsis_lines: _Amount = 0.6
    """The largest share of lines that end with an ellipsis."""
    min_alphabetic_words: _Amount = 0.5
    """The least share of words with a letter in them."""
    min_stop_words: _Count = 0
    """The fewest different ones of eight English stop words."""
    min_stop_word_fraction: _Amount = 0.02
    """The least share of words that are one of these."""
    min_finished_lines: _Amount = 0.05
    """The least share of lines that end with a mark."""
    max_short_lines: _Amount = 0.9
    """The largest share of lines of 30 characters or fewer."""
    max_newline_word_ratio: _Amount = 0.4
    """The most line ends to a word."""
    max_word_length: _Count = 1000
    """The most code points of a word."""
    min_sentences: _Count = 0
    """The fewest sentences of a document."""
    min_unigram_entropy: _Amount = 3.0
    """The least entropy of the words, in nats."""
    max_punctuation: _Amount = 0.3
    """The largest share of marks among all that is not white space."""
    max_capital_words: _Amount = 0.0
    """The largest share of words in capitals among those with a letter."""
    max_curly_brackets: _Amount = 0.03
    """The largest share of curly brackets among all that is not white space."""
    min_long_lines: _Count = 0
    """The fewest lines of 200 characters and more."""
