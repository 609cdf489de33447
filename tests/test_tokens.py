import pickle
from unittest import mock

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualitycheck import tokens as module
from qualitycheck.tokens import (
    CAPITALISED,
    FILLER,
    LOWER,
    NUMBER,
    NUMBER_KEY,
    PUNCTUATION,
    UPPER,
    WORD,
    token_key,
    tokenize,
    tokenize_all,
)

FIELDS = ("start", "end", "key", "kind", "shape")


def strings(text):
    tokens = tokenize(text)
    return [text[start:end] for start, end in zip(tokens.start, tokens.end, strict=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \t\r\n\u00a0\u2003", []),
        ("a", ["a"]),
        ("The cat sat.", ["The", "cat", "sat", "."]),
        ("won’t can't o＇clock", ["won’t", "can't", "o＇clock"]),
        ("rock’n’roll ’tis dogs’", ["rock’n’roll", "’", "tis", "dogs", "’"]),
        ("15,000 3.14 1,234.5, 7.", ["15,000", "3.14", "1,234.5", ",", "7", "."]),
        ("U.S. e.g. a,b", ["U", ".", "S", ".", "e", ".", "g", ".", "a", ",", "b"]),
        ("well-known — yes", ["well", "-", "known", "—", "yes"]),
        ("Wait... what?!", ["Wait", "...", "what", "?", "!"]),
        ("((a)) --", ["((", "a", "))", "--"]),
        ("TNFα 5µm v2.0 2nd", ["TNFα", "5µm", "v2.0", "2nd"]),
        ("cafe\u0301 na\u00adive", ["cafe\u0301", "na\u00adive"]),
        ("東京へ行く", ["東", "京", "へ", "行", "く"]),
        ("हिन्दी भाषा", ["हिन्दी", "भाषा"]),
        ("{a|b}", ["{", "a", "|", "b", "}"]),
        ("𝒜𝒷 x", ["𝒜𝒷", "x"]),
        ("a\ud800b", ["a", "\ud800", "b"]),
        ("a\u200bb", ["a", "\u200b", "b"]),
        ("a\nb\r\nc", ["a", "b", "c"]),
    ],
)
def test_boundaries(text, expected):
    assert strings(text) == expected


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("word", WORD),
        ("won’t", WORD),
        ("2nd", WORD),
        ("東", WORD),
        ("слово", WORD),
        ("15,000", NUMBER),
        ("7", NUMBER),
        ("٣", NUMBER),
        ("5\ufe0f\u20e3", NUMBER),
        (".", PUNCTUATION),
        ("--", PUNCTUATION),
        ("€", PUNCTUATION),
        ("\ud800", PUNCTUATION),
    ],
)
def test_kinds(word, kind):
    assert tokenize(word).kind.tolist() == [kind]


@pytest.mark.parametrize("emoji", ["❤\ufe0f", "👩\u200d💻", "👍🏽"])
def test_emoji_add_no_words(emoji):
    assert tokenize(f"so {emoji} nice").words == 2


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("the", LOWER),
        ("The", CAPITALISED),
        ("I", CAPITALISED),
        ("McDonald", CAPITALISED),
        ("iPhone", LOWER),
        ("NASA", UPPER),
        ("DON’T", UPPER),
        ("CAFE\u0301", UPPER),
        ("42", LOWER),
        ("Été", CAPITALISED),
    ],
)
def test_shapes(word, shape):
    assert tokenize(word).shape.tolist() == [shape]


@pytest.mark.parametrize(
    ("one", "other"), [("Word", "wOrD"), ("won’t", "WON'T"), ("wonʼt", "won＇t"), ("1", "15,000"), ("É", "é")]
)
def test_keys_fold_case_apostrophes_and_numbers(one, other):
    assert token_key(one) == token_key(other)


def test_keys_tell_words_apart_wherever_they_stand():
    words = ["a", "b", "ab", "ba", "aa", "aab", "baa", "cant", "can’t", "résumé", "resume", ".", "..", "東", "京"]
    assert len({token_key(word) for word in words}) == len(words)
    spread = tokenize(("x " * 40_000).join(["word "] * 4))  # four copies, in different chunks
    assert np.count_nonzero(spread.key == token_key("word")) == 4
    assert token_key("1984") == int(NUMBER_KEY)


@pytest.mark.parametrize("word", ["", " ", "two words", "a-b", "U.S."])
def test_token_key_refuses_what_is_not_one_token(word):
    with pytest.raises(ValueError, match="not one token"):
        token_key(word)


