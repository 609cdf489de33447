"""The four filters together: every reason for which datatrove would drop a text, by filter."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from qualitycheck_datatrove import c4, fineweb, gopher
from qualitycheck_datatrove.gopher import Reason
from qualitycheck_datatrove.options import DatatroveOptions
from qualitycheck_datatrove.vocabulary import vocabulary

#: The rules by filter, in the order in which a pipeline has them.
FILTERS = {
    "gopher_quality": "DTV001",
    "gopher_repetition": "DTV002",
    "c4": "DTV003",
    "fineweb": "DTV004",
}


def reasons(
    text: str, options: DatatroveOptions, filters: Collection[str] = tuple(FILTERS)
) -> Iterator[tuple[str, Reason]]:
    """The filter and the reason, for all reasons of all filters asked for."""
    words = vocabulary().words(text)
    if "gopher_quality" in filters:
        yield from (("gopher_quality", each) for each in gopher.quality(text, words, options.gopher_quality))
    if "gopher_repetition" in filters:
        yield from (("gopher_repetition", each) for each in gopher.repetition(text, words, options.gopher_repetition))
    if "c4" in filters or options.fineweb.after_c4:
        outcome = c4.c4(text, options.c4)
        if outcome.reason is not None and "c4" in filters:
            yield "c4", outcome.reason
        if options.fineweb.after_c4:
            text, words = outcome.text, vocabulary().words(outcome.text)
    if "fineweb" in filters:
        yield from (("fineweb", each) for each in fineweb.fineweb(text, len(words), options.fineweb))
