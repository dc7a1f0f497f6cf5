from math import isnan, sqrt

import numpy as np
import pytest

from qa.evaluation import bootstrap


def test_a_constant_has_no_width() -> None:
    found = bootstrap.mean([0.5] * 40)
    assert (found.value, found.low, found.high, found.n) == (0.5, 0.5, 0.5, 40)


def test_the_interval_is_the_normal_one_for_many_values() -> None:
    values = np.random.default_rng(3).normal(0.6, 0.2, 400)
    found = bootstrap.mean(values.tolist())
    half = 1.96 * values.std() / sqrt(len(values))
    assert found.value == pytest.approx(values.mean())
    assert found.low == pytest.approx(values.mean() - half, abs=0.002)
    assert found.high == pytest.approx(values.mean() + half, abs=0.002)


def test_the_interval_covers_the_truth_about_95_times_in_100() -> None:
    draw = np.random.default_rng(5)
    covered = 0
    for _ in range(200):
        found = bootstrap.mean((draw.random(80) < 0.7).astype(float).tolist(), resamples=300)
        covered += found.low <= 0.7 <= found.high
    assert 178 <= covered <= 198


def test_the_same_values_give_the_same_interval() -> None:
    values = [0.0, 1.0, 0.5, 0.25, 1.0]
    assert bootstrap.mean(values) == bootstrap.mean(values)


def test_ratio_divides_sums_not_means() -> None:
    # 1 of 1 right and 1 of 3 right: 2 of 4, not (1 + 1/3) / 2
    found = bootstrap.ratio([1, 1, 0], [1, 3, 0])
    assert (found.value, found.n) == (0.5, 4)
    # possible draws without weight are left out: what remains is 1, 1/2 or 1/3 and mixtures between
    assert found.low == pytest.approx(1 / 3)
    assert found.high == 1


def test_median() -> None:
    assert bootstrap.median([1, 2, 9]).value == 2
    assert bootstrap.median([7] * 9).low == 7


@pytest.mark.parametrize("found", [bootstrap.mean([]), bootstrap.median([]), bootstrap.ratio([0, 0], [0, 0])])
def test_nothing_to_measure_is_unknown_not_zero(found: bootstrap.Estimate) -> None:
    assert found.n == 0
    assert isnan(found.value)
    assert isnan(found.low)


def test_a_paired_difference_is_narrower_than_two_intervals() -> None:
    base = np.random.default_rng(9).random(100)
    better = base + 0.05
    found = bootstrap.paired_difference(better.tolist(), base.tolist())
    assert found.low == pytest.approx(0.05)
    assert found.high == pytest.approx(0.05)
    assert bootstrap.mean(better.tolist()).low < bootstrap.mean(base.tolist()).high


def test_a_paired_difference_needs_pairs() -> None:
    with pytest.raises(ValueError, match="zip"):
        bootstrap.paired_difference([1.0], [1.0, 0.0])
