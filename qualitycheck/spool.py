"""Documents set aside until all have been read: on disk where they are many, so that memory stays bounded."""

from __future__ import annotations

import pickle
import tempfile
from array import array
from collections.abc import Iterator

from qualitycheck.document import Document

_IN_MEMORY = 16_000_000  # bytes; more goes to a temporary file


class Spool:
    """Takes documents and gives them back in order, without what was computed of them.

    A context manager: what it keeps is gone when it is left. Raises OSError where there is no room for it.
    """

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 (closed with the spool)
        self._places = array("q")

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, *about: object) -> None:
        self._file.close()

    def __len__(self) -> int:
        return len(self._places)

    def add(self, document: Document) -> None:
        """Set a document aside."""
        self._file.seek(0, 2)
        self._places.append(self._file.tell())
        prose = None if document.prose == document.text else document.prose
        facts = (prose, document.path, document.id, dict(document.metadata), document.comments, document.fragment)
        pickle.dump((document.text, *facts), self._file, protocol=5)

    def __iter__(self) -> Iterator[Document]:
        for place in self._places:
            self._file.seek(place)
            text, prose, path, name, metadata, comments, fragment = pickle.load(self._file)
            yield Document(
                text, prose=prose, path=path, id=name, metadata=metadata, comments=comments, fragment=fragment
            )
