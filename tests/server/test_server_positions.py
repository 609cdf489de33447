import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from qualitycheck import Document
from qualitycheck.server.positions import Positions

CODECS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}
TEXTS = st.text(st.sampled_from("a é😀e\u0301\u2028\x0b\r\n\t"), max_size=30)


@pytest.mark.parametrize("encoding", CODECS)
@given(text=TEXTS, data=st.data())
def test_every_offset_has_a_position_that_leads_back(encoding, text, data):
    document = Document(text)
    offset = data.draw(st.integers(0, len(text)))
    positions = Positions(document, encoding)
    position = positions.position(offset)
    line, column = document.position(offset)
    codec, size = CODECS[encoding]
    assert position.line == line - 1
    assert position.character == len(text[offset - column + 1 : offset].encode(codec)) // size
    end = document.line_span(line)[1]
    assert positions.offset(position) == min(offset, end)  # within a CRLF there is no position


@given(TEXTS, st.integers(0, 9), st.integers(0, 99))
def test_any_position_is_somewhere_in_the_text(text, line, character):
    document = Document(text)
    positions = Positions(document, "utf-16")
    offset = positions.offset(types.Position(line, character))
    assert 0 <= offset <= len(text)
    if line < len(document.line_starts):
        start, end = document.line_span(line + 1)
        assert start <= offset <= end
    else:
        assert offset == document.line_span(len(document.line_starts))[1]


def test_the_middle_of_a_pair_is_its_start():
    assert Positions(Document("a😀b"), "utf-16").offset(types.Position(0, 2)) == 1


def test_lone_surrogates_are_a_unit():
    positions = Positions(Document("\ud800x"), "utf-16")
    assert positions.position(1) == types.Position(0, 1)
