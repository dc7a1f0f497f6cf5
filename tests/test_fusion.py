import itertools
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.fusion import FLOOR, standardise, weighted_sum
from qa.types import Scored

SCORES = st.lists(st.floats(-100, 100), min_size=1, max_size=20)
RANKINGS = st.dictionaries(
    st.sampled_from("abc"),
    st.dictionaries(st.integers(0, 9), st.floats(-10, 10), max_size=8).map(
        lambda scores: [Scored(p, s) for p, s in sorted(scores.items(), key=lambda pair: -pair[1])]
    ),
)
WEIGHTS = {"a": 0.5, "b": 0.3, "c": 0.2}


def test_standard_scores_by_hand() -> None:
    assert standardise([1, 3]).tolist() == [-1, 1]
    assert standardise([2, 4, 4, 4, 5, 5, 7, 9]).tolist() == [
        -1.5,
        -0.5,
        -0.5,
        -0.5,
        0,
        0,
        1,
        2,
    ]  # mean 5, deviation 2
    assert standardise([7]).tolist() == [0]


def test_scores_that_hardly_differ_say_little() -> None:
    assert standardise([3, 3, 3]).tolist() == [0, 0, 0]
    assert standardise([0, FLOOR]) == pytest.approx([-0.5, 0.5])  # deviation FLOOR / 2 counts as FLOOR


@given(SCORES)
def test_standard_scores_have_mean_0(scores: list[float]) -> None:
    assert sum(standardise(scores)) / len(scores) == pytest.approx(0, abs=1e-6)


@given(SCORES, st.floats(1, 100), st.floats(-100, 100))
def test_standard_scores_keep_the_order(scores: list[float], scale: float, shift: float) -> None:
    order = sorted(range(len(scores)), key=lambda i: scores[i])
    found = standardise([scale * score + shift for score in scores])
    assert all(found[a] <= found[b] + 1e-9 for a, b in itertools.pairwise(order))


def test_a_weighted_sum_by_hand() -> None:
    # a: 7 → 1, 3 → -1; b: 3 → 1, 5 → -1; who is missing gets the lowest, -1
    rankings = {"a": [Scored(7, 3), Scored(3, 1)], "b": [Scored(3, 12), Scored(5, 10)]}
    assert weighted_sum(rankings, {"a": 0.75, "b": 0.25}) == [
        (Scored(7, 0.5), {"a": 1, "b": -1}),
        (Scored(3, -0.5), {"a": -1, "b": 1}),
        (Scored(5, -1), {"a": -1, "b": -1}),
    ]


def test_ties_go_to_the_lower_position() -> None:
    rankings = {"a": [Scored(9, 1), Scored(2, 1), Scored(4, 1)]}
    assert [scored.position for scored, _ in weighted_sum(rankings, {"a": 1})] == [2, 4, 9]


def test_a_ranking_without_hits_changes_nothing() -> None:
    alone = {"a": [Scored(1, 2), Scored(2, 1)]}
    assert weighted_sum({**alone, "b": []}, WEIGHTS) == weighted_sum(alone, WEIGHTS)
    assert weighted_sum({"a": [], "b": []}, WEIGHTS) == []
    assert weighted_sum({}, WEIGHTS) == []


@given(RANKINGS, st.randoms())
def test_the_order_of_rankings_and_hits_does_not_matter(
    rankings: dict[str, list[Scored]], chance: Random
) -> None:
    shuffled = {}
    for name in chance.sample(sorted(rankings), len(rankings)):
        shuffled[name] = chance.sample(rankings[name], len(rankings[name]))
    one = {scored.position: scored.score for scored, _ in weighted_sum(rankings, WEIGHTS)}
    other = {scored.position: scored.score for scored, _ in weighted_sum(shuffled, WEIGHTS)}
    assert one == pytest.approx(other)


@given(RANKINGS, st.integers(0, 12))
def test_the_best_k_are_the_first_of_all(rankings: dict[str, list[Scored]], k: int) -> None:
    assert weighted_sum(rankings, WEIGHTS, k=k) == weighted_sum(rankings, WEIGHTS)[:k]


@given(RANKINGS)
def test_every_passage_once_best_first(rankings: dict[str, list[Scored]]) -> None:
    fused = weighted_sum(rankings, WEIGHTS)
    positions = [scored.position for scored, _ in fused]
    assert sorted(positions) == sorted({s.position for ranking in rankings.values() for s in ranking})
    assert all(a.score >= b.score for (a, _), (b, _) in itertools.pairwise(fused))
    for scored, parts in fused:
        assert scored.score == pytest.approx(sum(WEIGHTS[name] * part for name, part in parts.items()))
