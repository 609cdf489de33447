import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualitycheck.edits import Edit, EditedText, apply, narrowed


@st.composite
def edits_of(draw, text):
    places = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    pairs = zip(places[::2], places[1::2], strict=False)
    return [Edit(start, end, draw(st.text("abc ", max_size=4))) for start, end in pairs]


@given(st.data(), st.text("abc "))
def test_what_several_rounds_come_to_makes_the_same_text(data, text):
    edited = EditedText(text)
    for _ in range(data.draw(st.integers(0, 4))):
        edits = data.draw(edits_of(edited.text))
        before = edited.text
        edited.apply(edits)
        assert edited.text == apply(before, edits)
    assert apply(text, edited.edits) == edited.text
    for first, second in zip(edited.edits, edited.edits[1:], strict=False):
        assert first.end <= second.start


@given(st.text("ab"), st.text("ab"))
def test_narrowed_edits_do_the_same_and_begin_and_end_with_a_change(old, new):
    edit = narrowed(Edit(1, 1 + len(old), new), f"({old})")
    assert apply(f"({old})", [edit]) == f"({new})"
    if edit.start < edit.end and edit.text:
        assert old[edit.start - 1] != edit.text[0] and old[edit.end - 2] != edit.text[-1]


@pytest.mark.parametrize(
    ("rounds", "edits"),
    [
        ([], []),
        ([[Edit(0, 3, "one")]], []),
        ([[Edit(1, 2, "")], [Edit(1, 1, "n")]], []),
        ([[Edit(0, 3, "two")], [Edit(0, 3, "one")]], []),
        ([[Edit(0, 1, "")], [Edit(0, 1, "")]], [Edit(0, 2, "")]),
        ([[Edit(3, 3, "x")], [Edit(3, 4, "yz")]], [Edit(3, 3, "yz")]),
    ],
)
def test_what_is_undone_is_no_edit(rounds, edits):
    edited = EditedText("one")
    for each in rounds:
        edited.apply(each)
    assert edited.edits == edits
