"""How sure a rate of findings is, where a document that has one often has several."""

from __future__ import annotations

from statistics import NormalDist


def rate_interval(findings: float, squares: float, most: float = 1.0, level: float = 0.95) -> tuple[float, float]:
    """The interval for an expected number of findings, as two numbers of findings.

    ``findings`` is how many there were, ``squares`` the sum of the squares of each document's number, ``most`` the
    largest of these. Documents with findings are taken for rare events that each count as often as they have findings:
    the gamma interval of Fay and Feuer (Statistics in Medicine 16, 1997, 791-801), with the chi-square quantiles by
    Wilson and Hilferty. With one finding a document it is the interval of a Poisson count: for none, 0 to 3.7.

    Raises ValueError for a level that is not within (0, 1).
    """
    if not 0.0 < level < 1.0:
        raise ValueError(f"level is {level}; it is a probability between 0 and 1")
    tail = (1.0 - level) / 2.0
    lower = 0.0
    if findings:
        spread = squares / findings
        lower = spread / 2 * _chi_square(tail, 2 * findings / spread)
    most = max(most, 1.0)
    above, variance = findings + most, squares + most**2
    upper = variance / (2 * above) * _chi_square(1.0 - tail, 2 * above**2 / variance)
    return lower, upper


def _chi_square(probability: float, freedom: float) -> float:
    """The quantile of the chi-square distribution: within 1 % above the median, and a little too low far below it."""
    part = 2 / (9 * freedom)
    cube = max(0.0, 1 - part + NormalDist().inv_cdf(probability) * part**0.5)
    return float(freedom * cube**3)
