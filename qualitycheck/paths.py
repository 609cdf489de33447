"""What paths name: files, the files of folders, and what globs match, for shells that do not expand them."""

from __future__ import annotations

import errno
import glob
import itertools
import os
import stat
from collections.abc import Collection, Iterator
from pathlib import Path

from qualitycheck.errors import InputError, nearest
from qualitycheck.screen import harmless

_MOST_NAMES = 10_000  # of a folder, among which one like a misspelt one is looked for


def expand(given: str, suffixes: Collection[str]) -> Iterator[Path | InputError]:
    """The files that ``given`` names, lazily; an error in place of what cannot be read, or where there is nothing.

    A folder stands for the files below it with one of the ``suffixes``, sorted folder by folder; hidden files and
    folders and symbolic links to folders are left out, so that nobody is led in circles or out of the folder. A glob
    stands for what it matches, hidden ones left out too unless it spells the dot; where it does not spell a suffix, for
    the files with one of ``suffixes``. What exists is not read as a glob.
    """
    path = Path(given)
    try:
        if not given:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))  # and not the working directory
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        if glob.has_magic(given):
            yield from _or_nothing(given, suffixes, _match(given, suffixes))
        else:
            yield InputError(missing(given, error))
        return
    if stat.S_ISDIR(mode):
        yield from _or_nothing(given, suffixes, _walk(path, suffixes))
    else:
        yield path


def has_suffix(name: str, suffixes: Collection[str]) -> bool:
    """Whether a file name ends in one of the suffixes, in whatever case."""
    return name.lower().endswith(tuple(suffixes))


def _or_nothing(
    given: str, suffixes: Collection[str], found: Iterator[Path | InputError]
) -> Iterator[Path | InputError]:
    first = next(found, None)
    if first is None:
        yield InputError(f"nothing to check in {harmless(given)} (suffixes read: {', '.join(sorted(suffixes))})")
    else:
        yield from itertools.chain([first], found)


def _walk(folder: Path, suffixes: Collection[str]) -> Iterator[Path | InputError]:
    """The files below a folder, each folder's sorted by name; not recursive, as a tree can be deeper than the stack."""
    waiting: list[Path] = [folder]
    while waiting:
        here = waiting.pop()
        folders = []
        try:
            with os.scandir(here) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            yield InputError(f"{harmless(str(here))}: cannot be read: {error.strerror}")
            continue
        for entry in listed:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                folders.append(here / entry.name)
            elif has_suffix(entry.name, suffixes) and _is_file(entry):
                yield here / entry.name
        waiting += reversed(folders)


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:  # a link to itself: whoever opens it says what is wrong
        return True


def _match(pattern: str, suffixes: Collection[str]) -> Iterator[Path | InputError]:
    """What a glob matches, sorted."""
    parts = Path(pattern).parts
    literal = list(itertools.takewhile(lambda part: not glob.has_magic(part), parts))
    base, wild = Path(*literal), parts[len(literal) :]
    named = "." in wild[-1] and not glob.has_magic(wild[-1].rpartition(".")[2])
    try:
        matches = sorted(base.glob("/".join(wild)))
    except ValueError:
        yield InputError(f"{harmless(pattern)}: “**” must stand alone between slashes")
        return
    walked: Path | None = None
    for match in matches:
        if _is_hidden(match.relative_to(base), wild) or (walked is not None and match.is_relative_to(walked)):
            continue
        if match.is_dir():
            if not match.is_symlink():
                walked = match
                yield from _walk(match, suffixes)
        elif named or has_suffix(match.name, suffixes):
            yield match


def _is_hidden(match: Path, wild: tuple[str, ...]) -> bool:
    return not any(part.startswith(".") for part in wild) and any(part.startswith(".") for part in match.parts)


def missing(given: str, error: OSError | ValueError) -> str:
    """One line that says why a path cannot be opened, with the nearest name in its folder where there is none such."""
    if isinstance(error, OSError) and error.errno not in (errno.ENOENT, errno.ENOTDIR):
        return f"{harmless(given)}: cannot be read: {error.strerror}"
    if Path(given).is_symlink():
        return f"{harmless(given)}: a symbolic link to what does not exist"
    path = Path(given)
    try:
        with os.scandir(path.parent) as entries:
            names = [harmless(entry.name) for entry in itertools.islice(entries, _MOST_NAMES)]
    except (OSError, ValueError):
        names = []
    return f"no such file or folder: {harmless(given) or '“”'}{nearest(harmless(path.name), names)}"
