"""A stretch of words that was rewritten, taken apart into what stands for what.

Between two words that are the same in both texts there may be several that are not: “could establish interaction” and
“may set up interplay”. How they pair is decided by the cheapest way to cut both sides into pieces (``costs`` says what
a piece costs), found by dynamic programming over all stretches of a text at once, on arrays: a spun book has tens of
thousands of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from qualitycheck.comparison.costs import SHAPES, Costs, Piece, Seen, Stretch
from qualitycheck.comparison.lexis import Lexis

_WIDEST = 16  # words of a stretch, above which it is not taken apart
_BAND = 5  # words by which a piece may be off the diagonal
_PASSES = 3
_SIZES = (2, 4, 8, _WIDEST)  # stretches are taken together with others of about their size

_Path = npt.NDArray[np.int8]


def cut(stretches: Sequence[Stretch], lexis: Lexis) -> list[list[Piece]]:
    """The pieces of each stretch, in order.

    All are cut once to see which pairs recur, and again in that light.
    """
    cuts: list[list[Piece]] = [[(len(each.words[0]), len(each.words[1]))] for each in stretches]
    sizes = np.array([max(map(len, each.words)) if all(each.words) else 0 for each in stretches])
    lower = 0
    batches = []
    for size in _SIZES:
        chosen = np.flatnonzero((sizes > lower) & (sizes <= size))
        lower = size
        if len(chosen):
            batches.append((chosen, Costs([stretches[index] for index in chosen.tolist()], size, lexis)))
    paths: list[_Path | None] = [None for _ in batches]
    seen = Seen()
    for _ in range(_PASSES):
        paths = [_cheapest(costs, seen, path) for (_, costs), path in zip(batches, paths, strict=True)]
        keys = [costs.keys_along(path) for (_, costs), path in zip(batches, paths, strict=True) if path is not None]
        seen = Seen(np.concatenate(keys)) if keys else seen
    for (chosen, costs), path in zip(batches, paths, strict=True):
        if path is not None:
            for index, pieces in zip(chosen.tolist(), _pieces(costs, path), strict=True):
                cuts[index] = _tidied(stretches[index], pieces, seen, lexis)
    return cuts


def _cheapest(costs: Costs, seen: Seen, known: _Path | None) -> _Path:
    """For each stretch and cell, the shape of the piece that starts there on the cheapest way; −1 off the way.

    ``known`` is the way that was found before: a pair does not speak for itself.
    """
    count, size = len(costs.rows), costs.size
    best = np.full((count, size + 1, size + 1), np.inf, np.float32)
    step = np.full((count, size + 1, size + 1), -1, np.int8)
    best[:, 0, 0] = 0.0
    slope = costs.columns / costs.rows
    for i in range(size + 1):
        middle = (i * slope).astype(np.int64)
        for j in range(size + 1):
            reached = np.flatnonzero((best[:, i, j] < np.inf) & (np.abs(j - middle) <= _BAND))
            for number, (taken, given) in enumerate(SHAPES):
                k, m = i + taken, j + given
                if k > size or m > size:
                    continue
                here = reached[(costs.rows[reached] >= k) & (costs.columns[reached] >= m)]
                if not len(here):
                    continue
                own = known[here, i, j] == number if known is not None else None
                total = best[here, i, j] + costs.piece(here, i, j, number, seen, own)
                better = total < best[here, k, m]
                best[here[better], k, m] = total[better]
                step[here[better], k, m] = number
    return _followed(costs, step)


def _followed(costs: Costs, step: _Path) -> _Path:
    """The way back from the end, each piece noted where it starts."""
    path = np.full(step.shape, -1, np.int8)
    taken, given = (np.array([shape[side] for shape in SHAPES]) for side in (0, 1))
    here = np.arange(len(step))
    i, j = costs.rows.copy(), costs.columns.copy()
    while len(here):
        number = step[here, i, j].astype(np.int64)
        if (number < 0).any():  # the end was not reached within the band: the stretch stays whole
            path[here[number < 0]] = -1
            here, i, j, number = (each[number >= 0] for each in (here, i, j, number))
        i, j = i - taken[number], j - given[number]
        path[here, i, j] = number
        left = (i > 0) | (j > 0)
        here, i, j = here[left], i[left], j[left]
    return path


def _pieces(costs: Costs, path: _Path) -> Iterable[list[Piece]]:
    for number, (rows, columns) in enumerate(zip(costs.rows.tolist(), costs.columns.tolist(), strict=True)):
        cells = path[number]
        pieces: list[Piece] = []
        i = j = 0
        while (i < rows or j < columns) and cells[i, j] >= 0:
            pieces.append(SHAPES[cells[i, j]])
            i, j = i + pieces[-1][0], j + pieces[-1][1]
        yield pieces if (i, j) == (rows, columns) else [(rows, columns)]


def _tidied(stretch: Stretch, pieces: Sequence[Piece], seen: Seen, lexis: Lexis) -> list[Piece]:
    """The same pieces, with a particle put to its verb, and away from what was put in.

    “According to” that became “based on” is one piece, unless “to” became “on” elsewhere too.
    """
    tidied: list[Piece] = []
    i = j = 0
    for taken, given in pieces:
        first, second = stretch.words[0][i : i + taken], stretch.words[1][j : j + given]
        known = tidied[-1] if tidied else (0, 0)
        if known == (1, 1) == (taken, given) and lexis.follows(first[0]) and lexis.follows(second[0]):
            tidied[-1:] = [(2, 2)] if seen.once(first, second) else [known, (taken, given)]
        elif taken == 0 and known[0] == 1 < known[1] and lexis.follows(stretch.words[1][j - 1]):
            tidied[-1:] = [(1, known[1] - 1), (0, given + 1)]
        else:
            tidied.append((taken, given))
        i, j = i + taken, j + given
    return tidied
