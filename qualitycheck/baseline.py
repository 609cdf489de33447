"""A baseline: the findings that a project has accepted for now, so that only new ones count.

A finding is known again by its rule and by what stands around it, never by its line: the text that was found, and the
five words before and after it. Text may be put in or taken out anywhere else, paragraphs rewrapped, emphasis and links
changed. Where the words around a finding are edited, those that are left decide: all words on one side are enough, and
so is the nearest word on both. Each entry accepts one finding, so that a second of the same kind is new.

What is compared, and written down, is the prose: markup is none of a baseline's business.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections import deque
from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from os import PathLike
from pathlib import Path
from typing import Literal, Self
from weakref import WeakKeyDictionary

import msgspec
import numpy as np

from qualitycheck.atomic import replacing
from qualitycheck.document import Document
from qualitycheck.errors import SettingsError
from qualitycheck.finding import Finding
from qualitycheck.screen import harmless
from qualitycheck.tokens import PUNCTUATION

_WORDS = 5  # on either side of a finding
_LONGEST_WORD = 30  # code points of a word beside a finding
_LONGEST_TEXT = 80  # code points of a finding; a hash stands for the rest


class Entry(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """An accepted finding: its rule, its text (None where it is about the whole document), and the words around it."""

    rule: str
    before: str = ""
    text: str | None = None
    after: str = ""


class _Entries(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """The entries of one document, as they stand in the file."""

    path: str
    id: str | None = None
    findings: tuple[Entry, ...] = ()


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    baseline: Literal[1]
    documents: tuple[_Entries, ...]


#: A document's path as seen from the folder of the baseline's file, and its name within its own file.
_Key = tuple[str, str | None]


class Baseline:
    """Accepted findings by document and rule; none in a new one.

    ``path`` is that of its file. Documents are named as seen from the file's folder, so that one file serves everybody,
    from wherever they check.
    """

    def __init__(self, path: str | PathLike[str]) -> None:
        self.path = Path(path)
        self._folder = self.path.parent.resolve()
        self._keys: WeakKeyDictionary[Document, _Key] = WeakKeyDictionary()
        self._entries: dict[_Key, dict[str, list[Entry]]] = {}
        self._unmet: dict[_Key, dict[str, list[Entry]]] = {}

    @classmethod
    def read(cls, path: str | PathLike[str]) -> Self:
        """The baseline in a file. Raises SettingsError where it cannot be read or is none."""
        name = harmless(os.fspath(path))
        try:
            content = msgspec.json.decode(Path(path).read_bytes(), type=_File)
        except FileNotFoundError:
            raise SettingsError(f"baseline {name}: there is no such file; --write-baseline makes one") from None
        except OSError as error:
            raise SettingsError(f"baseline {name}: cannot be read: {error.strerror}") from None
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise SettingsError(f"{name} is not a baseline: {harmless(str(error))}") from None
        baseline = cls(path)
        for document in content.documents:
            by_rule = baseline._entries.setdefault((document.path, document.id), {})
            for entry in document.findings:
                by_rule.setdefault(entry.rule, []).append(entry)
        return baseline

    def write(self) -> None:
        """Write all entries to the file, one a line, sorted. Raises SettingsError where it cannot be written."""
        blocks = []
        for key, entries in self._known():
            head = msgspec.json.encode(_Entries(*key)).decode()[:-1]
            lines = ",\n".join(msgspec.json.encode(entry).decode() for entry in entries)
            blocks.append(f'{head},"findings":[\n{lines}]}}')
        text = '{"baseline":1,"documents":[\n' + ",\n".join(blocks) + "\n]}\n"
        try:
            with replacing(self.path) as stream:
                stream.write(text.encode())
        except OSError as error:
            name = harmless(str(self.path))
            raise SettingsError(f"baseline {name}: cannot be written: {error.strerror}") from None

    def __len__(self) -> int:
        """How many findings it accepts."""
        return sum(len(entries) for _, entries in self._known())

    def new(self, document: Document, findings: Sequence[Finding], rules: Collection[str]) -> list[Finding]:
        """Those of the ``findings`` that are not accepted; all of them where the document has no path.

        ``rules`` are the codes of the rules that were looked for: their entries that meet no finding are stale.
        """
        key = self._key(document)
        known = self._entries.get(key, {}) if key is not None else {}
        if key is None or not known:
            return list(findings)
        found: dict[str, list[tuple[Entry, Finding]]] = {}
        for finding, entry in zip(findings, entries_for(document, findings), strict=True):
            found.setdefault(finding.code, []).append((entry, finding))
        left: list[Finding] = [each for each in findings if each.code not in rules]
        for rule in rules:
            unmet, new = _match(known.get(rule, ()), found.get(rule, ()))
            self._unmet.setdefault(key, {})[rule] = unmet
            left += new
        return left

    def stale(self) -> list[tuple[str, Entry | None]]:
        """What accepts nothing: the name of a document and an entry that met no finding when it was last checked.

        None stands for all entries of a document that was not checked and whose file is gone.
        """
        found: list[tuple[str, Entry | None]] = []
        for key, _ in self._known():
            name = ":".join(part for part in key if part)
            if self._is_gone(key):
                found.append((name, None))
            found += [(name, entry) for _, unmet in sorted(self._unmet.get(key, {}).items()) for entry in unmet]
        return found

    def _known(self) -> Iterator[tuple[_Key, list[Entry]]]:
        """The entries of each document, sorted by document and rule."""
        for key in sorted(self._entries, key=lambda key: (key[0], key[1] or "")):
            by_rule = self._entries[key]
            entries = [entry for rule in sorted(by_rule) for entry in by_rule[rule]]
            if entries:
                yield key, entries

    def _is_gone(self, key: _Key) -> bool:
        return key not in self._unmet and "://" not in key[0] and not (self._folder / key[0]).exists()

    def _key(self, document: Document) -> _Key | None:
        """How the baseline calls a document; None for one without a path."""
        path = document.path
        if path is None:
            return None
        if document in self._keys:  # each check asks
            return self._keys[document]
        if "://" not in path:
            # Folders may be links, and the file may be one too: then its own name is meant.
            file = Path(path).parent.resolve() / Path(path).name
            path = str(file)
            with contextlib.suppress(ValueError):  # on another drive
                path = os.path.relpath(file, self._folder).replace(os.sep, "/")
        key = harmless(path), None if document.id is None else harmless(document.id)
        self._keys[document] = key
        return key


class Recording(Baseline):
    """A baseline in the making: accepts whatever is found, in place of what it knew of that document and rule.

    What is not looked at stays as it was, so that a baseline can be written anew for a few files or rules; but files
    that are gone take their entries with them.
    """

    def new(self, document: Document, findings: Sequence[Finding], rules: Collection[str]) -> list[Finding]:
        """Nothing, for a document with a path: all of it is accepted from now on."""
        key = self._key(document)
        if key is None:
            return list(findings)
        known = self._entries.setdefault(key, {})
        known.update({rule: [] for rule in rules})
        for finding, entry in zip(findings, entries_for(document, findings), strict=True):
            known.setdefault(finding.code, []).append(entry)
        self._unmet.setdefault(key, {})
        return []

    def _known(self) -> Iterator[tuple[_Key, list[Entry]]]:
        return (known for known in super()._known() if not self._is_gone(known[0]))


def recording(path: str | PathLike[str]) -> Recording:
    """A baseline to be written to ``path``, which starts with what is there. Raises SettingsError as ``read`` does."""
    return Recording.read(path) if Path(path).exists() else Recording(path)


def entries_for(document: Document, findings: Sequence[Finding]) -> list[Entry]:
    """What a baseline would write down for each finding."""
    tokens = document.tokens
    words = np.flatnonzero(tokens.kind != PUNCTUATION)
    starts, ends = tokens.start[words], tokens.end[words]

    def part(start: int, end: int) -> str:
        return harmless(document.excerpt(start, min(end, start + 4 * _LONGEST_WORD))[:_LONGEST_WORD])

    entries = []
    for finding in findings:
        if finding.start is None or finding.end is None:
            entries.append(Entry(finding.code))
            continue
        # A word that lies only in part within the span is beside it with the rest.
        first = int(starts.searchsorted(finding.start, "left"))
        last = int(ends.searchsorted(finding.end, "right"))
        before = range(max(first - _WORDS, 0), first)
        after = range(last, min(last + _WORDS, len(words)))
        entries.append(
            Entry(
                finding.code,
                " ".join(part(int(starts[word]), min(int(ends[word]), finding.start)) for word in before),
                _clipped(document.excerpt(finding.start, finding.end)),
                " ".join(part(max(int(starts[word]), finding.end), int(ends[word])) for word in after),
            )
        )
    return entries


def _clipped(text: str) -> str:
    shown = harmless(" ".join(text.split()))
    if len(shown) <= _LONGEST_TEXT:
        return shown
    return f"{shown[:_LONGEST_TEXT]}… {hashlib.sha256(shown.encode()).hexdigest()[:8]}"


#: What must be equal for an entry to stand for a finding, the strictest first.
_LEVELS: tuple[Callable[[Entry], Hashable], ...] = (
    lambda entry: entry,
    lambda entry: (entry.text, entry.before),
    lambda entry: (entry.text, entry.after),
    lambda entry: (entry.text, entry.before.rpartition(" ")[2], entry.after.partition(" ")[0]),
)


def _match(entries: Sequence[Entry], found: Sequence[tuple[Entry, Finding]]) -> tuple[list[Entry], list[Finding]]:
    """The entries of a rule that meet no finding, and the findings that meet no entry; each meets one at most."""
    unmet, new = list(entries), list(found)
    for level in _LEVELS:
        if not (unmet and new):
            break
        waiting: dict[Hashable, deque[Entry]] = {}
        for entry in unmet:
            waiting.setdefault(level(entry), deque()).append(entry)
        rest = []
        for entry, finding in new:
            if same := waiting.get(level(entry)):
                same.popleft()
            else:
                rest.append((entry, finding))
        unmet, new = [entry for each in waiting.values() for entry in each], rest
    return unmet, [finding for _, finding in new]
