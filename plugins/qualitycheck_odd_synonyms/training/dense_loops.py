"""The compiled loops of the network's training: gather what it learns from, and update the vectors."""

from __future__ import annotations

import numba
import numpy as np

from qualitycheck_odd_synonyms.dense import FIRST_WORD, NEAR, UNKNOWN, WIDE
from qualitycheck_odd_synonyms.lexicon import LONGEST
from qualitycheck_odd_synonyms.training.loops import at, find, longest, through_channel, torn

_LOWER_CASE = 0.15  # the share of pieces whose capitals are taken away, as some who collect text do
_LEAST_TOKENS = 8


@numba.njit
def gather(all_keys, all_forms, starts, order, seed, channels, mix, candidates, words, into):
    """Fill the columns; returns how many candidates there are."""
    np.random.seed(seed)
    cand_keys, cand_values, cand_starters, cand_families = candidates
    word_keys, word_values = words
    phrase, family_of, form, put, original_of, rate_of, near, wide = into
    count = 0
    for document in order:
        begin, end = starts[document], starts[document + 1]
        length = end - begin
        if length < _LEAST_TOKENS:
            continue
        keys, forms = all_keys[begin:end], all_forms[begin:end]
        out_keys = np.empty(length * LONGEST, np.uint64)
        out_forms = np.empty(length * LONGEST, np.uint8)
        out_original = np.empty(length * LONGEST, np.int32)
        family, rate, written = through_channel(keys, forms, mix, channels, out_keys, out_forms, out_original)
        if family == len(mix):
            # A clean piece teaches one family what is natural.
            family = np.random.randint(len(mix))
        if np.random.random() < _LOWER_CASE:
            for place in range(written):
                out_forms[place] &= np.uint8(0xFC)
        rows = np.empty(written, np.uint16)
        for place in range(written):
            index = find(word_keys, word_values, out_keys[place])
            rows[place] = index + FIRST_WORD if index >= 0 else UNKNOWN
        place = 0
        while place < written:
            index, size = longest(out_keys[:written], place, cand_keys, cand_values, cand_starters)
            if index < 0:
                place += 1
                continue
            last = place + size - 1
            original = out_original[place]
            if (cand_families[index] >> family) & 1 == 0 or torn(out_original, place, last, written):
                place += size
                continue
            if count >= len(phrase):
                return count
            phrase[count] = index
            family_of[count] = family
            form[count] = out_forms[place] & np.uint8(3)
            if place == 0 or (out_forms[place - 1] >> np.uint8(4)) == 2:
                form[count] += np.uint8(4)
            put[count] = original >= 0
            original_of[count] = original
            rate_of[count] = rate
            for distance in range(NEAR):
                near[count, distance] = at(rows, place - 1 - distance)
                near[count, NEAR + distance] = at(rows, last + 1 + distance)
            for distance in range(NEAR, WIDE):
                wide[count, distance - NEAR] = at(rows, place - 1 - distance)
                wide[count, WIDE - 2 * NEAR + distance] = at(rows, last + 1 + distance)
            count += 1
            place += size
    return count


@numba.njit(fastmath=True)
def gather_wide(vectors, rows, inputs, place):
    """Add up the vectors of the words further away, over the root of how many are known."""
    size = vectors.shape[1]
    for index in range(len(rows)):
        known = 0
        for each in rows[index]:
            if each >= FIRST_WORD:
                known += 1
                for number in range(size):
                    inputs[index, place + number] += vectors[each, number]
        if known:
            for number in range(size):
                inputs[index, place + number] /= np.sqrt(np.float32(known))


@numba.njit(fastmath=True)
def learn_words(vectors, squares, rows, gradients, step):
    """A step of AdaGrad for the vectors of the words around each candidate, one rate a row."""
    size = vectors.shape[1]
    for index in range(len(rows)):
        for place in range(rows.shape[1]):
            row = rows[index, place]
            square = np.float32(0.0)
            for number in range(size):
                square += gradients[index, place * size + number] ** 2
            squares[row] += square / size
            rate = step / np.sqrt(squares[row])
            for number in range(size):
                vectors[row, number] -= rate * gradients[index, place * size + number]


@numba.njit(fastmath=True)
def learn_phrases(phrases, squares, phrase, hidden, error, step, decay):
    """The same for the vectors of the candidates."""
    size = phrases.shape[1]
    for index in range(len(phrase)):
        row = phrase[index]
        square = np.float32(0.0)
        for number in range(size):
            square += (error[index] * hidden[index, number]) ** 2
        squares[row] += square / size
        rate = step / np.sqrt(squares[row])
        for number in range(size):
            phrases[row, number] -= rate * (error[index] * hidden[index, number] + decay * phrases[row, number])


@numba.njit
def learn_priors(priors, squares, phrase, family, error, step):
    """The same for their priors in each family."""
    for index in range(len(phrase)):
        row, column = phrase[index], family[index]
        squares[row, column] += error[index] ** 2
        priors[row, column] -= step * error[index] / np.sqrt(squares[row, column])
