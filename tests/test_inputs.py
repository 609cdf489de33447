"""Documents from files and standard input: the right reader, bounded size, and one clear line for what goes wrong."""

import io
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from qualitycheck import Document, InputError, Settings, check_file, hookimpl
from qualitycheck.inputs import read_file, read_inputs, read_stdin
from qualitycheck.plugins import load_plugins


class Upper:
    """A reader that takes words in capitals for prose."""

    name = "upper"
    suffixes = (".up", ".Up.Txt")

    def prose(self, text):
        if "fail" in text:
            raise RuntimeError("cannot\nread")
        return "".join(c if c.isupper() or c.isspace() else " " for c in text) + "!" * text.count("!!")


class Plugin:
    @hookimpl
    def qualitycheck_readers(self, settings):
        return [Upper()]


def plugins(*extra, **settings):
    return load_plugins(Settings(**settings), extra, entry_points=False)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def stdin(monkeypatch, data):
    stream = io.BytesIO(data)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=stream))
    return stream


def outcome(inputs, found_by=None, **options):
    found = read_inputs(inputs, found_by or plugins(), **options)
    return [item.path if isinstance(item, Document) else f"! {item}" for item in found]


@pytest.mark.parametrize(
    ("name", "prose"),
    [
        ("a.txt", "*a* <b>b</b> C"),
        ("a.text", "*a* <b>b</b> C"),
        ("a", "*a* <b>b</b> C"),
        ("a.xyz", "*a* <b>b</b> C"),
        ("a.md", " a     b     C"),
        ("a.MarkDown", " a     b     C"),
        ("a.html", "*a*    b     C"),
        ("a.XHTML", "*a*    b     C"),
        ("a.up", "             C"),
        ("a.up.txt", "             C"),
    ],
)
def test_the_suffix_chooses_the_reader(folder, name, prose):
    (folder / name).write_text("*a* <b>b</b> C")
    document = read_file(Path(name), plugins(Plugin()))
    assert document.text == "*a* <b>b</b> C"
    assert document.prose == prose
    assert document.path == name


def test_newlines_are_untouched(folder):
    (folder / "a.txt").write_bytes(b"a\r\nb\rc\n\x85\xe2\x80\xa8".replace(b"\x85", "\x85".encode()))
    assert read_file(Path("a.txt"), plugins()).text == "a\r\nb\rc\n\x85\u2028"


def test_the_encoding_is_that_of_the_settings(folder):
    (folder / "a.txt").write_bytes(b"caf\xe9")
    assert read_file(Path("a.txt"), plugins(encoding="latin-1")).text == "café"
    with pytest.raises(InputError, match=r"^a\.txt: not valid utf-8, because of byte 0xe9 at offset 3; "):
        read_file(Path("a.txt"), plugins())


@pytest.mark.parametrize(
    ("limit", "size", "message"),
    [
        (50_000_000, 61_000_000, "a.txt: 61 MB, above the limit of 50 MB; raise it with --max-size"),
        (50_000, 50_001, "a.txt: 50,001 bytes, above the limit of 50,000 bytes; raise it with --max-size"),
        (10, 11, "a.txt: 11 bytes, above the limit of 10 bytes; raise it with --max-size"),
    ],
)
def test_a_file_that_is_too_large_is_refused_unread(folder, monkeypatch, limit, size, message):
    with open("a.txt", "wb") as stream:
        stream.truncate(size)
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("it was opened"))
    with pytest.raises(InputError) as caught:
        read_file(Path("a.txt"), plugins(max_size=limit))
    assert str(caught.value) == message


def test_a_file_may_be_as_large_as_the_limit(folder):
    (folder / "a.txt").write_text("x" * 10)
    assert len(read_file(Path("a.txt"), plugins(max_size=10))) == 10


def test_a_file_that_is_longer_than_it_says_is_not_read_to_its_end():
    with pytest.raises(InputError, match=r"^/dev/zero: larger than the limit of 1 MB; raise it with --max-size$"):
        read_file(Path("/dev/zero"), plugins(max_size=1_000_000))


def test_a_named_pipe(folder):
    os.mkfifo("pipe.md")
    writer = subprocess.Popen([sys.executable, "-c", "open('pipe.md', 'w').write('*a*')"])
    assert read_file(Path("pipe.md"), plugins()).prose == " a "
    assert writer.wait() == 0


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("folder", "folder: a folder, where a file is needed"),
        ("nothing", "no such file or folder: nothing"),
        ("folde", "no such file or folder: folde; did you mean “folder”?"),
        ("a\x00", "no such file or folder: a\\x00"),
        ("\udcff\x1b", "no such file or folder: \\udcff\\x1b"),
    ],
)
def test_what_cannot_be_read(folder, name, message):
    (folder / "folder").mkdir()
    with pytest.raises(InputError) as caught:
        read_file(Path(name), plugins())
    assert str(caught.value) == message


def test_a_file_that_must_not_be_read(folder, monkeypatch):
    (folder / "a.txt").write_text("x")

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert outcome(["a.txt"]) == ["! a.txt: cannot be read: Permission denied"]


