"""What commands of plugins share with our own: how documents are read, where output goes, where settings come from.

A plugin brings commands with the hook ``qualitycheck_commands``; a command is a click command that returns its exit
status (0, or 2 where something failed), and raises a QualityCheckError for what people can mend.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualitycheck.cli.messages import complain
from qualitycheck.cli.options import (
    color_option,
    output_option,
    reading_options,
    settings_from,
    settings_options,
    size,
    wants_color,
)
from qualitycheck.cli.output import open_output

if TYPE_CHECKING:
    from qualitycheck.document import Document
    from qualitycheck.settings import Settings

__all__ = [
    "color_option",
    "complain",
    "open_output",
    "output_option",
    "read_document",
    "reading_options",
    "settings_from",
    "settings_options",
    "size",
    "wants_color",
]


def read_document(path: str, settings: Settings) -> Document:
    """The document in a file, or on standard input for ``-``, read and prepared as ``qualitycheck check`` does it.

    A plugin that fails to prepare it is named on standard error. Raises InputError where it cannot be read.
    """
    from qualitycheck.inputs import read_named
    from qualitycheck.plugins import load_plugins
    from qualitycheck.preparation import Preparer

    plugins = load_plugins(settings)
    document, failures = Preparer(plugins)(read_named(path, plugins))
    for failure in failures:
        complain(failure)
    return document
