"""Tables that are drawn with rules: which characters lie in which cell. Pure geometry."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import mean

from qa.corpus.pdf_glyphs import Glyph
from qa.corpus.pdf_rules import Box

Rule = tuple[float, float, float]
"""Position, from, to, in points."""

_TOUCH = 3.0
"""Points within which rules are one, or meet."""
_COVERED = 0.5
"""Share of a cell's side that must be drawn for there to be one."""
_MOST_LINES = 8
"""Lines in a cell on average; more are the columns of a page in a frame."""
_MOST_CELLS = 4_000


@dataclass(frozen=True, slots=True)
class Table:
    """A grid: rows from the top, columns from the left; ``cells`` holds what lies in each, by row and column.

    Of merged cells the first holds everything.
    """

    box: Box
    shape: tuple[int, int]
    cells: dict[tuple[int, int], list[Glyph]]


def tables(glyphs: Sequence[Glyph], rules: Sequence[Box]) -> list[Table]:
    """Tables with at least two rows and two columns, from the top down; none overlaps another."""
    flat = {rule for rule in rules if rule[3] - rule[1] < rule[2] - rule[0]}
    across = [((rule[1] + rule[3]) / 2, rule[0], rule[2]) for rule in sorted(flat)]
    down = [((rule[0] + rule[2]) / 2, rule[1], rule[3]) for rule in sorted(set(rules) - flat)]
    found: list[Table] = []
    for rows, columns in _grids(across, down):
        table = _table(glyphs, rows, columns)
        if table and not any(_overlap(table.box, other.box) for other in found):
            found.append(table)
    return sorted(found, key=lambda table: (table.box[1], table.box[0]))


def inside(glyph: Glyph, box: Box) -> bool:
    """Whether the middle of a character lies in the box."""
    x, y = (glyph.box[0] + glyph.box[2]) / 2, (glyph.box[1] + glyph.box[3]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _grids(across: Sequence[Rule], down: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that meet each other, directly or by others; those with the most first."""
    groups: list[tuple[list[Rule], list[Rule]]] = []
    for rule in across:
        groups.append(([rule], []))
    for rule in down:
        met = [group for group in groups if any(_meet(other, rule) for other in group[0])]
        joined: tuple[list[Rule], list[Rule]] = (
            [one for group in met for one in group[0]],
            [one for group in met for one in group[1]] + [rule],
        )
        groups = [group for group in groups if group not in met] + [joined]
    whole = [group for group in groups if len(group[0]) > 2 and len(group[1]) > 2]
    return sorted(whole, key=lambda group: -len(group[0]) - len(group[1]))


def _meet(across: Rule, down: Rule) -> bool:
    y, left, right = across
    x, top, bottom = down
    return left - _TOUCH <= x <= right + _TOUCH and top - _TOUCH <= y <= bottom + _TOUCH


def _positions(rules: Sequence[Rule]) -> list[float]:
    """Where the rules stand, each place once."""
    places: list[float] = []
    for place in sorted(rule[0] for rule in rules):
        if not places or place - places[-1] > _TOUCH:
            places.append(place)
    return places


def _drawn(rules: Sequence[Rule], at: float, span: tuple[float, float]) -> bool:
    """Whether the rules at ``at`` cover most of ``span``."""
    covered = sum(
        max(0.0, min(to, span[1]) - max(start, span[0]))
        for place, start, to in rules
        if abs(place - at) <= _TOUCH
    )
    return covered >= _COVERED * (span[1] - span[0])


def _table(glyphs: Sequence[Glyph], across: Sequence[Rule], down: Sequence[Rule]) -> Table | None:
    ys, xs = _positions(across), _positions(down)
    shape = len(ys) - 1, len(xs) - 1
    if min(shape) < 2 or shape[0] * shape[1] > _MOST_CELLS:
        return None
    box = xs[0], ys[0], xs[-1], ys[-1]
    owner = _owners((ys, xs), across, down)
    cells: dict[tuple[int, int], list[Glyph]] = {}
    for glyph in glyphs:
        if inside(glyph, box):
            row = min(bisect_right(ys, (glyph.box[1] + glyph.box[3]) / 2), len(ys) - 1) - 1
            column = min(bisect_right(xs, (glyph.box[0] + glyph.box[2]) / 2), len(xs) - 1) - 1
            cells.setdefault(owner[row, column], []).append(glyph)
    if len(cells) < 2 or mean(_height(cell) for cell in cells.values()) > _MOST_LINES:
        return None
    return Table(box, shape, cells)


def _height(cell: Sequence[Glyph]) -> float:
    """About how many lines a cell has."""
    return (max(glyph.box[3] for glyph in cell) - min(glyph.box[1] for glyph in cell)) / (1.2 * cell[0].size)


def _owners(
    places: tuple[list[float], list[float]], across: Sequence[Rule], down: Sequence[Rule]
) -> dict[tuple[int, int], tuple[int, int]]:
    """For each cell of the grid the first of those it is merged with: no rule is drawn between them."""
    ys, xs = places
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for row, (top, bottom) in enumerate(pairwise(ys)):
        for column, (left, right) in enumerate(pairwise(xs)):
            mine = row, column
            if column and not _drawn(down, left, (top, bottom)):
                mine = owner[row, column - 1]
            elif row and not _drawn(across, top, (left, right)):
                mine = owner[row - 1, column]
            owner[row, column] = mine
    return owner
