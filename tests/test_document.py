import re
import time

import numpy as np
import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from qualitycheck import Document
from qualitycheck.document import prepare
from qualitycheck.tokens import FILLER


def sentences(text):
    document = Document(text)
    return [text[start:end] for start, end in document.sentences]


def test_views_are_computed_once():
    document = Document("One. Two.")
    for view in ("tokens", "language", "line_starts", "sentences", "quotations"):
        assert getattr(document, view) is getattr(document, view)


def test_an_empty_document_has_empty_views():
    document = Document("")
    assert (len(document), document.words, document.language) == (0, 0, None)
    assert document.sentences.shape == document.quotations.shape == (0, 2)
    assert document.position(0) == (1, 1)
    assert document.line_span(1) == (0, 0)
    assert not document.in_quotation(0, 0)
    assert list(document.finditer("x")) == []


def test_path_id_and_metadata_are_kept():
    document = Document("text", path="a.txt", id="7", metadata={"source": "x"})
    assert (document.path, document.id, document.metadata["source"]) == ("a.txt", "7", "x")
    assert "a.txt" in repr(document)


@pytest.mark.parametrize(
    ("text", "offset", "position"),
    [
        ("ab\ncd", 0, (1, 1)),
        ("ab\ncd", 2, (1, 3)),
        ("ab\ncd", 3, (2, 1)),
        ("ab\r\ncd", 4, (2, 1)),
        ("ab\r\ncd", 3, (1, 4)),
        ("ab\rcd\ref", 6, (3, 1)),
        ("a\r\n\r\nb", 5, (3, 1)),
        ("a\n\rb", 3, (3, 1)),
        ("👩‍💻 x\n👍🏽 y", 4, (1, 5)),
        ("👩‍💻 x\n👍🏽 y", 9, (2, 4)),
        ("e\u0301 x", 3, (1, 4)),
        ("a\u2028b\x0bc", 4, (1, 5)),
        ("ab\n", 3, (2, 1)),
    ],
)
def test_line_and_column_count_code_points_from_one(text, offset, position):
    assert Document(text).position(offset) == position


@given(st.text(st.sampled_from("ab\r\n👍"), max_size=30))
def test_every_offset_lies_in_the_line_it_is_said_to(text):
    document = Document(text)
    for offset in range(len(text) + 1):
        line, column = document.position(offset)
        start, end = document.line_span(line)
        assert start + column - 1 == offset
        assert "\n" not in text[start:end]
        assert "\r" not in text[start:end]


@pytest.mark.parametrize(
    ("text", "lines"),
    [("one\ntwo", ["one", "two"]), ("one\r\n\rthree\n", ["one", "", "three", ""]), ("", [""])],
)
def test_line_spans_leave_line_ends_out(text, lines):
    document = Document(text)
    assert [text[slice(*document.line_span(n))] for n in range(1, len(document.line_starts) + 1)] == lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("He met Mr. Smith and Dr. Ruiz. Then he left.", ["He met Mr. Smith and Dr. Ruiz.", "Then he left."]),
        ("She lives in St. Ives. He does not.", ["She lives in St. Ives.", "He does not."]),
        ("J. K. Orme wrote it. We read it.", ["J. K. Orme wrote it.", "We read it."]),
        ("It cost 3.5 million. Nobody paid.", ["It cost 3.5 million.", "Nobody paid."]),
        ("“Stop!” she said. “Why?” He ran.", ["“Stop!” she said.", "“Why?”", "He ran."]),
        ("Wait... and see. Now.", ["Wait... and see.", "Now."]),
        ("A title\n\nA line\nthat goes on.", ["A title", "A line\nthat goes on."]),
        ("A title\r\n\r\nA line\r\nthat goes on.", ["A title", "A line\r\nthat goes on."]),
        ("A title\r\rA line\rthat goes on.", ["A title", "A line\rthat goes on."]),
        ("  padded.  Next one.  ", ["padded.", "Next one."]),
        (" \n\n \n", []),
    ],
)
def test_sentences(text, expected):
    assert sentences(text) == expected


@given(st.text(st.sampled_from("aB. \n\r“”!?"), max_size=60))
def test_sentences_are_sorted_and_hold_all_but_space(text):
    spans = [tuple(span) for span in Document(text).sentences]
    assert spans == sorted(spans)
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())


