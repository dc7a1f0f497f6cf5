"""Several segments as one row of positions, without what was removed from them.

A part is one segment's share: what is at ``first``, ``first + 1``, … of the whole is what is left of the
segment, in its order.
"""

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from qa.types import Scored

_T = TypeVar("_T")
_U = TypeVar("_U")
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Part(Generic[_T]):
    """What is left of a segment: ``left`` are numbers in it, ascending, None for all ``count`` of them."""

    held: _T
    count: int
    left: Numbers | None = None
    first: int = 0

    def __len__(self) -> int:
        return self.count if self.left is None else len(self.left)

    def numbers(self) -> Iterable[int]:
        """Return the numbers in the segment of what is left."""
        return range(self.count) if self.left is None else self.left.tolist()

    def number(self, position: int) -> int:
        """Return the number in the segment of what is at ``position`` of the whole."""
        local = position - self.first
        return local if self.left is None else int(self.left[local])

    def position(self, number: int) -> int | None:
        """Return the position in the whole of what has ``number`` in the segment, None if it was removed."""
        if self.left is None:
            return self.first + number
        local = int(self.left.searchsorted(number))
        return self.first + local if local < len(self.left) and self.left[local] == number else None

    def of(self, other: _U) -> "Part[_U]":
        """The same share of something else that has one thing for each number."""
        return Part(other, self.count, self.left, self.first)


def left_of(count: int, removed: Collection[int]) -> Numbers | None:
    """Return the numbers below ``count`` that are not ``removed``, None when that is all of them."""
    if not removed:
        return None
    kept = np.ones(count, bool)
    kept[list(removed)] = False
    return np.flatnonzero(kept)


def joined(parts: Sequence[Part[_T]]) -> tuple[Part[_T], ...]:
    """Return the parts one behind the other."""
    firsts = accumulate(map(len, parts), initial=0)
    return tuple(replace(part, first=first) for part, first in zip(parts, firsts, strict=False))


def part_at(parts: Sequence[Part[_T]], position: int) -> Part[_T]:
    """Return the part that ``position`` lies in. Raises IndexError."""
    at = bisect_right(parts, position, key=lambda part: part.first) - 1
    if not 0 <= position - parts[at].first < len(parts[at]):
        raise IndexError(position)
    return parts[at]


def best_of(parts: Sequence[Part[_T]], search: Callable[[_T, int], list[Scored]], k: int) -> list[Scored]:
    """Return the ``k`` best of all parts; ``search`` gives the best of one, best first, by number."""
    if len(parts) == 1 and parts[0].left is None:
        return search(parts[0].held, k)
    found = [scored for part in parts if len(part) for scored in _best_left(part, search, k)]
    return sorted(found, key=lambda scored: (-scored.score, scored.position))[:k]


def _best_left(part: Part[_T], search: Callable[[_T, int], list[Scored]], k: int) -> list[Scored]:
    wanted = k
    while True:
        found = search(part.held, wanted)
        placed = ((part.position(scored.position), scored.score) for scored in found)
        kept = [Scored(position, score) for position, score in placed if position is not None]
        if len(kept) >= k or len(found) < wanted or wanted >= part.count:
            return kept[:k]
        wanted = min(4 * wanted, part.count)