def test_names_that_are_no_utf8_are_read_and_shown(folder):
    name = os.fsdecode(b"caf\xe9.txt")
    (folder / name).write_text("text")
    assert outcome(["."]) == [name]
    (folder / name).write_bytes(b"\xff")
    (error,) = outcome(["."])
    assert error.startswith("! caf\\udce9.txt: not valid utf-8, ")
    error.encode()


def test_a_reader_that_fails_costs_one_input(folder):
    (folder / "a.up").write_text("fail")
    (folder / "b.up").write_text("A!!")
    (folder / "c.up").write_text("C")
    found = outcome(["."], plugins(Plugin()))
    assert found[0].startswith("! a.up: reader “upper” failed: RuntimeError: cannot read (")
    assert found[1].startswith("! b.up: reader “upper” failed: ValueError: prose has 4 code points and text 3")
    assert found[2] == "c.up"


def test_each_document_comes_once_and_in_order(folder, monkeypatch):
    for name in ("b.txt", "a.md", "x/c.html", "x/d.up"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("text")
    (folder / "link.txt").symlink_to("b.txt")
    stdin(monkeypatch, b"text")
    given = ["b.txt", "./b.txt", str(folder / "b.txt"), "link.txt", "-", ".", "x", "x/*.html", "-"]
    assert outcome(given) == ["b.txt", "<stdin>", "a.md", "x/c.html"]
    assert outcome(["x"], plugins(Plugin())) == ["x/c.html", "x/d.up"]


def test_an_error_stops_no_other_input(folder):
    (folder / "a.txt").write_bytes(b"\x00")
    (folder / "b.txt").write_text("text")
    (folder / "empty").mkdir()
    assert outcome(["nowhere", "a.txt", "empty", "*.xyz", "b.txt"]) == [
        "! no such file or folder: nowhere",
        "! a.txt: binary data, with a NUL byte at offset 0, and not text",
        "! nothing to check in empty (suffixes read: .htm, .html, .markdown, .md, .text, .txt, .xhtml)",
        "! nothing to check in *.xyz (suffixes read: .htm, .html, .markdown, .md, .text, .txt, .xhtml)",
        "b.txt",
    ]


def test_documents_come_lazily(folder):
    (folder / "a.txt").write_text("text")
    (folder / "b.txt").write_text("text")
    documents = read_inputs(["."], plugins())
    assert next(documents).path == "a.txt"
    (folder / "b.txt").write_text("changed")
    assert next(documents).text == "changed"


@pytest.mark.parametrize(
    ("filename", "prose", "path"),
    [(None, "*a*\r\n", "<stdin>"), ("x/y.md", " a \r\n", "x/y.md"), ("x.xyz", "*a*\r\n", "x.xyz")],
)
def test_standard_input(monkeypatch, filename, prose, path):
    stdin(monkeypatch, b"*a*\r\n")
    (document,) = read_inputs(["-"], plugins(), stdin_filename=filename)
    assert (document.text, document.prose, document.path) == ("*a*\r\n", prose, path)


def test_no_more_of_standard_input_is_read_than_the_limit(monkeypatch):
    stream = stdin(monkeypatch, b"x" * 5_000_000)
    with pytest.raises(InputError, match=r"^<stdin>: larger than the limit of 2 MB; raise it with --max-size$"):
        read_stdin(plugins(max_size=2_000_000))
    assert stream.tell() == 2_000_001


def test_standard_input_that_is_no_text_or_closed(monkeypatch):
    stdin(monkeypatch, b"%PDF-1.4")
    assert outcome(["-"]) == ["! <stdin>: a PDF document; it must be turned into text first"]
    stdin(monkeypatch, b"\xff")
    (error,) = outcome(["-"], stdin_filename="a\x1b.md")
    assert error.startswith("! a\\x1b.md: not valid utf-8")
    monkeypatch.setattr(sys, "stdin", None)
    assert outcome(["-"]) == ["! standard input is closed"]


def test_check_file(folder):
    (folder / "a.md").write_text("`code` and words")
    assert check_file("a.md", Settings(select=())).words == 2


MEASURE = """
import resource, sys
from pathlib import Path
from qualitycheck import Runner
from qualitycheck.inputs import read_file
runner = Runner(entry_points=False)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
report = runner.check(read_file(Path(sys.argv[1]), runner.plugins))
assert report.words > 400_000, report.words
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024)
"""


@pytest.mark.parametrize(
    ("name", "unit", "size"),
    [
        ("line.txt", "plain words on a line, and no end of it; ", 12_000_000),
        ("page.html", "<p>plain <b>words</b> &amp; on a line.</p>\r\n", 12_000_000),
        ("file.md", "Plain *words* with `code`, and [links](x) on a line.\n\n", 3_000_000),
    ],
)
def test_memory_is_bounded(folder, name, unit, size):
    (folder / name).write_text(unit * (size // len(unit)))
    run = subprocess.run([sys.executable, "-c", MEASURE, name], capture_output=True, text=True, check=True)
    assert int(run.stdout) < 25 * size + 50_000_000
