"""``qualitycheck restore`` and ``qualitycheck train``. What they need is imported when they run."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from qualitycheck import QualityCheckError
from qualitycheck.commands import (
    complain,
    open_output,
    output_option,
    read_document,
    reading_options,
    settings_from,
    settings_options,
)


@click.command()
@click.argument("file", metavar="FILE")
@click.option(
    "--output-format",
    type=click.Choice(["text", "diff", "json"]),
    default="text",
    help="text (the default), diff (unified, for patch), or json.",
)
@click.option(
    "--unsure",
    type=click.Choice(["mark", "leave"]),
    default="mark",
    help="What becomes of the substitutions that are not sure: [[name → call?]] (the default), or nothing.",
)
@click.option(
    "--least-confidence",
    type=click.FloatRange(0, 1),
    help="How sure a substitution must be to be turned back; .98 unless told.",
)
@output_option
@reading_options
@settings_options
def restore(
    file: str, output_format: str, unsure: str, least_confidence: float | None, output: Path | None, **options: Any
) -> int:
    """Turn back what a spinner replaced, as far as it is sure.

    FILE may be - for standard input. A text that is not held to be spun comes out as it is. The exit status is 0, or 2
    where the file cannot be read.
    """
    from qualitycheck_odd_synonyms.restoration import LEAST_CONFIDENCE
    from qualitycheck_odd_synonyms.restoration import restore as restore_text
    from qualitycheck_odd_synonyms.unified import unified_diff

    settings = settings_from(**options)
    least = LEAST_CONFIDENCE if least_confidence is None else least_confidence
    models = [Path(folder) for folder in settings.models]
    found = restore_text(read_document(file, settings), models=models, least_confidence=least)
    edits = found.edits(mark=unsure == "mark")
    with open_output(output) as stream:
        if output_format == "json":
            import json

            # ASCII, since a text may hold what the stream cannot carry.
            stream.write(json.dumps(found.to_dict(), indent=2) + "\n")
        elif output_format == "diff":
            name = found.document.path or file
            stream.writelines(unified_diff(found.document.text, edits, name, name))
        else:
            stream.write(found.marked if unsure == "mark" else found.text)
    sure = sum(each.sure for each in found.substitutions)
    if found.spun:
        complain(f"{sure} substitutions turned back, {len(found.substitutions) - sure} not sure", kind="")
    elif found.document.language not in found.languages:
        known = ", ".join(sorted(found.languages))
        complain(
            f"no model knows the language {found.document.language or 'of the text'} (there are: {known})", kind=""
        )
    else:
        complain("this text is not held to be spun", kind="")
    return 0


@click.command()
@click.argument("texts", metavar="TEXT...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--lexicon",
    "lexicons",
    multiple=True,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Pairs of original and observed, a line each, tab between; a family of its own. Repeatable.",
)
@click.option(
    "--output", required=True, type=click.Path(file_okay=False, path_type=Path), metavar="FOLDER",
    help="The model folder to write; --model, or the setting models, loads it.",
)  # fmt: skip
@click.option("--language", metavar="CODE", help="The language the model is for; that of the text unless told.")
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="The same seed, the same bytes.")
@click.option("--overwrite", is_flag=True, help="Replace the model that FOLDER holds.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing while training.")
@settings_options
def train(
    texts: Sequence[Path],
    lexicons: Sequence[Path],
    output: Path,
    language: str | None,
    seed: int,
    overwrite: bool,
    quiet: bool,
    **options: Any,
) -> int:
    """Train a substitution model from lexicons and clean text.

    TEXT is a file or folder of .txt and .jsonl, plain or gz, bz2, xz. Each is taken for a genre of its own; the last
    twentieth of each is kept to measure the model. A run that was stopped goes on where it was when it is started
    again. The exit status is 0, or 2 where something cannot be read or written.
    """
    settings_from(**options)
    try:
        from qualitycheck_odd_synonyms.training.pipeline import train as train_model
    except ImportError as error:
        if error.name != "numba":
            raise
        raise QualityCheckError('training needs numba; install it with pip install "qualitycheck[train]"') from None
    started = time.monotonic()

    def progress(line: str) -> None:
        if not quiet:
            sys.stderr.write(f"{time.monotonic() - started:6.0f} s  {line}\n")
            sys.stderr.flush()

    manifest = train_model(
        lexicons, texts, output, language=language, seed=seed, overwrite=overwrite, progress=progress
    )
    for line in _summary(manifest, output):
        click.echo(line)
    return 0


def _summary(manifest: dict[str, Any], output: Path) -> list[str]:
    families, measured = manifest["lexicons"], manifest["measured"]
    pairs = sum(each["pairs"] for each in families.values())
    tokens = sum(each["tokens"] for each in manifest["sources"].values())
    lines = [
        f"{output}: {pairs:,} pairs in {', '.join(families)} ({manifest['language']}), trained on {tokens:,} words"
    ]
    clean = [(each["held to be spun"], each["documents"]) for each in measured["clean"].values()]
    kept = sum(count for _, count in clean)
    if not kept:
        return [*lines, f"not measured: no document of {measured['least tokens']} words and more was kept back"]
    lines.append(f"of {kept} clean documents that were kept back, {sum(alarms for alarms, _ in clean)} held to be spun")
    for family, each in measured["spun"].items():
        if each["documents"]:
            lines.append(
                f"spun in full by {family}, {each['found']} of {each['documents']} found; of the replaced words "
                f"{each['recall'] or 0:.0%} found, {each['precision'] or 0:.0%} of what is found right, "
                f"{each['original named'] or 0:.0%} of the originals named"
            )
    return lines
