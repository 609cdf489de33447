"""``qualitycheck filter``: a corpus in, each of its documents in one place out."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualitycheck.cli.filter_options import filter_options
from qualitycheck.cli.messages import complain
from qualitycheck.cli.options import flatten, names, settings_from, settings_options

if TYPE_CHECKING:
    from qualitycheck.filtering.run import Outcome, Run
    from qualitycheck.settings import Settings


@click.command(name="filter")
@click.argument("inputs", metavar="INPUT...", nargs=-1, type=click.UNPROCESSED)
@click.option("--output", "-o", metavar="DIR", help="The folder to write to, or - for standard output.")
@click.option(
    "--input-format",
    type=click.Choice(["jsonl", "parquet", "csv", "tsv", "text"]),
    help="How to read the inputs; their suffixes say it unless told.",
)
@click.option("--engine", type=click.Choice(["ray"]), help="Work on a Ray cluster, a file at a time, in place of here.")
@click.option("--resume", is_flag=True, help="Go on in a folder though inputs or settings have changed.")
@click.option("--overwrite", is_flag=True, help="Forget what an earlier run wrote into the folder.")
@click.option(
    "--what-if",
    multiple=True,
    metavar="NAME=VALUE",
    help="Decide anew from the scores in DIR, without a run: reject-below, review-below, keep, where. Repeatable.",
)
@click.option("--select", multiple=True, type=names, metavar="RULES", help="Only these codes, names or prefixes.")
@click.option("--ignore", multiple=True, type=names, metavar="RULES", help="Not these codes, names or prefixes.")
@click.option("--reject-below", type=click.FloatRange(0, 100), help="Reject documents with a lower score.")
@click.option("--review-below", type=click.FloatRange(0, 100), help="Review documents with a lower score.")
@filter_options
@click.option("-q", "--quiet", is_flag=True, help="No progress and no summary; errors alone.")
@settings_options
def filter(  # noqa: A001 (the name of the command)
    inputs: Sequence[str],
    output: str | None,
    input_format: str | None,
    engine: str | None,
    resume: bool,
    overwrite: bool,
    what_if: Sequence[str],
    select: Sequence[list[str]],
    ignore: Sequence[list[str]],
    quiet: bool,
    given: dict[str, Any],
    **options: Any,
) -> int:
    """Judge documents of any number, and put each in exactly one place.

    INPUT is a file, a folder, a glob, a URL, or - for standard input: JSON lines, Parquet, CSV, TSV or plain files,
    also compressed (gz, bz2, xz, zst). DIR gets a folder for each verdict, and a run that was broken off goes on where
    it was when the same command is given again.

    The exit status is 0 when every document was judged, and 2 when one is in quarantine or something failed.
    """
    settings = _settings(given, **options, select=flatten(select) or None, ignore=flatten(ignore) or None)
    if output is None:
        raise click.UsageError("no output given: name a folder with --output DIR, or - for standard output")
    if what_if:
        return _what_if(Path(output), what_if, inputs, settings)
    if not inputs:
        raise click.UsageError("no input given: name files or folders, or - for standard input")
    if resume and overwrite:
        raise click.UsageError("--resume and --overwrite exclude each other")

    run = _run_class(engine)(settings, inputs, input_format, complain=complain, progress=not quiet)
    if output == "-":
        if not quiet:
            complain("a pipe cannot be resumed: where it breaks off, all is to be done again", kind="note: ")
        outcome = run.into_stream(sys.stdout.buffer)
    else:
        outcome = run.into_folder(Path(output), resume=resume, overwrite=overwrite)
    if not quiet:
        _show(outcome, None if output == "-" else Path(output))
    return outcome.status


def _run_class(engine: str | None) -> type[Run]:
    if engine is None:
        from qualitycheck.filtering.run import Run

        return Run
    from qualitycheck.engines.ray_run import RayRun

    return RayRun


def _settings(given: dict[str, Any], **options: Any) -> Settings:
    """The settings in force, with what the command line says about the filter on top of the file's table."""
    import msgspec

    from qualitycheck.errors import SettingsError
    from qualitycheck.filtering.options import FilterSettings

    settings = settings_from(**options)
    values = {**msgspec.to_builtins(settings.filter), **given}
    if values["output-format"] == "dolma":
        values["annotate"] = True  # a line of attributes for every line of the input, in one stream
    try:
        made = msgspec.convert(values, FilterSettings)
    except msgspec.ValidationError as error:
        raise SettingsError(f"settings: {str(error)[:1].lower()}{str(error)[1:]}") from None
    return msgspec.structs.replace(settings, filter=made)


def _show(outcome: Outcome, folder: Path | None) -> None:
    """The summary, on standard error where standard output carries documents."""
    from qualitycheck.filtering.summary import as_lines
    from qualitycheck.screen import Screen

    stream = sys.stderr if folder is None else sys.stdout
    screen = Screen(stream.encoding)
    run = outcome.summary["run"]
    done = outcome.summary["bytes"]
    click.echo("\n".join(screen.exact(line) if line else "" for line in as_lines(outcome.summary, screen)), file=stream)
    rate = ""
    if not outcome.resumed and run["seconds"]:
        documents = outcome.summary["documents"]
        rate = f", {done / 1e6 / run['seconds']:.1f} MB/s, {documents / run['seconds']:,.0f} documents/s"
    earlier = f"; {outcome.resumed:,} documents were done before" if outcome.resumed else ""
    where = f"; {screen.exact(str(folder / 'summary.json'))}" if folder else ""
    click.echo(f"\n{run['seconds']:.1f} s{rate}{earlier}{where}", file=stream)


def _what_if(folder: Path, changes: Sequence[str], inputs: Sequence[str], settings: Settings) -> int:
    from qualitycheck.filtering.what_if import decide_anew, parse

    if inputs:
        raise click.UsageError("--what-if reads the folder of a run, and takes no input")
    from qualitycheck.screen import Screen

    screen = Screen(sys.stdout.encoding)
    for line in decide_anew(folder, parse(changes)).lines():
        click.echo(screen.exact(line))
    return 0
