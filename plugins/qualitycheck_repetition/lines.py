"""Lines and paragraphs that a text has more than once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from qualitycheck.batch import Batch, group
from qualitycheck.tokens import PUNCTUATION, Keys, Offsets


@dataclass(frozen=True, slots=True, eq=False)
class Blocks:
    """Lines or paragraphs of a batch as parallel arrays.

    ``first`` and ``last`` are the indices of a block's first token and of the one after its last, ``size`` the code
    points of its words, and ``original`` the number of the earlier block that it repeats, −1 where there is none.
    ``bounds`` is the number of each part's first block, with the number of all at its end.
    """

    first: Offsets
    last: Offsets
    size: Offsets
    original: Offsets
    bounds: Offsets

    @property
    def repeats(self) -> npt.NDArray[np.bool_]:
        """Which of the blocks were there before."""
        return self.original >= 0


def blocks(batch: Batch, least: int) -> tuple[Blocks, Blocks]:
    """The lines, and the paragraphs of two lines and more between blank lines; one of a single line is a line.

    Those of less than ``least`` words do not count: they are rules, brackets, or who speaks.
    """
    lines = batch.lines
    key = sequences(batch.keys, lines.first)
    start = np.flatnonzero(lines.breaks != 1)
    end = np.append(start[1:], len(lines))
    paragraph = sequences(key, start)
    several = end - start > 1
    word = batch.tokens.kind != PUNCTUATION
    words = np.append(0, np.cumsum(word))
    size = np.append(0, np.cumsum((batch.tokens.end - batch.tokens.start) * word))

    def made(key: Keys, first: Offsets, last: Offsets) -> Blocks:
        long = words[last] - words[first] >= least
        key, first, last = key[long], first[long], last[long]
        return Blocks(first, last, size[last] - size[first], _originals(key), np.searchsorted(first, batch.bounds))

    return made(key, lines.first, lines.last), made(
        paragraph[several], lines.first[start[several]], lines.last[end[several] - 1]
    )


def _originals(keys: Keys) -> Offsets:
    """For each key the first place with the same one, −1 where it is itself the first."""
    place = np.arange(len(keys))
    groups = group(keys, place)
    start = np.maximum.accumulate(np.where(groups.new, place, 0))
    original = np.full(len(keys), -1, np.int64)
    original[groups.place[~groups.new]] = groups.place[start[~groups.new]]
    return original


def sequences(keys: Keys, first: Offsets) -> Keys:
    """One key for each sequence that starts at ``first`` and ends before the next, the last with the last key.

    It is the sum over all pairs of neighbours, so that the order counts.
    """
    before = np.empty_like(keys)
    before[1:] = keys[:-1]
    before[first] = 0
    before |= np.uint64(1)
    before *= keys
    mixed: Keys = np.add.reduceat(before, first)
    return mixed
