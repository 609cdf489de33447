"""The moving-average type-token ratio, on arrays."""

import numpy as np


def moving_variety(keys, window):
    """The share of different words in a window, averaged over all windows; from 1/window to 1.

    ``keys`` are the vocabulary ids of the words, at least ``window`` of them. Unlike the plain ratio of different words
    to words it does not fall with the length of the text: Covington and McFall, “Cutting the Gordian Knot: The
    Moving-Average Type-Token Ratio”, Journal of Quantitative Linguistics 17 (2010), 94-100.
    """
    count = len(keys)
    order = np.argsort(keys, kind="stable")
    again = keys[order][1:] == keys[order][:-1]
    before = np.full(count, -1)  # where the same word stood last
    before[order[1:][again]] = order[:-1][again]
    # A word counts in each window that holds it and begins after the place where it stood last.
    place = np.arange(count)
    first = np.maximum(before + 1, np.maximum(place - window + 1, 0))
    last = np.minimum(place, count - window)
    return float(np.maximum(last - first + 1, 0).sum() / (window * (count - window + 1)))
