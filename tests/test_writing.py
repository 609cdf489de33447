import codecs
import os
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualitycheck import InputError
from qualitycheck.decoding import decode
from qualitycheck.writing import write_back

ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
ENCODED = [
    ("utf-8", b"", "utf-8"),
    ("utf-8", codecs.BOM_UTF8, "utf-8"),
    ("utf-8-sig", codecs.BOM_UTF8, "utf-8"),
    ("utf-8-sig", b"", "utf-8"),
    ("utf-16", codecs.BOM_UTF16_LE, "utf-16-le"),
    ("utf-16", codecs.BOM_UTF16_BE, "utf-16-be"),
    ("utf-16", b"", "utf-16-le"),
    ("utf-16-be", b"", "utf-16-be"),
    ("utf-16-le", codecs.BOM_UTF16_LE, "utf-16-le"),
    ("utf-32", codecs.BOM_UTF32_BE, "utf-32-be"),
    ("latin-1", b"", "latin-1"),
    ("cp1252", b"", "cp1252"),
]


@pytest.mark.parametrize(("encoding", "mark", "plain"), ENCODED)
def test_bytes_that_are_not_changed_stay(tmp_path, encoding, mark, plain):
    path = tmp_path / "a.txt"
    path.write_bytes(mark + "one\r\ntwo é\nthree\r".encode(plain))
    old = decode(path.read_bytes(), encoding, "a.txt")
    write_back(path, old, old.replace("two", "2"), encoding)
    assert path.read_bytes() == mark + "one\r\n2 é\nthree\r".encode(plain)


TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


@given(text=TEXTS, encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32-be"]))
def test_any_text_is_written_back_as_it_was(text, encoding, tmp_path_factory):
    path = tmp_path_factory.mktemp("texts") / "a.txt"
    path.write_bytes(text.encode(encoding))
    before = path.read_bytes()
    old = before.decode(encoding)
    write_back(path, old, old + "!", encoding)
    write_back(path, old + "!", old, encoding)
    assert path.read_bytes() == before


def test_permissions_links_and_owner_stay(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("old")
    path.chmod(0o640)
    link = tmp_path / "link.txt"
    link.symlink_to("a.txt")
    owner = path.stat().st_uid, path.stat().st_gid
    write_back(link, "old", "new", "utf-8")
    assert (path.read_text(), link.is_symlink()) == ("new", True)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert (path.stat().st_uid, path.stat().st_gid) == owner
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.txt", "link.txt"]


@pytest.mark.skipif(not ROOT, reason="only root can give files away")
def test_a_file_of_somebody_else_stays_theirs(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("old")
    os.chown(path, 1234, 1235)
    write_back(path, "old", "new", "utf-8")
    assert (path.stat().st_uid, path.stat().st_gid) == (1234, 1235)


@pytest.mark.parametrize(
    ("content", "old", "new", "encoding", "message"),
    [
        (b"changed", "old", "new", "utf-8", r"a\.txt: not fixed: the file does not hold what was checked"),
        (b"changed \xff", "old", "new", "utf-8", r"a\.txt: not fixed: the file does not hold what was checked"),
        (b"+AOk-", "é", "e", "utf-7", None),
        (b"old", "old", "n\u2019w", "latin-1", r"a\.txt: not fixed: it cannot be written in latin-1"),
        (None, "old", "new", "utf-8", r"a\.txt: not fixed: No such file or directory"),
    ],
)
def test_what_cannot_be_written_is_named_and_the_file_left(tmp_path, content, old, new, encoding, message):
    path = tmp_path / "a.txt"
    if content is not None:
        path.write_bytes(content)
    if message is None:
        write_back(path, old, new, encoding)
        return
    with pytest.raises(InputError, match=message):
        write_back(path, old, new, encoding)
    assert not path.exists() or path.read_bytes() == content
    assert len(list(tmp_path.iterdir())) == (content is not None)


def test_a_read_only_file_is_left(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_text("old")
    path.chmod(0o444)
    if ROOT:  # who may write anything
        monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(InputError, match=r"a\.txt: not fixed: the file is read-only"):
        write_back(path, "old", "new", "utf-8")
    assert path.read_text() == "old"


def test_a_write_that_fails_leaves_the_file(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_text("old")

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match=r"a\.txt: not fixed: No space left on device"):
        write_back(path, "old", "new", "utf-8")
    assert path.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["a.txt"]
