"""Whether a confidence means what it says, and what answering less often brings."""

from collections.abc import Sequence
from dataclasses import dataclass

from qa.evaluation.bootstrap import Estimate, estimated

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers with a confidence from ``low`` to below ``high``: how sure they were, how many were right."""

    low: float
    high: float
    n: int
    confidence: float
    right: float


def reliability(sure: Sequence[float], right: Sequence[bool], *, bins: int = BINS) -> list[Bin]:
    """Answers in bins of equal width, without the empty ones: a reliability diagram.

    reliability([0.9, 0.8], [True, False], bins=2) == [Bin(0.5, 1.0, 2, 0.85, 0.5)]
    """
    held: list[list[int]] = [[] for _ in range(bins)]
    for at, confidence in enumerate(sure):
        held[min(int(confidence * bins), bins - 1)].append(at)
    return [
        Bin(
            number / bins,
            (number + 1) / bins,
            len(found),
            sum(sure[at] for at in found) / len(found),
            sum(right[at] for at in found) / len(found),
        )
        for number, found in enumerate(held)
        if found
    ]


def calibration_error(sure: Sequence[float], right: Sequence[bool]) -> Estimate:
    """Expected calibration error: the mean distance of confidence and share right, by bin.

    Naeini, Cooper and Hauskrecht (AAAI 2015), ten bins. With few answers it is above 0 by chance alone.
    """

    def error(drawn: Sequence[int]) -> float:
        found = reliability([sure[at] for at in drawn], [right[at] for at in drawn])
        return sum(one.n * abs(one.confidence - one.right) for one in found) / max(1, len(drawn))

    return estimated(error, len(sure))


def risk_coverage(sure: Sequence[float], right: Sequence[bool]) -> list[tuple[float, float]]:
    """Share answered and share wrong among them, from the surest answer alone to all of them.

    risk_coverage([0.9, 0.5], [True, False]) == [(0.5, 0), (1, 0.5)]; answers equally sure come together.
    """
    order = sorted(range(len(sure)), key=lambda at: -sure[at])
    points, wrong = [], 0
    for count, at in enumerate(order, start=1):
        wrong += not right[at]
        if count == len(order) or sure[order[count]] < sure[at]:
            points.append((count / len(order), wrong / count))
    return points
