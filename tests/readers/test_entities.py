"""Character references, held against the standard library."""

import html
import html.entities
import re

import pytest

from qualitycheck.readers.entities import REFERENCE, decode


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("&amp;", ("&", 5)),
        ("&amp", ("&", 4)),
        ("&notit;", ("¬", 4)),
        ("&notin;", ("∉", 7)),
        ("&copy2020", ("©", 5)),
        ("&bogus;", ("", 0)),
        ("&x", ("", 0)),
        ("&#8217;", ("’", 7)),
        ("&#x2019", ("’", 7)),
        ("&#X2019;", ("’", 8)),
        ("&#0;", ("\ufffd", 4)),
        ("&#128;", ("€", 6)),
        ("&#xD800;", ("\ufffd", 8)),
        ("&#x110000;", ("\ufffd", 10)),
        ("&#xFDD0;", ("", 8)),
        ("&NotEqualTilde;", ("≂̸", 15)),
    ],
)
def test_decode(reference, expected):
    assert decode(reference) == expected


@pytest.mark.parametrize("name", list(html.entities.html5))
def test_every_name_is_known(name):
    assert decode(f"&{name}") == (html.entities.html5[name], len(name) + 1)


def test_what_is_decoded_is_what_the_standard_library_decodes():
    pattern = re.compile(REFERENCE)
    for text in ("&AMP&lt;&notanentity;&#65&#x41g&hearts", "a&b&c;&&amp;amp;&frac12x"):
        ours = pattern.sub(lambda match: decode_in_place(match.group()), text)
        assert ours == html.unescape(text)


def decode_in_place(reference):
    characters, length = decode(reference)
    return characters + reference[length:] if length else reference


def test_a_number_of_any_length_is_no_trouble():
    assert decode("&#" + "9" * 100_000 + ";") == ("\ufffd", 100_003)
    assert decode("&#" + "0" * 100_000 + "65;") == ("A", 100_005)
