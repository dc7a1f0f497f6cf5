from math import log

import numpy as np
import pytest

from qa.benchmark.statistics import Spread, exponent, percentile


def test_a_percentile_lies_between_the_nearest_ranks() -> None:
    assert percentile([4, 1, 2, 3], 0.5) == 2.5
    assert percentile([10, 20], 0.95) == pytest.approx(19.5)
    assert percentile([7], 0.95) == 7


def test_percentiles_are_those_of_numpy() -> None:
    values = [3.2, 0.1, 9.9, 4.4, 4.4, 7.0, 1.5]
    for share in (0, 0.25, 0.5, 0.95, 1):
        assert percentile(values, share) == pytest.approx(np.quantile(values, share))


def test_four_times_the_time_for_twice_the_size_is_an_exponent_of_two() -> None:
    assert exponent([1, 2], [3, 12]) == pytest.approx(2)
    assert exponent([1000, 10_000, 100_000], [5, 50, 500]) == pytest.approx(1)
    assert exponent([100, 200, 400], [6, 6, 6]) == pytest.approx(0)


def test_the_exponent_is_the_least_squares_slope() -> None:
    # over x = 0, 1, 2 (powers of e) the slope is (y2 - y0) / 2, whatever y1 is
    e = np.e
    assert exponent([1, e, e**2], [1, 5, 3]) == pytest.approx(log(3) / 2)


def test_one_size_has_no_exponent_and_what_took_no_time_is_left_out() -> None:
    assert exponent([1000], [5]) is None
    assert exponent([1000, 1000], [5, 6]) is None
    assert exponent([1000, 2000], [5, 0]) is None
    assert exponent([1000, 2000, 4000], [0, 5, 10]) == pytest.approx(1)


def test_a_spread_is_the_middle_the_slow_end_and_the_number() -> None:
    spread = Spread.of([1, 2, 3])
    assert (spread.p50, spread.n) == (2, 3)
    assert spread.p95 == pytest.approx(2.9)