def test_words_leave_punctuation_out():
    tokens = tokenize("Well, 3 of them: you & me!")
    assert (len(tokens), tokens.words) == (10, 6)


@pytest.mark.parametrize(
    ("text", "span", "word"),
    [
        (f"x won’{FILLER * 6}t y", (2, 13), "won’t"),
        (f"x f{FILLER * 4}or y", (2, 9), "for"),
        (f"{FILLER * 3}end{FILLER * 4}", (3, 6), "end"),
    ],
)
def test_filler_joins_and_is_no_part_of_the_key(text, span, word):
    tokens = tokenize(text)
    place = tokens.start.tolist().index(span[0])
    assert tokens.end[place] == span[1]
    assert tokens.key[place] == token_key(word)


def test_nothing_but_filler_has_no_tokens():
    assert len(tokenize(FILLER * 100)) == 0


HOSTILE = st.text(
    st.one_of(st.characters(), st.sampled_from("aB9'’.,- \n\r\t\u00a0\u00ad\u200b\u200d\u0301東\ud83d\ufeff👩"))
)


@given(HOSTILE)
def test_tokens_are_sorted_disjoint_and_cover_all_but_space(text):
    text = text.replace(FILLER, " ")
    tokens = tokenize(text)
    start, end = tokens.start.tolist(), tokens.end.tolist()
    assert all(begin < stop for begin, stop in zip(start, end, strict=True))
    assert all(stop <= begin for stop, begin in zip(end, start[1:], strict=False))
    assert not end or (start[0] >= 0 and end[-1] <= len(text))
    covered = {place for begin, stop in zip(start, end, strict=True) for place in range(begin, stop)}
    assert covered == {place for place, character in enumerate(text) if not character.isspace()}


@given(HOSTILE)
def test_a_token_on_its_own_keeps_its_key_kind_and_shape(text):
    text = text.replace(FILLER, " ")
    tokens = tokenize(text)
    for place in range(len(tokens)):
        alone = tokenize(text[tokens.start[place] : tokens.end[place]])
        assert len(alone) == 1
        for name in ("key", "kind", "shape"):
            assert getattr(alone, name)[0] == getattr(tokens, name)[place]


@given(st.lists(st.text(st.sampled_from("aZé9’.,-東👩"), min_size=1, max_size=12), min_size=1, max_size=40))
def test_chunks_do_not_show(words):
    text = " ".join(words)
    whole = tokenize(text)
    with mock.patch.object(module, "_CHUNK", 16):
        chunked = tokenize(text)
    for name in FIELDS:
        assert getattr(whole, name).tolist() == getattr(chunked, name).tolist()


def test_a_long_text_equals_its_pieces():
    pieces = [f"Piece {number}, won’t {'x' * (number % 50)}... “{number}.5”\n" for number in range(9_000)]
    text = "".join(pieces)
    assert len(text) > 4 * module._CHUNK
    whole = tokenize(text)
    offset, parts = 0, []
    for piece in pieces:
        part = tokenize(piece)
        parts.append((part.start + offset, part.end + offset, part.key, part.kind, part.shape))
        offset += len(piece)
    for name, columns in zip(FIELDS, zip(*parts, strict=True), strict=True):
        assert np.array_equal(getattr(whole, name), np.concatenate(columns)), name


def test_a_token_longer_than_a_chunk_is_cut_there():
    tokens = tokenize("y " + "x" * (2 * module._CHUNK + 5))
    assert tokens.end[-1] == 2 * module._CHUNK + 7
    assert (tokens.end - tokens.start).max() <= module._CHUNK
    assert len(tokens) <= 4


def test_tokens_can_be_pickled():
    tokens = tokenize("They can travel between processes.")
    assert pickle.loads(pickle.dumps(tokens)).key.tolist() == tokens.key.tolist()


@given(st.lists(st.text(alphabet="ab’'.,1 \n\u2028\ufdd0e\u0301-", max_size=12), max_size=8))
def test_texts_taken_together_have_the_tokens_they_have_alone(texts):
    for text, tokens in zip(texts, tokenize_all(texts), strict=True):
        alone = tokenize(text)
        for column in ("start", "end", "key", "kind", "shape"):
            assert getattr(tokens, column).tolist() == getattr(alone, column).tolist()


def test_long_texts_among_short_ones_are_taken_alone():
    texts = ["one two", "three " * 40_000, "", "four"]
    assert [len(tokens) for tokens in tokenize_all(texts)] == [2, 40_000, 0, 1]
