"""From what a document has to the signals that projects filter by. README and rule pages name each one's source."""

from __future__ import annotations

import numpy as np

from qualitycheck_statistics.measure import STOP_WORDS, Amounts

#: What each signal counts; a ratio or fraction counts nothing.
UNITS = {
    "mean_word_length": "characters",
    "longest_word": "characters",
    "sentence_count": "sentences",
    "distinct_stop_words": "of eight words",
    "unigram_entropy": "nats",
    "long_line_count": "lines",
}


def signals(amounts: Amounts) -> Amounts:
    """The signals by name, one value for each document. A word has a letter or a digit; punctuation is none."""
    words, lines = np.maximum(amounts["words"], 1), np.maximum(amounts["lines"], 1)
    letters = np.maximum(amounts["letter_words"], 1)
    visible = np.maximum(amounts["characters"] + amounts["punctuation"], 1)
    return {
        "mean_word_length": amounts["characters"] / words,
        "longest_word": amounts["longest_word"],
        "alphabetic_word_fraction": amounts["letter_words"] / words,
        "capital_word_fraction": amounts["capital_words"] / letters,
        "stop_word_fraction": amounts["stop_words"] / words,
        "distinct_stop_words": np.sum([amounts[name] for name in STOP_WORDS], axis=0),
        "unique_word_fraction": amounts["unique_words"] / words,
        "unigram_entropy": amounts["information"] / words,
        "sentence_count": amounts["sentences"],
        "hash_word_ratio": amounts["hashes"] / words,
        "ellipsis_word_ratio": amounts["ellipses"] / words,
        "punctuation_fraction": amounts["punctuation"] / visible,
        "curly_bracket_fraction": amounts["curly_brackets"] / visible,
        "bullet_line_fraction": amounts["bullet_lines"] / lines,
        "ellipsis_line_fraction": amounts["ellipsis_lines"] / lines,
        "short_line_fraction": amounts["short_lines"] / lines,
        "finished_line_fraction": amounts["finished_lines"] / np.maximum(amounts["line_ends"], 1),
        "newline_word_ratio": amounts["newlines"] / words,
        "long_line_count": amounts["long_lines"],
    }
