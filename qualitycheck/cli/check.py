"""``qualitycheck check``: documents in, a report and an exit status out."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualitycheck.cli.messages import complain
from qualitycheck.cli.options import (
    color_option,
    columns,
    failures,
    flatten,
    names,
    output_option,
    reading_options,
    settings_from,
    settings_options,
    wants_color,
)

if TYPE_CHECKING:
    from qualitycheck.baseline import Baseline
    from qualitycheck.cli.fix import Mender
    from qualitycheck.cli.second_pass import SecondPass
    from qualitycheck.document import Document
    from qualitycheck.plugins import Plugins
    from qualitycheck.report import CorpusReport
    from qualitycheck.reporters import Options, Reporter
    from qualitycheck.runner import Runner
    from qualitycheck.settings import Settings
    from qualitycheck.timing import Clock


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, type=click.UNPROCESSED)
@click.option(
    "--output-format",
    default="full",
    metavar="FORMAT",
    help="full (the default), concise, json, jsonl, html, sarif, junit, github, gitlab, markdown, csv, "
    "or that of a plugin.",
)
@output_option
@click.option("--select", multiple=True, type=names, metavar="RULES", help="Only these codes, names or prefixes.")
@click.option("--ignore", multiple=True, type=names, metavar="RULES", help="Not these codes, names or prefixes.")
@click.option(
    "--fail-on",
    type=click.Choice(["info", "warning", "error", "never"]),
    help="The least severity that makes the exit status 1; error unless told.",
)
@click.option("--min-score", type=click.FloatRange(0, 100), help="Exit with 1 where a document scores less.")
@click.option("--baseline", metavar="FILE", help="Leave out what this file accepts; what is new counts.")
@click.option(
    "--write-baseline",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Accept all that is found from now on: write it to this file.",
)
@click.option("--fix", is_flag=True, help="Put right what a machine can, in the files, and report what is left.")
@click.option("--unsafe-fixes", is_flag=True, help="Fix what a machine can only guess, too.")
@click.option("--diff", is_flag=True, help="Show what would be fixed, and change nothing.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 where it would be 1.")
@click.option("--statistics", is_flag=True, help="Count the findings of each rule.")
@click.option("-q", "--quiet", is_flag=True, help="Print the summary alone.")
@click.option("-v", "--verbose", is_flag=True, help="Print all that was measured, and every suggestion.")
@click.option("--watch", is_flag=True, help="Check again what changes, until Ctrl-C.")
@click.option("--with-text", is_flag=True, help="Put the texts into json and jsonl, so that report can show them.")
@reading_options
@click.option("--stdin-filename", metavar="NAME", help="What to call standard input; the suffix says how to read it.")
@color_option
@click.option("--time-checks", is_flag=True, help="Say on standard error how long each check took.")
@click.option("--show-settings", is_flag=True, help="Print the settings in force, and stop.")
@settings_options
def check(
    paths: Sequence[str],
    output_format: str,
    output: Path | None,
    select: Sequence[list[str]],
    ignore: Sequence[list[str]],
    write_baseline: Path | None,
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
    exit_zero: bool,
    statistics: bool,
    quiet: bool,
    verbose: bool,
    watch: bool,
    with_text: bool,
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
    _refuse_contradictions(
        paths, baselines=bool(write_baseline and options["baseline"]), recorded=write_baseline is not None, fix=fix,
        unsafe=unsafe_fixes, diff=diff, watch=watch,
    )  # fmt: skip
    settings = settings_from(**options, select=flatten(select) or None, ignore=flatten(ignore) or None)
    if show_settings:
        return _show(settings)
    if not paths:
        raise click.UsageError("no path given: name files or folders, or - for standard input")

    from qualitycheck.baseline import recording
    from qualitycheck.cli.fix import Mender, Preview
    from qualitycheck.cli.output import open_output
    from qualitycheck.report import CorpusReport
    from qualitycheck.reporters import Options
    from qualitycheck.reporters.summary import count
    from qualitycheck.timing import Clock

    accepting = recording(write_baseline) if write_baseline else None
    clock = Clock() if time_checks else None
    runner = _runner(settings, accepting, clock)
    reporter_class = reporter_of(output_format, runner.plugins, output)
    report = CorpusReport(settings=settings.digest(), errors=failures(runner.plugins))
    for failure in report.errors:
        complain(failure)
    if watch:
        look = Options(columns(), wants_color(sys.stdout, color), statistics, quiet, verbose, plugins=runner.plugins)
        return _watch(paths, runner, reporter_class, look, output)
    with open_output(output) as stream:
        colored = wants_color(stream, color)
        shown = Options(columns(), colored, statistics, quiet, verbose, with_text, runner.plugins)
        reporter: Reporter = Preview(stream, shown, settings.encoding) if diff else reporter_class(stream, shown)
        mender = Mender(runner, report, reporter, unsafe=unsafe_fixes) if fix or diff else None
        streams = reporter_class.streams and not quiet
        found = _documents(paths, stdin_filename, runner, report)
        documents = clock.watch(found) if clock else found
        # What needs all documents makes every report wait for the last of them.
        second = _second_pass(runner, report) if not diff else None
        _run(documents, runner, reporter, report, mender, second, silent=streams and not second and stream.isatty())
        report.versions = runner.versions()  # a check knows that of its model once it has loaded it
        report.notes += runner.notes()
        reporter.finish(report)
    _complain_of_crashes(report)
    for note in report.notes:
        complain(note, kind="")
    if mender is not None:
        complain(mender.summary(), kind="")
    if accepting is not None:
        accepting.write()
        complain(f"{write_baseline} accepts {count(len(accepting), 'finding')}", kind="")
    if clock:
        click.echo("\n".join(clock.table()), err=True)
    status = exit_status(report, settings)
    return 0 if exit_zero and status == 1 else status


def _refuse_contradictions(
    paths: Sequence[str], *, baselines: bool, recorded: bool, fix: bool, unsafe: bool, diff: bool, watch: bool
) -> None:
    if watch and (recorded or fix or diff):
        raise click.UsageError("--watch excludes --fix, --diff and --write-baseline: it reports, again and again")
    if baselines or (recorded and (fix or diff)):
        raise click.UsageError("--write-baseline excludes --baseline, --fix and --diff")
    if unsafe and not (fix or diff):
        raise click.UsageError("--unsafe-fixes needs --fix, or --diff to see first what it would do")
    if fix and not diff and "-" in paths:
        raise click.UsageError("--fix changes files, and standard input is none; --diff shows what it would do")


def exit_status(report: CorpusReport, settings: Settings) -> int:
    """2 where anything failed or nothing was checked; 1 where a document does not pass; else 0."""
    from qualitycheck.standard import shortcomings

    if report.has_errors or not report.documents:
        return 2
    return int(any(shortcomings(document, settings) for document in report.documents))


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


def _runner(settings: Settings, baseline: Baseline | None, clock: Clock | None) -> Runner:
    from qualitycheck.errors import SettingsError
    from qualitycheck.plugins import load_plugins
    from qualitycheck.runner import Runner

    try:
        return Runner(settings, baseline=baseline, clock=clock)
    except SettingsError:
        # A rule or check that nobody knows may be that of a plugin that did not load: say so first.
        for failure in failures(load_plugins(settings)):
            complain(failure)
        raise


def _watch(
    paths: Sequence[str], runner: Runner, reporter_class: type[Reporter], look: Options, output: Path | None
) -> int:
    from qualitycheck.cli.watch import watch

    if not reporter_class.streams or output is not None:
        raise click.UsageError("--watch prints what changes: it goes with full and concise, without --output")
    return watch(paths, runner, lambda: reporter_class(sys.stdout, look))


def reporter_of(name: str, plugins: Plugins, output: Path | None) -> type[Reporter]:
    """The reporter of an output format; a usage error with the nearest name where there is none."""
    from qualitycheck.errors import nearest
    from qualitycheck.reporters import all_reporters

    reporters = all_reporters(plugins)
    if name not in reporters:
        near = nearest(name, list(reporters)) or f": there are {', '.join(reporters)}"
        raise click.UsageError(f"unknown output format “{name}”{near}")
    if name == "html" and output is None and sys.stdout.isatty():
        raise click.UsageError("an HTML page is nothing for a terminal: name a file with --output")
    return reporters[name]


def _run(
    documents: Iterable[Document],
    runner: Runner,
    reporter: Reporter,
    report: CorpusReport,
    mender: Mender | None,
    second: SecondPass | None,
    *,
    silent: bool,
) -> None:
    """Check the documents and fill the report; what cannot be read is said at once, and the rest goes on."""
    from qualitycheck.cli.progress import progress

    with progress(shown=sys.stderr.isatty() and not silent) as advance:
        for document, result in runner.run(documents):
            if mender is not None:
                document, result = mender.mend(document, result)
            report.documents.append(result)
            if second is not None:
                second.add(document, result)
            else:
                reporter.document(document, result)
            advance(len(report.documents))
    if second is not None:
        for document, result in second.amended(report.documents):
            reporter.document(document, result)
    if not report.documents and not report.errors:
        report.errors.append("nothing was found to check")
        complain(report.errors[-1])


def _second_pass(runner: Runner, report: CorpusReport) -> SecondPass | None:
    """What holds reports back; None where no check needs it."""
    if not runner.corpus_checks:
        return None
    from qualitycheck.cli.second_pass import SecondPass

    def fail(message: str) -> None:
        report.errors.append(message)
        complain(message)

    return SecondPass(runner, fail)


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
