"""Which signal each rule looks at, what bounds it, and what a breach costs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from qualitycheck_statistics.measure import Amounts
from qualitycheck_statistics.options import StatisticsOptions


@dataclass(frozen=True, slots=True)
class Limit:
    """A rule bounds a signal by the option of this name, from below for ``min_…`` and from above for ``max_…``.

    ``text`` says so to people; it takes the value and the limit. ``needs`` names what a text must have enough of to be
    measured: words, or words and lines of a kind; where it is empty, any text is measured.
    """

    code: str
    signal: str
    option: str
    text: str
    needs: str = "words"

    def beyond(self, values: Amounts, options: StatisticsOptions) -> list[int]:
        """The numbers of the documents beyond the limit; none where it is off."""
        limit = float(getattr(options, self.option))
        if not limit:
            return []
        value = values[self.signal]
        beyond = value < limit if self.option.startswith("min_") else value > limit
        beyond &= values["words"] >= (options.text_words if self.needs else 1)
        if self.needs not in {"", "words"}:
            beyond &= values[self.needs] >= options.text_lines
        numbers: list[int] = np.flatnonzero(beyond).tolist()
        return numbers

    def message(self, value: float, options: StatisticsOptions) -> str:
        """What is wrong with a document of this value."""
        return self.text.format(value=value, limit=getattr(options, self.option))


LIMITS = (
    Limit("STA001", "words", "min_words", "{value:,.0f} words; {limit:,} at least are asked for", ""),
    Limit("STA001", "words", "max_words", "{value:,.0f} words; {limit:,} at most are asked for", ""),
    Limit("STA002", "mean_word_length", "min_mean_word_length", "words of {value:.2f} characters; {limit:g} at least"),
    Limit("STA002", "mean_word_length", "max_mean_word_length", "words of {value:.1f} characters; {limit:g} at most"),
    Limit("STA003", "hash_word_ratio", "max_hash_word_ratio", "{value:.2f} signs # for each word; {limit:g} at most"),
    Limit(
        "STA003",
        "ellipsis_word_ratio",
        "max_ellipsis_word_ratio",
        "{value:.2f} ellipses for each word; {limit:g} at most",
    ),
    Limit(
        "STA004",
        "bullet_line_fraction",
        "max_bullet_lines",
        "{value:.0%} of the lines open with a bullet; {limit:.0%} at most",
        "lines",
    ),
    Limit(
        "STA005",
        "ellipsis_line_fraction",
        "max_ellipsis_lines",
        "{value:.0%} of the lines end in an ellipsis; {limit:.0%} at most",
        "lines",
    ),
    Limit(
        "STA006",
        "alphabetic_word_fraction",
        "min_alphabetic_words",
        "{value:.0%} of the words have a letter; {limit:.0%} at least",
    ),
    Limit(
        "STA007",
        "distinct_stop_words",
        "min_stop_words",
        "{value:.0f} of the words the, be, to, of, and, that, have, with; {limit} at least",
    ),
    Limit(
        "STA007",
        "stop_word_fraction",
        "min_stop_word_fraction",
        "{value:.1%} of the words are the, be, to, of, and, that, have or with; {limit:.0%} at least",
    ),
    Limit(
        "STA008",
        "finished_line_fraction",
        "min_finished_lines",
        "{value:.0%} of the lines end as a sentence does; {limit:.0%} at least",
        "line_ends",
    ),
    Limit(
        "STA009",
        "short_line_fraction",
        "max_short_lines",
        "{value:.0%} of the lines have 30 characters or fewer; {limit:.0%} at most",
        "lines",
    ),
    Limit(
        "STA010",
        "newline_word_ratio",
        "max_newline_word_ratio",
        "{value:.2f} line ends for each word; {limit:g} at most",
        "lines",
    ),
    Limit(
        "STA011", "longest_word", "max_word_length", "{value:,.0f} characters without a space; {limit:,} at most", ""
    ),
    Limit("STA012", "sentence_count", "min_sentences", "{value:.0f} sentences; {limit} at least", ""),
    Limit(
        "STA013", "unigram_entropy", "min_unigram_entropy", "an entropy of {value:.2f} nats a word; {limit:g} at least"
    ),
    Limit(
        "STA014",
        "punctuation_fraction",
        "max_punctuation",
        "{value:.0%} of all that is not space are marks; {limit:.0%} at most",
    ),
    Limit(
        "STA015",
        "capital_word_fraction",
        "max_capital_words",
        "{value:.0%} of the words are all capitals; {limit:.0%} at most",
    ),
    Limit(
        "STA016",
        "curly_bracket_fraction",
        "max_curly_brackets",
        "{value:.1%} of all that is not space are curly brackets; {limit:.0%} at most",
    ),
    Limit(
        "STA017",
        "long_line_count",
        "min_long_lines",
        "{value:.0f} lines of 200 characters and more; {limit} at least",
        "",
    ),
)


def broken(values: Amounts, options: StatisticsOptions) -> Iterator[tuple[Limit, int, float]]:
    """Each limit that a document is beyond, with the number of the document and the value that it has."""
    for limit in LIMITS:
        for number in limit.beyond(values, options):
            yield limit, number, float(values[limit.signal][number])
