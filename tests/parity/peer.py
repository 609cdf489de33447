"""The verdicts that datatrove itself gives, where it is installed."""

from datatrove.data import Document
from datatrove.pipeline.filters import (
    C4QualityFilter,
    FineWebQualityFilter,
    GopherQualityFilter,
    GopherRepetitionFilter,
)

FILTERS = {
    "gopher_quality": GopherQualityFilter(),
    "gopher_repetition": GopherRepetitionFilter(),
    "c4": C4QualityFilter(),
    "fineweb": FineWebQualityFilter(),
}


def verdicts(text):
    """For each filter the reason for which it drops the text, None where it keeps it; each filter alone.

    ``fineweb_after_c4`` is FineWeb's on what C4 leaves; "" where C4 drops the text, so that there is none.
    """
    found = {}
    left = text
    for name, each in FILTERS.items():
        document = Document(text=text, id="")
        outcome = each.filter(document)
        found[name] = None if outcome is True else outcome[1]
        if name == "c4":
            left = document.text
    outcome = FILTERS["fineweb"].filter(Document(text=left, id=""))
    found["fineweb_after_c4"] = "" if found["c4"] is not None else None if outcome is True else outcome[1]
    return found
