"""The compiled loop of training: logistic regression on sparse rows, each of its own weight."""

from __future__ import annotations

import numba
import numpy as np

_STEPS = 40  # of Newton's method for one row
_NEAR = 1e-6
_END = 40.0  # of the log-odds that a row's variable can have


@numba.njit
def regress(starts, columns, values, signs, costs, width, order, near):
    """Weights of columns, and what is added, that minimise ½(|w|² + b²) + Σ cost · log(1 + exp(−sign · (x·w + b))).

    Coordinate descent on the dual (Yu, Huang and Lin, Machine Learning 2011): row by row as ``order`` says, one pass of
    it a row, until no row's variable moves by more than the share ``near`` of its cost, or the order is at its end.
    """
    count = len(signs)
    weights, bias = np.zeros(width), 0.0
    variable, square = 1e-6 * costs, np.ones(count)
    for row in range(count):
        for place in range(starts[row], starts[row + 1]):
            square[row] += values[place] ** 2
            weights[columns[place]] += variable[row] * signs[row] * values[place]
        bias += variable[row] * signs[row]
    for turn in order:
        moved = 0.0
        for row in turn:
            cost, before = costs[row], variable[row]
            score = bias
            for place in range(starts[row], starts[row + 1]):
                score += weights[columns[place]] * values[place]
            # The root, in the log-odds of the variable in its cost, of what rises with them.
            low, high = -_END, _END
            odds = np.log(before / (cost - before))
            for _ in range(_STEPS):
                after = cost / (1.0 + np.exp(-odds))
                slope = square[row] * (after - before) + signs[row] * score + odds
                if slope > 0:
                    high = odds
                else:
                    low = odds
                step = slope / (square[row] * after * (1.0 - after / cost) + 1.0)
                if abs(step) < _NEAR:
                    break
                odds -= step
                if odds <= low or odds >= high:
                    odds = 0.5 * (low + high)
            after = min(max(cost / (1.0 + np.exp(-odds)), 1e-12 * cost), (1.0 - 1e-12) * cost)
            change = (after - before) * signs[row]
            for place in range(starts[row], starts[row + 1]):
                weights[columns[place]] += change * values[place]
            bias += change
            variable[row] = after
            moved = max(moved, abs(after - before) / cost)
        if moved < near:
            break
    return weights, bias
