"""The three kinds of blanks."""

import pytest

from qualitycheck.readers.mask import Mask
from qualitycheck.tokens import FILLER, OBJECT


def show(text):
    return text.replace(FILLER, "·").replace(OBJECT, "◆")


def test_markup_between_visible_characters_joins_them():
    mask = Mask("un<b>do")
    mask.keep(2)
    mask.join(5)
    mask.keep(7)
    assert show(mask.prose()) == "un···do"


@pytest.mark.parametrize("text", ["a <b>b", "a<b> b", "<b>b", "a<b>"])
def test_markup_beside_white_space_or_an_end_is_white_space(text):
    mask = Mask(text)
    start = text.index("<")
    mask.keep(start)
    mask.join(start + 3)
    mask.keep(len(text))
    assert mask.prose() == text.replace("<b>", "   ")


def test_markup_in_several_pieces_is_settled_as_one():
    mask = Mask("a<i><b> b")
    mask.keep(1)
    mask.join(4)
    mask.join(7)
    mask.keep(9)
    assert mask.prose() == "a       b"


def test_line_ends_stay_in_every_kind_of_blank():
    text = "a\r\nb\rc\nd"
    for kind in ("blank", "join", "object", "split"):
        mask = Mask(text)
        getattr(mask, kind)(len(text))
        prose = mask.prose()
        assert len(prose) == len(text)
        assert [(at, c) for at, c in enumerate(text) if c in "\r\n"] == [
            (at, prose[at]) for at, c in enumerate(text) if c in "\r\n"
        ]
        assert not set(prose) & set("abcd")


def test_a_split_puts_two_line_ends_where_there_is_room():
    mask = Mask("a</p>b")
    mask.keep(1)
    mask.split(5)
    mask.keep(6)
    assert mask.prose() == "a\n\n  b"
    short = Mask("a|b")
    short.keep(1)
    short.split(2)
    short.keep(3)
    assert short.prose() == "a\nb"


def test_an_object_is_one_mark_and_filler():
    mask = Mask("a `code`, b")
    mask.keep(2)
    mask.object(8)
    mask.keep(11)
    assert show(mask.prose()) == "a ◆·····, b"


def test_decoded_characters_stand_at_the_first_offsets():
    mask = Mask("a&rsquo;s")
    mask.keep(1)
    mask.decode(8, "’")
    mask.keep(9)
    assert show(mask.prose()) == "a’······s"


def test_decoding_puts_what_fits_and_no_line_end_of_its_own():
    mask = Mask("&a;&b;")
    mask.decode(3, "12345")
    mask.decode(6, "\n")
    assert show(mask.prose()) == "123 ··"


def test_decoding_to_nothing_is_markup():
    mask = Mask("a&#1;b")
    mask.keep(1)
    mask.decode(5, "")
    mask.keep(6)
    assert show(mask.prose()) == "a····b"


def test_an_offset_that_is_passed_does_nothing():
    mask = Mask("abc")
    mask.keep(2)
    for kind in ("keep", "blank", "split", "join", "object"):
        getattr(mask, kind)(1)
    mask.decode(1, "x")
    mask.keep(3)
    assert mask.prose() == "abc"


def test_what_is_never_dealt_with_is_blank():
    mask = Mask("abc\nd")
    mask.keep(1)
    assert mask.prose() == "a  \n "


def test_many_pieces_are_put_together_in_order():
    text = "ab" * 50_000
    mask = Mask(text)
    for at in range(0, len(text), 2):
        mask.keep(at + 1)
        mask.blank(at + 2)
    assert mask.prose() == "a " * 50_000
