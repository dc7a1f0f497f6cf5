"""Several rankings into one: standardised scores, weighted and added."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from qa.types import Scored

FLOOR = 0.005
"""Scores that hardly differ say little: their deviation counts as at least this."""

Numbers = NDArray[np.float64]


def standardise(scores: Sequence[float] | Numbers) -> Numbers:
    """Scale to mean 0 and standard deviation 1: standardise([1, 3]) gives -1 and 1; all equal give zeros."""
    values = np.asarray(scores, np.float64)
    scaled: Numbers = (values - values.mean()) / max(float(values.std()), FLOOR)
    return scaled


def weighted_sum(
    rankings: Mapping[str, Sequence[Scored]], weights: Mapping[str, float], *, k: int | None = None
) -> list[tuple[Scored, dict[str, float]]]:
    """Add the standardised scores of each ranking, times its weight; the best ``k`` (None: all) first.

    A passage that a ranking does not hold gets that ranking's lowest standardised score: it is known
    to be no better. Beside each sum stand its parts, unweighted. Ties go to the lower position.
    """
    held = {
        name: np.fromiter((scored.position for scored in ranking), np.int64, len(ranking))
        for name, ranking in rankings.items()
        if ranking
    }
    if not held:
        return []
    positions = np.unique(np.concatenate(list(held.values())))
    total = np.zeros(len(positions))
    parts = {}
    for name, found in held.items():
        scores = standardise(np.fromiter((s.score for s in rankings[name]), np.float64, len(found)))
        parts[name] = np.full(len(positions), scores.min())
        parts[name][np.searchsorted(positions, found)] = scores
        total += weights[name] * parts[name]
    return [
        (Scored(int(positions[i]), float(total[i])), {name: float(part[i]) for name, part in parts.items()})
        for i in np.argsort(-total, kind="stable")[:k]
    ]
