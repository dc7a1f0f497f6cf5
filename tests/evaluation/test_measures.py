import random
from math import log2

import ir_measures
import pytest
from ir_measures import RR, R, Success, nDCG

from qa.evaluation import measures
from qa.evaluation.trec import rank_documents


def test_recall_is_the_share_of_relevant_things() -> None:
    assert measures.recall([1, 0, 2], 4, 3) == 0.75
    assert measures.recall([1, 0, 2], 4, 2) == 0.25
    assert measures.recall([], 4, 2) == 0


def test_success_asks_for_any() -> None:
    assert measures.success([0, 1, 1], 1) == 0
    assert measures.success([0, 1, 1], 2) == 1


def test_reciprocal_rank_stops_at_the_cut() -> None:
    assert measures.reciprocal_rank([0, 0, 0, 1, 1], 10) == 0.25
    assert measures.reciprocal_rank([0, 0, 0, 1, 1], 3) == 0


def test_dcg_by_hand() -> None:
    assert measures.dcg([3, 0, 2], 10) == 3 / 1 + 2 / 2
    assert measures.dcg([3, 0, 2], 2) == 3


def test_ndcg_by_hand() -> None:
    # grades 2 and 1 exist, the ranking has the 1 at rank 1 and the 2 at rank 3
    expected = (1 + 2 / 2) / (2 + 1 / log2(3))
    assert measures.ndcg([1, 0, 2], [1, 2], 10) == pytest.approx(expected)


def test_a_piece_is_paid_once() -> None:
    assert measures.new_pieces([frozenset({0}), frozenset({0}), frozenset({0, 1})]) == [1, 0, 1]
    twice = measures.measure_pieces([frozenset({0}), frozenset({0})], 2)
    assert twice["R@5"] == 0.5
    assert twice["nDCG@10"] == pytest.approx(1 / (1 + 1 / log2(3)))


def test_a_passage_with_every_piece_is_perfect_and_no_more() -> None:
    assert set(measures.measure_pieces([frozenset({0, 1, 2})], 3).values()) == {1.0}


def test_nothing_found_is_zero_in_every_measure() -> None:
    figures = measures.measure_pieces([frozenset()] * 3, 1)
    assert tuple(figures) == measures.MEASURES
    assert set(figures.values()) == {0.0}


def test_graded_measures_equal_ir_measures_on_random_runs() -> None:
    draw = random.Random(7)  # noqa: S311 (a test is no secret)
    qrels, run, ours = [], [], []
    for number in range(60):
        query = f"q{number}"
        pool = [f"d{i}" for i in range(30)]
        judged = {doc: draw.choice([0, 0, 1, 2, 3]) for doc in draw.sample(pool, 12)}
        scored = [(doc, draw.choice([0.1, 0.2, 0.3])) for doc in draw.sample(pool, draw.randint(0, 25))]
        ranking = rank_documents(scored)
        ours.append(measures.measure_graded([item.doc_id for item in ranking], judged))
        qrels += [ir_measures.Qrel(query, doc, grade) for doc, grade in judged.items()]
        run += [ir_measures.ScoredDoc(query, item.doc_id, item.score) for item in ranking]
    theirs = ir_measures.calc_aggregate(
        [R @ 1, R @ 5, R @ 10, Success @ 1, RR @ 10, nDCG @ 10], iter(qrels), iter(run)
    )
    for measure, value in theirs.items():
        name = str(measure).replace("RR@", "MRR@")
        mean = sum(figures[name] for figures in ours) / len(ours)
        assert mean == pytest.approx(value, abs=1e-6), name
        assert 0 < mean < 1
