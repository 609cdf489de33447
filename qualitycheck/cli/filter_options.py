"""The options of ``qualitycheck filter`` that are settings: names of the table ``[filter]`` with two hyphens."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar

import click

from qualitycheck.cli.options import names, size

Command = TypeVar("Command", bound=Callable[..., Any])


class _Count(click.ParamType[int]):
    """A number of characters or times, also as 2M or 500k."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> int:
        return value if isinstance(value, int) else size(value)


_OPTIONS: dict[str, dict[str, Any]] = {
    "text-field": {"metavar": "NAME", "help": "The field of the text; text unless told. A dot leads into an object."},
    "id-field": {"metavar": "NAME", "help": "The field that names a document; id unless told."},
    "source-field": {"metavar": "NAME", "help": "The field by which the summary groups; source unless told."},
    "quality-field": {"metavar": "NAME", "help": "The field to add; quality unless told."},
    "output-format": {
        "type": click.Choice(["same", "jsonl", "dolma"]),
        "help": "That of the input unless told; dolma writes attribute files beside the documents.",
    },
    "compression": {
        "type": click.Choice(["same", "none", "gz", "bz2", "xz", "zst"]),
        "help": "Of the outputs; that of the input unless told.",
    },
    "workers": {"type": click.IntRange(1), "metavar": "N", "help": "Processes; one a core unless told."},
    "timeout": {"type": click.FloatRange(0), "metavar": "SECONDS", "help": "For one document; 60; 0 means none."},
    "split-size": {"type": size, "metavar": "SIZE", "help": "Cut inputs into such pieces; 8MB unless told."},
    "max-line": {"type": size, "metavar": "SIZE", "help": "Longer lines go to quarantine; 16MB unless told."},
    "max-document": {"type": _Count(), "metavar": "CHARACTERS", "help": "Longer texts go to quarantine; 2M."},
    "max-ratio": {"type": click.IntRange(1), "metavar": "N", "help": "How far a compressed file may expand; 200."},
    "where": {"metavar": "CONDITION", "help": "Reject what does not fulfil it: \"score >= 60 and words > 50\"."},
    "keep": {"type": names, "metavar": "VERDICT", "help": "Accept these verdicts too: review, reject."},
    "annotate": {"is_flag": True, "help": "Write all documents into one stream, with their quality."},
    "findings": {"is_flag": True, "help": "Put the findings into the quality field."},
    "signals": {"is_flag": True, "help": "Put the signals into the quality field and the ledger."},
    "corpus-checks": {"is_flag": True, "help": "Find duplicates, too: what is found so is judged in a second pass."},
    "sample": {"type": click.IntRange(0, 1000), "metavar": "N", "help": "Examples a rule in the summary; 3."},
    "limit": {"type": click.IntRange(1), "metavar": "N", "help": "Take the first N documents."},
    "sample-rate": {"type": click.FloatRange(0, 1, min_open=True), "metavar": "SHARE", "help": "Take a share."},
}  # fmt: skip


def filter_options(command: Command) -> Command:
    """Add the options; the command gets those that were given as the mapping ``given``."""

    @functools.wraps(command)
    def wrapped(**values: Any) -> Any:
        given = {}
        for name in _OPTIONS:
            value = values.pop(name.replace("-", "_"))
            if value is not None and value is not False:
                given[name] = value
        return command(given=given, **values)

    for name, facts in reversed(_OPTIONS.items()):
        wrapped = click.option(f"--{name}", **({"default": None} | facts))(wrapped)
    return wrapped  # type: ignore[return-value]
