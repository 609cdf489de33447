"""The compiled loops of training: spin a document, find the candidates in it, learn from them."""

from __future__ import annotations

import numba
import numpy as np

from qualitycheck.phrases import PHRASE_BASE
from qualitycheck.tokens import token_key
from qualitycheck_odd_synonyms.features import COUNT, REACH, SALTS
from qualitycheck_odd_synonyms.features import MIX as _MIX
from qualitycheck_odd_synonyms.lexicon import LONGEST

_BASE = np.uint64(PHRASE_BASE)
_HYPHEN = np.uint64(token_key("-"))
# The share of listed words that a training document has replaced is between the first, and the sum of both.
_LEAST_RATE = 0.02
_RATE = 0.9
#: The power that makes earlier alternatives the likelier draws.
SKEW = 1.25


@numba.njit(inline="always")
def find(table_keys, table_values, key):
    """The value stored for a key in an open-addressing table, or −1."""
    mask = np.uint64(len(table_keys) - 1)
    slot = (key * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(20) & mask
    while table_values[slot] >= 0:
        if table_keys[slot] == key:
            return table_values[slot]
        slot = (slot + np.uint64(1)) & mask
    return -1


@numba.njit(inline="always")
def at(values, place):
    """The value at a place, zero beyond the ends."""
    return values[place] if 0 <= place < len(values) else values.dtype.type(0)


@numba.njit
def make_table(keys, size):
    """An open-addressing table from keys to their indices; ``size`` is a power of two."""
    table_keys = np.zeros(size, np.uint64)
    table_values = np.full(size, -1, np.int32)
    mask = np.uint64(size - 1)
    for index in range(len(keys)):
        slot = (keys[index] * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(20) & mask
        while table_values[slot] >= 0:
            slot = (slot + np.uint64(1)) & mask
        table_keys[slot] = keys[index]
        table_values[slot] = index
    return table_keys, table_values


@numba.njit
def longest(keys, start, table_keys, table_values, starters):
    """The longest listed phrase that starts at a token: its index and length, (−1, 1) where there is none."""
    best, length = -1, 1
    bit = keys[start] >> np.uint64(44)
    reach = starters[bit]
    value = np.uint64(0)
    for count in range(1, reach + 1):
        if start + count > len(keys):
            break
        value = value * _BASE + keys[start + count - 1]
        index = find(table_keys, table_values, value)
        if index >= 0:
            best, length = index, count
    return best, length


@numba.njit
def make_starters(first_keys, lengths):
    """For the top 20 bits of a token key: the length of the longest phrase that may start with it."""
    starters = np.zeros(1 << 20, np.uint8)
    for index in range(len(first_keys)):
        bit = first_keys[index] >> np.uint64(44)
        starters[bit] = max(starters[bit], lengths[index])
    return starters


@numba.njit
def spin(keys, shapes, rate, sticky, seed, channel, out_keys, out_shapes, out_original):
    """Pass a document through a channel: one pass, longest phrase first, one alternative a document and phrase.

    ``rate`` is the share of the listed phrases that are replaced: of the phrases where ``sticky``, else of their
    occurrences. Words joined by a hyphen are left alone. Writes the new tokens and, for each token that opens a
    substituted span, the index of its original (else −1, and −2 within the span); returns how many were written.
    """
    (table_keys, table_values, starters), ids, alt_start, alt_token_start, alt_tokens = channel
    place = written = 0
    while place < len(keys):
        index, length = longest(keys, place, table_keys, table_values, starters)
        replaced = False
        if index >= 0 and at(keys, place - 1) != _HYPHEN and at(keys, place + length) != _HYPHEN:
            draw = (np.uint64(index + 1) * np.uint64(0x9E3779B97F4A7C15) ^ seed) * np.uint64(0xBF58476D1CE4E5B9)
            chance = np.random.random()
            if sticky:
                chance = np.float64(draw >> np.uint64(40)) / (1 << 24)
            replaced = chance < rate
        if replaced:
            draw *= np.uint64(0x94D049BB133111EB)
            count = alt_start[index + 1] - alt_start[index]
            # Lexicons list the commoner alternatives first; the power makes them the likelier draws.
            chosen = alt_start[index] + np.int64(count * (np.float64(draw >> np.uint64(40)) / (1 << 24)) ** SKEW)
            for position in range(alt_token_start[chosen], alt_token_start[chosen + 1]):
                opens = position == alt_token_start[chosen]
                out_keys[written] = alt_tokens[position]
                out_shapes[written] = shapes[place] if opens else np.uint8(0)
                out_original[written] = ids[index] if opens else -2
                written += 1
        else:
            for position in range(place, place + length):
                out_keys[written] = keys[position]
                out_shapes[written] = shapes[position]
                out_original[written] = -1
                written += 1
        place += length
    return written


@numba.njit
def through_channel(keys, forms, mix, channels, out_keys, out_forms, out_original):
    """Pass a piece of text through one of the channels, or none, as the shares in ``mix`` have it.

    Returns the number of the family (that of families where the piece stays clean), the rate, and how many tokens were
    written, see ``spin``.
    """
    draw = np.random.random()
    family = 0
    while family < len(mix) and draw >= mix[family]:
        draw -= mix[family]
        family += 1
    if family < len(mix):
        rate = _LEAST_RATE + np.random.random() ** 1.5 * _RATE
        sticky = np.random.random() < 0.5
        seed = np.uint64(np.random.randint(1, 1 << 62))
        written = spin(keys, forms, rate, sticky, seed, channels[family], out_keys, out_forms, out_original)
    else:
        rate = _LEAST_RATE
        written = len(keys)
        out_keys[:written] = keys
        out_forms[:written] = forms
        out_original[:written] = -1
    return family, rate, written


@numba.njit(inline="always")
def torn(original, first, last, written):
    """Whether a phrase holds part of what a channel wrote, and not just all of one substitution."""
    inside = False
    for place in range(first, last + 1):
        if original[place] != -1:
            inside = True
    whole = original[first] >= 0 and (last + 1 == written or original[last + 1] != -2)
    return inside and not whole


@numba.njit
def make_views(keys, clusters, first, last, form, genre, salt, out):
    """The views of one candidate; the same as ``features.views``."""
    l1, r1 = at(keys, first - 1), at(keys, last + 1)
    l2, r2 = at(keys, first - 2), at(keys, last + 2)
    c1, d1 = at(clusters, first - 1), at(clusters, last + 1)
    c2, d2 = at(clusters, first - 2), at(clusters, last + 2)
    out[0] = salt[0]
    for distance in range(3):
        out[1 + distance] = at(keys, first - 1 - distance) * salt[1 + distance]
        out[4 + distance] = at(keys, last + 1 + distance) * salt[4 + distance]
    out[7] = l2 * salt[7] + l1 * salt[8]
    out[8] = r1 * salt[9] + r2 * salt[10]
    out[9] = l1 * salt[11] + r1 * salt[12]
    for distance in range(3, REACH):
        out[7 + distance] = at(keys, first - 1 - distance) * salt[13]
        out[10 + distance] = at(keys, last + 1 + distance) * salt[13]
    out[16] = (form + np.uint64(1)) * salt[14]
    out[17] = c1 * salt[15]
    out[18] = d1 * salt[16]
    out[19] = c1 * salt[17] + d1 * salt[18]
    out[20] = c2 * salt[19] + c1 * salt[20]
    out[21] = d1 * salt[21] + d2 * salt[22]
    out[22] = l1 * salt[23] + d1 * salt[24]
    out[23] = c1 * salt[25] + r1 * salt[26]
    out[24] = np.uint64(genre + 1) * salt[27]


@numba.njit
def genre_of(genres, clusters):
    """The nearest genre; the same as ``hashed.nearest_genre``."""
    counts = np.zeros(genres.shape[1], np.float32)
    for cluster in clusters:
        counts[cluster] += 1
    counts = np.sqrt(counts)
    best, nearest = -1.0, 0
    for genre in range(len(genres)):
        agreement = np.float32(0.0)
        for cluster in range(len(counts)):
            agreement += genres[genre, cluster] * counts[cluster]
        if agreement > best:
            best, nearest = agreement, genre
    return nearest


@numba.njit(inline="always")
def logistic(value):
    """The logistic function."""
    return 1.0 / (1.0 + np.exp(-value))


@numba.njit(fastmath=True)
def learn(weights, squares, view, phrase, shift, offset, target, step):
    """One step of AdaGrad on the logistic loss for one candidate; the score before the step.

    ``offset`` is the log of the document's rate. It takes up what the document as a whole tells, so that the weights
    learn the likelihood ratio of the candidate alone: without it, a spun neighbour would count as evidence that the
    document is spun, which the mixture counts again.
    """
    total = 0.0
    for index in range(COUNT):
        total += weights[((view[index] ^ phrase) * _MIX) >> shift]
    gradient = logistic(total + offset) - target
    if abs(gradient) > 1e-3:
        square = gradient * gradient
        for index in range(COUNT):
            slot = ((view[index] ^ phrase) * _MIX) >> shift
            squares[slot] += square
            weights[slot] -= step * gradient / np.sqrt(squares[slot] + 1e-6)
    return total


@numba.njit(fastmath=True)
def learn_originals(weights, squares, view, keys, shift, target, step):
    """One step on the softmax over the originals that a candidate may stand for; whether the right one was first."""
    count = len(keys)
    scores = np.zeros(count)
    for each in range(count):
        for index in range(COUNT):
            scores[each] += weights[((view[index] ^ keys[each]) * _MIX) >> shift]
    best = np.argmax(scores)
    top = scores[best]
    total = 0.0
    for each in range(count):
        scores[each] = np.exp(scores[each] - top)
        total += scores[each]
    for each in range(count):
        gradient = scores[each] / total - (1.0 if each == target else 0.0)
        if abs(gradient) > 1e-3:
            square = gradient * gradient
            for index in range(COUNT):
                slot = ((view[index] ^ keys[each]) * _MIX) >> shift
                squares[slot] += square
                weights[slot] -= step * gradient / np.sqrt(squares[slot] + 1e-6)
    return best == target


@numba.njit
def train_pass(
    all_keys, all_shapes, starts, order, seed, channels, mix, candidates, owners, cluster_table, genres, tables, step
):
    """Take the documents through their channels once, in the given order, and learn from every candidate.

    Returns sums for a progress line: candidates, substituted ones, loss, originals ranked, originals ranked right.
    """
    np.random.seed(seed)
    cand_keys, cand_values, cand_starters, cand_phrase, cand_families = candidates
    owner_start, owner_ids, original_keys = owners
    cluster_slots, cluster_check, cluster_ids = cluster_table
    detect, detect_squares, restore, restore_squares = tables
    shift = np.uint64(64) - np.uint64(np.round(np.log2(len(detect))))
    restore_shift = np.uint64(64) - np.uint64(np.round(np.log2(len(restore))))
    cluster_shift = np.uint64(64 - cluster_slots)
    view = np.empty(COUNT, np.uint64)
    sums = np.zeros(5)
    for document in order:
        begin, end = starts[document], starts[document + 1]
        length = end - begin
        if length < 8:
            continue
        keys, shapes = all_keys[begin:end], all_shapes[begin:end]
        out_keys = np.empty(length * LONGEST, np.uint64)
        out_shapes = np.empty(length * LONGEST, np.uint8)
        out_original = np.empty(length * LONGEST, np.int32)
        family, rate, written = through_channel(keys, shapes, mix, channels, out_keys, out_shapes, out_original)
        new_keys = out_keys[:written]
        clusters = np.zeros(written, np.uint64)
        for place in range(written):
            slot = new_keys[place] >> cluster_shift
            if cluster_check[slot] == np.uint32(new_keys[place] & np.uint64(0xFFFFFFFF)):
                clusters[place] = cluster_ids[slot]
        genre = genre_of(genres, clusters)
        place = 0
        while place < written:
            index, count = longest(new_keys, place, cand_keys, cand_values, cand_starters)
            if index < 0:
                place += 1
                continue
            if family < len(mix) and not (cand_families[index] >> family) & 1:
                place += count
                continue
            last = place + count - 1
            original = out_original[place]
            if torn(out_original, place, last, written):
                place += count
                continue
            form = np.uint64(out_shapes[place] & np.uint8(3))
            if place == 0 or (out_shapes[place - 1] >> np.uint8(4)) == 2:
                form += np.uint64(4)
            make_views(new_keys, clusters, place, last, form, genre, SALTS, view)
            target = 1.0 if original >= 0 else 0.0
            score = learn(detect, detect_squares, view, cand_phrase[index], shift, np.log(rate), target, step)
            sums[0] += 1
            sums[1] += target
            sums[2] += np.log1p(np.exp(-score - np.log(rate) if target else score + np.log(rate)))
            if original >= 0:
                options = owner_ids[owner_start[index] : owner_start[index + 1]]
                right = -1
                for each in range(len(options)):
                    if options[each] == original:
                        right = each
                if right >= 0 and len(options) > 1:
                    keys_of = original_keys[options]
                    sums[3] += 1
                    sums[4] += learn_originals(restore, restore_squares, view, keys_of, restore_shift, right, step)
            place += count
    return sums
