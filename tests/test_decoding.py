"""Bytes become text, or one clear line."""

import gzip

import pytest

from qualitycheck.decoding import decode
from qualitycheck.errors import InputError


@pytest.mark.parametrize(
    ("data", "encoding", "expected"),
    [
        (b"a\r\nb\rc\n", "utf-8", "a\r\nb\rc\n"),
        ("\ufeffé".encode(), "utf-8", "\ufeffé"),
        ("\ufeffé".encode(), "utf-8-sig", "é"),
        ("é".encode("latin-1"), "latin-1", "é"),
        ("é😀".encode("utf-16"), "utf-16", "é😀"),
        ("é😀".encode("utf-16-le"), "utf-16-le", "é😀"),
        (b"", "utf-8", ""),
        (b"BZh is text, as is PAR1 and GIF", "utf-8", "BZh is text, as is PAR1 and GIF"),
        (bytearray(b"abc"), "utf-8", "abc"),
    ],
)
def test_decode(data, encoding, expected):
    assert decode(data, encoding, "f") == expected


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"%PDF-1.7\n...", "f: a PDF document; it must be turned into text first"),
        (b"PK\x03\x04...", "f: a zip archive, as .docx, .odt and .epub files are; it must be turned into text first"),
        (gzip.compress(b"text"), "f: gzip-compressed data; it must be turned into text first"),
        (b"\x89PNG\r\n\x1a\n\x00", "f: a PNG picture; it must be turned into text first"),
        (b"ab\x00c", "f: binary data, with a NUL byte at offset 2, and not text"),
        (
            "text".encode("utf-16-le"),
            "f: looks like UTF-16 without a byte order mark; read it with --encoding utf-16-le",
        ),
        (
            "text".encode("utf-16-be"),
            "f: looks like UTF-16 without a byte order mark; read it with --encoding utf-16-be",
        ),
        (b"\xff\xfet\x00", "f: starts with a byte order mark of utf-16; read it with --encoding utf-16"),
        (b"\xfe\xff\x00t", "f: starts with a byte order mark of utf-16; read it with --encoding utf-16"),
        (
            b"\xff\xfe\x00\x00t\x00\x00\x00",
            "f: starts with a byte order mark of utf-32; read it with --encoding utf-32",
        ),
        (
            b"caf\xe9 x",
            "f: not valid utf-8, because of byte 0xe9 at offset 3; name its encoding, as in --encoding windows-1252",
        ),
        (
            b"caf\xc3",
            "f: not valid utf-8, because of byte 0xc3 at offset 3; name its encoding, as in --encoding windows-1252",
        ),
    ],
)
def test_what_is_no_text_is_named(data, message):
    with pytest.raises(InputError) as caught:
        decode(data, "utf-8", "f")
    assert str(caught.value) == message


def test_other_encodings_are_named_too():
    with pytest.raises(
        InputError, match=r"^f: not valid ascii, because of byte 0xe9 at offset 0; .* --encoding utf-8$"
    ):
        decode(b"\xe9", "ascii", "f")
    with pytest.raises(InputError, match=r"^f: not valid utf-16"):
        decode(b"\xff\xfea", "utf-16", "f")
    with pytest.raises(InputError, match=r"^f: not valid idna"):
        decode(b"\xff", "idna", "f")
