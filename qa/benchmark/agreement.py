"""How near the vectors of two encoders of one model are, and whether they rank alike."""

from dataclasses import dataclass

import numpy as np

from qa.protocols import Vectors

FIRST = 10
"""Ranks that are compared."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Cosines between the two vectors of each text, and shares of questions and of their first ranks."""

    least_cosine: float
    mean_cosine: float
    same_first: float
    same_ten: float


def cosines(one: Vectors, other: Vectors) -> tuple[float, float]:
    """Least and mean cosine between the rows of two matrices of unit vectors, shape (n, dimension)."""
    found = np.einsum("ij,ij->i", one, other)
    return float(found.min()), float(found.mean())


def rank_agreement(one: tuple[Vectors, Vectors], other: tuple[Vectors, Vectors]) -> tuple[float, float]:
    """From (queries, passages) twice: how often the first passage is the same, and how many of the first ten.

    The two may have different dimensions: only the order of the inner products counts.
    """
    ranked = [
        np.argsort(-(queries @ passages.T), axis=1, kind="stable") for queries, passages in (one, other)
    ]
    first = float((ranked[0][:, 0] == ranked[1][:, 0]).mean())
    k = min(FIRST, ranked[0].shape[1])
    shared = [len(np.intersect1d(a[:k], b[:k])) / k for a, b in zip(*ranked, strict=True)]
    return first, float(np.mean(shared))