def test_in_quotation_means_wholly_within():
    document = Document("He said “go away” and left.")
    assert document.in_quotation(8, 17)
    assert document.in_quotation(9, 11)
    assert not document.in_quotation(0, 2)
    assert not document.in_quotation(5, 11)
    assert not document.in_quotation(12, 20)


def test_prose_masks_and_offsets_hold():
    text = "see `x = {1}` now"
    document = Document(text, prose="see           now")
    assert [document.text[m.start() : m.end()] for m in document.finditer(r"\w+")] == ["see", "now"]
    assert document.words == 2
    assert list(document.finditer(r"[{}]")) == []


def test_prose_of_another_length_is_refused():
    with pytest.raises(ValueError, match="mask, do not cut"):
        Document("abc", prose="ab")


def test_excerpt_is_what_a_reader_sees():
    text = "we&rsquo;re <b>f</b>ree"
    prose = "we’" + FILLER * 6 + "re    f" + FILLER * 4 + "ree"
    document = Document(text, prose=prose)
    assert document.excerpt(0, len(text)) == "we’re    free"


def test_finditer_takes_strings_patterns_and_flags():
    document = Document("Ab aB")
    assert len(list(document.finditer("ab", flags=regex.IGNORECASE))) == 2
    assert len(list(document.finditer(regex.compile("ab", regex.IGNORECASE)))) == 2
    with pytest.raises(regex.error):
        list(document.finditer("("))


def test_finditer_stops_a_runaway_pattern():
    document = Document("a" * 40 + "!")
    started = time.perf_counter()
    with pytest.raises(TimeoutError):
        list(document.finditer(r"(?:a|a|aa)+$", timeout=0.2))
    assert time.perf_counter() - started < 5


def test_finditer_does_not_count_the_time_its_user_takes():
    matches = Document("a " * 1000).finditer("a", timeout=0.05)
    next(matches)
    time.sleep(0.1)
    assert len(list(matches)) == 999


HOSTILE = {
    "full stops": ". " * 100_000,
    "ellipses": "." * 200_000,
    "titles": "Mr. " * 60_000,
    "quotes": '"' * 200_000,
    "open quotes": "“a " * 70_000,
    "single quotes": "‘a " * 70_000,
    "stop and quotes": '."' * 100_000,
    "stop and space": "a." + " " * 200_000,
    "line ends": "\n" * 200_000,
    "mixed line ends": "\r\n \r\t" * 50_000,
    "indented": ("\n" + " " * 99) * 2_000,
    "one line": "x" * 200_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_views_of_hostile_text_are_quick(text):
    started = time.perf_counter()
    document = Document(text)
    for view in ("tokens", "language", "line_starts", "sentences", "quotations"):
        getattr(document, view)
    assert time.perf_counter() - started < 3


# Tokens found together


@settings(deadline=None)
@given(st.lists(st.text("aB1’'.,-\n\r \ufdd0é日€") | st.text(), max_size=40))
def test_documents_tokenized_together_have_the_tokens_they_have_alone(texts):
    documents = [Document(text) for text in texts]
    prepare(documents)
    for document, text in zip(documents, texts, strict=True):
        alone = Document(text).tokens
        for name in ("start", "end", "key", "kind", "shape"):
            assert np.array_equal(getattr(document.tokens, name), getattr(alone, name))
            assert not getattr(document.tokens, name).flags.writeable


def test_what_is_tokenized_already_is_left_alone():
    known = Document("a b")
    tokens = known.tokens
    prepare([Document("word " * 2000), known, Document("c")])
    assert known.tokens is tokens


@given(st.text())
def test_marks_are_what_is_no_ascii_letter_digit_or_space(text):
    marks = "".join(each for each in text if not (each.isascii() and (each.isalnum() or each in " \t\n\r\f")))
    assert Document(text).marks == marks


@given(st.text("ab \n\r\u2028"))
def test_lines_start_behind_each_line_end(text):
    starts = [0, *(match.end() for match in re.finditer(r"\r\n|\n|\r", text))]
    assert Document(text).line_starts.tolist() == Document(text).prose_line_starts.tolist() == starts


def test_the_lines_of_the_prose_are_its_own():
    document = Document("a\nb\nc", prose="a\nb c")
    assert (document.line_starts.tolist(), document.prose_line_starts.tolist()) == ([0, 2, 4], [0, 2])
