"""``qualitycheck check --watch``: checks again what changes, until somebody stops it."""

from __future__ import annotations

import contextlib
import glob
import hashlib
import itertools
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualitycheck.cli.messages import complain

if TYPE_CHECKING:
    from qualitycheck.document import Document
    from qualitycheck.report import DocumentReport
    from qualitycheck.reporters import Reporter
    from qualitycheck.runner import Runner

_CALM = 200  # milliseconds without a change after which a burst of them is taken for over


class Watched:
    """The documents that some paths name, with the report of each, renewed when its text changes."""

    def __init__(self, paths: Sequence[str], runner: Runner) -> None:
        self._paths = paths
        self._runner = runner
        self._known: dict[str, tuple[bytes, DocumentReport]] = {}
        self.errors: list[str] = []

    @property
    def reports(self) -> list[DocumentReport]:
        """The reports of all documents, in order."""
        return [report for _, report in self._known.values()]

    def renew(self) -> list[tuple[Document, DocumentReport]] | None:
        """Read everything again and check what is new or has changed; that with its reports, or None where nothing is
        different from the last time.
        """
        from qualitycheck.errors import InputError
        from qualitycheck.inputs import read_inputs

        documents: list[Document] = []
        errors = []
        for item in read_inputs(self._paths, self._runner.plugins):
            if isinstance(item, InputError):
                errors.append(str(item))
            else:
                documents.append(item)
        digests = [hashlib.blake2b(each.text.encode("utf-8", "surrogatepass")).digest() for each in documents]
        names = [document.path or "" for document in documents]
        known = self._known
        fresh = [
            document
            for document, name, digest in zip(documents, names, digests, strict=True)
            if name not in known or known[name][0] != digest
        ]
        if not fresh and errors == self.errors and list(known) == names:
            return None
        checked = list(self._runner.run(fresh))
        new = {document.path or "": report for document, report in checked}
        self._known = {
            name: (digest, new[name] if name in new else known[name][1])
            for name, digest in zip(names, digests, strict=True)
        }
        self.errors = errors
        return checked


def watch(paths: Sequence[str], runner: Runner, make_reporter: Callable[[], Reporter]) -> int:
    """Check the paths, and again whatever changes in them; 0 when it is interrupted.

    Raises UsageError for standard input, and where the package that watches is missing.
    """
    try:
        import watchfiles
    except ImportError:
        raise click.UsageError("--watch needs one more package: pip install qualitycheck[watch]") from None
    if "-" in paths:
        raise click.UsageError("--watch needs files or folders: standard input does not change")
    watched = Watched(paths, runner)
    _show(watched, make_reporter())
    changes = watchfiles.watch(
        *_roots(paths), debounce=4 * _CALM, step=_CALM, rust_timeout=2 * _CALM, yield_on_timeout=True
    )
    # What changes before the watch is on is found by looking once more when it is.
    looked = False
    with contextlib.suppress(KeyboardInterrupt):
        for changed in changes:
            if changed or not looked:
                _show(watched, make_reporter(), time.strftime("%H:%M:%S"), wait=not looked)
                looked = True
    return 0


def _show(watched: Watched, reporter: Reporter, now: str = "", *, wait: bool = False) -> None:
    """Print what changed, if anything did, and the state of all; ``wait`` says in any case that it waits."""
    from qualitycheck.report import CorpusReport

    changed = watched.renew()
    if changed is not None:
        if now:
            reporter.stream.write(f"\n{now}\n\n")
        for error in watched.errors:
            complain(error)
        for document, report in changed:
            reporter.document(document, report)
        reporter.finish(CorpusReport(watched.reports, list(watched.errors)))
        reporter.stream.flush()
    if (wait or (changed is not None and now)) and sys.stderr.isatty():
        complain("waiting for changes; Ctrl-C ends it", kind="")


def _roots(paths: Sequence[str]) -> Iterator[Path]:
    """The folders to watch: that of a file too, since editors replace a file by another of its name."""
    for given in paths:
        path = Path(given)
        if not path.exists() and glob.has_magic(given):
            path = Path(*itertools.takewhile(lambda part: not glob.has_magic(part), path.parts))
        yield path if path.is_dir() else path.parent
