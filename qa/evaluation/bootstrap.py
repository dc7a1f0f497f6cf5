"""Percentile bootstrap intervals (Efron, 1979): queries are drawn again with replacement, seed fixed."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import nan

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 2000
SEED = 20250101
_LOW, _HIGH = 2.5, 97.5

_Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure and its 95 % interval; ``n`` is what it was divided by. Not a number when ``n`` is 0."""

    value: float
    low: float
    high: float
    n: int


UNKNOWN = Estimate(nan, nan, nan, 0)


def mean(values: Sequence[float], *, resamples: int = RESAMPLES) -> Estimate:
    """Average over queries, UNKNOWN for no values.

    mean([0.5, 0.5]) is 0.5 in [0.5, 0.5].
    """
    return ratio(values, [1.0] * len(values), resamples=resamples)


def ratio(over: Sequence[float], under: Sequence[float], *, resamples: int = RESAMPLES) -> Estimate:
    """Sum of ``over`` divided by the sum of ``under``, each place being one query.

    ratio([1, 0, 2], [1, 0, 3]) is 3 / 4. A precision whose queries give unequal numbers of
    things is such a ratio, and so is F1. UNKNOWN when ``under`` sums to 0; a draw in which it does is
    left out.
    """
    above, below = np.asarray(over, dtype=np.float64), np.asarray(under, dtype=np.float64)
    total = below.sum()
    if not total:
        return UNKNOWN

    def of(draw: NDArray[np.intp]) -> float:
        weight = below[draw].sum()
        return float(above[draw].sum() / weight) if weight else nan

    low, high = _interval(of, len(above), resamples)
    return Estimate(float(above.sum() / total), low, high, round(float(total)))


def median(values: Sequence[float], *, resamples: int = RESAMPLES) -> Estimate:
    """Middle value, UNKNOWN for no values.

    median([1, 2, 9]) is 2.
    """
    column: _Floats = np.asarray(values, dtype=np.float64)
    if not len(column):
        return UNKNOWN
    low, high = _interval(lambda draw: float(np.median(column[draw])), len(column), resamples)
    return Estimate(float(np.median(column)), low, high, len(column))


def estimated(of: Callable[[Sequence[int]], float], n: int, *, resamples: int = RESAMPLES // 4) -> Estimate:
    """Any figure of ``n`` queries, given the places of those drawn; fewer draws. UNKNOWN for no queries."""
    if not n:
        return UNKNOWN
    low, high = _interval(lambda draw: of(draw.tolist()), n, resamples)
    return Estimate(of(range(n)), low, high, n)


def paired_difference(
    first: Sequence[float], second: Sequence[float], *, resamples: int = RESAMPLES
) -> Estimate:
    """Mean of first - second, query by query: the interval holds 0 when chance could explain it.

    paired_difference([1, 1], [0, 0.5]) is 0.75. Raises ValueError when the lengths differ.
    """
    return mean([a - b for a, b in zip(first, second, strict=True)], resamples=resamples)


def _interval(of: Callable[[NDArray[np.intp]], float], n: int, resamples: int) -> tuple[float, float]:
    drawn = np.array([of(draw) for draw in _draws(n, resamples)])
    low, high = np.percentile(drawn[~np.isnan(drawn)], [_LOW, _HIGH])
    return float(low), float(high)


def _draws(n: int, resamples: int) -> Iterator[NDArray[np.intp]]:
    generator = np.random.default_rng(SEED)
    for _ in range(resamples):
        yield generator.integers(n, size=n, dtype=np.intp)
