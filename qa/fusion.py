"""Several rankings into one: standardised scores, weighted and added."""

from collections.abc import Mapping, Sequence
from statistics import fmean, pstdev

from qa.types import Scored

FLOOR = 0.005
"""Scores that hardly differ say little: their deviation counts as at least this."""


def standardise(scores: Sequence[float]) -> list[float]:
    """Scale to mean 0 and standard deviation 1: standardise([1, 3]) == [-1.0, 1.0]; all equal give zeros."""
    mean, deviation = fmean(scores), max(pstdev(scores), FLOOR)
    return [(score - mean) / deviation for score in scores]


def weighted_sum(
    rankings: Mapping[str, Sequence[Scored]], weights: Mapping[str, float]
) -> list[tuple[Scored, dict[str, float]]]:
    """Add the standardised scores of each ranking, times its weight; best first.

    A passage that a ranking does not hold gets that ranking's lowest standardised score: it is known
    to be no better. Beside each sum stand its parts, unweighted. Ties go to the lower position.
    """
    standard = {
        name: dict(zip([s.position for s in ranking], standardise([s.score for s in ranking]), strict=True))
        for name, ranking in rankings.items()
        if ranking
    }
    lowest = {name: min(scores.values()) for name, scores in standard.items()}
    found = []
    for position in sorted({position for scores in standard.values() for position in scores}):
        parts = {name: scores.get(position, lowest[name]) for name, scores in standard.items()}
        total = sum(weights[name] * part for name, part in parts.items())
        found.append((Scored(position, total), parts))
    return sorted(found, key=lambda pair: -pair[0].score)
