"""No passage is lost that is among the best, and few others are left."""

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.inversion import invert
from qa.postings import SMALL, Postings
from qa.screening import Plan, Weighted, add, least, likely, plan_floats, plan_integers
from tests.bm25 import crowd, exhaustive, idf, ranked

TOTAL = SMALL + 3000


def weighted(query: Sequence[str], passages: Sequence[Sequence[str]], postings: Postings) -> Weighted:
    return [(times * idf(token, passages), postings.find(token)) for token, times in Counter(query).items()]


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[list[str]], Postings]:
    folder = tmp_path_factory.mktemp("many")
    passages = crowd(TOTAL, seed=1)
    invert(passages, folder)
    return passages, Postings(folder)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(0, 199), min_size=1, max_size=20), st.integers(1, 300))
def test_the_best_are_among_the_likely(
    many: tuple[list[list[str]], Postings], numbers: list[int], k: int
) -> None:
    passages, postings = many
    query = [f"t{number}" for number in numbers]
    kept = likely(postings, weighted(query, passages, postings), k)
    assert set(ranked(exhaustive(query, passages), k)) <= set(kept.tolist())
    assert (np.diff(kept) > 0).all()


@settings(deadline=None, max_examples=60)
@given(
    st.dictionaries(st.integers(0, 60), st.floats(1e-4, 12), min_size=1, max_size=50),
    st.sampled_from([plan_integers, plan_floats]),
    st.integers(1, 64),
)
def test_sums_are_as_near_as_the_plan_says(
    many: tuple[list[list[str]], Postings],
    weights: dict[int, float],
    plan_for: Callable[[Weighted], Plan],
    depth: int,
) -> None:
    _, postings = many
    plan = plan_for([(weight, postings.find(f"t{number}")) for number, weight in weights.items()])
    true = np.zeros(TOTAL)
    for weight, term in [*plan.lists, *plan.rows]:
        true += plan.unit * weight / 255 * postings.impacts([term], np.arange(TOTAL))[0]
    off = add(postings, plan, depth).ravel()[:TOTAL] - true
    assert off.min() >= -plan.under - 1e-4 * true.max()
    assert off.max() <= plan.over + 1e-4 * true.max()
    assert sum(weight for weight, _ in plan.late) <= 0.03 * plan.total


def test_the_bar_allows_for_all_that_is_rounded() -> None:
    plan = Plan((), (), (), np.zeros(0), total=51.0, unit=100.0, over=10.0, under=5.0)
    sums = np.array([400.0, 3010.0, 1010.0])
    assert least(plan, sums, 2, lowest=100) == pytest.approx((1000 - 10) * 0.999 - 5)
    assert least(plan, sums, 1, lowest=100) == pytest.approx((3000 - 20) * 0.999 - 5)
    assert least(plan, sums, 4, lowest=100) == 0


@pytest.mark.parametrize("query", [["t0", "t3", "t20", "t77", "t150"], ["t0", "t1"], ["t150", "t0"]])
def test_few_others_are_left(query: list[str], many: tuple[list[list[str]], Postings]) -> None:
    passages, postings = many
    scores = exhaustive(query, passages)
    tenth = scores[ranked(scores, 10)[-1]]
    kept = likely(postings, weighted(query, passages, postings), 10)
    assert len(kept) <= 30 + np.count_nonzero(scores >= 0.97 * tenth)


def test_all_that_hold_a_term_are_left_when_more_are_wanted(many: tuple[list[list[str]], Postings]) -> None:
    passages, postings = many
    kept = likely(postings, weighted(["t9", "t99"], passages, postings), TOTAL)
    assert kept.tolist() == [n for n, passage in enumerate(passages) if {"t9", "t99"} & set(passage)]


def test_small_integers_do_not_overflow(tmp_path: Path) -> None:
    rows, lists = [f"r{number}" for number in range(40)], [f"l{number}" for number in range(100)]
    full = [token for token in rows + lists for _ in range(60)]
    passages = [full if number % 5000 == 0 else rows[number % 7 :: 7] for number in range(TOTAL)]
    invert(passages, tmp_path)
    postings = Postings(tmp_path)
    kept = likely(postings, weighted(rows + lists, passages, postings), 4)
    assert kept.tolist() == [0, 5000, 10_000, 15_000]
