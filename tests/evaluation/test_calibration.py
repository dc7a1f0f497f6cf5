from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.evaluation.calibration import Bin, calibration_error, reliability, risk_coverage

ANSWERS = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=30)


def test_reliability_by_hand() -> None:
    found = reliability([0.05, 0.95, 0.91, 1.0], [False, True, False, True])
    assert found == [
        Bin(0.0, 0.1, 1, 0.05, 0.0),
        Bin(0.9, 1.0, 3, (0.95 + 0.91 + 1.0) / 3, 2 / 3),
    ]
    assert reliability([], []) == []


def test_calibration_error_by_hand() -> None:
    # one bin is 0.05 off, with one answer; the other 2.86 / 3 - 2 / 3, with three
    assert calibration_error([0.05, 0.95, 0.91, 1.0], [False, True, False, True]).value == pytest.approx(
        (0.05 + 0.86) / 4
    )
    assert calibration_error([1.0, 0.0], [True, False]).value == 0
    assert calibration_error([], []).n == 0


def test_risk_by_hand() -> None:
    assert risk_coverage([0.5, 0.9, 0.7], [False, True, False]) == [
        (pytest.approx(1 / 3), 0.0),
        (pytest.approx(2 / 3), 0.5),
        (1.0, pytest.approx(2 / 3)),
    ]
    assert risk_coverage([0.5, 0.5], [True, False]) == [(1.0, 0.5)]
    assert risk_coverage([], []) == []


@given(ANSWERS)
def test_what_holds_of_any_answers(answers: list[tuple[float, bool]]) -> None:
    sure, right = [one for one, _ in answers], [one for _, one in answers]
    points = risk_coverage(sure, right)
    assert points[-1] == pytest.approx((1.0, 1 - sum(right) / len(right)))
    assert all(a < b for (a, _), (b, _) in pairwise(points))
    bins = reliability(sure, right)
    assert sum(one.n for one in bins) == len(answers)
    assert all(one.low <= one.confidence <= one.high for one in bins)
