"""``qualitycheck check``: documents in, a report and an exit status out."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualitycheck.cli.messages import complain
from qualitycheck.cli.options import (
    columns,
    failures,
    flatten,
    names,
    settings_from,
    settings_options,
    size,
    wants_color,
)

if TYPE_CHECKING:
    from qualitycheck.document import Document
    from qualitycheck.report import CorpusReport, DocumentReport
    from qualitycheck.reporters import Reporter
    from qualitycheck.runner import Runner
    from qualitycheck.settings import Settings
    from qualitycheck.timing import Clock


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, type=click.UNPROCESSED)
@click.option(
    "--output-format",
    default="full",
    metavar="FORMAT",
    help="full (the default), concise, json, jsonl, or that of a plugin.",
)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the report to this file, complete or not at all.",
)
@click.option("--select", multiple=True, type=names, metavar="RULES", help="Only these codes, names or prefixes.")
@click.option("--ignore", multiple=True, type=names, metavar="RULES", help="Not these codes, names or prefixes.")
@click.option(
    "--fail-on",
    type=click.Choice(["info", "warning", "error", "never"]),
    help="The least severity that makes the exit status 1; error unless told.",
)
@click.option("--min-score", type=click.FloatRange(0, 100), help="Exit with 1 where a document scores less.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 where it would be 1.")
@click.option("--statistics", is_flag=True, help="Count the findings of each rule.")
@click.option("-q", "--quiet", is_flag=True, help="Print the summary alone.")
@click.option("--encoding", metavar="NAME", help="The encoding of the files; utf-8 unless told.")
@click.option("--max-size", type=size, metavar="SIZE", help="Refuse files larger than this; 50MB unless told.")
@click.option("--stdin-filename", metavar="NAME", help="What to call standard input; the suffix says how to read it.")
@click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    help="When to use colour; auto means on a terminal.",
)
@click.option("--time-checks", is_flag=True, help="Say on standard error how long each check took.")
@click.option("--show-settings", is_flag=True, help="Print the settings in force, and stop.")
@settings_options
def check(
    paths: Sequence[str],
    output_format: str,
    output: Path | None,
    select: Sequence[list[str]],
    ignore: Sequence[list[str]],
    exit_zero: bool,
    statistics: bool,
    quiet: bool,
    stdin_filename: str | None,
    color: str,
    time_checks: bool,
    show_settings: bool,
    **options: Any,
) -> int:
    """Check files, folders and globs, or - for standard input.

    The exit status is 2 where something could not be read, loaded or run; else 1 where a finding is as bad as
    --fail-on says, a document is rejected, or one scores less than --min-score; else 0.
    """
    settings = settings_from(**options, select=flatten(select) or None, ignore=flatten(ignore) or None)
    if show_settings:
        return _show(settings)
    if not paths:
        raise click.UsageError("no path given: name files or folders, or - for standard input")

    from qualitycheck.cli.output import open_output
    from qualitycheck.report import CorpusReport
    from qualitycheck.reporters import Options
    from qualitycheck.timing import Clock

    clock = Clock() if time_checks else None
    runner = _runner(settings, clock)
    reporter_class = _reporter_class(output_format, runner)
    report = CorpusReport(settings=settings.digest(), errors=failures(runner.plugins))
    for failure in report.errors:
        complain(failure)
    with open_output(output) as stream:
        shown = Options(columns(), wants_color(stream, color), statistics, quiet)
        reporter = reporter_class(stream, shown)
        streams = output_format != "json" and not quiet
        found = _documents(paths, stdin_filename, runner, report)
        documents = clock.watch(found) if clock else found
        _run(documents, runner, reporter, report, silent=streams and stream.isatty())
        report.versions = runner.versions()  # a check knows that of its model once it has loaded it
        reporter.finish(report)
    _complain_of_crashes(report)
    if clock:
        click.echo("\n".join(clock.table()), err=True)
    status = exit_status(report, settings)
    return 0 if exit_zero and status == 1 else status


def exit_status(report: CorpusReport, settings: Settings) -> int:
    """2 where anything failed or nothing was checked; 1 where a document does not pass; else 0."""
    if report.has_errors or not report.documents:
        return 2
    return int(any(_fails(document, settings) for document in report.documents))


def _fails(document: DocumentReport, settings: Settings) -> bool:
    from qualitycheck.rule import Severity

    if document.score < settings.min_score:
        return True
    if settings.fail_on == "never":
        return False
    least = Severity(settings.fail_on).rank
    return document.verdict == "reject" or any(finding.severity.rank >= least for finding in document.findings)


def _show(settings: Settings) -> int:
    """Print the settings, with the options of every check; 2 where a plugin does not load."""
    from qualitycheck.cli.show_settings import as_toml
    from qualitycheck.options import configure
    from qualitycheck.plugins import load_plugins

    plugins = load_plugins(settings)
    for failure in failures(plugins):
        complain(failure)
    configure(plugins.checks, settings.checks)
    click.echo(as_toml(settings, plugins.checks))
    return 2 if plugins.failed else 0


def _runner(settings: Settings, clock: Clock | None) -> Runner:
    from qualitycheck.errors import SettingsError
    from qualitycheck.plugins import load_plugins
    from qualitycheck.runner import Runner

    try:
        return Runner(settings, clock=clock)
    except SettingsError:
        # A rule or check that nobody knows may be that of a plugin that did not load: say so first.
        for failure in failures(load_plugins(settings)):
            complain(failure)
        raise


def _reporter_class(name: str, runner: Runner) -> type[Reporter]:
    """The reporter of an output format; a usage error with the nearest name where there is none."""
    from qualitycheck.errors import nearest
    from qualitycheck.reporters import all_reporters

    reporters = all_reporters(runner.plugins)
    if name not in reporters:
        near = nearest(name, list(reporters)) or f": there are {', '.join(reporters)}"
        raise click.UsageError(f"unknown output format “{name}”{near}")
    return reporters[name]


def _run(
    documents: Iterable[Document], runner: Runner, reporter: Reporter, report: CorpusReport, *, silent: bool
) -> None:
    """Check the documents and fill the report; what cannot be read is said at once, and the rest goes on."""
    from qualitycheck.cli.progress import progress

    with progress(shown=sys.stderr.isatty() and not silent) as advance:
        for document, result in runner.run(documents):
            report.documents.append(result)
            reporter.document(document, result)
            advance(len(report.documents))
    if not report.documents and not report.errors:
        report.errors.append("nothing was found to check")
        complain(report.errors[-1])


def _complain_of_crashes(report: CorpusReport) -> None:
    crashes = [error for document in report.documents for error in document.errors]
    if crashes:
        more = f" (the first of {len(crashes)} crashes; the report has all)" if len(crashes) > 1 else ""
        complain(crashes[0] + more)


def _documents(
    paths: Sequence[str], stdin_filename: str | None, runner: Runner, report: CorpusReport
) -> Iterator[Document]:
    from qualitycheck.errors import InputError
    from qualitycheck.inputs import read_inputs

    for item in read_inputs(paths, runner.plugins, stdin_filename=stdin_filename):
        if isinstance(item, InputError):
            report.errors.append(str(item))
            complain(str(item))
        else:
            yield item
