"""What is done, on disk: a lock, a description of the job, and one line a finished split.

A split counts as done when its line is in the journal, which is written after its files are under their final names.
Whatever else lies in the folders is from a run that was killed, and is removed before the next begins. Keys are made of
the inputs and the settings, never of the number of workers or of who did what.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from qualitycheck.errors import QualityCheckError, SettingsError
from qualitycheck.filtering.tally import Tally

HOME = ".qualitycheck"


class Done(msgspec.Struct):
    """A finished split: its key, a hash of settings and versions, its name, its files and what it came to.

    ``files`` maps paths in the output folder to sizes in bytes. ``resolution`` is a hash of what corpus checks said of
    its documents, which is in them.
    """

    key: str
    configuration: str
    name: str
    files: dict[str, int]
    line_ends: int
    tally: Tally
    resolution: str = ""


class Journal:
    """The journal of one output folder, held by one process at a time.

    Raises SettingsError where another process holds it, or where the folder holds another job and ``resume`` and
    ``overwrite`` are both false.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = folder / HOME
        self.done: dict[str, Done] = {}
        self._lock = -1
        self._log = -1

    def open(self, job: dict[str, Any], *, resume: bool, overwrite: bool) -> None:
        """Take the lock, compare the job with the one that is there, and read what is done."""
        try:
            self._refuse_strangers()
            self.home.mkdir(parents=True, exist_ok=True)
            self._lock = os.open(self.home / "lock", os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as error:
            raise SettingsError(f"{self.folder}: cannot be written: {error.strerror}") from None
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self.close()
            raise SettingsError(f"{self.folder}: another run is writing to it; wait, or name another folder") from None
        try:
            self._open_job(job, resume=resume, overwrite=overwrite)
        except BaseException:
            self.close()
            raise

    def _refuse_strangers(self) -> None:
        if self.folder.exists() and not self.home.exists() and any(self.folder.iterdir()):
            raise SettingsError(f"{self.folder}: is not empty and holds no run of the filter; name another folder")

    def _open_job(self, job: dict[str, Any], *, resume: bool, overwrite: bool) -> None:
        described = json.dumps(job, indent=1, sort_keys=True).encode()
        path = self.home / "job.json"
        before = path.read_bytes() if path.exists() else None
        if overwrite:
            (self.home / "journal.jsonl").unlink(missing_ok=True)
        elif before is not None and before != described and not resume:
            changed = difference(json.loads(before), job)
            raise SettingsError(
                f"{self.folder}: holds a run of another job ({changed}); --resume keeps what the change does not touch "
                "and does the rest anew, --overwrite does all anew"
            )
        if before != described:
            write_atomically(path, described)
        self._read()

    def _read(self) -> None:
        """Read the journal; a last line that was cut off by a crash is cut off for good."""
        path = self.home / "journal.jsonl"
        self._log = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o666)
        good = 0
        with path.open("rb") as stream:
            for line in stream:
                try:
                    done = msgspec.json.decode(line, type=Done)
                except (msgspec.DecodeError, UnicodeDecodeError):
                    break
                if not line.endswith(b"\n"):
                    break
                self.done[done.key] = done
                good += len(line)
        os.ftruncate(self._log, good)

    def verify(self) -> None:
        """Strike splits whose files are no longer there as they were written: they are done anew."""
        self.forget([key for key, done in self.done.items() if not self._has(done)])

    def _has(self, done: Done) -> bool:
        try:
            return all((self.folder / name).stat().st_size == size for name, size in done.files.items())
        except OSError:
            return False

    def record(self, done: Done) -> None:
        """Write down that a split is done; on disk when this returns."""
        line = msgspec.json.encode(done) + b"\n"
        view = memoryview(line)
        while view:
            view = view[os.write(self._log, view) :]
        os.fsync(self._log)
        self.done[done.key] = done

    def forget(self, keys: Iterable[str]) -> None:
        """Strike splits that are no longer part of the job."""
        gone = set(keys) & self.done.keys()
        if not gone:
            return
        for key in gone:
            del self.done[key]
        lines = b"".join(msgspec.json.encode(done) + b"\n" for done in self.done.values())
        write_atomically(self.home / "journal.jsonl", lines)
        os.close(self._log)
        self._log = os.open(self.home / "journal.jsonl", os.O_RDWR | os.O_APPEND)

    def close(self) -> None:
        """Let go of the folder."""
        for descriptor in (self._log, self._lock):
            if descriptor >= 0:
                with contextlib.suppress(OSError):
                    os.close(descriptor)
        self._log = self._lock = -1


def difference(before: Any, now: Any) -> str:
    """What differs between two jobs, in a few words."""
    if not isinstance(before, dict) or not isinstance(now, dict):
        return "it is described otherwise"
    parts = []
    old, new = before.get("settings", {}), now.get("settings", {})
    for name in sorted(old.keys() | new.keys()):
        # As JSON: what was read back has lists where what was not has tuples.
        was, now_is = json.dumps(old.get(name)), json.dumps(new.get(name))
        if was != now_is:
            parts.append(f"{name} was {was}, and is {now_is}")
    old_inputs = {each[0]: each for each in before.get("inputs", [])}
    new_inputs = {each[0]: each for each in now.get("inputs", [])}
    changed = [name for name in old_inputs if name in new_inputs and old_inputs[name] != new_inputs[name]]
    added, gone = sorted(new_inputs.keys() - old_inputs.keys()), sorted(old_inputs.keys() - new_inputs.keys())
    for names, what in ((changed, "changed"), (added, "new"), (gone, "no longer there")):
        if names:
            more = f" and {len(names) - 1:,} more" if len(names) > 1 else ""
            parts.append(f"input {names[0]}{more} {'are' if more else 'is'} {what}")
    if before.get("versions") != now.get("versions"):
        parts.append("versions of qualitycheck, plugins or models")
    return "; ".join(parts) or "it is described otherwise"


def write_atomically(path: Path, data: bytes) -> None:
    """Put a file under its name complete, or not at all."""
    part = path.with_name(f".{path.name}.part")
    with part.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def as_error(error: OSError, folder: Path) -> QualityCheckError:
    """What to say when writing fails."""
    reason = error.strerror or str(error)
    return QualityCheckError(
        f"{folder}: writing failed: {reason}; what is finished is kept: make room and run the same command again"
    )
