import difflib
import shutil
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_edits import edits_of

from qualitycheck.diff import unified_diff
from qualitycheck.edits import Edit, EditedText, apply

LINES = st.lists(st.sampled_from(["", "a", "b", "c", "\r"]), max_size=30).map("\n".join)


def patched(text, diff):
    """What a diff makes of a text, by the rules of the format."""
    old, new = text.split("\n"), []
    at = 0
    hunks = iter(diff[2:])
    for line in hunks:
        if line.startswith("@@"):
            start = line.split()[1][1:].split(",")
            first = int(start[0]) - (1 if len(start) == 1 or start[1] != "0" else 0)
            new += old[at:first]
            at = first
        elif line.startswith("\\"):
            continue
        elif line[0] in " -":
            assert old[at] == line[1:]
            at += 1
        if line[0] in " +":
            new.append(line[1:])
    return "\n".join([*new, *old[at:]])


@given(st.data(), LINES)
def test_a_diff_makes_the_new_text_of_the_old_one(data, text):
    edited = EditedText(text)
    edited.apply(data.draw(edits_of(text)))
    diff = list(unified_diff("a", text, edited.edits))
    assert bool(diff) == (text != edited.text)
    # The empty line after the last line feed is none in a diff.
    assert patched(text, diff).removesuffix("\n") == edited.text.removesuffix("\n")


@pytest.mark.skipif(shutil.which("patch") is None, reason="there is no patch")
@settings(max_examples=25, deadline=None)
@given(data=st.data(), text=LINES)
def test_patch_reads_it(data, text, tmp_path_factory):
    edited = EditedText(text)
    edited.apply(data.draw(edits_of(text)))
    folder = tmp_path_factory.mktemp("patch")
    (folder / "a").write_bytes(text.encode())
    diff = "".join(f"{line}\n" for line in unified_diff("a", text, edited.edits))
    result = subprocess.run(["patch", "-p0", "--binary", "-s"], input=diff.encode(), cwd=folder, capture_output=True)
    assert result.returncode == 0, (result.stdout, diff)
    new = folder / "a"
    assert (new.read_bytes() if new.exists() else b"") == edited.text.encode()


@pytest.mark.parametrize("end", ["", "\n"])
def test_it_is_what_difflib_makes(end):
    text = "\n".join(map(str, range(30))) + end
    edits = [Edit(text.index(old), text.index(old) + len(old), new) for old, new in (("5", "five"), ("20\n21", "x"))]
    new = apply(text, edits)
    ours = [line for line in unified_diff("a", text, edits) if not line.startswith("\\")]
    old_lines, new_lines = text.splitlines(keepends=True), new.splitlines(keepends=True)
    assert ours == [line.rstrip("\n") for line in difflib.unified_diff(old_lines, new_lines, "a", "a")]


def test_nothing_to_show():
    assert list(unified_diff("a", "text", [])) == []
