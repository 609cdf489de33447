"""``qualitycheck compare``: which words of a text became which in its rewrite, and what kind of rewrite it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualitycheck.cli.messages import complain
from qualitycheck.cli.options import (
    color_option,
    columns,
    output_option,
    reading_options,
    settings_from,
    settings_options,
    wants_color,
)

if TYPE_CHECKING:
    from qualitycheck.comparison import Comparison


@click.command()
@click.argument("original", metavar="ORIGINAL")
@click.argument("rewritten", metavar="REWRITTEN")
@click.option(
    "--output-format",
    type=click.Choice(["text", "json", "html"]),
    default="text",
    help="text (the default), json, html.",
)
@output_option
@click.option(
    "--lexicon",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the substitutions as lexicon lines, with where they come from.",
)
@reading_options
@color_option
@settings_options
def compare(
    original: str,
    rewritten: str,
    output_format: str,
    output: Path | None,
    lexicon: Path | None,
    color: str,
    **options: Any,
) -> int:
    """Compare a text with what was made of it; one of the two may be - for standard input.

    Lists which words became which and how often, changed names and numbers, altered quotations, and what was left out
    or put in, and says what kind of rewrite it is: copy, edit, spin, paraphrase or unrelated. The exit status is 0, or
    2 where a file cannot be read or a plugin fails on it.
    """
    from qualitycheck.cli.output import open_output
    from qualitycheck.comparison import compare as compare_texts
    from qualitycheck.comparison.lexicon import lexicon_lines
    from qualitycheck.inputs import read_named
    from qualitycheck.plugins import load_plugins
    from qualitycheck.preparation import Preparer

    if original == rewritten == "-":
        raise click.UsageError("only one of the two can be standard input")
    plugins = load_plugins(settings_from(**options))
    preparer = Preparer(plugins)
    prepared = [preparer(read_named(each, plugins)) for each in (original, rewritten)]
    failures = [failure for _, failed in prepared for failure in failed]
    for failure in failures:
        complain(failure)
    found = compare_texts(*(document for document, _ in prepared))
    with open_output(output) as stream:
        for part in _parts(found, output_format, stream, color):
            stream.write(part)
    if lexicon is not None:
        with open_output(lexicon) as stream:
            stream.writelines(f"{line}\n" for line in lexicon_lines(found))
    return 2 if failures else 0


def _parts(found: Comparison, output_format: str, stream: Any, color: str) -> Iterator[str]:
    if output_format == "html":
        from qualitycheck.comparison.html import html_parts

        yield from html_parts(found)
    elif output_format == "json":
        from qualitycheck.reporters.json import encode

        yield encode(found.to_dict(), stream.encoding, indent=2) + "\n"
    else:
        from qualitycheck.comparison.text import text_lines
        from qualitycheck.screen import Screen

        screen = Screen(stream.encoding, color=wants_color(stream, color))
        yield from (f"{line}\n" for line in text_lines(found, screen, min(columns(), 120)))
