"""Which passages can be among the best: BM25 sums of all passages from impacts, which are rounded up.

Every token counts, the most common ones too, because to add a row of bytes takes little. What is rounded
or left out is bounded, so that no passage is lost that could be among the best.
"""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from qa.postings import Array, Postings, Term

Weighted = Sequence[tuple[float, Term]]
"""Terms of a query: how often each is in it times its inverse document frequency, and where it is."""

_DEEPEST = 64
"""Passages in a block, of which at first only the highest sum is looked at."""
_LATE = 0.03
"""Share of the weight of a query that is left out at first, so far as it is that of rows."""
_TERMS, _ROWS, _HIGHEST = 200, 40, 60_000
"""So many terms and rows are added in 16 bits, scaled to this, lest what is rounded up overflows."""
_MANY = 20_000
"""More passages than this are screened again in floating point, which rounds less."""
_IN_CACHE = 1 << 17
"""Sums, or postings, worked on at a time."""
_INEXACT, _NOTHING = 1e-3, 1e-30
"""Above the relative error of sums of thousands of 32-bit floats; below any weight."""


class Plan(NamedTuple):
    """Add rows times ``factors``, shift the sums right, add lists; rows of ``late`` come last, for a few.

    ``total`` is the weight of all. A sum is ``unit`` times the BM25 sum of rounded impacts without
    ``late``, at most ``under`` less and ``over`` more.
    """

    lists: Weighted
    rows: Weighted
    late: Weighted
    factors: Array
    total: float
    unit: float = 1.0
    shift: int = 0
    over: float = 0.0
    under: float = 0.0

    @property
    def whole(self) -> bool:
        """Whether sums are integers."""
        return self.factors.dtype.kind == "u"


def likely(postings: Postings, terms: Weighted, k: int) -> Array:
    """Positions, ascending, of passages that include the best ``k`` of those that hold a term."""
    if len(terms) <= _TERMS and sum(not term.listed for _, term in terms) <= _ROWS:
        positions = _screened(postings, plan_integers(terms), k)
        if len(positions):
            return positions
    return _screened(postings, plan_floats(terms), k)


def plan_floats(terms: Weighted) -> Plan:
    """Sums of 32-bit floats."""
    lists, rows = _apart(terms)
    return Plan(lists, rows, (), np.array([weight / 255 for weight, _ in rows], np.float32), _weight(terms))


def plan_integers(terms: Weighted) -> Plan:
    """Sums of 16 bits: fast, but weights that differ too much are not told apart."""
    lists, rows = _apart(terms)
    total, early = _weight(terms), len(rows)
    spare = _LATE * total
    while early and rows[early - 1][0] <= spare:
        early -= 1
        spare -= rows[early][0]
    weights = np.array([weight for weight, _ in rows[:early]])
    unit, shift, factors = _HIGHEST / total, 0, weights
    if early:
        rate = (257 - early / 2) / weights.sum()
        shift = max(0, math.ceil(math.log2(255 * rate / unit)))
        unit, factors = 255 * rate / 2**shift, np.rint(rate * weights)
        weights = weights - factors / rate
    over, under = len(lists) - unit * weights.clip(max=0).sum(), 2 + unit * weights.clip(min=0).sum()
    return Plan(lists, rows[:early], rows[early:], factors.astype(np.uint16), total, unit, shift, over, under)


def _apart(terms: Weighted) -> tuple[Weighted, Weighted]:
    """Terms that have postings, and those that have rows, the heaviest first."""
    rows = sorted(((weight, term) for weight, term in terms if not term.listed), reverse=True)
    return [(weight, term) for weight, term in terms if term.listed], rows


def _weight(terms: Weighted) -> float:
    return sum(weight for weight, _ in terms)


def _screened(postings: Postings, plan: Plan, k: int) -> Array:
    """Positions of the passages that can be among the best ``k``; none if integers leave too many."""
    depth = max(1, min(_DEEPEST, postings.passages // (32 * k)))
    blocks = add(postings, plan, depth)
    highest = blocks.max(axis=0)
    missing = plan.unit * _weight(plan.late)
    bar = max(least(plan, highest, k, lowest=postings.lowest) - missing, _NOTHING)
    if plan.whole:
        if bar < 1 and (plan.rows or plan.late):
            return np.zeros(0, np.intp)
        bar = max(math.floor(bar), 1)
    near = np.flatnonzero(highest >= bar)
    inside, block = np.divmod(np.flatnonzero(blocks[:, near] >= bar), max(len(near), 1))
    positions = np.sort(inside * blocks.shape[1] + near[block])
    if plan.whole and len(positions) > _MANY:
        return positions[:0]
    sums = blocks.ravel()[positions].astype(np.float64)
    weights = np.array([plan.unit / 255 * weight for weight, _ in plan.late])
    sums += weights @ postings.impacts([term for _, term in plan.late], positions)
    kept: Array = positions[sums >= least(plan, sums, k, lowest=postings.lowest)]
    return kept


def least(plan: Plan, sums: Array, k: int, *, lowest: int) -> float:
    """A sum below which no passage is among the best ``k``, of which some may have ``sums``; 0 if fewer.

    Impacts from ``lowest`` up are rounded by less than 1 / ``lowest`` of them, and by less than 1 / 255.
    """
    if k > len(sums):
        return 0.0
    best = float(np.partition(sums, -k)[-k]) - plan.over
    rounded = min(best / lowest, plan.unit * plan.total / 255)
    return (best - rounded) * (1 - _INEXACT) - plan.under


def add(postings: Postings, plan: Plan, depth: int) -> Array:
    """Sums of all passages, shape (depth, width), 0 at the end: of position p at (p // width, p % width)."""
    total = postings.passages
    blocks = np.zeros((depth, -(-total // depth)), plan.factors.dtype)
    sums = blocks.ravel()
    rows = [(factor, postings.row(term)) for factor, (_, term) in zip(plan.factors, plan.rows, strict=True)]
    for start in range(0, total if rows else 0, _IN_CACHE):
        part = sums[start : min(start + _IN_CACHE, total)]
        product = np.empty_like(part)
        for factor, row in rows:
            np.multiply(row[start : start + _IN_CACHE], factor, out=product)
            part += product
        if plan.shift:
            part >>= plan.shift
    for lists in _together(plan.lists):
        posted = [postings.posted(term) for _, term in lists]
        positions, impacts = (np.concatenate(column) for column in zip(*posted, strict=True))
        weights = np.array([plan.unit / 255 * weight for weight, _ in lists], dtype=np.float32)
        added = impacts * weights.repeat([term.held for _, term in lists]) + np.float32(plan.whole)
        np.add.at(sums, positions.astype(np.intp), added.astype(sums.dtype))
    return blocks


def _together(lists: Weighted) -> Iterator[Weighted]:
    """Groups of terms that have some ten thousand postings each."""
    begun, size = 0, 0
    for end, (_, term) in enumerate(lists, start=1):
        size += term.held
        if size >= _IN_CACHE // 2 or end == len(lists):
            yield lists[begun:end]
            begun, size = end, 0
