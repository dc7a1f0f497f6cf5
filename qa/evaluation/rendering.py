"""A report as tables for a terminal and for Markdown: both from the same grids, so they cannot differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import isnan
from typing import TYPE_CHECKING

from qa.evaluation.report import Figures, Report

if TYPE_CHECKING:
    from rich.table import Table

    from qa.evaluation.bootstrap import Estimate
    from qa.evaluation.comparing import Compared

LEG_COLUMNS = ("R@1", "R@5", "R@10", "MRR@10", "nDCG@10")
_NOTHING = "–"
_NAMED = 5
"""Questions named in a cell."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of words: each cell is its lines (a figure, and its interval below it).

    ``title`` may name the main leg as ``{leg}``.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[tuple[str, ...], ...], ...]
    leg: str = ""

    @property
    def heading(self) -> str:
        """The title with the leg in it."""
        return self.title.format(leg=self.leg)


def grids(report: Report) -> list[Grid]:
    """Every table that has something to show, without the failures."""
    main = list(report.legs)[-1] if report.legs else ""
    legs = _grid("Retrieval", ("leg", *_leg_columns(report)), report.legs)
    against = _grid("{leg} minus", ("leg", *_leg_columns(report)), report.differences, signed=True)
    types = _grid("By type ({leg})", ("type", *_names(report.types)), report.types, interval=False)
    figures = {**report.answers, **{f"refusal {name}": value for name, value in report.refusals.items()}}
    answers = Grid(
        "Answers",
        ("figure", "value", "95 % interval", "n"),
        tuple(
            ((name,), *((part,) for part in _parts(value)), (str(value.n),))
            for name, value in figures.items()
        ),
    )
    return [replace(grid, leg=main) for grid in (legs, against, answers, types) if grid.rows]


def tables(report: Report) -> list[Table]:
    """Rich tables, one for each grid; intervals stand below their figures."""
    return [_table(grid) for grid in grids(report)]


def comparison_grid(compared: Sequence[Compared]) -> Grid:
    """What is better and worse than in another report; p is the chance of as large a difference by luck."""
    rows = tuple(
        (
            (one.measure,),
            (str(one.difference.n),),
            (str(len(one.wins)), " ".join(one.wins[:_NAMED])),
            (str(len(one.losses)), " ".join(one.losses[:_NAMED])),
            _parts(one.difference, signed=True),
            (f"{one.p:.3f}",),
        )
        for one in compared
    )
    return Grid("Against the other report", ("measure", "n", "better", "worse", "difference", "p"), rows)


def comparison_table(compared: Sequence[Compared]) -> Table:
    """The same for a terminal."""
    return _table(comparison_grid(compared))


def failure_table(report: Report) -> Table:
    """The questions that went wrong, for a terminal."""
    rows = tuple(
        tuple(
            (cell,) for cell in (one.query_id, one.type, one.fault, one.question, one.expected, one.returned)
        )
        for one in report.failures
    )
    return _table(
        Grid("Failures", ("id", "type", "fault", "question", "expected", "returned"), rows), numbers=False
    )


def to_markdown(report: Report) -> str:
    """The grids as Markdown tables, each below its title in bold."""
    return "\n".join(_markdown(grid) for grid in grids(report))


def _leg_columns(report: Report) -> tuple[str, ...]:
    # Most questions have one thing to find, where Success@1 repeats R@1; a collection may have many a query.
    return LEG_COLUMNS if report.types else ("Success@1", *LEG_COLUMNS)


def _names(rows: Mapping[str, Figures]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for figures in rows.values() for name in figures))


def _grid(
    title: str,
    columns: tuple[str, ...],
    rows: Mapping[str, Figures],
    *,
    signed: bool = False,
    interval: bool = True,
) -> Grid:
    def cell(estimate: Estimate | None) -> tuple[str, ...]:
        parts = _parts(estimate, signed=signed)
        return parts if interval else parts[:1]

    counts = {name: max((value.n for value in figures.values()), default=0) for name, figures in rows.items()}
    return Grid(
        title,
        (columns[0], "n", *columns[1:]),
        tuple(
            ((name,), (str(counts[name]),), *(cell(figures.get(column)) for column in columns[1:]))
            for name, figures in rows.items()
        ),
    )


def _parts(estimate: Estimate | None, *, signed: bool = False) -> tuple[str, str]:
    if estimate is None or isnan(estimate.value):
        return _NOTHING, ""
    if signed:
        return f"{estimate.value:+.3f}", f"{estimate.low:+.3f} to {estimate.high:+.3f}"
    digits = 0 if estimate.high > 1 else 3
    value = f"{estimate.value:.{digits + 1 if digits else 0}f}"
    return value, f"{estimate.low:.{digits}f}–{estimate.high:.{digits}f}"


def _table(grid: Grid, *, numbers: bool = True) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(
        title=grid.heading,
        title_justify="left",
        box=SIMPLE_HEAD,
        padding=(0, 0, 0, 1),
        show_lines=not numbers,
    )
    for position, column in enumerate(grid.columns):
        right = numbers and position > 0
        table.add_column(column, justify="right" if right else "left", overflow="fold")
    for row in grid.rows:
        # Text, not str: a question may hold [words in brackets], which are markup to rich.
        table.add_row(*(Text("\n".join(line for line in cell if line)) for cell in row))
    return table


def _markdown(grid: Grid) -> str:
    rule = ("---", *("---:" for _ in grid.columns[1:]))
    body = (
        tuple(cell[0] + (f" ({cell[1]})" if len(cell) > 1 and cell[1] else "") for cell in row)
        for row in grid.rows
    )
    return "\n".join([f"**{grid.heading}**", "", *map(_line, (grid.columns, rule, *body)), ""])


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
