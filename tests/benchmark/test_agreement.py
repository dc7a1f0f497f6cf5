import numpy as np
import pytest

from qa.benchmark.agreement import cosines, rank_agreement


def unit(*degrees: float) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    angles = np.radians(degrees)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def test_cosines_are_of_the_same_rows() -> None:
    least, mean = cosines(unit(0, 0), unit(0, 60))
    assert least == pytest.approx(0.5)
    assert mean == pytest.approx(0.75)


def test_rankings_agree_with_themselves_in_any_dimension() -> None:
    queries, passages = unit(0, 90), unit(10, 20, 80)
    wider = (
        np.hstack([queries, np.zeros((2, 3), np.float32)]),
        np.hstack([passages, np.ones((3, 3), np.float32)]),
    )
    assert rank_agreement((queries, passages), wider) == (1.0, 1.0)


def test_what_is_first_and_what_is_among_the_first_ten() -> None:
    queries = unit(0)
    one, other = unit(*range(1, 13)), unit(*range(12, 0, -1))
    # the nearest ten of twelve against the nearest ten in the other order: positions 0-9 and 2-11
    assert rank_agreement((queries, one), (queries, other)) == (0.0, 0.8)
