"""Reports held back until all documents are read, for the checks that must see them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from qualitycheck.corpus import Entry, enter, resolve
from qualitycheck.errors import PluginError
from qualitycheck.spool import Spool

if TYPE_CHECKING:
    from qualitycheck.document import Document
    from qualitycheck.report import DocumentReport
    from qualitycheck.runner import Runner


class SecondPass:
    """Keeps documents on disk and what corpus checks need of them in memory. Raises OSError where the disk is full."""

    def __init__(self, runner: Runner, complain: Callable[[str], None]) -> None:
        self._runner, self._complain = runner, complain
        self._entries: list[Entry] = []
        self._spool = Spool()

    def add(self, document: Document, report: DocumentReport) -> None:
        """Take a document and its report."""
        self._entries.append(enter(self._runner, document, report))
        self._spool.add(document)

    def amended(self, reports: list[DocumentReport]) -> Iterator[tuple[Document, DocumentReport]]:
        """The documents, and their reports as they are now that all are known; ``reports`` are changed accordingly."""
        try:
            outcomes = resolve(self._runner, self._entries)
        except PluginError as error:
            self._complain(str(error))
            outcomes = {}
        with self._spool:
            for number, document in enumerate(self._spool):
                if number in outcomes:
                    reports[number] = self._runner.amended(document, reports[number], outcomes[number])
                yield document, reports[number]
