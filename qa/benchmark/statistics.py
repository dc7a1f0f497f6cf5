"""What is made of many timings: percentiles, and how time grows with size."""

import math
from collections.abc import Sequence
from dataclasses import dataclass


def percentile(values: Sequence[float], share: float) -> float:
    """Linear between the two nearest ranks, as NumPy's default: percentile([4, 1, 2, 3], 0.5) == 2.5."""
    ordered = sorted(values)
    rank = share * (len(ordered) - 1)
    low, high = ordered[math.floor(rank)], ordered[math.ceil(rank)]
    return low + (high - low) * (rank - math.floor(rank))


def exponent(sizes: Sequence[float], seconds: Sequence[float]) -> float | None:
    """The ``b`` of ``seconds = a * sizes ** b`` by least squares over the logarithms; None below two sizes.

    Doubling the size doubles the time at 1 and quadruples it at 2: exponent([1, 2], [3, 12]) == 2.
    """
    points = [(math.log(x), math.log(y)) for x, y in zip(sizes, seconds, strict=True) if x > 0 and y > 0]
    if len({x for x, _ in points}) < 2:
        return None
    middle_x, middle_y = (sum(column) / len(points) for column in zip(*points, strict=True))
    slope: float = sum((x - middle_x) * (y - middle_y) for x, y in points) / sum(
        (x - middle_x) ** 2 for x, _ in points
    )
    return slope


@dataclass(frozen=True, slots=True)
class Spread:
    """Many timings of one thing: the middle one, the one that 95 % stay below, and how many there were."""

    p50: float
    p95: float
    n: int

    @classmethod
    def of(cls, timings: Sequence[float]) -> "Spread":
        """Spread.of([1, 2, 3]) == Spread(p50=2, p95=2.9, n=3)."""
        return cls(percentile(timings, 0.5), percentile(timings, 0.95), len(timings))
