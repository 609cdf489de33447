import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualitycheck import Document
from qualitycheck.batch import Batch, Part, batches, count, group, total
from qualitycheck.tokens import tokenize

texts = st.text("ab1 .,'\n\r\tAé日\ufdd0") | st.text()


def all_of(documents, most):
    return list(batches([Document(text) for text in documents], most))


@settings(deadline=None)
@given(st.lists(texts, max_size=5), st.integers(3, 60))
def test_every_token_is_in_one_part_with_its_place(found, most):
    documents = [Document(text) for text in found]
    places = {number: [] for number in range(len(found))}
    for batch in batches(documents, most):
        assert len(batch.bounds) == len(batch) + 1
        for number, part in enumerate(batch.parts):
            tokens = batch.tokens.part(*batch.bounds[number : number + 2])
            start = tokens.start + batch.shift[number]
            places[part.document] += zip(start.tolist(), (tokens.end + batch.shift[number]).tolist(), strict=True)
            assert all(part.start <= place < part.end for place in start)
            prose = documents[part.document].prose
            for own, place in zip(tokens.start.tolist(), start.tolist(), strict=True):
                assert chr(batch.codes[own]) == prose[place]
    for number, text in enumerate(found):
        tokens = tokenize(text)
        assert places[number] == list(zip(tokens.start.tolist(), tokens.end.tolist(), strict=True))


@given(st.lists(texts, max_size=5))
def test_lines_are_those_that_are_not_blank(found):
    for batch in all_of(found, 1 << 20):
        lines = batch.lines
        for number, part in enumerate(batch.parts):
            first, last = batch.line_bounds[number : number + 2]
            shown = []
            for line in range(first, last):
                start = batch.tokens.start[lines.first[line]] + batch.shift[number]
                end = batch.tokens.end[lines.last[line] - 1] + batch.shift[number]
                shown.append(found[part.document][start:end])
            full = found[part.document].replace("\r\n", "\n").replace("\r", "\n").split("\n")
            assert [len(tokenize(line)) for line in shown] == [
                len(tokenize(line)) for line in full if len(tokenize(line))
            ]
            assert lines.breaks[first] == 0


def test_breaks_count_line_ends():
    (batch,) = all_of(["\n\na\nb\n\nc\r\n\r\nd\re", "f\n\n\ng"], 1000)
    assert batch.lines.breaks.tolist() == [0, 1, 2, 2, 1, 0, 3]


def test_long_documents_are_cut_at_lines_and_short_ones_joined():
    long = "one two\n" * 40
    documents = [Document("a b"), Document(long), Document("c")]
    found = [batch.parts for batch in batches(documents, 100)]
    assert [part.document for parts in found for part in parts] == [0, 1, 1, 1, 1, 2]
    cuts = [part for parts in found for part in parts if part.document == 1]
    assert [(cut.start, cut.end) for cut in cuts] == [(0, 80), (80, 160), (160, 240), (240, 320)]


def test_one_line_is_cut_between_tokens():
    cuts = [part for batch in batches([Document("goat " * 100)], 120) for part in batch.parts]
    assert [cut.start % 5 for cut in cuts] == [0] * len(cuts)
    assert cuts[0].start == 0
    assert cuts[-1].end == 500
    assert all(one.end == two.start for one, two in itertools.pairwise(cuts))


def test_keys_tell_numbers_and_parts_apart():
    text = "1 2 12 21 1,000 100000000000000001 100000000000000002 goat"
    batch = Batch([Document(text), Document(text)], [Part(0, 0, len(text)), Part(1, 0, len(text))])
    high = batch.keys >> np.uint64(22)
    assert len(set(high.tolist())) == 2 * 8 - 2  # the last two numbers differ after sixteen digits


def test_equal_words_have_equal_keys_in_one_part():
    (batch,) = all_of(["Goat goat 12 GOAT 12 it’s it's"], 100)
    one, two, three, four, five, six, seven = batch.keys.tolist()
    assert one == two == four
    assert three == five
    assert six == seven


@given(st.lists(st.integers(0, 5), max_size=30))
def test_groups_hold_equal_keys_in_order_of_place(numbers):
    keys = np.array(numbers, np.uint64) << np.uint64(40)
    groups = group(keys, np.arange(len(keys)))
    assert sorted(groups.place.tolist()) == list(range(len(keys)))
    for before, after, new in zip(groups.place, groups.place[1:], groups.new[1:], strict=False):
        assert new == (numbers[before] != numbers[after])
        assert new or before < after


@given(st.lists(st.integers(0, 9), max_size=20), st.data())
def test_counts_and_sums_between_bounds(values, data):
    bounds = sorted([0, len(values), *data.draw(st.lists(st.integers(0, len(values)), max_size=4))])
    array, edges = np.array(values, np.int64), np.array(bounds)
    pieces = [values[a:b] for a, b in itertools.pairwise(bounds)]
    assert total(array, edges).tolist() == [sum(piece) for piece in pieces]
    assert count(array > 4, edges).tolist() == [sum(value > 4 for value in piece) for piece in pieces]


@pytest.mark.parametrize("found", [[], [""], ["", " \n"], ["\u00a0"]])
def test_what_has_no_token_gives_no_batch(found):
    assert all_of(found, 10) == []


def test_checks_that_ask_one_after_the_other_share_a_batch():
    documents = [Document("a"), Document("b")]
    assert next(iter(batches(documents))) is next(iter(batches(list(documents))))
    assert next(iter(batches(documents))) is not next(iter(batches(documents[::-1])))
