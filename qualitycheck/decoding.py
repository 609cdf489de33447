"""Bytes become text, or an error that says what they are instead."""

from __future__ import annotations

import codecs

from qualitycheck.errors import InputError

# The longer marks first: that of UTF-32 starts as that of UTF-16 does.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_FOREIGN = (
    (b"%PDF-", "a PDF document"),
    (b"{\\rtf", "an RTF document"),
    (b"PK\x03\x04", "a zip archive, as .docx, .odt and .epub files are"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"\x1f\x8b", "gzip-compressed data"),
    (b"BZh91AY&SY", "bzip2-compressed data"),
    (b"\xfd7zXZ\x00", "xz-compressed data"),
    (b"\x28\xb5\x2f\xfd", "zstd-compressed data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
)

_SAMPLE = 4096


def decode(data: bytes | bytearray, encoding: str, name: str) -> str:
    """The text of ``data``, its newlines untouched. ``name``, fit to be shown, is that of the file in messages.

    Raises InputError where the data are not text, or not in ``encoding``.
    """
    if not codecs.lookup(encoding).name.startswith(("utf-16", "utf-32")):
        for mark, wide in _BYTE_ORDER_MARKS:
            if data.startswith(mark):
                raise InputError(f"{name}: starts with a byte order mark of {wide}; read it with --encoding {wide}")
        for magic, what in _FOREIGN:
            if data.startswith(magic):
                raise InputError(f"{name}: {what}; it must be turned into text first")
        nul = data.find(0)
        if nul >= 0:
            raise InputError(f"{name}: {_with_nul(data[:_SAMPLE], nul)}")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        byte = f"byte {data[error.start]:#04x} at offset {error.start}" if error.start < len(data) else "its end"
        example = "windows-1252" if codecs.lookup(encoding).name == "utf-8" else "utf-8"
        raise InputError(
            f"{name}: not valid {encoding}, because of {byte}; name its encoding, as in --encoding {example}"
        ) from None
    except UnicodeError as error:
        raise InputError(f"{name}: not valid {encoding}: {error}; name its encoding with --encoding") from None


def _with_nul(sample: bytes | bytearray, nul: int) -> str:
    """What data with a NUL byte are: UTF-16 without its mark has one in every other place, where its text is Latin."""
    for encoding, high, low in (("utf-16-le", sample[1::2], sample[::2]), ("utf-16-be", sample[::2], sample[1::2])):
        if len(high) > 1 and high.count(0) > 0.7 * len(high) and not low.count(0):
            return f"looks like UTF-16 without a byte order mark; read it with --encoding {encoding}"
    return f"binary data, with a NUL byte at offset {nul}, and not text"
