"""BM25 over every passage, in a few lines: what the keyword index is held against."""

import random
from collections.abc import Sequence
from math import log

import numpy as np
from numpy.typing import NDArray

from qa.postings import K1, B
from qa.types import Scored


def idf(token: str, passages: Sequence[Sequence[str]]) -> float:
    holding = sum(token in passage for passage in passages)
    return log(1 + (len(passages) - holding + 0.5) / (holding + 0.5))


def exhaustive(query: Sequence[str], passages: Sequence[Sequence[str]]) -> NDArray[np.float64]:
    """BM25 of every passage as a share of the weight of the query."""
    lengths = np.array([len(passage) for passage in passages])
    norms = K1 * (1 - B + B * lengths / lengths.mean())
    sums, weight = np.zeros(len(passages)), 0.0
    for token in dict.fromkeys(query):
        frequencies = np.array([passage.count(token) for passage in passages])
        heavy = query.count(token) * idf(token, passages)
        sums += heavy * (frequencies / (frequencies + norms))
        weight += heavy
    return sums / weight


def ranked(scores: NDArray[np.float64], k: int) -> list[int]:
    """The best ``k`` positions; scores that are the same in 32 bits go to the lower position."""
    rounded = scores.astype(np.float32)
    order = np.lexsort((np.arange(len(scores)), -rounded))[:k]
    return [int(position) for position in order if rounded[position] > 0]


def positions(found: Sequence[Scored]) -> list[int]:
    return [scored.position for scored in found]


def crowd(total: int, *, seed: int = 0) -> list[list[str]]:
    """Passages of 3 to 30 of 200 tokens, ``t0`` in nearly all of them, ``t199`` in one of a hundred."""
    draw = random.Random(seed)  # noqa: S311 - nothing is kept secret
    tokens = [f"t{number}" for number in range(200)]
    weights = [1 / (number + 1) for number in range(200)]
    return [draw.choices(tokens, weights, k=draw.randint(3, 30)) for _ in range(total)]
