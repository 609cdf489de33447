import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from qualitycheck.edits import Edit, apply
from qualitycheck.masked_edits import masked_edits
from qualitycheck.plugins import load_plugins
from qualitycheck.readers import read_text
from qualitycheck.settings import Settings
from qualitycheck.tokens import FILLER

PLUGINS = load_plugins(Settings(), [], entry_points=False)


def changed(text, prose, wanted, kind="html"):
    """The file after ``prose``, which it shows once, was made to read as ``wanted``; None where that cannot be."""
    document = read_text(text, kind, PLUGINS)
    visible = [place for place, character in enumerate(document.prose) if character != FILLER]
    shown = "".join(document.prose[place] for place in visible)
    match = re.search(r"\s+".join(map(re.escape, prose.split())), shown)
    start, last = visible[match.start()], visible[match.end() - 1]
    edits = masked_edits(document, Edit(start, document.whole_entity(last + 1), wanted))
    return None if edits is None else apply(text, edits)


@pytest.mark.parametrize(
    ("text", "prose", "wanted", "expected"),
    [
        ("one two", "one", "1", "1 two"),
        ("a&eacute;b", "é", "e", "aeb"),
        ("a&eacute;b", "aéb", "aeb", "aeb"),
        ("a&eacute;b", "aéb", "xéy", "x&eacute;y"),
        ("a&notit;b", "a¬it;b", "ait;b", "ait;b"),
        ("a&NotEqualTilde;b", "a≂̸b", "ab", "ab"),
        ("a&NotEqualTilde;b", "a≂̸b", "a≂b", None),  # half an entity
        ("<b>one</b> two", "one two", "one three", "<b>one</b> three"),
        ("<b>one</b> two", "one two", "on two", "<b>on</b> two"),
        ("one <b>two</b>", "one two", "one two three", "one <b>two three</b>"),
        ("on<b>e</b>s", "ones", "onex", "on<b>e</b>x"),
        ("on<b>e</b>s", "ones", "xnes", "xn<b>e</b>s"),
        ("on<b>e</b>s", "ones", "s", None),
        ("a <br> b", "a b", "a b c", "a <br> b c"),
        ("a<br>b", "a b", "a c", "a<br>c"),
        ("a<br>b", "a b", "ac", None),
        ("a<b> </b>b", "a b", "a-b", "a<b>-</b>b"),
        ("the <i>place</i> where", "the place where", "where", None),
        ("the place <i>where</i>", "the place where", "where", "<i>where</i>"),
        ("AT&amp;T", "AT&T", "A&T", "A&amp;T"),
        ("AT&amp;T", "&", "and", "ATandT"),
        ("AT&<b>T</b>", "&", "and", "ATand<b>T</b>"),
        ("a <img> b", "a \ufdd1 b", "a b", None),
        ("a <code>x</code> b", "a \ufdd1 b", "a \ufdd1 c", "a <code>x</code> c"),
    ],
)
def test_markup_stays_and_entities_are_characters(text, prose, wanted, expected):
    assert changed(text, prose, wanted) == expected


def test_a_long_span_with_markup_is_left():
    assert changed("<b>a</b>b" * 400, "ab" * 400, "ab" * 399) is None
    assert changed("ab" * 4000, "ab" * 4000, "ab" * 3999) == "ab" * 3999


HTML = st.lists(
    st.sampled_from(["a", "b", " ", "<b>", "</b>", "&amp;", "&eacute;", "&lang;", "<br>", "<img>", "\n", "&"])
)


@given(HTML.map("".join), st.text("abc é", max_size=6), st.data())
def test_what_is_edited_shows_what_is_wanted_and_all_else_as_it_was(text, wanted, data):
    document = read_text(text, "html", PLUGINS)
    assume(len(document))
    start = data.draw(st.integers(0, len(document) - 1).filter(lambda place: document.prose[place] != FILLER))
    ends = [end for end in range(start + 1, len(document) + 1) if document.prose[end : end + 1] != FILLER]
    end = data.draw(st.sampled_from(ends))
    edits = masked_edits(document, Edit(start, end, wanted))
    assume(edits is not None)
    new = read_text(apply(text, edits), "html", PLUGINS)
    expected = document.prose[:start] + wanted + document.prose[end:]
    assert "".join(new.prose.replace(FILLER, "").split()) == "".join(expected.replace(FILLER, "").split())
    for edit in edits:
        assert start <= edit.start <= edit.end <= end
