"""Measures of one ranking. Pure arithmetic; a mean over queries is taken elsewhere.

A ranking is given as what each of its items brings, best item first, and every cut is a ``k``.
"""

from collections.abc import Mapping, Sequence
from math import log2

MEASURES = ("R@1", "R@5", "R@10", "Success@1", "MRR@10", "nDCG@10")


def recall(found: Sequence[int], total: int, k: int) -> float:
    """Share of ``total`` relevant things brought by the first ``k`` items; not Success@k.

    ``found[i]`` is how many of them item ``i`` is the first to bring: recall([1, 0, 2], 4, 3) == 0.75
    and recall([1, 0, 2], 4, 2) == 0.25. Nothing relevant: 0.
    """
    return sum(found[:k]) / total if total else 0.0


def success(found: Sequence[int], k: int) -> float:
    """Whether any of the first ``k`` items brings something.

    success([0, 1], 1) == 0 and success([0, 1], 2) == 1.
    """
    return float(any(found[:k]))


def reciprocal_rank(found: Sequence[int], k: int) -> float:
    """1 / rank of the first item that brings something, 0 when it is below ``k``.

    reciprocal_rank([0, 1, 1], 10) == 0.5 and reciprocal_rank([0, 1], 1) == 0.
    """
    return next((1 / rank for rank, new in enumerate(found[:k], start=1) if new), 0.0)


def dcg(gains: Sequence[int], k: int) -> float:
    """Sum of gain / log2(rank + 1) over the first ``k`` (Järvelin and Kekäläinen, TOIS 2002).

    dcg([3, 0, 2], 10) == 3 / 1 + 2 / 2 == 4. The gain is the grade itself, as in trec_eval's
    ndcg_cut, not 2^grade - 1.
    """
    return sum(gain / log2(rank + 1) for rank, gain in enumerate(gains[:k], start=1))


def ndcg(gains: Sequence[int], ideal: Sequence[int], k: int) -> float:
    """DCG as a share of what the best order has.

    ndcg([0, 1], [1], 10) == 1 / log2(3), about 0.6309. ``ideal`` are all the gains there are, in any
    order. At most 1, also when one passage covers several pieces, which ``ideal`` has at one rank each.
    """
    best = dcg(sorted(ideal, reverse=True), k)
    return min(1.0, dcg(gains, k) / best) if best else 0.0


def new_pieces(covered: Sequence[frozenset[int]]) -> list[int]:
    """How many pieces each item is the first to cover.

    new_pieces([{0}, {0}, {0, 1}]) == [1, 0, 1].
    """
    seen: set[int] = set()
    new = []
    for pieces in covered:
        new.append(len(pieces - seen))
        seen |= pieces
    return new


def measure_pieces(covered: Sequence[frozenset[int]], total: int) -> dict[str, float]:
    """All MEASURES when item ``i`` covers the pieces ``covered[i]`` of 0..total-1; a piece is paid once."""
    found = new_pieces(covered)
    return _measure(found, found, [1] * total)


def measure_graded(ranking: Sequence[str], grades: Mapping[str, int]) -> dict[str, float]:
    """All MEASURES of a ranking of distinct ids; a grade of 1 or more is relevant, as in trec_eval."""
    gains = [max(0, grades.get(doc_id, 0)) for doc_id in ranking]
    ideal = [grade for grade in grades.values() if grade > 0]
    return _measure([int(gain > 0) for gain in gains], gains, ideal)


def _measure(found: Sequence[int], gains: Sequence[int], ideal: Sequence[int]) -> dict[str, float]:
    total = len(ideal)
    return {
        "R@1": recall(found, total, 1),
        "R@5": recall(found, total, 5),
        "R@10": recall(found, total, 10),
        "Success@1": success(found, 1),
        "MRR@10": reciprocal_rank(found, 10),
        "nDCG@10": ndcg(gains, ideal, 10),
    }
