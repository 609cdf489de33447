"""``qualitycheck report``: reports that were saved before come out in another format, an HTML page above all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualitycheck.cli.messages import complain
from qualitycheck.cli.options import (
    color_option,
    columns,
    failures,
    output_option,
    reading_options,
    settings_from,
    settings_options,
    wants_color,
)

if TYPE_CHECKING:
    from qualitycheck.document import Document
    from qualitycheck.plugins import Plugins
    from qualitycheck.report import DocumentReport
    from qualitycheck.saved import SavedReport


@click.command()
@click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=click.UNPROCESSED)
@click.option("--output-format", default="html", metavar="FORMAT", help="html (the default), or any other of check.")
@output_option
@click.option(
    "--texts",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Take the texts that were not saved with their reports from this folder, by the paths in the reports.",
)
@click.option(
    "--text-field", default="text", metavar="NAME", help="Where documents with a quality field have the text."
)
@click.option("--statistics", is_flag=True, help="Count the findings of each rule, in the formats for a terminal.")
@reading_options
@color_option
@settings_options
def report(
    paths: Sequence[str],
    output_format: str,
    output: Path | None,
    texts: Path | None,
    text_field: str,
    statistics: bool,
    color: str,
    **options: Any,
) -> int:
    """Make a report of saved reports: files of json or jsonl, or documents that the filter annotated; - is standard
    input.

    The exit status is 2 where one cannot be read, else 0: what is in them was judged when they were made.
    """
    from qualitycheck.cli.check import reporter_of
    from qualitycheck.cli.output import open_output
    from qualitycheck.plugins import load_plugins
    from qualitycheck.report import CorpusReport
    from qualitycheck.reporters import Options
    from qualitycheck.saved import read_saved

    plugins = load_plugins(settings_from(**options))
    for failure in failures(plugins):
        complain(failure)
    reporter_class = reporter_of(output_format, plugins, output)
    run = CorpusReport()
    lost = 0
    with open_output(output) as stream:
        reporter = reporter_class(
            stream, Options(columns(), wants_color(stream, color), statistics, with_text=True, plugins=plugins)
        )
        for given in paths:
            for document, result in _documents(read_saved(given, text_field), texts, plugins):
                run.documents.append(result)
                reporter.document(document, result)
                lost += not document.text and bool(result.words)
        reporter.finish(run)
    if lost and texts is not None:
        complain(f"{lost} of {len(run.documents)} texts were not found in {texts}, or are no longer the same", kind="")
    return 2 if plugins.failed else 0


def _documents(
    saved: Iterator[SavedReport], texts: Path | None, plugins: Plugins
) -> Iterator[tuple[Document, DocumentReport]]:
    """Each report with its document; one without text where that is not known."""
    from qualitycheck.document import Document

    for each in saved:
        text = each.text
        if text is None and texts is not None and each.report.path is not None:
            text = _text(texts, each.report, plugins)
        yield Document(text or "", path=each.report.path, id=each.report.id), each.report


def _text(folder: Path, result: DocumentReport, plugins: Plugins) -> str | None:
    """The text of the file in ``folder`` that a report names; None where there is none, or it is not the same.

    A report may be anybody's, and its paths may lead anywhere: no file outside the folder is read.
    """
    from qualitycheck.errors import InputError
    from qualitycheck.inputs import read_file

    base = folder.resolve()
    try:
        path = (base / (result.path or "")).resolve()
        if not path.is_relative_to(base) or not path.is_file():
            return None
        text = read_file(path, plugins).text
    except (InputError, OSError, ValueError):
        return None
    return text if result.is_about(text) else None
